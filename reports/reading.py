"""The page on which the set reads what would leave: each passage with a way to object, and what became of those."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from learningsets.fields import PlainText
from reports import ballots, outline, turns
from reports.ballots import Cast, Wanted
from reports.document import DocumentError, WithheldAnswers, loads
from reports.models import Outcome, Reader, Window
from reports.models.release import State
from reports.models.window import Kind
from reports.passages import Extract, extracts, settled
from reports.typed_text import one_line
from reports.words import WORDS

UNTOUCHED = _("Leave it as it is")
WORDING = 300  # characters of a suggestion
SHORT = 60  # characters of a passage that stands on one line with what can be wanted of it


class WishForm(forms.Form):
    """What one reader wants of one passage. Nothing chosen leaves it as it is."""

    conditional = ("wish",)
    about = ""  # where its passage stands

    wish = forms.ChoiceField(
        label=_("What should become of it?"),
        choices=[("", UNTOUCHED), *Kind.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    wording = PlainText(
        label=_("How it could be said instead"),
        rows=2,
        max_length=WORDING,
        required=False,
        help_text=_(
            "Your facilitators may read this after the deadline, and not from whom it is. Of several suggestions for"
            " one passage one is drawn; if somebody wants it kept out, none is shown."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever chooses anything else than general words means it: a suggestion from before, hidden by then, goes."""
        cleaned = super().clean() or {}
        if cleaned.get("wish", Kind.GENERALISE) != Kind.GENERALISE:
            cleaned["wording"] = ""
            self.errors.pop("wording", None)
        return cleaned

    def wanted(self) -> Wanted | None:
        """What a valid form says; None for a passage that stays as it is."""
        wish = self.cleaned_data["wish"]
        return Wanted(wish, one_line(self.cleaned_data["wording"])) if wish else None


@dataclass
class Passage:
    """One passage with its form; `stored` is what was saved meanwhile, after a conflict. `is_new`: the pages that were
    last with the set did not say it in these words. `anchor`: its place on the page, where another report may say the
    same."""

    extract: Extract
    anchor: str
    form: WishForm
    wanted: Wanted | None
    is_new: bool = False
    stored: str = ""

    @property
    def asked(self) -> str:
        """What its reader wants of it so far, in the words of the choice."""
        return str(Kind(self.wanted.kind).label) if self.wanted else ""

    @property
    def sent(self) -> str:
        """What was chosen and typed for it just now, in words, as much of it as a form's field takes."""
        chosen = {str(kind): str(kind.label) for kind in Kind}.get(self.form["wish"].value() or "", "")
        return " – ".join(filter(None, (chosen, (self.form["wording"].value() or "").strip()[:WORDING])))

    @property
    def is_short(self) -> bool:
        """Whether it takes a line or two, and what can be wanted of it can stand beside it."""
        return len(str(self.extract.words)) <= SHORT

    @property
    def is_open(self) -> bool:
        """Whether its form is unfolded: something is wanted of it, or something is wrong."""
        return bool(self.wanted or self.form.errors or self.stored)


@dataclass(frozen=True)
class Part:
    """What stands under one heading of the report. It comes folded up, unless its reader wants something of a passage
    in it, or one is new: a whole report is long, and on a phone it is read part by part. `withheld`: the sentence that
    prints there in place of answers."""

    name: str
    passages: list[Passage]
    withheld: str = ""

    @property
    def is_open(self) -> bool:
        """Whether there is something in it that has to be seen."""
        return any(passage.is_open or passage.is_new for passage in self.passages)

    @property
    def marked(self) -> int:
        """Of how many of its passages the reader wants something."""
        return sum(bool(passage.wanted) for passage in self.passages)


class Sheet:
    """One window's passages for one reader, with what they want so far or what they sent, and when that arrived.

    `lost`: their ballot cannot be read, and nothing can be kept. `unreadable`: nor can the pages themselves, which a
    later version of the product stored.
    """

    def __init__(self, reader: Reader, data: Mapping[str, str] | None = None) -> None:
        self.arrival = turns.Arrival()
        self.reader, self.window, self.sent = reader, reader.window, data is not None
        self.unread: list[str] = []  # general words that were sent for pages which cannot be read any more
        self.read_earlier: bool = getattr(reader, "before", False)  # they could read it in an earlier reading
        self.again: bool = getattr(reader, "again", False)  # pages that they could read were called back
        self.corrects: bool = getattr(reader, "corrects", False)  # a version of the report is out
        self.lost = self.unreadable = False
        try:
            self.cast = turns.mine(reader)
        except ballots.ClosedError:
            self.lost, self.cast = True, Cast()
        self.version = self.cast.version if data is None else _number(data.get("version", ""))
        self.before = read_before(reader.window)
        self.withheld: dict[str, str] = {}  # by the heading of a question whose answers do not print: what does
        try:
            document = loads(reader.window.release.document)
            found = extracts(document)
            kept_back = (one for one in outline.parts(document) if isinstance(one.section, WithheldAnswers))
            self.withheld = {one.label: WORDS[document.language].withheld for one in kept_back}
        except DocumentError:
            self.unreadable, found = True, ()
            typed = [words[:WORDING] for name, words in (data or {}).items() if name.endswith("-wording")]
            self.unread = [words for words in typed if words.strip()]
        self.passages = [self._passage(one, data) for one in found]
        self.error = ""

    @property
    def joined_between(self) -> bool:
        """Whether others could read pages of the report in an earlier window, and this reader in none: what they object
        to that the others let stand is likely theirs."""
        return self.before is not None and not getattr(self.reader, "ever", False)

    def _passage(self, extract: Extract, data: Mapping[str, str] | None) -> Passage:
        wanted = self.cast.wishes.get(extract.name)
        initial = {"wish": wanted.kind, "wording": wanted.wording} if wanted else {}
        is_new = self.before is not None and str(extract.words) not in self.before
        form = WishForm(data, prefix=extract.name, initial=initial, auto_id=f"id_{self.window.pk}_%s")
        form.about = Truncator(extract.where).chars(SHORT)
        return Passage(extract, f"passage-{self.window.pk}-{extract.name}", form, wanted, is_new)

    @property
    def title(self) -> Extract | None:
        """The title of the report, as it would print; None if it cannot be read."""
        return self.passages[0].extract if self.passages else None

    @property
    def parts(self) -> list[Part]:
        """The passages by the heading that they stand under, in the order of the pages."""
        by_heading = groupby(self.passages, lambda one: one.extract.where)
        return [Part(name, list(passages), self.withheld.get(name, "")) for name, passages in by_heading]

    @property
    def new(self) -> list[Passage]:
        """The passages that are new since pages of the report were last with the set: for every reader the same."""
        return [passage for passage in self.passages if passage.is_new]

    @property
    def marked(self) -> list[Passage]:
        """The passages of which this reader wants something."""
        return [passage for passage in self.passages if passage.wanted]

    @property
    def to_copy(self) -> list[Passage]:
        """The passages for which something was sent that cannot be kept any more."""
        return [passage for passage in self.passages if passage.sent]

    @property
    def faulty(self) -> list[WishForm]:
        """The forms that are not right, in the order of the page."""
        return [passage.form for passage in self.passages if self.sent and passage.form.errors]

    @property
    def can_be_kept(self) -> bool:
        """Whether it arrived while the window was open, and is about pages that can be read."""
        return self.window.was_open(self.arrival.at) and not self.unreadable

    def is_valid(self) -> bool:
        """Whether each passage's form is right."""
        return not self.faulty

    def save(self) -> None:
        """Put what a valid sheet says in the ballot, at the next turn. Raises as `ballots.cast`."""
        wanted = {passage.extract.name: passage.form.wanted() for passage in self.passages}
        wishes = {name: want for name, want in wanted.items() if want}
        turns.cast(self.reader, wishes, self.version, self.arrival)

    def refuse(self) -> None:
        """Keep nothing of a sheet that is not right, which takes as long as to save one that is."""
        turns.refuse(self.reader, self.arrival)

    def renew(self, standing: Cast) -> None:
        """After a conflict: show what is stored beside what was typed, and let the next attempt know of it."""
        self.version = standing.version
        labels: dict[str, str] = {str(kind): str(kind.label) for kind in Kind}
        for passage in self.passages:
            stored = standing.wishes.get(passage.extract.name)
            if stored != passage.form.wanted():
                passage.stored = " – ".join((labels[stored.kind], stored.wording)) if stored else str(UNTOUCHED)
        differing = sum(bool(passage.stored) for passage in self.passages)
        self.error = ngettext(
            "Not saved: you saved something else meanwhile, in another tab or before the connection was lost. %(n)s"
            " passage differs, and says what is saved. Save once more to replace that.",
            "Not saved: you saved something else meanwhile, in another tab or before the connection was lost. %(n)s"
            " passages differ, and each says what is saved. Save once more to replace that.",
            differing,
        ) % {"n": differing}

    @property
    def least(self) -> int:
        """Bytes that this sheet takes on a page at the most, whatever is written into it."""
        words = len(self.window.release.document.encode())
        return 6 * words + PER_PASSAGE * len(self.passages) + 6 * ballots.LEAST


def read_before(window: Window) -> set[str] | None:
    """The words of each passage that was last with the set before this window, however that ended; None if none was, or
    none can be read."""
    earlier = Window.objects.filter(report=window.report_id, number__lt=window.number).order_by("-number")
    document = earlier.values_list("release__document", flat=True).first() if window.number > 1 else None
    try:
        return None if document is None else {str(one.words) for one in extracts(loads(document))}
    except DocumentError:
        return None


PER_PASSAGE = 4_000  # bytes of markup around a passage and its form, at the most


@dataclass(frozen=True, slots=True)
class Became:
    """A passage that was objected to, and what became of it."""

    extract: Extract
    what: Literal["waiting", "kept_out", "general", "other"]


@dataclass(frozen=True, slots=True)
class Over:
    """A window that is over, its report's title as it printed, and what became of what was objected to. Without a title
    its pages cannot be read."""

    window: Window
    title: Extract | None
    passages: list[Became]

    @property
    def is_void(self) -> bool:
        """Whether its pages were to leave, as nobody objected, and cannot any more: something changed since."""
        return self.window.outdated and self.window.release.state == State.READY


def over(window: Window) -> Over:
    """What became of each passage that was objected to in a window, the same for everybody of the set.

    Until the next version is with the set, all that is said is that it waits: a facilitator may still think otherwise.
    """
    try:
        passages = {one.position: one for one in extracts(loads(window.release.document))}
    except DocumentError:
        return Over(window, None, [])
    later = any(other.number > window.number for other in window.report.windows.all())
    outcomes = {outcome.digest: outcome for outcome in window.report.outcomes.all()}
    places = sorted({wish.position for wish in window.wishes.all()}, reverse=True)
    objected = sorted({passages[at].digest: passages[at] for at in places}.values(), key=lambda one: one.position)
    return Over(
        window,
        next(iter(passages.values())),
        [Became(one, _what(settled(one.words, outcomes), later=later)) for one in objected],
    )


def _what(outcome: Outcome | None, *, later: bool) -> Literal["waiting", "kept_out", "general", "other"]:
    if outcome is not None and (later or outcome.window_id is not None):
        return "kept_out" if outcome.verdict == Outcome.Verdict.KEPT_OUT else "general"
    return "other" if later else "waiting"


def _number(raw: str) -> int:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else -1

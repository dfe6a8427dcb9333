"""What facilitators are shown of the objections once a window is over, and what they say becomes of each passage."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learningsets.fields import PlainText
from learningsets.models import Role, User
from reports.document import loads
from reports.forms.standing import StandingForm
from reports.models import Outcome, Reader, Release, Report, Window, Wish
from reports.models.release import State
from reports.models.window import Kind
from reports.objected import in_pages, objected_to
from reports.passages import Extract, extracts, same_letters, settled, shares_most

WORDING = 2_000  # characters that may stand in a passage's place
LONGER = 150  # characters that may stand in place of a short one; else half as long again as it was


class OutcomeForm(StandingForm):
    """What becomes of one passage. Leaving the choice empty leaves it undecided."""

    beside = "verdict"
    conditional = ("verdict", "wording")

    verdict = forms.ChoiceField(
        label=_("What becomes of it"), choices=Outcome.Verdict.choices, required=False, widget=forms.RadioSelect
    )
    wording = PlainText(label=_("In general words"), rows=2, max_length=WORDING, required=False)

    about = ""  # which of the page's passages it is about
    extract: Extract  # what was objected to
    objected: Sequence["Objection"] = ()  # it, and every other passage of the report that was

    def clean(self) -> dict[str, Any]:
        """General words need the words, and others than those that were objected to. Whoever chooses to keep it out
        means it: general words from before, hidden by then, go."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == Outcome.Verdict.KEPT_OUT:
            self.let_go("wording")
        wording = cleaned.get("wording")
        if cleaned.get("verdict") == Outcome.Verdict.GENERAL and not wording and "wording" not in self.errors:
            self.add_error("wording", _("Write what should stand there instead."))
        if wording and cleaned.get("verdict") != Outcome.Verdict.GENERAL:
            self.add_error("verdict", _("Choose “Say it in general words” for what you typed, or clear it."))
        if wording and any(one.is_still(wording) for one in self.objected):
            told = _("These are the words that were objected to, or most of them. Say it otherwise, or keep it out.")
            self.add_error("wording", told)
        if wording and not any(character.isalnum() for character in wording):
            self.add_error("wording", _("Write words, or choose “Keep it out”."))
        if wording and len(wording) > max(LONGER, len(str(self.extract.words)) * 3 // 2):
            self.add_error("wording", _("Say it in fewer words: the set has two days only to read what is new here."))
        self.meet()
        return cleaned

    def decision(self) -> tuple[Any, ...]:
        """What becomes of it, and in which words."""
        verdict, wording = self.cleaned_data["verdict"], self.cleaned_data["wording"]
        return (verdict, wording) if verdict else ()

    def in_words(self) -> str:
        """What becomes of it, and the words if there are any."""
        if not self.stands:
            return str(_("nothing"))
        verdict, wording = self.stands
        return " – ".join(filter(None, (str(Outcome.Verdict(verdict).label), wording)))


@dataclass
class Objection:
    """A passage that was objected to: what is wanted of it, and what was decided. `form` is missing where nobody has to
    decide: it was objected to in a second reading, and is kept out.

    How many want it is told nowhere; `suggestions` stand in an order that says nothing.
    """

    extract: Extract
    kinds: set[str]
    suggestions: list[str]
    form: OutcomeForm | None

    @property
    def wants_it_out(self) -> bool:
        """Whether it gives somebody away as it stands."""
        return Kind.OBJECT in self.kinds

    def is_still(self, wording: str) -> bool:
        """Whether general words are this passage once more: by its letters, and if it gives somebody away by most of
        its words. Who wanted general words may have meant one word of many."""
        words = str(self.extract.words)
        return same_letters(words, wording) or (self.wants_it_out and shares_most(words, wording))


class ObjectionForms:
    """Every passage of a report that was objected to, as one facilitator may see it.

    Suggestions were written for those who facilitated then: who came later sees the passages, and not those.
    """

    def __init__(self, report: Report, user: User, data: Any = None) -> None:
        self.report, self.data = report, data
        self.outcomes = _outcomes(report)
        self.read = set(
            Reader.objects.filter(window__report=report, membership__user=user, role=Role.FACILITATOR).values_list(
                "window", flat=True
            )
        )
        self.objections = list(self._objections())
        for number, one in enumerate(self.objections, start=1):
            if one.form:
                one.form.objected = self.objections
                one.form.about = _("Passage {number}").format(number=number)

    def _objections(self) -> Iterator[Objection]:
        """Each different passage once, the latest window first."""
        over = Window.objects.filter(report=self.report, state=Window.State.CLOSED).select_related("release")
        seen: set[str] = set()
        for window in over.defer("release__pdf").prefetch_related("wishes").order_by("-number"):
            wishes: dict[str, list[Wish]] = defaultdict(list)  # the same words twice are one passage
            passages = extracts(loads(window.release.document)) if window.wishes.all() else ()
            places = {one.position: one.digest for one in passages}
            for wish in window.wishes.all():
                wishes[places[wish.position]].append(wish)
            for extract in passages:
                if extract.digest in wishes and extract.digest not in seen:
                    seen.add(extract.digest)
                    yield self._objection(extract, wishes[extract.digest], shown=window.pk in self.read)

    def _objection(self, extract: Extract, wishes: list[Wish], *, shown: bool) -> Objection:
        outcome = settled(extract.words, self.outcomes)
        kinds = {wish.kind for wish in wishes}
        form = None
        if outcome is None or outcome.window_id is None:
            initial = {"verdict": outcome.verdict, "wording": outcome.wording} if outcome else {}
            form = OutcomeForm(self.data, prefix=f"o{extract.digest[:12]}", initial=initial)
            form.extract = extract
            form.stands = (outcome.verdict, outcome.wording) if outcome else ()
        suggestions = list(dict.fromkeys(wish.wording for wish in wishes if wish.wording)) if shown else []
        return Objection(extract, kinds, suggestions, form)

    @cached_property
    def out(self) -> Release | None:
        """The version that is out, if it prints one of these passages as it was: the next one's reading may bring up
        what the set let stand in it."""
        released = self.report.releases.filter(state=State.RELEASED).defer("pdf", "html")
        out = released.first() if self.objections else None
        return out if out and in_pages(out, objected_to(self.report.pk)) else None

    @property
    def faulty(self) -> list[OutcomeForm]:
        """The forms that are not right, in the order of the page."""
        return [one.form for one in self.objections if one.form and one.form.is_bound and one.form.errors]

    def is_valid(self) -> bool:
        """Whether each decision that was begun is complete."""
        return not self.faulty

    def save(self) -> bool:
        """Remember what was decided or changed, all or none. False when somebody decided something at this very
        moment: the forms have to be made once more."""
        with transaction.atomic():
            Report.objects.select_for_update().get(pk=self.report.pk)
            if _in_short(_outcomes(self.report)) != _in_short(self.outcomes):
                return False
            for one in self.objections:
                if one.form and one.form.cleaned_data["verdict"] and one.form.is_new():
                    Outcome.objects.update_or_create(
                        report=self.report, digest=one.extract.digest, defaults=one.form.cleaned_data
                    )
        return True


def _outcomes(report: Report) -> dict[str, Outcome]:
    """What becomes of each passage of a report as it is stored, by digest."""
    return {outcome.digest: outcome for outcome in report.outcomes.all()}


def _in_short(outcomes: dict[str, Outcome]) -> list[tuple[Any, ...]]:
    return sorted((digest, one.verdict, one.wording, str(one.window_id)) for digest, one in outcomes.items())

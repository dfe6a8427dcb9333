"""The review page: every finding in its sentence with its decision, and the whole text as it would print."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.anonymity.deidentify import deidentify
from reports.anonymity.findings import MARKED, OTHER_LANGUAGE, OTHER_SCRIPT, Finding, Span, Verdict
from reports.anonymity.findings import Decision as Ruling
from reports.anonymity.fold import fold
from reports.anonymity.marks import places, sentence_at
from reports.anonymity.roster import Roster
from reports.build import Built, build_document
from reports.forms.decision import DecisionForm, WordingForm
from reports.forms.mark import MarkForm
from reports.glyphs import in_other_scripts
from reports.models import Report
from reports.objected import objected_to
from reports.passages import digest_of
from reports.pronouns import gendered
from reports.review import LABELS, ON_THE_ROSTER, decide_all, decided_elsewhere

MARKED_AT_ONCE: Final = 50  # places; more of them are a common word
NO_WORDS_OF_OURS: Final = (MARKED, OTHER_SCRIPT, OTHER_LANGUAGE)
"""What no general words are known for: anything can be marked, and letters of another script say who knows what."""
ALIKE: Final = ("verdict", "wording", "reason", "everywhere")
"""What is chosen for one finding and, where it is asked for, for the others in its sentence."""


@dataclass(frozen=True)
class Question:
    """One finding put to the facilitator, in the sentence around it."""

    where: str
    before: str
    words: str
    after: str
    why: str
    sentence: str
    decided: bool
    form: DecisionForm
    mark: Ruling | None = None  # the mark that found it; what is found may be more than was marked
    as_for: str = ""  # the title of the report for which the same words were decided; the form offers that again

    @property
    def sentence_key(self) -> str:
        """A name for its sentence on the page."""
        return sha256(self.sentence.encode()).hexdigest()[:12]

    def was_decided(self) -> bool:
        """Whether a valid form says something new about it; what is offered is new until it is taken, and what only
        the page still says, because somebody decided otherwise since it was opened, is not."""
        return bool(self.form.cleaned_data["verdict"]) and self.form.is_new()

    def ruling(self) -> Ruling:
        """What was typed, without what belongs to another verdict. Words are kept in one sentence at a time."""
        verdict, wording, reason, everywhere = self.form.decision()
        words, sentence = (self.mark.words, self.mark.sentence) if self.mark else (self.words, self.sentence)
        return Ruling(words, verdict, wording, reason, sentence="" if everywhere else sentence)


class ReviewForms:
    """Every finding of a report with its form, from what is stored or from what was posted."""

    def __init__(self, report: Report, data: Any = None) -> None:
        self.report = report
        self._stood = _stored(report) if data is not None else []
        self.built = build_document(report, "review_copy", key=b"")
        posted = None if data is None else data.copy()
        self.questions = list(_questions(self.built, decided_elsewhere(report), posted))
        self.open = [question for question in self.questions if not question.decided]
        _offer_together(self.open, posted)
        self.decided = [question for question in self.questions if question.decided]
        for number, question in enumerate(self.open, start=1):
            question.form.about = _("Passage {number}").format(number=number)
        for number, question in enumerate(self.decided, start=1):
            question.form.about = _("Decided passage {number}").format(number=number)
        self.mark = MarkForm(posted, prefix="more")
        self.mark.told_by = partial(_told_by, self.built.roster, "", "")
        self.mark.why_not = partial(_why_not, report, self.built)

    @property
    def offered(self) -> int:
        """How many are ticked as they were decided for another report of the set."""
        return sum(bool(question.as_for) for question in self.open)

    @property
    def removed(self) -> int:
        """How many names, addresses and employers the boundary took out by itself."""
        return sum(len(passage.result.removed) for passage in self.built.passages)

    @cached_property
    def gendered(self) -> list[tuple[int, str, str]]:
        """Where a small set's report says "he" or "she": the passage's number, its heading and the words there."""
        if not self.built.document.withheld_small_group:
            return []
        language = self.built.document.language
        return [
            (number, passage.where, place)
            for number, passage in enumerate(self.built.passages, start=1)
            for place in gendered(str(passage.result.text), language)
        ]

    def is_valid(self) -> bool:
        """Whether each decision that was begun is complete. What is wrong with one that others follow is said there."""
        wrong = [form for form in self._forms if not form.is_valid()]
        for question in self.open:
            if question.form.follows in wrong:
                question.form.errors.clear()
        return not wrong

    @property
    def _forms(self) -> list[WordingForm]:
        return [*(question.form for question in (*self.open, *self.decided)), self.mark]

    @property
    def faulty(self) -> list[WordingForm]:
        """Each decision that is not complete, in the order of the page."""
        return [form for form in self._forms if form.errors]

    def save(self) -> str:
        """Remember what was decided or changed; the answer says how many are left, or that nothing was chosen.

        No answer: somebody decided something at this very moment, so the forms have to be made once more.
        """
        chosen = [question.ruling() for question in self.questions if question.was_decided()]
        if self.mark.decision():
            chosen += _marked(self.built, *self.mark.decision())
        if not chosen:
            return _("Nothing was chosen, so nothing was saved. Choose what should happen to a passage first.")
        with transaction.atomic():
            Report.objects.select_for_update().get(pk=self.report.pk)
            if _stored(self.report) != self._stood:
                return ""
            decide_all(self.report, chosen)
        left = build_document(self.report, "review_copy", key=b"").open_findings
        if not left:
            return _("Everything is decided.")
        return ngettext("Saved. {n} passage is still open.", "Saved. {n} passages are still open.", left).format(n=left)


def _stored(report: Report) -> list[tuple[Any, ...]]:
    """Every decision about a report as it is stored."""
    return list(report.decisions.values_list("words", "sentence", "verdict", "wording", "reason", "rests_on"))


def _questions(built: Built, elsewhere: Mapping[str, tuple[str, Ruling]], data: Any) -> Iterator[Question]:
    """Each different finding once: the same words in the same sentence need one decision."""
    seen: set[str] = set()
    for passage in built.passages:
        open_ones: list[tuple[Finding, Ruling | None]] = [(finding, None) for finding in passage.result.open]
        for finding, ruling in [*open_ones, *passage.result.decided]:
            key = sha256(f"{finding.words}\0{finding.sentence}".encode()).hexdigest()[:12]
            if key in seen:
                continue
            seen.add(key)
            before, _words, after = finding.sentence.partition(finding.words)
            title, offered = ("", None) if ruling else _offered(finding, elsewhere)
            stands = ruling or offered
            form = DecisionForm(data, prefix=f"d{key}", initial=_initial(stands) if stands else {})
            form.stands = (ruling.verdict, ruling.wording, ruling.reason, not ruling.sentence) if ruling else ()
            form.covers_few = finding.why in LABELS
            form.set_marked(marked=finding.why == MARKED)
            form.show_sentence(before, after, "" if finding.why in NO_WORDS_OF_OURS else finding.general)
            form.told_by = partial(_told_by, built.roster, before, after)
            yield Question(
                where=passage.where,
                before=before,
                words=finding.words,
                after=after,
                why=finding.why,
                sentence=finding.sentence,
                decided=ruling is not None,
                form=form,
                mark=ruling if finding.why == MARKED else None,
                as_for=title,
            )


def _offer_together(open_ones: Sequence[Question], posted: Any) -> None:
    """Offer to decide alike what was found in one sentence ("England, Ireland and Sweden"). Where it is taken, what
    nothing else was chosen for is as if it had been chosen for each: what is wrong with that one alone stands there."""
    found: dict[str, list[Question]] = defaultdict(list)
    for question in open_ones:
        found[question.sentence].append(question)
    for question in open_ones:
        others = [other for other in found[question.sentence] if other is not question]
        question.form.offer_together([other.words for other in others])
        if posted is not None and not question.form.follows and posted.get(question.form.add_prefix("together")):
            for other in others:
                typed = {posted.get(other.form.add_prefix(name), "") for name in ("verdict", "wording", "reason")}
                if typed <= {"", posted.get(question.form.add_prefix("verdict"), "")}:  # or followed it before
                    other.form.follows = question.form
                    said = {name: posted.get(question.form.add_prefix(name), "") for name in ALIKE}
                    posted.update({other.form.add_prefix(name): value for name, value in said.items()})


def _offered(finding: Finding, elsewhere: Mapping[str, tuple[str, Ruling]]) -> tuple[str, Ruling | None]:
    """What was decided about the same words in another report, with its title.

    Where the words are on the roster, or have no letters that print, "keep it" is not offered: each sentence says anew
    whether they are the person or the word, and how few they cover is asked for each report.
    """
    title, ruling = elsewhere.get(fold(finding.words), ("", None))
    if ruling and ruling.verdict == "keep" and finding.why in (*ON_THE_ROSTER, OTHER_SCRIPT):
        return "", None
    return title, ruling and replace(ruling, sentence=finding.sentence)


def _told_by(roster: Roster, before: str, after: str, wording: str) -> list[str]:
    """The words of a wording that the boundary would take out or ask about, by itself or in its sentence."""
    found: list[str] = []
    for lead, rest in (("", ""), (before, after)):
        text = f"{lead}{wording}{rest}"
        read = deidentify(text, roster, unprinted=in_other_scripts)
        begin, end = len(lead), len(lead) + len(wording)
        places = [*((one.start, one.end) for one in read.removed), *((one.start, one.end) for one in read.open)]
        found += [text[max(a, begin) : min(b, end)] for a, b in places if a < end and begin < b]
    return found


def _marked(built: Built, words: str, verdict: Verdict, wording: str) -> Iterator[Ruling]:
    """A decision for each sentence in which words stand that were neither taken out nor asked about."""
    for passage in built.passages:
        result = passage.result
        known: list[Span | Finding] = [*result.removed, *result.open, *(finding for finding, _ruling in result.decided)]
        told = [(one.start, one.end) for one in known]
        for start, end in places(passage.text, [words], built.document.language):
            if not any(begin <= start and end <= stop for begin, stop in told):
                yield Ruling(passage.text[start:end], verdict, wording, sentence=sentence_at(passage.text, start, end))


def _why_not(report: Report, built: Built, words: str) -> str:
    """Why these words cannot be marked; empty where they can."""

    def words_stand(text: str) -> bool:
        return any(places(text, [words], built.document.language))

    found = list(islice(_marked(built, words, "remove", ""), MARKED_AT_ONCE + 1))
    if len(found) > MARKED_AT_ONCE:
        return _("These words stand in too many places to be what tells who spoke. Copy more of what is around them.")
    if found and any(_is_all_of(passage.text, words, built.document.language) for passage in built.passages):
        return _("This is all that somebody said there. Take out only what tells who it was, and leave the rest.")
    printed = {digest_of(passage.result.text) for passage in built.passages if found and words_stand(passage.text)}
    objected = objected_to(report.pk) if printed else None
    if objected and any(objected.holds(digest, built.made_from) for digest in printed):
        return _("A passage with these words was objected to. Say under “Objections” what becomes of it.")
    if found:
        return ""
    if any(words_stand(passage.text) for passage in built.passages):
        return _("Wherever these words stand, they are taken out already, or asked about above.")
    return _(
        "These words stand in no text of this report. Copy them from “How it would print”, without what stands there"
        " in place of a name."
    )


def _is_all_of(text: str, words: str, language: str) -> bool:
    """Whether without these words nothing is left of a text: what prints would count its author, and say nothing."""
    found = sorted(places(text, [words], language), reverse=True)
    left = text
    for start, end in found:
        left = left[:start] + left[end:]
    return bool(found) and not any(character.isalnum() for character in left)


def _initial(ruling: Ruling) -> dict[str, Any]:
    return {
        "verdict": ruling.verdict,
        "wording": ruling.wording,
        "reason": ruling.reason,
        "everywhere": not ruling.sentence,
    }

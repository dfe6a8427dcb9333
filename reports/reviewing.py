"""The review page: every finding in its sentence with its decision, and the whole text as it would print."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.anonymity.findings import Decision as Ruling
from reports.anonymity.findings import Finding
from reports.build import build_document
from reports.forms.decision import DecisionForm
from reports.models import Report
from reports.review import LABELS, decide_all


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

    def was_decided(self) -> bool:
        """Whether a valid form says something new about it."""
        return bool(self.form.cleaned_data["verdict"]) and self.form.has_changed()

    def ruling(self) -> Ruling:
        """What was typed, without what belongs to another verdict. Words are kept in one sentence at a time."""
        typed = self.form.cleaned_data
        return Ruling(
            words=self.words,
            verdict=typed["verdict"],
            wording=typed["wording"] if typed["verdict"] == "generalise" else "",
            reason=typed["reason"] if typed["verdict"] == "keep" else "",
            sentence="" if typed["everywhere"] and typed["verdict"] != "keep" else self.sentence,
        )


class ReviewForms:
    """Every finding of a report with its form, from what is stored or from what was posted."""

    def __init__(self, report: Report, data: Any = None) -> None:
        self.report = report
        self.built = build_document(report, "review_copy", key=b"")
        self.questions = list(_questions(self.built.passages, data))
        self.open = [question for question in self.questions if not question.decided]
        self.decided = [question for question in self.questions if question.decided]

    @property
    def removed(self) -> int:
        """How many names, addresses and employers the boundary took out by itself."""
        return sum(len(passage.result.removed) for passage in self.built.passages)

    def is_valid(self) -> bool:
        """Whether each decision that was begun is complete."""
        return not [question for question in self.questions if not question.form.is_valid()]

    @property
    def faulty(self) -> list[DecisionForm]:
        """Each decision that is not complete, in the order of the page."""
        return [question.form for question in (*self.open, *self.decided) if question.form.errors]

    def save(self) -> str:
        """Remember what was decided or changed; the answer says how many are left, or that nothing was chosen."""
        if not any(question.form.has_changed() for question in self.questions):
            return _("Nothing was chosen, so nothing was saved. Choose what should happen to a passage first.")
        decide_all(self.report, [question.ruling() for question in self.questions if question.was_decided()])
        left = build_document(self.report, "review_copy", key=b"").open_findings
        if not left:
            return _("Everything is decided.")
        return ngettext("Saved. {n} passage is still open.", "Saved. {n} passages are still open.", left).format(n=left)


def _questions(passages: Any, data: Any) -> Iterator[Question]:
    """Each different finding once: the same words in the same sentence need one decision."""
    seen: set[str] = set()
    for passage in passages:
        open_ones: list[tuple[Finding, Ruling | None]] = [(finding, None) for finding in passage.result.open]
        for finding, ruling in [*open_ones, *passage.result.decided]:
            key = sha256(f"{finding.words}\0{finding.sentence}".encode()).hexdigest()[:12]
            if key in seen:
                continue
            seen.add(key)
            before, _words, after = finding.sentence.partition(finding.words)
            initial = {} if ruling is None else _initial(ruling)
            form = DecisionForm(data, prefix=f"d{key}", initial=initial)
            form.covers_few = finding.why in LABELS
            yield Question(
                passage.where, before, finding.words, after, finding.why, finding.sentence, ruling is not None, form
            )


def _initial(ruling: Ruling) -> dict[str, Any]:
    return {
        "verdict": ruling.verdict,
        "wording": ruling.wording,
        "reason": ruling.reason,
        "everywhere": not ruling.sentence,
    }

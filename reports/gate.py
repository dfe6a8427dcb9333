"""The gate: what must hold before pages may leave, asked of the write-up first and of the finished bytes again.

Every refusal is a sentence that the facilitator can act on. No pass, no release (docs/anonymity.md, "Floors" and
"Channels").
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learningsets import floors
from learningsets.models import Programme
from reports.anonymity.deidentify import leftovers
from reports.anonymity.findings import OTHER_SCRIPT
from reports.build import Built
from reports.claims import what_to_say
from reports.document import dumps, loads, texts
from reports.glyphs import unprinted
from reports.legible import searched
from reports.models import Certificate, Printed, Refusal, Release, Report
from reports.objected import as_they_were, objected_to, reworded_too_little
from reports.page_readback import read as read_page
from reports.passages import digest_of
from reports.places import Place, Reason, place
from reports.quantities import has_tables, wrong_claims
from reports.readback import Readback
from reports.review import LABELS
from reports.sections import Block
from reports.words import without_our_words

VERSION: Final = 2
"""The version of these rules; a certificate says under which it was given."""
QUOTED: Final = 60
"""Letters of a passage that a sentence repeats."""


_KINDS: Final = {
    "PERSON": gettext_lazy("name"),
    "ORG": gettext_lazy("employer"),
    "TITLE": gettext_lazy("job title"),
    "EMAIL": gettext_lazy("e-mail address"),
    "PHONE": gettext_lazy("telephone number"),
    "URL": gettext_lazy("web address"),
}


@dataclass(frozen=True, slots=True)
class Copies:
    """What is about to leave: the stored document, its PDF as it was read back, its page, and the name of the files."""

    document: str
    pdf: Readback
    html: bytes
    filename: str


class Refused(Exception):  # noqa: N818  # a verdict, not an error
    """The gate said no. `refusals` are the reasons, at least one."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = list(refusals)
        super().__init__(", ".join(refusal["code"] for refusal in self.refusals))


class Obstacle(Refusal):
    """A refusal, and where in the write-up its reason stands, if it stands there."""

    at: Place | None


def obstacles(report: Report, built: Built) -> list[Obstacle]:
    """What stands in the way of a release of `built`, apart from what only the finished bytes can show."""
    found = ((code, reason) for code, rule in RULES.items() for reason in rule(report, built))
    return [
        Obstacle(code=code, sentence=reason.sentence, at=place(report, reason))
        if isinstance(reason, Reason)
        else Obstacle(code=code, sentence=reason, at=None)
        for code, reason in found
    ]


def certify(report: Report, built: Built, copies: Copies) -> Certificate:
    """The certificate of finished bytes, in each form in which they leave.

    Raises Refused, `reports.structure.Unreadable` when the page cannot be read, or `reports.document.DocumentError`.
    """
    found = [Refusal(code=one["code"], sentence=one["sentence"]) for one in obstacles(report, built)]
    page, document = read_page(copies.html), loads(copies.document)
    legible = (*copies.pdf.texts, *page.texts, *(searched(str(text)) for text in texts(document)), copies.filename)
    found += [Refusal(code="leftovers", sentence=sentence) for sentence in _left_in_bytes(built, legible)]
    if copies.pdf.faults or copies.pdf.unshown or dumps(document) != copies.document:
        found.append(
            Refusal(code="bytes", sentence=_("The finished file holds something besides its pages. Try again."))
        )
    if found:
        raise Refused(found)
    return Certificate(
        sha256=copies.pdf.sha256,
        document=sha256(copies.document.encode()).hexdigest(),
        html=sha256(copies.html).hexdigest(),
        gate=VERSION,
        language=built.document.language,
        pages=len(copies.pdf.pages),
        checks=[*RULES, "leftovers", "bytes"],
    )


def still_names(built: Built, document: str) -> list[Refusal]:
    """What a stored document says of people whom the boundary did not know yet when its bytes were certified.

    `built` is the same report under the roster of today.
    """
    legible = (searched(str(text)) for text in texts(loads(document)))
    return [Refusal(code="leftovers", sentence=sentence) for sentence in _left_in_bytes(built, legible)]


def differs_too_little(mine: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    """Whether two releases, laid side by side, would single out fewer than five contributions, either way."""
    return any(0 < len(one - other) < floors.DIFFERENCE for it in others for one, other in ((mine, it), (it, mine)))


def singles_out(report: Report, built: Built, others: Iterable[frozenset[str]]) -> bool:
    """Whether a report, laid beside any that left, would single out fewer than five contributions: as a whole, among
    the answers to one question, or among the challenges of its own versions, where whatever else is left out hides
    nothing."""
    left = list(others)
    blocks = any(_prints_otherwise(block, left) for block in built.blocks)
    return blocks or differs_too_little(built.contributions, left) or _asks_otherwise(report, built)


def printed_by_others(
    programme: Programme, mine: Release | None = None, *, of: Report | None = None
) -> list[frozenset[str]]:
    """What each release that ever left the programme's sets prints, apart from `mine`; only those `of` a report if one
    is given. Two queries."""
    left = Release.objects.of_programme(programme).left().values_list("pk", flat=True)
    left = left if of is None else left.filter(report=of)
    printed: dict[object, set[str]] = {release: set() for release in left if mine is None or release != mine.pk}
    for release, contribution in Printed.objects.filter(release__in=printed).values_list("release", "contribution"):
        printed[release].add(contribution)
    return [frozenset(contributions) for contributions in printed.values()]


# --- The rules ---------------------------------------------------------------------------


def _language(report: Report, built: Built) -> Iterator[str]:
    if not has_tables(report.cohort.language):
        yield _("There are no tables of words for this set's language. A report can be released in English or Swedish.")


def _contributors(report: Report, built: Built) -> Iterator[str]:
    floor = max(floors.REPORT, report.cohort.report_floor)
    if built.contributors < floor:
        yield _(
            "A report needs closing answers from at least {floor} different people, and there are not that many."
            " Cover a later meeting in this report too, or let the answers carry over."
        ).format(floor=floor)


def _open(report: Report, built: Built) -> Iterator[str]:
    if built.open_findings:
        yield ngettext(
            "{n} passage waits for your decision on the review page.",
            "{n} passages wait for your decision on the review page.",
            built.open_findings,
        ).format(n=built.open_findings)


def _letters(report: Report, built: Built) -> Iterator[Reason]:
    """Each passage in letters that the paper has not, whether it waits for a decision or was decided to print."""
    for passage in built.passages:
        waiting = [finding.words for finding in passage.result.open if finding.why == OTHER_SCRIPT]
        for words in dict.fromkeys([*waiting, *unprinted(str(passage.result.text))]):
            told = _(
                "{where}: “{words}” is not in Latin letters. Put it in Latin letters in the write-up; if"
                " a member wrote it, write on the review page what should stand there."
            ).format(where=passage.where, words=_quoted(words))
            yield Reason(told, text=passage.text)


def _labels(report: Report, built: Built) -> Iterator[str]:
    kept = {
        (passage.where, finding.words)
        for passage in built.passages
        for finding, decision in passage.result.decided
        if decision.verdict == "keep" and finding.why in LABELS
    }
    for where, words in sorted(kept):
        yield _(
            "{where}: “{words}” covers fewer than ten people. It may be named when each of them has agreed (record"
            " that under “Names that may stay”), or put it in general words."
        ).format(where=where, words=words)


def _themes(report: Report, built: Built) -> Iterator[Reason]:
    floor = max(floors.THEME, report.cohort.theme_floor)
    for number, theme in enumerate(built.themes, start=1):
        if theme.people < floor:
            told = _(
                "Theme {number} does not rest on {floor} different people. Tick the challenges or the answers it comes"
                " from, or merge it with another theme."
            ).format(number=number, floor=floor)
            yield Reason(told, theme=number)


def _quantities(report: Report, built: Built) -> Iterator[Reason]:
    if not has_tables(report.cohort.language):
        return
    group = built.group
    texts = [(_("Theme {n}").format(n=n), told.text, told.people) for n, told in enumerate(built.themes, start=1)]
    titled = {where for where, _text, _people in texts}
    texts += [(where, text, floors.THEME) for where, text in built.prose]
    for number, (where, text, people) in enumerate(texts, start=1):  # the themes come first
        for claim in wrong_claims(text, people, group, report.cohort.language, built.issues):
            in_theme = where in titled
            near = _("in the title") if claim.opening and in_theme else ""
            told = f"{where}: {what_to_say(claim, near, in_theme=in_theme)}"
            yield Reason(told, theme=number) if in_theme else Reason(told, text=text)


def _differencing(report: Report, built: Built) -> Iterator[Reason]:
    others = printed_by_others(report.cohort.programme)
    if not singles_out(report, built, others):
        return
    told = [_("Beside a report that has already left, this one would single out the words of fewer than five people.")]
    changed = [block for block in built.blocks if _prints_otherwise(block, others)]
    if changed:
        quoted = get_text_list([f"“{_quoted(block.prompt)}”" for block in dict.fromkeys(changed)], _("and"))
        told.append(
            _(
                "An answer to {questions} prints in one of them and not in the other: nothing of its author’s is left"
                " in it, or it is kept out after an objection. One answer alone may not differ, so leave out all"
                " answers to that question: in the write-up, under “Closing answers”."
            ).format(questions=quoted)
        )
    without = built.contributions.difference(*(block.contributions for block in changed))
    if not changed or differs_too_little(without, others) or _asks_otherwise(report, built):
        told.append(
            _(
                "Print a question for each of the challenges from which one printed before, and for no other: what was"
                " wrong with one is said in general words, not left out. Or print at least five more and five fewer."
            )
        )
    yield Reason(" ".join(told), kind="answers" if changed else "questions")


def _prints_otherwise(block: Block, others: Iterable[frozenset[str]]) -> bool:
    """Whether fewer than five answers to one question print here and not in another release that prints some, or there
    and not here."""
    every = block.contributions | block.silent
    return block.prints and differs_too_little(block.contributions, filter(None, (every & other for other in others)))


def _asks_otherwise(report: Report, built: Built) -> bool:
    """Whether the questions of fewer than five challenges print here and not in another version of the report, or there
    and not here. Reports of other meetings may ask others."""
    mine = built.contributions & built.challenges
    versions = printed_by_others(report.cohort.programme, of=report) if mine else []
    return differs_too_little(mine, filter(None, (version & built.challenges for version in versions)))


def _objections(report: Report, built: Built) -> Iterator[Reason]:
    objected = objected_to(report.pk)
    still = {one.digest for one in as_they_were(built.document, built.made_from, objected)}
    if still:
        told = ngettext(
            "{n} passage was objected to and would print as it was. Say under “Objections” what becomes of it.",
            "{n} passages were objected to and would print as they were. Say under “Objections” what becomes of them.",
            len(still),
        )
        yield Reason(told.format(n=len(still)))
    for one in reworded_too_little(built, objected):
        told = _(
            "{where}: “{words}” has most of the words of a passage that was objected to, here or in another report of"
            " your set, in their order. Say it otherwise or take it out: in the write-up, or under “Objections” where"
            " it stands in place of another."
        )
        typed = (passage.text for passage in built.passages if digest_of(passage.result.text) == one.digest)
        yield Reason(told.format(where=one.where, words=_quoted(str(one.words))), text=next(typed, ""))


def _aims(report: Report, built: Built) -> Iterator[Reason]:
    for aim in built.changed_aims:
        told = _(
            "Evaluation of the aims: “{aim}” would be changed in print, so nothing of that section prints. Hide the"
            " section or take it out, and tell no organiser of the programme why: they worded the aim, and would learn"
            " who or what is known here."
        ).format(aim=_quoted(aim))
        yield Reason(told, kind="evaluation")


def _quoted(words: str) -> str:
    return words if len(words) <= QUOTED else f"{words[:QUOTED]} …"


RULES: Final[dict[str, Callable[[Report, Built], Iterator[str] | Iterator[Reason]]]] = {
    "language": _language,
    "contributors": _contributors,
    "findings": _open,
    "letters": _letters,
    "labels": _labels,
    "themes": _themes,
    "quantities": _quantities,
    "aims": _aims,
    "objections": _objections,
    "differencing": _differencing,
}


def _left_in_bytes(built: Built, texts: Iterable[str]) -> Iterator[str]:
    """What kinds of name, address or employer are still legible. The sentences do not repeat them."""
    kinds = {span.type for text in texts for span in leftovers(without_our_words(text), built.roster)}
    for kind in sorted(kinds):
        yield _(
            "In the finished pages somebody's {kind} is still legible, perhaps across a line break. Find it under"
            " “How it would print”, and rewrite that sentence."
        ).format(kind=_KINDS.get(kind, kind))

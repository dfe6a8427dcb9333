"""From raw answers and a raw write-up to a `ReportDocument`. The only code that reads detached answers for a report.

Every text passes `deidentify` on its way, titles, captions and the facilitators' prose too: the document is made of
`AnonymousText`, which nothing else makes. Answers are put in an order that depends on their printed words and on a
key alone, and the order is frozen in the document.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import cast
from uuid import UUID

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from challenges.models import Challenge, Prompt, Reflection, Tally, Visibility
from learningsets import floors
from learningsets.models import Cohort, Paper
from reports import diagrams
from reports import document as paper
from reports import write_up as raw
from reports.anonymity.deidentify import Deidentified, deidentify
from reports.anonymity.findings import OTHER_LANGUAGE
from reports.anonymity.findings import Decision as Ruling
from reports.anonymity.roster import Roster
from reports.anonymity.text import AnonymousText
from reports.glyphs import in_other_scripts, printable
from reports.models import Outcome, Report, Window, Wish
from reports.passages import letters
from reports.printing import printing, printing_content
from reports.review import own_names, roster_for, rulings
from reports.roster import SetRoster, roster_of
from reports.sections import Asked, Block, Builder, Passage, contribution, of_words, place, terms_in
from reports.summaries import KIND_NAMES, session_name
from sessions.models import Attendance, Concept, Meeting

REPORTED = "chatham"  # the one regime whose answers a report may read


@dataclass(frozen=True, slots=True)
class Told:
    """A theme, as raw text, and how many different people it rests on."""

    title: str
    text: str  # the title too, as its first paragraph
    people: int


@dataclass(frozen=True, slots=True)
class Built:
    """A document, and what the gate and the review page must know about its making."""

    document: paper.ReportDocument
    roster: Roster
    passages: tuple[Passage, ...]
    blocks: tuple[Block, ...]
    themes: tuple[Told, ...]
    prose: tuple[tuple[str, str], ...]  # facilitators' raw prose outside themes, where no quantity may be claimed
    issues: int  # that it tells of, each as a question
    contributors: int
    present: int
    contributions: frozenset[str]
    challenges: frozenset[str]  # every logged challenge of the set, named as a contribution is
    reworded: frozenset[str]  # digests of general words that print where something was objected to
    made_from: Mapping[str, frozenset[str]]  # by digest of what prints, the names of the rows or words behind it
    changed_aims: tuple[str, ...]  # for which the evaluation does not print: they would stand there in other words
    input_hash: str

    @property
    def group(self) -> int:
        """How many people there are of whom a text may say "most"."""
        return _group(self.present, self.contributors)

    @property
    def open_findings(self) -> int:
        """How many decisions are still to be taken: the same words in the same sentence need one."""
        return len({(finding.words, finding.sentence) for passage in self.passages for finding in passage.result.open})


def build_document(report: Report, status: paper.Status, key: bytes, *, without: Window | None = None) -> Built:
    """The report's document as it stands now.

    `key` orders the answers; make it with `secrets.token_bytes` for a candidate and forget it. `without` a window, the
    report is built as if that one had kept nothing out. Open findings stand in general words, so the text is safe to
    show to the set in any state. Raises `reports.write_up.WriteUpError`
    when the stored content has lost its shape.
    """
    roster = roster_for(report)
    decisions = rulings(report, roster)
    material = _Material(report)
    written = printing(raw.read(report.content))
    settled = _settled(report, [one for one in report.outcomes.all() if not without or one.window_id != without.pk])
    floor = max(floors.BLOCK, report.cohort.block_floor)
    builder = Builder(
        roster,
        decisions,
        names=own_names(report, roster),
        key=key,
        asked=material.asked(),
        floor=floor,
        settled=settled,
        challenges=frozenset(str(challenge) for challenge in material.owners),
        terms=terms_in(written, roster.language),
        rows=material.rows(),
    )
    title = builder.pass_on(_("Title"), report.title, builder.words.some_report)
    programme = builder.pass_on(_("Programme"), report.cohort.programme.title, builder.words.some_programme)
    period = builder.pass_on(_("When"), report.period, builder.words.some_time)
    sections = tuple(section for part in written.sections for section in builder.section(part))
    return Built(
        document=paper.ReportDocument(
            language=cast(paper.Language, report.cohort.language),
            title=title,
            programme=programme,
            period=period,
            status=status,
            withheld_small_group=material.members < floors.LABEL,
            sections=sections,
            rule=written.rule,
            action_learning=builder.several(_("What action learning is"), written.action_learning),
            paper=cast(paper.Paper, report.cohort.programme.paper),
        ),
        roster=roster,
        passages=tuple(builder.passages),
        blocks=tuple(builder.blocks),
        themes=material.themes(written, builder.silent),
        prose=(*_prose(written), *builder.general),
        issues=issues_in(written),
        contributors=material.contributors,
        present=material.present,
        contributions=frozenset(builder.contributions),
        challenges=frozenset(map(contribution, material.owners)),
        reworded=frozenset(builder.reworded),
        made_from={digest: frozenset(names) for digest, names in builder.made_from.items()},
        changed_aims=tuple(dict.fromkeys(builder.changed_aims)),
        input_hash=_input_hash(report, roster, decisions, material, builder),
    )


def issues_in(written: raw.WriteUp) -> int:
    """How many issues a write-up tells of: each as a question."""
    return sum(len(part.questions) for part in written.sections if isinstance(part, raw.Questions))


def _group(present: int, contributors: int) -> int:
    """Whoever was there or answered: an answer that was carried over may be of somebody who was not there."""
    return max(present, contributors)


class Grounds:
    """What the themes of a report may rest on, and how many people each rests on."""

    def __init__(self, report: Report) -> None:
        self._material = _Material(report)
        self.issues = issues_in(printing(raw.read(report.content)))

    @property
    def answers(self) -> dict[Prompt, list[Reflection]]:
        """The answers, by closing question, in an order that means nothing."""
        material = self._material
        return {
            prompt: sorted(material.answers(prompt), key=lambda answer: place(b"", answer.text))
            for prompt in material.prompts
        }

    def question(self, prompt: Prompt) -> str:
        """A closing question, with its meeting where there are several."""
        return self._material.question(prompt)

    @property
    def group(self) -> int:
        """How many people there are of whom a theme may say "most"."""
        return _group(self._material.present, self._material.contributors)

    def told(self, themes: raw.Themes) -> tuple[Told, ...]:
        """Each theme with the people it rests on."""
        return self._material.themes(raw.WriteUp((themes,)))


def told_and_asked(report: Report, written: raw.WriteUp) -> tuple[tuple[Told, ...], tuple[tuple[Meeting, Asked], ...]]:
    """The raw themes, each with the people it rests on, and the closing questions with what a report may read of them,
    each beside the meeting at which it was asked, in order.

    The answers stand in an order that their words make; of a question that too few let be reported there are none.
    """
    material = _Material(report)
    asked = (replace(one, answers=tuple(sorted(one.answers, key=lambda said: said[1]))) for one in material.asked())
    meetings = (prompt.meeting for prompt in material.prompts)
    return material.themes(written), tuple(zip(meetings, asked, strict=True))


def challenges_of(report: Report) -> list[Challenge]:
    """The challenges that a report may draw on: those shared with the whole set. What only facilitators read is not."""
    shared = Challenge.objects.filter(owner__cohort=report.cohort_id, visibility=Visibility.SET)
    return list(shared.order_by("title", "id"))


def drawing_of(report: Report, scheme: raw.Scheme) -> SafeString:
    """A scheme of the write-up drawn as it would print, its words through the boundary. It has one box at least."""
    roster = roster_for(report)
    builder = Builder(
        roster,
        rulings(report, roster),
        names=own_names(report, roster),
        key=b"",
        asked=(),
        floor=floors.BLOCK,
        settled=_settled(report, report.outcomes.all()),
        challenges=frozenset(),
        terms=terms_in(printing(raw.read(report.content)), roster.language),
        rows={},
    )
    return diagrams.scheme(builder.scheme(scheme), cast(paper.Language, report.cohort.language))


def closing_questions(report: Report) -> list[tuple[str, str]]:
    """The id of each closing question of a report, and the question, with its meeting where there are several."""
    prompts = Prompt.objects.filter(meeting__coverage__report=report, aims="").select_related("meeting")
    asked = list(prompts.order_by("meeting__starts_at", "position"))
    several = len({prompt.meeting_id for prompt in asked}) > 1
    return [(str(prompt.pk), _question(prompt, report.cohort.language, several=several)) for prompt in asked]


def _question(prompt: Prompt, language: str, *, several: bool) -> str:
    if not several:
        return prompt.text
    with translation.override(language):
        return _("{question} (meeting {number})").format(question=prompt.text, number=prompt.meeting.number)


def terms_of(report: Report) -> list[str]:
    """What the set wrote on its lists of words at the meetings of a report, by the alphabet, each once."""
    written = Concept.objects.filter(meeting__coverage__report=report, struck=False).values_list("text", flat=True)
    return sorted({text.casefold(): text for text in written}.values(), key=str.casefold)


def as_it_would_print(cohort: Cohort, text: str) -> AnonymousText:
    """A text as it would stand in a report of this set. Nothing is stored."""
    return _printed(text, roster_of(cohort)).text


def as_its_author_is_shown(cohort: Cohort, text: str) -> tuple[AnonymousText, list[str]]:
    """A member's text as it would stand in a report of their set, as far as the set's own people go, and what of it is
    in another language. Nothing is stored.

    Names known from other sets of the programme are taken out of a report too; here they would tell who is in those.
    """
    result = _printed(text, roster_of(cohort, own=True))
    return result.text, [finding.words for finding in result.open if finding.why == OTHER_LANGUAGE]


def _printed(text: str, roster: Roster) -> Deidentified:
    return deidentify(printable(text), roster, unprinted=in_other_scripts)


class _Material:
    """The rows a report is made of. Seven queries, whatever the size."""

    def __init__(self, report: Report) -> None:
        meetings = [coverage.meeting_id for coverage in report.coverages.all()]
        self.several, self.language = len(meetings) > 1, report.cohort.language
        self.programme = report.cohort.programme.title
        self.prompts = list(
            Prompt.objects.filter(meeting__in=meetings, aims="")  # of aims there is a count, and it is not the set's
            .order_by("meeting__starts_at", "position")
            .select_related("meeting")
        )
        tallies = list(Tally.objects.filter(prompt__in=self.prompts))
        self.authors = {tally.prompt_id: tally.authors for tally in tallies if tally.regime == REPORTED}
        # What fewer than the floor let be reported is not read at all: in a list it would be set apart from the rest.
        floor = max(floors.BLOCK, report.cohort.block_floor)
        enough = [prompt for prompt in self.prompts if self.authors.get(prompt.pk, 0) >= floor]
        self.reflections = list(Reflection.objects.filter(prompt__in=enough, regime=REPORTED).order_by("id"))
        by_prompt: Counter[object] = Counter()
        for tally in tallies:
            by_prompt[tally.prompt_id] += tally.authors
        # Distinct people across prompts are not stored; the busiest prompt is the number that is certain. Of several
        # meetings the one with the fewest counts: none gets into a report with others that it may not be in alone.
        busiest: dict[UUID, int] = dict.fromkeys(meetings, 0)
        for prompt in self.prompts:
            busiest[prompt.meeting_id] = max(busiest[prompt.meeting_id], by_prompt[prompt.pk])
        self.contributors = min(busiest.values(), default=0)
        came = Attendance.objects.filter(meeting__in=meetings, status="present", membership__role="participant")
        self.present = max(Counter(came.values_list("meeting", flat=True)).values(), default=0)
        self.members = report.cohort.memberships.filter(role="participant", left_on=None).count()
        self.owners = dict(Challenge.objects.filter(owner__cohort=report.cohort_id).values_list("id", "owner_id"))

    def answers(self, prompt: Prompt) -> list[Reflection]:
        """What may be reported of one closing question."""
        return [answer for answer in self.reflections if answer.prompt_id == prompt.pk]

    def asked(self) -> list[Asked]:
        """Each closing question with its answers, in the order of the meetings and of the questions. It prints as
        it was asked: an objection to it holds in every month."""
        return [
            Asked(
                id=str(prompt.pk),
                prompt=prompt.text,
                answers=tuple((str(answer.pk), answer.text) for answer in self.answers(prompt)),
                authors=self.authors.get(prompt.pk, 0),
            )
            for prompt in self.prompts
        ]

    def rows(self) -> dict[str, frozenset[str]]:
        """By their `letters`, the words that no facilitator writes, with the names of the rows in which they stand."""
        named: defaultdict[str, set[str]] = defaultdict(set)
        asked = [(one.text, one.pk) for one in self.prompts]
        for text, pk in (*asked, *((one.text, one.pk) for one in self.reflections)):
            named[letters(printable(text))].add(contribution(pk))
        named[letters(printable(self.programme))].add(of_words(self.programme))  # another title is another text
        return {words: frozenset(names) for words, names in named.items()}

    def question(self, prompt: Prompt) -> str:
        """A closing question as its facilitators see it: with its meeting where there are several."""
        return _question(prompt, self.language, several=self.several)

    def themes(self, written: raw.WriteUp, silent: Collection[str] = ()) -> tuple[Told, ...]:
        """Each theme with the number of different people it rests on, counted the way that gives most; what is
        `silent`, because it does not print itself, carries none."""
        parts = [part for part in written.sections if isinstance(part, raw.Themes)]
        return tuple(
            Told(theme.title, "\n\n".join((theme.title, *theme.paragraphs)), self._people(theme, silent))
            for part in parts
            for theme in part.themes
        )

    def _people(self, theme: raw.Theme, silent: Collection[str]) -> int:
        owners = {owner for challenge, owner in self.owners.items() if str(challenge) in theme.challenges}
        rests_on = set(theme.answers) - set(silent)
        ticked = Counter(answer.prompt_id for answer in self.reflections if str(answer.pk) in rests_on)
        # Somebody may have given several answers to one question: never more people than it had authors.
        voices = max((min(number, self.authors.get(prompt, 0)) for prompt, number in ticked.items()), default=0)
        return max(len(owners), voices, min(theme.people, max(self.present, self.contributors)))


def prose_of(part: raw.Section) -> tuple[tuple[str, str], ...]:
    """Facilitators' prose in a section, without that of the themes themselves, each with the place where it stands."""
    found: list[tuple[str, str]] = []
    match part:
        case raw.Session():
            found += [(session_name(part), text) for text in part.paragraphs]
        case raw.Themes():
            found.append((_("Themes"), part.introduction))
        case raw.Questions():
            found.append((_("Challenge questions"), part.introduction))
            found += [
                (_("Question {number}").format(number=number), question.gloss)
                for number, question in enumerate(part.questions, start=1)
            ]
        case raw.Concepts():
            found.append((_("Concept list"), part.introduction))
        case raw.Scheme():
            found.append((_("Scheme"), part.introduction))
        case raw.Contexts():
            found.append((_("Contexts"), part.introduction))
        case raw.NextSteps():
            found += [(_("Next steps"), item) for item in part.items]
        case raw.Attendance() | raw.Evaluation():
            found.append((str(KIND_NAMES[part.kind]), part.introduction))
    return tuple((where, text) for where, text in found if text)


def _prose(written: raw.WriteUp) -> tuple[tuple[str, str], ...]:
    """Facilitators' prose outside the themes, each with the place where it stands."""
    general = ((_("What action learning is"), text) for text in written.action_learning if text)
    return (*general, *(told for part in written.sections for told in prose_of(part)))


def _settled(report: Report, outcomes: Iterable[Outcome]) -> dict[str, str]:
    """What prints instead of what was objected to, empty for what is kept out: by the digest of its words, and by the
    name of each row and of general words that they were made from in the pages to which somebody objected."""
    settled = {outcome.digest: outcome.wording for outcome in outcomes}
    wishes = Wish.objects.filter(window__report=report, digest__in=[*settled]) if settled else Wish.objects.none()
    for objected, made_from in wishes.values_list("digest", "window__made_from"):
        for name in made_from.get(objected, ()):
            settled[name] = min(settled.get(name, settled[objected]), settled[objected])
    return settled


def _input_hash(
    report: Report,
    roster: SetRoster,
    decisions: tuple[Ruling, ...],
    material: _Material,
    builder: Builder,
) -> str:
    """A name for everything the document depends on, apart from the order of the answers.

    Of the people of other sets it depends on what the boundary finds because of them, and on nothing else: who joins
    one of those makes no other pages of this report.
    """
    content = printing_content(report.content)
    sheet = report.cohort.programme.paper
    inputs = {
        "report": [report.title, report.period, content, report.cohort.programme.title, report.cohort.language],
        "floors": [report.cohort.report_floor, report.cohort.block_floor, report.cohort.theme_floor],
        "roster": [roster.own, repr(roster.systems), roster.may_name],
        "passages": sorted(
            repr((str(one.result.text), one.result.removed, one.result.open)) for one in builder.passages
        ),
        "decisions": sorted(repr(decision) for decision in decisions),
        "answers": sorted(str(answer.pk) for answer in material.reflections),
        "authors": sorted((str(prompt), count) for prompt, count in material.authors.items()),
        "people": [material.contributors, material.present, material.members < floors.LABEL],
        "owners": sorted(
            (str(challenge), str(owner))
            for challenge, owner in material.owners.items()
            if str(challenge) in repr(content)
        ),
        # Without any of these, the name is the one it had before they could be said.
        **({"settled": sorted(builder.settled.items())} if builder.settled else {}),
        **({"paper": sheet} if sheet != Paper.A4 else {}),
    }
    return sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

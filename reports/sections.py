"""A write-up's parts as the sections of a document, every text through the boundary. Knows no row of any table."""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, cast

from django.utils.translation import gettext as _

from reports import document as paper
from reports import write_up as raw
from reports.anonymity.deidentify import Deidentified, deidentify
from reports.anonymity.findings import Decision
from reports.anonymity.fold import fold
from reports.anonymity.replace import GAP
from reports.anonymity.roster import Roster
from reports.anonymity.stays import Staying, own_terms
from reports.anonymity.text import AnonymousText
from reports.glyphs import in_other_scripts, printable
from reports.passages import digest_of, letters
from reports.passages import settled as settled_for
from reports.summaries import KIND_NAMES, session_name
from reports.words import ENGLISH, WORDS


@dataclass(frozen=True, slots=True)
class Asked:
    """A closing question, its detached answers (id and raw text), and how many different people gave them."""

    id: str
    prompt: str
    answers: tuple[tuple[str, str], ...]
    authors: int


BRIEF: Final = 40  # letters


@dataclass(frozen=True, slots=True)
class Passage:
    """One text and what the boundary made of it. `where` says to the facilitator where it stands, `prints` is False for
    an answer of which nothing is left, and `withheld` is True for each answer to a question of which none prints."""

    where: str
    text: str
    result: Deidentified
    prints: bool = True
    withheld: bool = False

    @property
    def is_brief(self) -> bool:
        """Whether it is a term or a heading, and no sentence: several of those stand on one line of the review page."""
        words = str(self.result.text)
        return len(words) < BRIEF and not words.endswith((".", "!", "?", "…"))


@dataclass(frozen=True, slots=True)
class Block:
    """The answers to one closing question: how many different people gave them, and whether they print. `contributions`
    are those that do, and `silent` those that would if anything were left of them."""

    id: str
    prompt: str
    authors: int
    prints: bool
    contributions: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()


class Builder:
    """Turns a write-up's parts into sections, every text through the boundary."""

    def __init__(
        self,
        roster: Roster,
        decisions: Sequence[Decision],
        *,
        names: Iterable[str],
        key: bytes,
        asked: Iterable[Asked],
        floor: int,
        settled: Mapping[str, str],
        challenges: frozenset[str],
        terms: Staying,
        rows: Mapping[str, frozenset[str]],
    ) -> None:
        """`names` of the programme and the set may stand in what facilitators write. In an answer they are words like
        others: an organiser chooses them, and would have it printed without a question whom or what they are called by.

        `settled`: what prints instead of what was objected to, empty for what is kept out; by digest of its words,
        and by the name of what they were made from.

        `challenges` are the ids of those that were logged, `terms` the report's own. `rows`: by the `letters` of words
        that no facilitator writes, the names of the rows in which they stand.
        """
        self.roster, self.decisions, self.key = _as_decided(roster, decisions), decisions, key
        self._own = replace(self.roster, may_name=(*self.roster.may_name, *names))
        self.words = WORDS.get(cast(paper.Language, roster.language), ENGLISH)
        self.asked, self.floor, self.settled, self.challenges = tuple(asked), floor, settled, challenges
        self.terms, self.rows = terms, rows
        self.passages: list[Passage] = []
        self.blocks: list[Block] = []
        self.contributions: set[str] = set()
        self.general: list[tuple[str, str]] = []  # where, and the general words that were typed for it
        self.silent: set[str] = set()  # answers that do not print themselves
        self.reworded: set[str] = set()  # the digests of those words as they print
        self.retold: set[str] = set()  # and of answers of which a facilitator's words alone are left
        self.made_from: defaultdict[str, set[str]] = defaultdict(set)  # by digest, as in `reports.build.Built`
        self.changed_aims: list[str] = []  # that would print in other words, and do not print

    def pass_on(self, where: str, text: str, stand_in: str) -> AnonymousText:
        """`text` as it may leave, or `stand_in` if it is kept out; what the boundary saw is kept for the review."""
        words = self._settled(where, text, self._own)
        if words is None:
            words = deidentify(stand_in, self._own).text
            self.reworded.add(digest_of(words))
        return words

    def perhaps(self, where: str, text: str) -> AnonymousText | None:
        """As `pass_on`; None where nothing is left to print."""
        return self._perhaps(where, text, self._own)

    def _perhaps(self, where: str, text: str, roster: Roster) -> AnonymousText | None:
        words = self._settled(where, text, roster) if text else None
        return words if words is not None and _says_something(str(words)) else None

    def _settled(self, where: str, text: str, roster: Roster) -> AnonymousText | None:
        """`text` past the boundary, and past what was settled about it after an objection; None: kept out."""
        result, general = self._deidentified(text, roster), ""
        names = self.rows.get(letters(printable(text)), frozenset())
        for _step in range(len(self.settled) + 1):  # general words may have been objected to in their turn
            instead = self._instead(result.text, names)
            if instead is None:
                if names:
                    self.made_from[digest_of(result.text)] |= names
                self.passages.append(Passage(where, printable(general or text), result))
                if general:
                    self.general.append((where, general))
                    self.reworded.add(digest_of(result.text))
                return result.text
            if not instead:
                break
            result, general, names = self._deidentified(instead, roster), instead, frozenset((of_words(instead),))
        return None

    def _instead(self, words: AnonymousText, names: frozenset[str]) -> str | None:
        """What prints in place of words; None where nothing was settled about them or about what they are made from.
        Whatever is decided about a name in them since, they are the same still."""
        found = [self.settled[name] for name in names if name in self.settled]
        return min(found) if found else settled_for(words, self.settled)

    def _deidentified(self, text: str, roster: Roster) -> Deidentified:
        return past_the_boundary(text, roster, self.decisions, self.terms)

    def several(self, where: str, texts: Iterable[str]) -> tuple[AnonymousText, ...]:
        """As `perhaps` for each of `texts`, without those of which nothing is left."""
        passed = (self.perhaps(where, text) for text in texts)
        return tuple(words for words in passed if words is not None)

    def section(self, part: raw.Section) -> tuple[paper.Section, ...]:
        """The sections that one part of the write-up prints as."""
        match part:
            case raw.Session():
                where = session_name(part)
                title = self.perhaps(where, part.title)
                return (paper.Session(part.day, part.number, title, self.several(where, part.paragraphs)),)
            case raw.Concepts():
                return (self._concepts(part),)
            case raw.Scheme():
                return (self.scheme(part),)
            case raw.Contexts():
                return (self._contexts(part),)
            case raw.Questions():
                return (self._questions(part),)
            case raw.Themes():
                return (self._themes(part),)
            case raw.Answers():
                return tuple(self._answers(asked, left_out=asked.id in part.left_out) for asked in self.asked)
            case raw.NextSteps():
                return (paper.NextSteps(self.several(_("Next steps"), part.items)),)
            case raw.Attendance() | raw.Evaluation():
                return self._bands(part)

    def _concepts(self, part: raw.Concepts) -> paper.ConceptList:
        where = _("Concept list")
        introduction = self.perhaps(where, part.introduction)
        clusters = tuple(
            paper.Cluster(
                self.perhaps(where, cluster.title),
                tuple(
                    paper.Term(words, self.several(where, term.sub_terms))
                    for term in cluster.terms
                    if (words := self.perhaps(where, term.text)) is not None
                ),
            )
            for cluster in part.clusters
        )
        return paper.ConceptList(introduction, clusters)

    def scheme(self, part: raw.Scheme) -> paper.Scheme:
        """The group's drawing."""
        where = _("Scheme")
        return paper.Scheme(
            introduction=self.perhaps(where, part.introduction),
            caption=self.pass_on(where, part.caption, self.words.some_drawing),
            nodes=tuple(
                paper.Node(self.pass_on(where, node.label, self.words.some_concept), node.x, node.y)
                for node in part.nodes
            ),
            links=tuple(paper.Link(link.from_, link.to, self.perhaps(where, link.label)) for link in part.links),
            cycle=part.cycle,
            text_alternative=self.pass_on(where, part.text_alternative, self.words.some_drawing),
        )

    def _contexts(self, part: raw.Contexts) -> paper.Contexts:
        where = _("Contexts")
        introduction = self.perhaps(where, part.introduction)
        profiles = tuple(
            paper.Profile(
                self.pass_on(where, profile.heading, self.words.some_context), self.several(where, profile.bullets)
            )
            for profile in part.profiles
        )
        return paper.Contexts(introduction, profiles)

    def _questions(self, part: raw.Questions) -> paper.Questions:
        where = _("Challenge questions")
        introduction = self.perhaps(where, part.introduction)
        printed = [
            (one.challenge, paper.Question(words, self.perhaps(where, one.gloss)))
            for one in part.questions
            if (words := self.perhaps(where, one.text)) is not None
        ]
        self.contributions |= {contribution(owned) for owned, _question in printed if owned in self.challenges}
        return paper.Questions(introduction, tuple(question for _owned, question in printed))

    def _themes(self, part: raw.Themes) -> paper.Themes:
        where = _("Themes")
        introduction = self.perhaps(where, part.introduction)
        themes = tuple(
            paper.Theme(self.pass_on(where, theme.title, self.words.some_theme), self.several(where, theme.paragraphs))
            for theme in part.themes
        )
        return paper.Themes(introduction, themes)

    def _bands(self, part: raw.Attendance | raw.Evaluation) -> tuple[paper.Section, ...]:
        """Attendance, or the evaluation of the aims.

        Of that every aim prints word for word, or nothing: whoever worded the aims would see by one that prints in
        other words, or by one that is missing, whether a name in it is on the roster.
        """
        where = str(KIND_NAMES[part.kind])
        if isinstance(part, raw.Attendance):
            quarters = tuple(paper.Quarter(one.year, one.number, one.came) for one in part.quarters)
            return (paper.Attendance(self.perhaps(where, part.introduction), quarters),)
        aims = tuple(
            paper.Aim(one.year, one.number, words, one.partly, one.largely)
            for one in part.aims
            if (words := self._word_for_word(where, one.text)) is not None
        )
        if len(aims) < len(part.aims):
            return ()
        return (paper.Evaluation(self.perhaps(where, part.introduction), aims),)

    def _word_for_word(self, where: str, text: str) -> AnonymousText | None:
        """An aim in which the boundary finds nothing, whatever was decided of its words, and to which nobody objected;
        None for any other."""
        # Organisers worded it for all sets of a programme: in which language says nothing of anybody in this one.
        result = deidentify(printable(text), self._own, unprinted=in_other_scripts, any_language=True)
        found = result.removed or result.open or str(result.text) != printable(text)
        if found or settled_for(result.text, self.settled) is not None:
            self.changed_aims.append(text)
            return None
        self.passages.append(Passage(where, printable(text), result))
        return result.text

    def _answers(self, asked: Asked, *, left_out: bool) -> paper.Answers | paper.WithheldAnswers:
        question = self.pass_on(_("Closing question"), asked.prompt, self.words.some_question)
        if left_out:
            self.blocks.append(Block(asked.id, str(question), asked.authors, prints=False))
            return paper.WithheldAnswers(question)
        where = _("Answers to “{question}”").format(question=asked.prompt)
        before = len(self.passages)
        printed = [(pk, words) for pk, text in asked.answers if (words := self._answer(where, text)) is not None]
        # Floors count what prints of the answers themselves: words in the place of one are a facilitator's.
        own = {pk for pk, words in printed if digest_of(words) not in self.reworded | self.retold}
        self.silent |= {pk for pk, _text in asked.answers} - own
        # An answer of which nothing is left may have been somebody's only one: they no longer count.
        prints = asked.authors - (len(asked.answers) - len(own)) >= self.floor
        there = frozenset(contribution(pk) for pk, _words in printed)
        gone = frozenset(contribution(pk) for pk, _text in asked.answers) - there
        self.blocks.append(Block(asked.id, str(question), asked.authors, prints, there, gone))
        if not prints:
            self.passages[before:] = [replace(passage, withheld=True) for passage in self.passages[before:]]
            return paper.WithheldAnswers(question)
        self.contributions |= there
        ordered = sorted((words for _pk, words in printed), key=lambda words: place(self.key, str(words)))
        return paper.Answers(question, tuple(ordered))

    def _answer(self, where: str, text: str) -> AnonymousText | None:
        """As `perhaps`; None too where none of its author's own words are left: it would count somebody who says
        nothing any more. What a facilitator says in place of an answer in another language prints, and counts nobody.
        """
        words = self._perhaps(where, text, self.roster)
        if words is None or not (result := self.passages[-1].result).is_emptied:
            return words
        if result.is_retold:
            self.retold.add(digest_of(words))
            return words
        self.passages[-1] = replace(self.passages[-1], prints=False)
        return None


def _as_decided(roster: Roster, decisions: Sequence[Decision]) -> Roster:
    """The roster without the labels that may be named and that were decided to be put otherwise, wherever they stand:
    that all agreed afterwards names nobody against a decision."""
    otherwise = {fold(one.words) for one in decisions if one.verdict != "keep" and not one.sentence}
    return replace(roster, may_name=tuple(label for label in roster.may_name if fold(label) not in otherwise))


def past_the_boundary(text: str, roster: Roster, decisions: Sequence[Decision], terms: Staying) -> Deidentified:
    """A text of a report as the boundary lets it through."""
    return deidentify(printable(text), roster, decisions, unprinted=in_other_scripts, terms=terms)


def terms_in(written: raw.WriteUp, language: str) -> Staying:
    """The terms that a report lists and draws, and what its sessions, clusters and themes are headed by, as far as a
    capital is all that makes them look like a name."""
    found: list[str] = []
    for part in written.sections:
        match part:
            case raw.Session():
                found.append(part.title)
            case raw.Concepts():
                for cluster in part.clusters:
                    found += (cluster.title, *(text for term in cluster.terms for text in (term.text, *term.sub_terms)))
            case raw.Scheme():
                found += (node.label for node in part.nodes)
            case raw.Themes():
                found += (theme.title for theme in part.themes)
    return own_terms(map(printable, found), language)


def _says_something(words: str) -> bool:
    """Whether anything is left but white space, stops and the gap of what was taken out."""
    return any(character.isalnum() for character in words.replace(GAP, ""))


def place(key: bytes, words: str) -> bytes:
    """Where words stand among others: it depends on them and on the key, and on nothing else."""
    return hmac.digest(key, words.encode("utf-8", "surrogatepass"), "sha256")


def of_words(text: str) -> str:
    """The name of words that stand in no row: a stop or a capital makes no others of them."""
    return contribution(letters(printable(text)))


def contribution(identity: object) -> str:
    """The name under which the gate compares releases; it leads back to nothing without the raw row."""
    return sha256(str(identity).encode()).hexdigest()

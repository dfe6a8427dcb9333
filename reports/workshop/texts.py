"""What a workshop file's names and decisions would do to its texts."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from reports.anonymity.deidentify import deidentify
from reports.anonymity.findings import ORGANISATION_OR_WORD
from reports.anonymity.fold import fold
from reports.anonymity.roster import Organisation, Person, Roster
from reports.anonymity.words import ARTICLES, AUXILIARIES, DETERMINERS, PRONOUNS, SMALL
from reports.workshop.schema import Decision, Workshop

Said = Iterator[tuple[str, str]]
FUNCTION_WORDS = ARTICLES | AUXILIARIES | DETERMINERS | PRONOUNS | SMALL
NOBODYS_NAME = SMALL - {"an"}  # "An" is a given name; so are some pronouns and auxiliaries


def harmful_names(workshop: Workshop) -> Said:
    """Names so short or so common that taking them out would empty whole texts."""
    for n, told in enumerate(workshop.organisations, start=1):
        names = [(f"organisations[{n}].name", getattr(told, "name", ""))]
        short = enumerate(getattr(told, "short_names", ()), start=1)
        for path, name in names + [(f"organisations[{n}].short names[{m}]", value) for m, value in short]:
            if name and (len(fold(name)) < 3 or fold(name) in FUNCTION_WORDS):
                yield path, _harm(name, "Give three letters or more that stand for nothing else")
    for n, person in enumerate(workshop.people, start=1):
        for m, name in enumerate(getattr(person, "other_names", ()), start=1):
            if len(fold(name)) < 2 or fold(name) in NOBODYS_NAME:
                yield f"people[{n}].other names[{m}]", _harm(name, "Give the name in full")


def _harm(name: str, instead: str) -> str:
    return f"“{name}” stands in too many texts as something else; all of them would be taken apart. {instead}."


def decisions(workshop: Workshop) -> Said:
    """Decisions that lack something, stand twice, or would decide nothing."""
    seen: set[tuple[str, str]] = set()
    for n, decision in enumerate(workshop.decisions, start=1):
        for rule in (_complete(decision, seen), _found(decision, workshop), _removed_anyway(decision, workshop)):
            try:
                yield from ((f"decisions[{n}]{field}", message) for field, message in rule)
            except AttributeError:  # a value it needs could not be read
                continue


def _complete(decision: Decision, seen: set[tuple[str, str]]) -> Said:
    if decision.verdict == "generalise" and not decision.wording:
        yield "", "Say the more general words (“wording”)."
    if decision.verdict == "keep" and not decision.reason:
        yield "", "Say why it may stay (“reason”)."
    if (decision.words, decision.sentence) in seen:
        yield ".words", "These words were decided on above."
    seen.add((decision.words, decision.sentence))


def _found(decision: Decision, workshop: Workshop) -> Said:
    folded = [fold(text) for text in (workshop.programme.title, *_texts(workshop.report))]
    words = re.compile(rf"(?<!\w){re.escape(fold(decision.words))}(?!\w)")  # of a part of a word nothing is decided
    if not any(words.search(text) for text in folded):
        yield ".words", "These words stand nowhere in the report’s texts; write them as they stand there."
    elif decision.sentence and not any(fold(decision.sentence) in text for text in folded):
        yield ".sentence", "This sentence stands nowhere in the report’s texts; write it as it stands there."


def _removed_anyway(decision: Decision, workshop: Workshop) -> Said:
    """An employer's name that is a word too may be kept in one sentence, never everywhere."""
    if decision.verdict != "keep":
        return
    roster = _roster(workshop)
    employers = {fold(name) for one in roster.organisations for name in (one.name, *one.aliases)}
    everywhere = not decision.sentence and fold(decision.words) in employers
    if everywhere or deidentify(decision.words, roster).removed:
        yield ".verdict", f"“{decision.words}” is somebody in this file, or an employer: that cannot be kept."


def _roster(workshop: Workshop) -> Roster:
    """Who the file names. Labels that are cleared may be named, so they are left out."""
    cleared = {clearance.label for clearance in workshop.clearances}
    people = [Person(told.name, told.other_names, (told.email,)) for told in workshop.people]
    guests = workshop.guests
    people += [Person(guest.name) for guest in guests]
    people += [Person(one.words) for one in workshop.remembered if one.kind in {"name", "other name"}]
    employers = {told.organisation for told in workshop.people} | {told.organisation for told in guests}
    employers |= {one.words for one in workshop.remembered if one.kind == "organisation"}
    short = {told.name: told.short_names for told in workshop.organisations}
    return Roster(
        people=tuple(people),
        organisations=tuple(
            Organisation(name, short.get(name, ())) for name in sorted((employers | short.keys()) - cleared - {""})
        ),
        language=workshop.set.language,
    )


def names_employer(part: Any, language: str, short: str) -> bool:
    """Whether a part of the file names an employer by this short name, as the boundary finds it in a text."""
    roster = Roster(organisations=(Organisation(short),), language=language)
    read = deidentify("\n\n".join(_texts(part)), roster)
    return any(span.type == "ORG" for span in read.removed) or any(one.why == ORGANISATION_OR_WORD for one in read.open)


def _texts(value: Any) -> Iterator[str]:
    """Every text inside a part of the file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif value is not None and not isinstance(value, int):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))

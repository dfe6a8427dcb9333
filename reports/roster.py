"""Everybody the boundary must know, out of the rows that remember them."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from learningsets.identifiers import invited_organisers
from learningsets.models import Cohort, Identifier, Membership
from learningsets.models.identifier import Kind
from learningsets.names import given_name_first
from reports.anonymity.compiled import compile_roster
from reports.anonymity.deidentify import deidentify
from reports.anonymity.findings import Finding
from reports.anonymity.fold import fold
from reports.anonymity.names import WORD
from reports.anonymity.roster import Organisation, Person, Roster, System

Known = dict[object, dict[str, list[str]]]
"""What is known of each person, by kind of identifier."""


@dataclass(frozen=True, slots=True)
class SetRoster(Roster):
    """The roster of a set, which holds the people of the programme's other sets too, and a name for its own."""

    own: str = ""  # a name for who is in it, and what they are called


def roster_of(cohort: Cohort, may_name: Iterable[str] = (), *, own: bool = False) -> SetRoster:
    """The roster of a set: its people, and (unless `own`) those of every other set of the programme.

    Leavers, guests and organisers are in it, with every former name, address, employer and title
    (source: docs/anonymity.md, "Channels"). `may_name` are labels cleared by everyone they cover.
    Those who are or were in the set, were invited to it, or came as guests, are `ours`. What others say of themselves
    takes something out as well, but changes neither what stands there for one of ours nor the name of who they are
    (`own`): an organiser reads what leaves, and sees whether it does. Three queries, whatever the size; two if `own`.
    """
    identifiers, members = Identifier.objects.all(), Membership.objects.select_related("user", "organisation")
    if own:
        identifiers, members = identifiers.filter(cohort=cohort), members.filter(cohort=cohort)
    rows = list(identifiers.filter(cohort__programme=cohort.programme_id))
    people = list(members.filter(programme=cohort.programme_id))
    here = [row for row in rows if row.cohort_id == cohort.pk]
    members_here = [member for member in people if member.cohort_id == cohort.pk]
    were_here = {None, *(member.user_id for member in members_here)}
    ours = _known([row for row in here if row.user_id in were_here], members_here, cohort, own=True)
    invited = [] if own else invited_organisers(cohort.programme_id)
    everybody = _known([*rows, *invited], people, cohort, own=own)
    return replace(everybody, may_name=_distinct(sorted(may_name)), own=_name_of(ours), ours=ours)


def _known(rows: Iterable[Identifier], members: Iterable[Membership], cohort: Cohort, *, own: bool) -> SetRoster:
    known: Known = defaultdict(lambda: defaultdict(list))
    aliases: dict[str, list[str]] = defaultdict(list)
    _add_what_was_remembered(rows, known, aliases)
    systems = _add_members(members, cohort, known, aliases, own=own)
    people = [person for found in known.values() for person in _people(found)]
    return SetRoster(
        people=tuple(sorted(people, key=repr)),
        organisations=tuple(
            Organisation(name=name, aliases=_distinct(short)) for name, short in sorted(aliases.items()) if name
        ),
        systems=tuple(System(name=name, holders=len(holders)) for name, holders in sorted(systems.items())),
        language=cohort.language,
    )


def _add_what_was_remembered(rows: Iterable[Identifier], known: Known, aliases: dict[str, list[str]]) -> None:
    """Every identifier that was ever written down, by person; guests are one each."""
    for row in rows:
        if row.kind == Kind.ORGANISATION_ALIAS:
            aliases[row.whose].append(row.value)
        elif row.kind == Kind.ORGANISATION:
            aliases.setdefault(row.value, [])
        else:
            known[row.user_id or ("guest", row.pk)][row.kind].append(row.value)


def _add_members(
    members: Iterable[Membership], cohort: Cohort, known: Known, aliases: dict[str, list[str]], *, own: bool
) -> dict[str, set[int]]:
    """What places say now, before what they said earlier; who works in each of the set's systems."""
    systems: dict[str, set[int]] = defaultdict(set)
    for member in members:
        found = known[member.user_id]
        found[Kind.NAME].insert(0, member.user.name)
        found[Kind.EMAIL].append(member.user.email)
        found[Kind.JOB_TITLE].insert(0, member.job_title)
        if member.organisation is not None:
            found[Kind.ORGANISATION].insert(0, member.organisation.name)
            aliases[member.organisation.name].extend([] if own else member.organisation.aliases)  # all sets' own
        if member.health_system and member.cohort_id == cohort.pk:
            systems[member.health_system].add(member.user_id)
    return systems


def stands_for(roster: SetRoster, sentence: str) -> str:
    """A name for what a decision rests on: who the set's people are, and what the boundary finds in its sentence.

    Whoever joins the set changes it, and so does whoever joins another set of the programme, or gets another name,
    if anything in the sentence may be theirs, though somebody was called so before. What may be named changes nothing.
    64 characters; of all decisions that rest on the same people of the set the first 32 are the same (`roster.own`).
    """
    bare = replace(roster, systems=(), may_name=(), own="")
    found = deidentify(sentence, bare)
    rests_on = (found.removed, found.open, *_may_mean(bare, found.open))
    return roster.own + sha256(repr(rests_on).encode()).hexdigest()[:32]


def _may_mean(roster: Roster, findings: Iterable[Finding]) -> list[str]:
    """Each person and body on the roster that a word of the findings may be, by name: "King" is still a name or a word
    when a second King comes, and yet somebody else."""
    compiled = compile_roster(roster)
    words = {word for finding in findings for word in WORD.findall(fold(finding.words))}
    entries = [entry for word in words if (entry := compiled.look_up(word)) is not None]
    people = {one for entry in entries for one in (*(entry.part.people if entry.part else ()), *entry.initials)}
    bodies = {" ".join(phrase.words) for entry in entries for phrase in entry.phrases}
    return sorted({repr(roster.people[one]) for one in people} | bodies)


def _name_of(roster: Roster) -> str:
    """A name for who is on a roster, in 32 characters. What may be named, and the language, do not change it."""
    who = {part: asdict(roster)[part] for part in ("people", "organisations")}
    return sha256(json.dumps(who, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _people(found: dict[str, list[str]]) -> list[Person]:
    """One person, and one more for each further title, as the boundary knows one of each. Employers stand apart."""
    names = _distinct(given_name_first(name) for name in found[Kind.NAME])
    others = found[Kind.OTHER_NAME]  # may be two in one, parted by a comma
    names = _distinct([*names, *others, *map(given_name_first, others)])
    if not names:
        return []
    titles = _distinct(found[Kind.JOB_TITLE]) or ("",)
    employers = _distinct(found[Kind.ORGANISATION]) or ("",)
    first = Person(
        name=names[0],
        other_names=names[1:],
        emails=_distinct(found[Kind.EMAIL]),
        title=titles[0],
        organisation=employers[0],
    )
    return [first, *(Person(name=names[0], title=title) for title in titles[1:])]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    """The values that say something, each once, in their order."""
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))

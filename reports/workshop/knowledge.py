"""What the boundary knows of a set, as a workshop file says it: what follows from people and guests is not repeated."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from learningsets.models import Identifier, Membership, Role
from learningsets.models.identifier import Kind
from reports.workshop import schema
from reports.workshop.writing import tidied


def organisations(
    rows: Iterable[Identifier],
    members: Iterable[Membership],
    guests: Sequence[schema.Guest],
    stands_there: Callable[[str], bool],
) -> tuple[schema.Organisation, ...]:
    """Employers with their short names, and those that are named with nobody in the file.

    What another set of the programme calls an employer would tell who is in that one: it is written only where it
    `stands_there`, in the texts of the file, which would go on naming the employer wherever the file is imported.
    """
    short: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    named = {guest.organisation for guest in guests}
    for member in members:
        if member.organisation:
            named.add(member.organisation.name)
            short[member.organisation.name] |= set()
            others[member.organisation.name] |= set(member.organisation.aliases)
    for row in rows:
        if row.kind == Kind.ORGANISATION_ALIAS:
            short[row.whose].add(row.value)
        elif row.kind == Kind.ORGANISATION and row.user_id is None:
            short[row.value] |= set()
    for name, said in others.items():
        short[name] |= {one for one in said - short[name] if stands_there(one)}
    listed = {name: those for name, those in short.items() if name and (those or name not in named)}
    return tuple(schema.Organisation(name, tuple(sorted(those))) for name, those in sorted(listed.items()))


def known(
    rows: Iterable[Identifier],
    members: Iterable[Membership],
    listed: Iterable[schema.Organisation],
    guests: Sequence[schema.Guest],
) -> tuple[schema.Remembered, ...]:
    """Everything else that no text may show: former names and addresses, employers left, people who never came."""
    names = {member.user_id: member.user.name for member in members}
    follows = {("", Kind.ORGANISATION.value, one.name) for one in listed}
    follows |= {("", Kind.NAME.value, guest.name) for guest in guests}
    follows |= {("", Kind.ORGANISATION.value, guest.organisation) for guest in guests}
    for member in members:
        name, employer = member.user.name, member.organisation.name if member.organisation else ""
        follows |= {
            ("", Kind.ORGANISATION.value, employer),
            (name, Kind.NAME.value, name),
            (name, Kind.EMAIL.value, member.user.email),
            (name, Kind.JOB_TITLE.value, member.job_title),
            (name, Kind.HEALTH_SYSTEM.value, "" if member.role == Role.ORGANISER else member.health_system),
            (name, Kind.ORGANISATION.value, employer),
        }
    said = set()
    for row in rows:
        of = names.get(row.user_id or 0, "")
        in_the_person = row.kind == Kind.OTHER_NAME and of
        if row.kind != Kind.ORGANISATION_ALIAS and not in_the_person and (of, row.kind, row.value) not in follows:
            said.add((of, row.kind, row.value))
    found = (schema.Remembered(value, kind.replace("_", " "), of) for of, kind, value in sorted(said))  # type: ignore[arg-type]
    return tuple(dict.fromkeys(tidied(one) for one in found))

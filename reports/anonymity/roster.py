"""Who must not be recognisable: people, where they work, and the health systems they come from.

All classes are frozen and hashable, because a compiled roster is cached by its content.
"""

from dataclasses import dataclass

from .fold import fold

FEW = 10  # a health system or a role is named from ten members on (docs/anonymity.md, "Floors")


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who was there, ever: members, leavers, facilitators and guests."""

    name: str
    other_names: tuple[str, ...] = ()  # former names, nicknames, handles
    emails: tuple[str, ...] = ()
    title: str = ""  # the job title, removed when one person alone holds it, put to a human when fewer than ten do
    organisation: str = ""  # removed like an entry of Roster.organisations


@dataclass(frozen=True, slots=True)
class Organisation:
    """Where somebody works or worked; short forms and acronyms of `name` are found without being listed."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()  # of its web pages and mail


@dataclass(frozen=True, slots=True)
class System:
    """A health system, usually a country, and how many members work in it."""

    name: str
    holders: int


@dataclass(frozen=True, slots=True)
class Roster:
    """Everything the boundary knows about one cohort."""

    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    systems: tuple[System, ...] = ()
    may_name: tuple[str, ...] = ()  # names that every member they cover has cleared: they stay
    language: str = "en"  # of the report: "en" or "sv"
    national_bodies: tuple[str, ...] = ()  # this installation's additions to lists/national-bodies.txt
    ours: "Roster | None" = None  # of its people and organisations those who were there; None: all

    def of_ours(self) -> "Roster | None":
        """The roster of those who were there alone; what may be named, and in which language, is the same."""
        if self.ours is None:
            return None
        return Roster(
            self.ours.people,
            self.ours.organisations,
            self.systems,
            self.may_name,
            self.language,
            self.national_bodies,
        )


def small_systems(roster: Roster) -> frozenset[str]:
    """The names (folded) of the health systems that fewer than ten members work in."""
    return frozenset(fold(system.name) for system in roster.systems if system.holders < FEW)

"""A set's contract: its versions, and who signed which."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learningsets import mail
from learningsets.models import Cohort, Contract, Letter, Membership, Signature
from learningsets.models.contract import WindowHours

ABOUT = "contract"  # what a letter that asks to sign one is about


def current_contract(cohort: Cohort) -> Contract | None:
    """The newest version, or None before the first was made."""
    return cohort.contracts.order_by("-version").first()


def has_signed(membership: Membership, on: date | None = None) -> bool:
    """Whether this member signed the version in force. False while the set has none.

    With `on`, a day where the set is, a version that was in force on that day or any later one will do: a new version
    unsigns nobody for what was before it. If the set had none by then, its first.
    """
    return membership.cohort is not None and signers(membership.cohort, on).filter(pk=membership.pk).exists()


def signers(cohort: Cohort, on: date | None = None) -> QuerySet[Membership]:
    """Who of the set, left or not, signed the version in force (with `on`, as for `has_signed`). Nobody before it has
    one."""
    version = _in_force(cohort, on)
    signed = Signature.objects.filter(contract__cohort=cohort, contract__version__gte=version or 0)
    return Membership.objects.filter(cohort=cohort, pk__in=signed.values("membership"))


def _in_force(cohort: Cohort, on: date | None) -> int | None:
    """The number of the newest version; with `on`, of the one that day began with: one made on that day may have been
    made at its end. The first if all are younger; None if there is none."""
    made = cohort.contracts.order_by("version").values_list("version", "made_on")
    known = [version for version, made_on in made if on is None or made_on < on]
    return known[-1] if known else next((version for version, _made_on in made), None)


def publish(cohort: Cohort, text: str, replaces: int, window_hours: int | None = None) -> Contract | None:
    """Put a new version in force, which everybody is asked by letter to sign; the newest one, when it says the same
    already. None when `replaces` is no longer the newest. `window_hours`: one of `WindowHours`, as before unless given.

    `replaces` is the number of the version that its author had before them, 0 for none: of two people who
    change the contract at once the second is told, and loses nothing.
    """
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        newest = current_contract(cohort)
        if (newest.version if newest else 0) != replaces:
            return None
        standing = newest.window_hours if newest else WindowHours.WEEK
        hours = standing if window_hours is None else window_hours
        if newest is not None and (newest.text, standing) == (text, hours):
            return newest
        today = cohort.day_of(timezone.now())
        made = Contract.objects.create(
            cohort=cohort, version=replaces + 1, text=text, window_hours=hours, made_on=today
        )
        _tell(cohort)
        return made


def _tell(cohort: Cohort) -> None:
    """Ask each member by letter to read and sign; nothing in it of what the contract says. Of two versions made one
    soon after the other a letter that waits still is the only one."""
    link = mail.link(reverse("learningsets:contract", args=[cohort.pk]))
    for membership in cohort.memberships.current().select_related("user"):
        with translation.override(membership.user.language):
            subject = _("A contract to sign in your learning set")
            body = _("The contract of your learning set has a new wording. Please read it, and sign it if you agree:")
        mail.send(membership.user.email, subject, f"{body}\n\n{link}\n", about=f"{ABOUT} {cohort.pk}")


def look_again(letter: Letter) -> "tuple[()] | None":
    """Of the letter that asks to sign: whether its reader is in the set when it leaves, and has not signed yet."""
    cohort_id = UUID(letter.about.removeprefix(f"{ABOUT} "))
    reader = (
        Membership.objects.current().select_related("cohort").filter(cohort=cohort_id, user__email=letter.to).first()
    )
    return () if reader is not None and not has_signed(reader) else None


def window_hours(cohort: Cohort, readers: Iterable[Membership]) -> int:
    """How many hours a report stays with those of a set who may read it, before it may leave.

    What the contract in force says; but a shorter time counts only once each of them has signed it. Until then they
    have what they signed last, and who has signed nothing has seven days.
    """
    in_force = current_contract(cohort)
    agreed: dict[object, int] = dict.fromkeys((reader.pk for reader in readers), WindowHours.WEEK)
    signed = Signature.objects.filter(membership__in=agreed).order_by("contract__version")
    agreed |= dict(signed.values_list("membership", "contract__window_hours"))  # of several the latest
    return max(in_force.window_hours if in_force else WindowHours.WEEK, *agreed.values(), 0)


def sign(membership: Membership, contract: Contract) -> None:
    """Record that this member signed; signing twice is signing once."""
    Signature.objects.get_or_create(contract=contract, membership=membership)


def default_text() -> str:
    """The wording a new set starts from, in the language of whoever makes the set. Theirs to change."""
    return "\n\n".join(
        (
            _(
                "What we come for\nWe meet each month to work on challenges that are real to us. Whoever brings one "
                "owns it; the others listen, ask open questions and leave the answers to its owner."
            ),
            _(
                "How we treat one another\nWe start and end on time, say early when we cannot come, and give each "
                "presenter our whole attention. We do not advise unless asked. Anyone may pass."
            ),
            _(
                "What stays in the set\nWhat is said in the set is confidential to the set. We do not repeat outside "
                "who said what, who was there, or where anybody works. We name no patient, here or anywhere."
            ),
            _(
                "Its limits\nIf somebody may come to serious harm, the person who heard it tells the speaker, and then "
                "whoever has to know. Nothing written here is privileged in law."
            ),
            _(
                "Notes\nNotes of our own turn are ours. Answers to the closing questions lose their author when the "
                "box is tipped out, and cannot be found again afterwards to be changed or erased."
            ),
            _(
                "What reaches the organisers\nThose who organise the programme receive the meeting report, written "
                "under the Chatham House Rule and reviewed by our facilitator, and nothing else about any of us. Of "
                "the whole programme they are told, in wide bands and over at least ten people, how many came and how "
                "far the aims are met. "
                "No meeting is reported to which fewer than five of us contributed, and no answers that fewer gave. "
                "A challenge’s question is reported only as our facilitator words it, once we could read and object."
            ),
        )
    )


def who_signed(cohort: Cohort) -> list[Membership]:
    """The set's current members by name, each with `has_signed` for the version in force."""
    contract = current_contract(cohort)
    signatures = Signature.objects.filter(contract=contract, membership=OuterRef("pk"))
    members = Membership.objects.current().filter(cohort=cohort).select_related("user")
    return list(members.annotate(has_signed=Exists(signatures)))

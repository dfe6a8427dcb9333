"""Whom a set waits for: who was invited and is not here yet, who has not signed, where whom works, whose mail comes
back."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from learningsets import mail
from learningsets.access import set_of
from learningsets.models import Cohort, Contract, Invitation, Membership, Role, Signature


@dataclass(slots=True)
class Waiting:
    """What one set waits for. Names are in the order of the alphabet."""

    cohort: Cohort
    invited: list[Invitation] = field(default_factory=list)  # each with `expired`
    unsigned: list[Membership] = field(default_factory=list)
    nowhere: list[Membership] = field(default_factory=list)  # whose employer is not known: no report can leave it out
    bounced: list[str] = field(default_factory=list)
    participants: int = 0

    @property
    def nobody(self) -> bool:
        """Whether it has neither a participant nor an open invitation to one."""
        return not (self.participants or self.invited)

    @property
    def anything(self) -> bool:
        """Whether it waits for anybody."""
        return bool(self.nobody or self.invited or self.unsigned or self.nowhere or self.bounced)


def waiting_for(places: Iterable[Membership]) -> list[Waiting]:
    """For each of a facilitator's sets whom it waits for. Three queries, however many sets."""
    sets = {set_of(place).pk: Waiting(set_of(place)) for place in places}
    newest = Contract.objects.filter(cohort=OuterRef("cohort")).order_by("-version").values("pk")[:1]
    signature = Signature.objects.filter(contract=OuterRef("in_force"), membership=OuterRef("pk"))
    members = Membership.objects.current().filter(cohort__in=sets).annotate(in_force=Subquery(newest))
    people = list(
        members.annotate(must_sign=Q(in_force__isnull=False) & ~Exists(signature))
        .select_related("user")
        .order_by("user__name", "pk")
    )
    today = timezone.localdate()
    open_ones = Invitation.objects.still_open().filter(cohort__in=sets, role=Role.PARTICIPANT)
    invited = list(open_ones.annotate(expired=Q(expires_on__lt=today)).order_by("name", "pk"))
    bounced = mail.bounced([one.user.email for one in people], invited)
    for invitation in invited:
        if invitation.cohort_id in sets:
            sets[invitation.cohort_id].invited.append(invitation)
            sets[invitation.cohort_id].bounced += [invitation.name] if invitation.pk in bounced else []
    for one in people:
        if one.cohort_id in sets:
            sets[one.cohort_id].participants += one.role == Role.PARTICIPANT
            sets[one.cohort_id].unsigned += [one] if one.must_sign else []  # type: ignore[attr-defined]  # annotated
            sets[one.cohort_id].nowhere += [] if one.employer_is_known else [one]
            sets[one.cohort_id].bounced += [one.user.name] if one.user.email in bounced else []
    return list(sets.values())

"""Whoever joins a set that has its dates already gets them by letter too, once; from who leaves they are taken back."""

from django.db import IntegrityError, transaction
from django.db.models import F

from learningsets.models import Membership
from sessions import letters, reminders
from sessions.models import DatesTold, Meeting

ROUND_A_CANCELLATION = 2  # it counts between what its reader has and what they would get if they came back


def tell_newcomers() -> int:
    """Send the dates that lie ahead to each member who was never told of them. How many.

    Who leaves is forgotten, so that who comes back is told again. The people of the worked example get no letters.
    """
    for told in DatesTold.objects.exclude(membership__left_on=None).select_related(
        "membership__cohort", "membership__user"
    ):
        _take_back(told.membership)
    untold = Membership.objects.current().filter(
        cohort__in=Meeting.objects.ahead().values("cohort"), dates_told=None, user__is_example=False
    )
    return sum(_tell(membership) for membership in untold.select_related("cohort", "user").order_by("pk"))


@transaction.atomic
def _take_back(membership: Membership) -> None:
    deleted, _rows = DatesTold.objects.filter(membership=membership).exclude(membership__left_on=None).delete()
    if deleted:  # by no other worker
        planned = Meeting.objects.ahead().filter(cohort=membership.cohort, state=Meeting.State.PLANNED)
        planned.update(sequence=F("sequence") + ROUND_A_CANCELLATION)
        letters.dates_to_leaver(membership)


def _tell(membership: Membership) -> bool:
    try:
        with transaction.atomic():
            DatesTold.objects.create(membership=membership)
            ahead = Meeting.objects.ahead().filter(cohort=membership.cohort)
            reminders.skip_passed(ahead, [membership])
            letters.dates_to_newcomer(membership)
    except IntegrityError:  # another worker is telling them
        return False
    return True

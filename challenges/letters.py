"""What the set is written when its box was tipped out: that it was, and where to read. Nothing of what came out."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from learningsets import mail
from learningsets.models import Membership
from sessions.models import Meeting


def box_was_tipped(meeting: Meeting, readers: Iterable[Membership]) -> None:
    """Tell those who may read what came out. One letter in the same words for each, whoever wrote and whatever came.

    Of a meeting whose questions never opened nothing is told.
    """
    if not meeting.has_opened:
        return
    link = mail.link(reverse("challenges:said", args=[meeting.pk]))
    for membership in readers:
        with translation.override(membership.user.language):
            subject = _("The box of your learning set was tipped out")
            body = _(
                "The deadline of the closing questions has passed, and the box of your learning set was tipped out. "
                "What came out of it, without names, can be read here:"
            )
        mail.send(membership.user.email, subject, f"{body}\n\n{link}\n", about=f"box {meeting.pk}")

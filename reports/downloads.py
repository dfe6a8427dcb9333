"""Handing over released pages, and remembering who has them: the day, and nothing of what they say."""

from hashlib import sha256

from django.utils import timezone

from learningsets.models import User
from reports.models import Download, Release
from reports.models.release import State


class Damaged(Exception):  # noqa: N818  # it reads as what happened
    """The stored pages are not those that were certified; they are not handed over."""


def hand_over(release: Release, user: User) -> bytes:
    """The bytes of `release`, exactly as certified. Raises Damaged when their hash says otherwise.

    A download of what is out is remembered, once a day for each person; a facilitator's look at a candidate is not.
    """
    pages = Release.objects.only("pdf").get(pk=release.pk).pages
    if sha256(pages).hexdigest() != release.sha256:
        raise Damaged
    if release.state == State.RELEASED:
        Download.objects.get_or_create(release=release, user=user, day=timezone.now().date())
    return pages

"""Letters to a programme's organisers: that a report is out, or was withdrawn; and to a set's facilitators: that it had
its time to read one. Nothing of the report is in them.

Neither title nor set is named: a set can be so small, or so new, that its name in a mailbox says who met.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from learningsets import mail
from learningsets.models import Letter, Membership, Programme
from reports.models import Release

READ: Final = "read"  # what a letter is about that tells of a reading's end


def report_released(programme: Programme) -> None:
    """Tell each organiser that a report can be read."""
    _to_organisers(
        programme,
        "released",
        lambda: (
            _("A report is out"),
            _("A report of a programme that you convene is out. You can read and download it here:"),
        ),
    )


def report_withdrawn(programme: Programme) -> None:
    """Tell each organiser that a report was taken back, so that they can do away with their copies."""
    _to_organisers(
        programme,
        "withdrawn",
        lambda: (
            _("A report was withdrawn"),
            _(
                "A report of a programme that you convene was withdrawn, and nobody can download it any more. If you"
                " kept a copy, please delete it. Which one it is, and why, stands here:"
            ),
        ),
    )


def reading_is_over(release: Release) -> None:
    """Tell the set's facilitators that the next step is theirs. The same words, whether anything was objected to."""
    link = mail.link(reverse("reports:progress", args=[release.pk]))
    for place in release.report.cohort.memberships.current().facilitators().select_related("user"):
        with translation.override(place.user.language):
            subject = _("The time to read a report is over")
            words = _(
                "Your learning set has had its time to read a report before it leaves. The next step stands here:"
            )
        mail.send(place.user.email, subject, f"{words}\n\n{link}\n", about=f"{READ} {release.pk}")


def look_again(letter: Letter) -> "tuple[()] | None":
    """Of the letter that tells of a reading's end: whether its reader leads the set when it leaves."""
    release_id = UUID(letter.about.removeprefix(f"{READ} "))
    leading = Membership.objects.current().facilitators().filter(cohort__reports__releases=release_id)
    return () if leading.filter(user__email=letter.to).exists() else None


def _to_organisers(programme: Programme, what: str, say: Callable[[], tuple[str, str]]) -> None:
    """One letter to each organiser, in their language. While it waits, one of the same kind takes its place."""
    for place in programme.memberships.current().organisers().select_related("user"):
        with translation.override(place.user.language):
            subject, words = say()
        body = f"{words}\n\n{mail.link(reverse('reports:library'))}\n"
        mail.send(place.user.email, subject, body, about=f"{what} {programme.pk}")

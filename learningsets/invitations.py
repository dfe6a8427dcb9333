"""Invitations: hashed, expiring, used once, bound to the address they were sent to."""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learningsets import identifiers, mail, members, programmes, tokens
from learningsets.access import set_of
from learningsets.invitation_lines import Line
from learningsets.models import Cohort, Invitation, Membership, Programme, Role, User

DAYS = 14  # that an invitation can be accepted


class PlaceTakenError(Exception):
    """Whoever accepts holds a place that this one cannot be joined with."""


def check(lines: list[Line], cohort: Cohort, role: str, *, by_organiser: bool = False) -> bool:
    """Add to each line what the set knows against it; whether every line can be sent.

    An organiser, who invites facilitators, learns nothing here about who takes part.
    """
    places = cohort.memberships.current()
    here = set((places.facilitators() if by_organiser else places).values_list("user__email", flat=True))
    asked = set(cohort.invitations.still_open().filter(role=role).values_list("email", flat=True))
    for line in lines:
        if line.errors:
            continue  # one thing at a time
        if line.email in here:
            line.errors.append(_("This person is in the set already."))
        elif line.email in asked:
            line.errors.append(_("This person is invited already. Where the invited are listed you can send it again."))
        elif programmes.is_organiser_and_member(cohort.programme, line.email, role):
            line.errors.append(_("This person organises the programme, so they cannot be in one of its sets."))
    return bool(lines) and not any(line.errors for line in lines)


def check_organiser(line: Line, programme: Programme) -> bool:
    """Add to the line what the programme knows against it; whether it can be sent.

    Organisers know each other, and who facilitates. Who takes part they learn nothing of here: whoever does is told
    when they accept.
    """
    places = programme.memberships.current().filter(user__email=line.email)
    if places.organisers().exists():
        line.errors.append(_("This person organises the programme already."))
    elif places.facilitators().exists():
        line.errors.append(_("This person facilitates a set of the programme, so they cannot organise it too."))
    elif programme.invitations.still_open().filter(role=Role.ORGANISER, email=line.email).exists():
        line.errors.append(_("This person is invited already. Where the invited are listed you can send it again."))
    return not line.errors


@transaction.atomic
def invite(
    line: Line,
    *,
    programme: Programme,
    cohort: Cohort | None,
    role: str,
    sender: User,
    invited_by: Membership | None = None,
    hands_over: bool = False,
) -> Invitation:
    """Invite one person: the row, the letter, and what the boundary must know of them from now on.

    `sender` is whom the letter names: one from nobody looks like a fraud. `invited_by` is who facilitates the set and
    asks another to, and `hands_over` if they leave it then.
    Raises IntegrityError when somebody else invited the same address meanwhile.
    """
    token = tokens.new_token()
    invitation = Invitation.objects.create(
        programme=programme,
        cohort=cohort,
        role=role,
        email=line.email,
        name=line.name,
        organisation=line.organisation,
        job_title=line.job_title,
        health_system=line.health_system,
        other_names="\n".join(line.other_name_list),
        token_hash=tokens.hash_of(token),
        expires_on=timezone.localdate() + timedelta(days=DAYS),
        invited_by=invited_by,
        hands_over=hands_over,
    )
    if cohort:  # of organisers: `identifiers.invited_organisers`
        identifiers.remember_invited(cohort, invitation)
    _write(invitation, token, sender)
    return invitation


def invite_all(lines: list[Line], cohort: Cohort, role: str, sender: User) -> int:
    """Invite everybody of a checked list, or nobody; how many. Raises IntegrityError as `invite` does."""
    with transaction.atomic():
        for line in lines:
            invite(line, programme=cohort.programme, cohort=cohort, role=role, sender=sender)
    return len(lines)


@transaction.atomic
def resend(invitation: Invitation, sender: User) -> bool:
    """Send an open invitation again with a new link, which ends the old one; False when it is open no longer."""
    token = tokens.new_token()
    until = timezone.localdate() + timedelta(days=DAYS)
    mine = Invitation.objects.still_open().filter(pk=invitation.pk)
    if not mine.update(token_hash=tokens.hash_of(token), expires_on=until):
        return False
    mail.forget_bounces_of(invitation)
    invitation.expires_on = until
    _write(invitation, token, sender)
    return True


def revoke(invitation: Invitation) -> bool:
    """End an open invitation; False when it was accepted or revoked already."""
    mine = Invitation.objects.still_open().filter(pk=invitation.pk)
    return bool(mine.update(revoked_on=timezone.localdate()))


def find(token: str) -> Invitation | None:
    """The invitation that this token opens today, or None: for unknown, used, revoked and expired ones alike."""
    return _usable(token).select_related("programme", "cohort", "invited_by__user", "invited_by__cohort").first()


@transaction.atomic
def accept(token: str) -> Membership | None:
    """Take the place that was offered; the new place, or None when the token opens nothing (any more).

    The link reached the address, which proves it: whoever follows it is the address's owner. Of many who accept
    at once one is let in. Who handed the set over leaves it then, and is told by letter. Raises PlaceTakenError, and
    leaves the invitation open, when they are in the set in another role, or would become organiser and member of one
    programme.
    """
    invitation = find(token)
    if invitation and _holds_another_place(invitation):
        raise PlaceTakenError
    if invitation is None or not _usable(token).update(accepted_on=timezone.localdate()):
        return None
    user, _made = User.objects.get_or_create(
        email=invitation.email, defaults={"name": invitation.name, "password": User.objects.unusable()}
    )
    names = [invitation.name, *invitation.other_names.splitlines()]
    place = programmes.join(
        user,
        programme=invitation.programme,
        cohort=invitation.cohort,
        role=invitation.role,
        organisation=invitation.organisation,
        job_title=invitation.job_title,
        health_system=invitation.health_system,
        other_names=[name for name in names if name != user.name],
    )
    if invitation.hands_over and invitation.invited_by:
        _take_leave(invitation.invited_by)
    if place.is_facilitator:
        _tell_the_set(place)
    return place


def _tell_the_set(facilitator: Membership) -> None:
    """Tell everybody else in a set who facilitates it from now on, and what is shown to them: an organiser may ask
    anybody, also in the middle of its year."""
    cohort = set_of(facilitator)
    link = mail.link(reverse("learningsets:members", args=[cohort.pk]))
    others = Membership.objects.current().filter(cohort=cohort).exclude(pk=facilitator.pk).select_related("user")
    for user in (place.user for place in others.order_by("pk")):
        with translation.override(user.language):
            subject = _("Who facilitates your learning set")
            body = _(
                "Somebody new facilitates your learning set from now on, and reads what its facilitators read. A "
                "challenge that you shared with those who facilitated before stays between you and them, unless you "
                "share it once more. Who it is stands on the page of the set's members:\n\n%(link)s\n"
            )
            mail.send(user.email, subject, body % {"link": link})


def _take_leave(giver: Membership) -> None:
    """End the place of whoever handed the set over, unless it ended or became another one meanwhile."""
    if giver.left_on is not None or not giver.is_facilitator:
        return
    members.leave(giver)
    with translation.override(giver.user.language):
        subject = _("Your learning set is in other hands")
        body = _("Whoever you handed your learning set over to has taken it on. You are no longer in it.\n")
    mail.send(giver.user.email, subject, body)


def _holds_another_place(invitation: Invitation) -> bool:
    """Whether the address's owner has a place that rules this one out. Only they are told."""
    here = Membership.objects.current().filter(cohort=invitation.cohort, user__email=invitation.email)
    elsewhere = programmes.is_organiser_and_member(invitation.programme, invitation.email, invitation.role)
    return elsewhere or (invitation.cohort is not None and here.exclude(role=invitation.role).exists())


def _usable(token: str) -> QuerySet[Invitation]:
    usable = Invitation.objects.still_open().filter(expires_on__gte=timezone.localdate())
    return usable.filter(token_hash=tokens.hash_of(token))


def _write(invitation: Invitation, token: str, sender: User) -> None:
    """The letter. It says who invites, and to what, and nothing of anybody else."""
    what = {
        Role.ORGANISER: _("to organise the programme “%(programme)s”"),
        Role.FACILITATOR: _("to facilitate the learning set “%(cohort)s” of the programme “%(programme)s”"),
        Role.PARTICIPANT: _("to the learning set “%(cohort)s” of the programme “%(programme)s”"),
    }[Role(invitation.role)] % {"programme": invitation.programme, "cohort": invitation.cohort}
    body = _(
        "Dear %(name)s,\n\n%(sender)s invites you %(what)s.\n\nTo accept, open this page:\n\n%(link)s\n\n"
        "It works once, until %(until)s, and only for you: please do not pass it on. Before you accept you can read "
        "there what is promised about anything you say.\n\nIf this comes as a surprise, you need not do anything.\n"
    ) % {
        "name": invitation.name,
        "sender": sender.name,
        "what": what,
        "link": mail.link(reverse("learningsets:invitation", args=[token])),
        "until": date_format(invitation.expires_on, "l j F Y"),
    }
    mail.send(invitation.email, _("Your invitation to Learning Sets"), body, invitation=invitation)

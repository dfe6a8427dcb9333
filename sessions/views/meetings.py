"""Pages about meetings. Each fetches through an access function first, and makes one call into the domain."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets.access import SignedInRequest, get_cohort_for_facilitator
from learningsets.models import Membership
from sessions import agenda as plan_of
from sessions import attendance as who
from sessions import clashes, dates, following, letters, lifecycle
from sessions.access import get_meeting, get_meeting_for_facilitator
from sessions.forms.attendance import ApologyForm, AttendanceForm, GuestForm
from sessions.forms.change import ChangeForm
from sessions.forms.close import CloseForm
from sessions.forms.inputs import VersionForm
from sessions.forms.one_meeting import OneMeetingForm
from sessions.forms.schedule import ScheduleForm
from sessions.lifecycle import ChangedMeanwhileError
from sessions.models import Meeting
from sessions.scheduling import add_meeting, is_saved, plan, plan_alone, save_series

INVALID = 422
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """A monthly rule: first every date in words, then, with the same form once more, saved."""
    cohort = get_cohort_for_facilitator(request.user, cohort_id)
    form = ScheduleForm(cohort, request.POST or None)
    context: dict[str, Any] = {"form": form, "cohort": cohort, "dates": dates.ahead(cohort)}
    if not form.is_bound:
        return render(request, "meetings/schedule.html", context)
    if not form.is_valid():
        return render(request, "meetings/schedule.html", context, status=INVALID)
    series = form.series()
    planned = plan(series, by=request.user)
    new = any(one.starts_at for one in planned) or is_saved(series)
    if new and "save" in request.POST and form.cleaned_data["seen"] == form.fingerprint():
        saved = save_series(series, form.cleaned_data["place"], form.cleaned_data["video_link"])
        messages.success(
            request, f"{_('The dates are saved.')} {letters.who_hears_of_dates(cohort, saved.meetings.all())}"
        )
        return redirect("learningsets:cohort", cohort_id)
    context |= {"planned": planned, "new": new, "seen": form.fingerprint()}
    return render(request, "meetings/schedule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, cohort_id: UUID) -> HttpResponse:
    """One meeting beside the monthly rule, that lies ahead or was held already: first in words, then saved."""
    cohort = get_cohort_for_facilitator(request.user, cohort_id)
    form = OneMeetingForm(cohort, request.POST or None)
    context: dict[str, Any] = {"form": form, "cohort": cohort}
    if not form.is_bound:
        return render(request, "meetings/add.html", context)
    if not form.is_valid():
        return render(request, "meetings/add.html", context, status=INVALID)
    try:
        if "save" in request.POST and form.cleaned_data["seen"] == form.fingerprint():
            return _added(request, add_meeting(form.meeting()))
        context |= {"one": plan_alone(form.meeting(), by=request.user), "seen": form.fingerprint()}
    except lifecycle.SameDayError as taken:
        form.refuse_the_day(taken.meeting)
        return render(request, "meetings/add.html", context, status=INVALID)
    return render(request, "meetings/add.html", context)


def _added(request: SignedInRequest, added: Meeting) -> HttpResponse:
    _warn_of_clash(request, added)
    told = letters.who_hears_of_dates(added.cohort, Meeting.objects.filter(pk=added.pk))
    messages.success(request, f"{_('The meeting is added.')} {told}")
    return redirect("meetings:meeting", added.pk)


@never_cache
@require_safe
def meeting(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: when, where, who can't come; for facilitators also its guests and what to do with it."""
    found, membership = get_meeting(request.user, meeting_id)
    return _meeting_page(request, found, membership)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Move a meeting or give it another place, and those after it with it if that is asked for."""
    found, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    form = ChangeForm(found, request.POST or None)
    context: dict[str, Any] = {"form": form, "meeting": found}
    if not form.is_bound:
        return render(request, "meetings/change.html", context)
    if not form.is_valid():
        return render(request, "meetings/change.html", context, status=INVALID)
    if form.all:
        return _change_following(request, found, form)
    try:
        changed = lifecycle.change(found, form.cleaned_data["version"], form.details())
    except ChangedMeanwhileError as conflict:
        form.renew(conflict.meeting)
        return render(request, "meetings/change.html", context | {"now": conflict.meeting}, status=CONFLICT)
    except lifecycle.SameDayError as taken:  # given to another since the form was looked at
        form.refuse_the_day(taken.meeting)
        return render(request, "meetings/change.html", context, status=INVALID)
    _warn_of_clash(request, found)
    said = _("The meeting is on %(when)s.") % {"when": found.when}
    told = letters.who_hears_of_it(found.cohort) if changed else _("Nothing differs, so nobody gets an e-mail.")
    messages.success(request, f"{said} {told}")
    return redirect("meetings:meeting", meeting_id)


def _warn_of_clash(request: SignedInRequest, found: Meeting) -> None:
    others = clashes.elsewhere(request.user, found.cohort)
    if (other := clashes.clash(found.starts_at, found.minutes, others)) is not None:
        told = _("Another set of yours meets at the same time: %(cohort)s, %(when)s.")
        messages.warning(request, told % {"cohort": other.cohort, "when": other.when})


def _change_following(request: SignedInRequest, found: Meeting, form: ChangeForm) -> HttpResponse:
    """First every date in words, then, with the same form once more, saved."""
    planned = following.plan(found, form.details(), by=request.user)
    context: dict[str, Any] = {"form": form, "meeting": found, "planned": planned}
    context |= {"seen": following.fingerprint(planned), "left_alone": following.left_alone(planned)}
    if "save" not in request.POST or form.cleaned_data["seen"] != context["seen"]:
        if (other := following.same_day(planned)) is not None:
            form.refuse_the_day(other)
            return render(request, "meetings/change.html", context | {"planned": None}, status=INVALID)
        return render(request, "meetings/change.html", context)
    try:
        changed = following.change_all(planned, form.cleaned_data["version"])
    except ChangedMeanwhileError as conflict:
        found.refresh_from_db()
        form.renew(found)
        return render(
            request, "meetings/change.html", context | {"now": conflict.meeting, "planned": None}, status=CONFLICT
        )
    except lifecycle.SameDayError as taken:
        form.refuse_the_day(taken.meeting)
        return render(request, "meetings/change.html", context | {"planned": None}, status=INVALID)
    if changed:
        messages.success(request, f"{_('The meetings are changed.')} {letters.who_hears_of_it(found.cohort)}")
    else:
        messages.info(request, _("That is what they were already, so nobody gets an e-mail."))
    return redirect("learningsets:cohort", found.cohort_id)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Cancel a meeting, having said who hears of it; its page offers to undo that."""
    found, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    if request.method != "POST":
        return render(request, "meetings/cancel.html", {"meeting": found})
    return _press(
        request, found, lifecycle.cancel, f"{_('The meeting is cancelled.')} {letters.who_hears_of_it(found.cohort)}"
    )


@require_POST
def restore(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Undo a cancellation."""
    found, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    return _press(
        request, found, lifecycle.restore, f"{_('The meeting will be held.')} {letters.who_hears_of_it(found.cohort)}"
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apologies(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Say that one can't come. Letters lead here: opening it changes nothing, as mail scanners follow links."""
    found, membership = get_meeting(request.user, meeting_id)
    form = ApologyForm(request.POST if request.method == "POST" else None)
    context = {"meeting": found, "form": form, "mine": who.apology_of(found, membership)}
    if not form.is_bound:
        return render(request, "meetings/apologies.html", context)
    if not form.is_valid():
        return render(request, "meetings/apologies.html", context, status=INVALID)
    try:
        who.cannot_come(found, membership, form.cleaned_data["reason"])
        told = _("Your set can see that you can't come. Your facilitators get an e-mail, which does not name you.")
        messages.success(request, told)
    except who.TooLateError:
        messages.error(request, _("This meeting has begun or is cancelled. Tell your facilitator yourself, please."))
    return redirect("meetings:meeting", meeting_id)


@require_POST
def withdraw_apologies(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Say that one can come after all; once the meeting has begun, take back why one could not."""
    found, membership = get_meeting(request.user, meeting_id)
    who.can_come(found, membership)
    expected = _("You are expected. Facilitators who were told otherwise get an e-mail, which does not name you.")
    messages.success(request, expected if found.lies_ahead else _("Your reason is taken back."))
    return redirect("meetings:meeting", meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Mark who was there."""
    found, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    form = AttendanceForm(found, who.expected(found), request.POST or None)
    context = {"form": form, "meeting": found, "later": who.joined_later(found)}
    if not form.is_bound:
        return render(request, "meetings/attendance.html", context)
    if not form.is_valid():
        return render(request, "meetings/attendance.html", context, status=INVALID)
    try:
        who.mark(found, form.cleaned_data["version"], form.presence())
    except ChangedMeanwhileError as conflict:
        form.renew(conflict.meeting)
        return render(request, "meetings/attendance.html", context | {"now": form.marked_now()}, status=CONFLICT)
    messages.success(request, _("Attendance is saved."))
    return redirect("meetings:meeting", meeting_id)


@require_POST
def add_guest(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Note a guest, whom reports must not name either."""
    found, membership = get_meeting_for_facilitator(request.user, meeting_id)
    form = GuestForm(request.POST)
    if not form.is_valid():
        return _meeting_page(request, found, membership, INVALID, guest_form=form)
    who.add_guest(found, form.cleaned_data["name"], form.cleaned_data["organisation"])
    return redirect("meetings:meeting", meeting_id)


@require_POST
def remove_guest(request: SignedInRequest, meeting_id: UUID, guest_id: int) -> HttpResponse:
    """Take a guest off the list."""
    found, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    who.remove_guest(found, guest_id)
    return redirect("meetings:meeting", meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Mark who was there, and open the closing questions until a deadline. While another box of the set is open there
    is no form, and the page says until when."""
    found, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    if not found.has_begun or found.state != Meeting.State.PLANNED:
        return redirect("meetings:meeting", meeting_id)
    expected, unsigned = who.expected(found), who.unsigned(found)
    form = CloseForm(found, expected, request.POST or None)
    context = {
        "form": form,
        "meeting": found,
        "floor": found.cohort.block_floor,
        "later": who.joined_later(found),
        "unsigned": unsigned,
        "too_few": len(expected) - len(unsigned) < found.cohort.block_floor,
        "asking": None if form.is_bound else lifecycle.still_asking(found),
    }
    if not form.is_bound:
        return render(request, "meetings/close.html", context)
    if not form.is_valid():
        return render(request, "meetings/close.html", context, status=INVALID)
    try:
        who.mark_and_close(found, form.cleaned_data["version"], form.presence(), form.cleaned_data["tips_at"])
    except ChangedMeanwhileError as conflict:
        form.renew(conflict.meeting)
        return render(request, "meetings/close.html", context | {"now": form.marked_now()}, status=CONFLICT)
    except lifecycle.StillAskingError:  # another was closed since the form was looked at; now the form says so
        form.full_clean()
        return render(request, "meetings/close.html", context, status=INVALID)
    if found.has_opened:
        messages.success(request, _("The closing questions are open until %(when)s.") % {"when": found.closing_until})
    else:
        messages.warning(
            request,
            _("The meeting is closed, and its closing questions stay shut: too few were there who have signed."),
        )
    return redirect("meetings:meeting", meeting_id)


@require_POST
def reopen(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Undo the closing, as long as the questions are open."""
    found, _membership = get_meeting_for_facilitator(request.user, meeting_id)
    return _press(
        request,
        found,
        lifecycle.reopen,
        _("The closing is undone. Nobody can answer until you close the meeting again."),
    )


def _press(request: HttpRequest, found: Meeting, verb: Any, done: str) -> HttpResponse:
    """One button of a meeting: `verb(meeting, version)`, and back to its page with what came of it."""
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        verb(found, version)
        messages.success(request, done)
    except lifecycle.SameDayError as taken:
        told = _("Nothing was done: the set meets on that day already, %(when)s. Move or cancel that meeting first.")
        messages.error(request, told % {"when": taken.meeting.when})
    except ChangedMeanwhileError:
        messages.error(
            request, _("Nothing was done, as this meeting has changed meanwhile. This is how it stands now.")
        )
    return redirect("meetings:meeting", found.pk)


def _meeting_page(
    request: HttpRequest, found: Meeting, membership: Membership, status: int = 200, **forms: Any
) -> HttpResponse:
    rows = who.rows_for(found, membership)
    context = {
        "meeting": found,
        "membership": membership,
        "agenda": plan_of.clocked(found, plan_of.items(found)),
        "parked": list(found.parked.order_by("text", "pk")) if found.has_begun else [],
        "attendances": rows,
        "mine": next((row for row in rows if row.membership_id == membership.pk), None),
        "guests": list(found.guests.all()) if membership.is_facilitator else [],
        "later": who.joined_later(found) if membership.is_facilitator and found.can_be_marked else [],
        "asking": lifecycle.in_the_way(found) if membership.is_facilitator else None,
        "apology_form": ApologyForm(),
        "guest_form": GuestForm(),
        "shut": found.state == Meeting.State.CLOSED and not found.has_opened,
    }
    return render(request, "meetings/meeting.html", context | forms, status=status)

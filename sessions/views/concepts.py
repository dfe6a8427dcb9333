"""The list of concepts that a set draws up while it meets: one page, which looks for news by itself."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learningsets.access import SignedInRequest
from sessions import concepts as board
from sessions.access import get_meeting
from sessions.forms.concepts import ConceptForm
from sessions.models import Concept, Meeting


@require_safe
@never_cache
def concepts(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """The list, and a line to add to it while the meeting lasts."""
    meeting, _membership = get_meeting(request.user, meeting_id)
    return _page(request, meeting, ConceptForm())


@require_safe
@never_cache
def concepts_now(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """The list alone, for a page that is open."""
    meeting, _membership = get_meeting(request.user, meeting_id)
    return render(request, "meetings/_concepts.html", _list(meeting))


@require_http_methods(["GET", "HEAD", "POST"])
def add_concept(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Put terms on the list. Its address stays in the browser after a mistake, and opened again it is the list's."""
    meeting, _membership = get_meeting(request.user, meeting_id)
    if request.method != "POST":
        return redirect("meetings:concepts", meeting_id)
    form = ConceptForm(request.POST)
    if form.is_valid():
        try:
            there = board.add(meeting, *form.terms)
        except board.FullError as full:
            form.add_error("text", _too_many(full))
        except board.NotNowError:
            form.add_error("text", _("The meeting is closed, so nothing is added to its list any more."))
    if not form.is_valid():
        return _page(request, meeting, form, status=422)
    if there:
        return _page(request, meeting, ConceptForm(), there=there)
    return redirect("meetings:concepts", meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def strike_concept(request: SignedInRequest, meeting_id: UUID, concept_id: UUID) -> HttpResponse:
    """Strike a term out; the page offers to undo that. Opened again it is the list's."""
    meeting, _membership = get_meeting(request.user, meeting_id)
    if request.method != "POST":
        return redirect("meetings:concepts", meeting_id)
    struck = _press(request, lambda: board.strike(meeting, concept_id))
    if struck is not None:
        return _page(request, meeting, ConceptForm(), struck=struck)
    return redirect("meetings:concepts", meeting_id)


@require_POST
def put_back_concept(request: SignedInRequest, meeting_id: UUID, concept_id: UUID) -> HttpResponse:
    """Undo a strike."""
    meeting, _membership = get_meeting(request.user, meeting_id)
    _press(request, lambda: board.put_back(meeting, concept_id))
    return redirect("meetings:concepts", meeting_id)


def _too_many(full: board.FullError) -> str:
    """What to do when a list does not take what was sent."""
    if not full.room:
        return _("The list is full. Strike out what you can do without, or make one term of two.")
    told = ngettext(
        "There is room for {n} more term, and these are {new}. Nothing was added.",
        "There is room for {n} more terms, and these are {new}. Nothing was added.",
        full.room,
    )
    return told.format(n=full.room, new=full.new)


def _press(request: HttpRequest, verb: Callable[[], Concept | None]) -> Concept | None:
    """Do it. None, with a message, when the list cannot be written on any more."""
    try:
        concept = verb()
    except board.NotNowError:
        messages.error(request, _("The meeting is closed, so its list stands as it is."))
        return None
    if concept is None:
        raise Http404
    return concept


def _page(request: HttpRequest, meeting: Meeting, form: ConceptForm, status: int = 200, **done: object) -> HttpResponse:
    """The page as it stands now. `done` is what just happened: a term was `struck`, or some are `there` already."""
    return render(request, "meetings/concepts.html", _list(meeting) | {"form": form, **done}, status=status)


def _list(meeting: Meeting) -> dict[str, object]:
    return {"meeting": meeting, "concepts": board.listed(meeting), "open": board.is_open(meeting)}

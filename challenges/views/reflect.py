"""The page on which a member answers closing questions. One address for everything; what it is about is in the body.

Nothing here writes a message, a log line or a session: those would outlive the box.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from challenges import drafts, padding, sheets
from challenges.access import get_open_meeting, get_waiting_box, participations_ever
from challenges.forms.reflect import AnswerForm
from learningsets.access import SignedInRequest

INVALID = 422
CONFLICT = 409


@sensitive_post_parameters()
@padding.padded
@require_http_methods(["GET", "HEAD", "POST"])
def reflect(request: SignedInRequest) -> HttpResponse:
    """All questions that are open for this member, with their answers; a POST saves, puts in, or takes back."""
    if request.method != "POST":
        return _page(request)
    if "waiting" in request.POST:
        return _take_back_what_waits(request)
    place = get_open_meeting(request.user, request.POST.get("meeting", ""))
    if place is None:
        return _page(request, CONFLICT, refused="closed")
    return _answer(request, sheets.sheet(*place, request.POST))


def _answer(request: SignedInRequest, sheet: sheets.Sheet) -> HttpResponse:
    """Save what was typed; with "put" in the body put all of it in the box, with "back" take one answer out."""
    forms = {q.prompt.pk: q.form for q in sheet.questions if q.form and q.form.is_bound}
    if not _valid(list(forms.values()), putting="put" in request.POST):
        return _page(request, INVALID, sheet)
    put = [pk for pk, form in forms.items() if "put" in request.POST and form.wants_in()]
    back = [q.prompt.pk for q in sheet.questions if str(q.prompt.pk) == request.POST.get("back")]
    try:
        if _asked_on_the_page(request) - {str(q.prompt.pk) for q in sheet.questions}:
            raise drafts.OtherQuestionsError
        typed = {pk: form.typed() for pk, form in forms.items()}
        answers = drafts.revise(sheet.membership, sheet.meeting, typed, put, back)
    except drafts.ConflictError as conflict:
        sheet.renew(conflict.answers)
        return _page(request, CONFLICT, sheet)
    except drafts.OtherQuestionsError:
        return _page(request, CONFLICT, refused="changed")
    except (drafts.ClosedError, drafts.NotContributingError):
        return _page(request, CONFLICT, refused="closed")
    if "autosave" in request.POST:
        return padding.answer({f"{pk}-version": str(answers[pk].version) for pk in forms})
    return redirect("challenges:reflect")


def _valid(forms: list[AnswerForm], *, putting: bool) -> bool:
    for form in forms:
        form.full_clean()
        if putting:
            form.demand_regime()
    if putting and forms and not any(form.says_something() for form in forms):
        forms[0].demand_text()
    return not any(form.errors for form in forms)


def _asked_on_the_page(request: SignedInRequest) -> set[str]:
    return {name.removesuffix("-version") for name in request.POST if name.endswith("-version")}


def _take_back_what_waits(request: SignedInRequest) -> HttpResponse:
    """Take an answer out of a box that was carried over."""
    membership, box = get_waiting_box(request.user, request.POST["waiting"])
    try:
        drafts.take_back(membership, box)
    except drafts.ClosedError:
        return _page(request, CONFLICT, refused="closed")
    return redirect("challenges:reflect")


def _page(
    request: SignedInRequest, status: int = 200, sent: sheets.Sheet | None = None, refused: str = ""
) -> HttpResponse:
    """The page; in place of what is saved `sent`, the sheet that could not be. To autosave, only that it was not."""
    if "autosave" in request.POST:
        return padding.answer({}, status)
    ever = participations_ever(request.user)  # who has left answers what opened before, and takes back what waits
    shown = [sent if sent and one.meeting == sent.meeting else one for one in sheets.sheets(ever)]
    typed = [request.POST.get(f"{prompt}-text", "") for prompt in sorted(_asked_on_the_page(request))]
    context = {
        "sheets": shown,
        "waiting": sheets.waiting(ever, shown),
        "refused": refused,
        "unsaved": [text for text in typed if text.strip()] if refused else [],
    }
    return render(request, "challenges/reflect.html", context, status=status)

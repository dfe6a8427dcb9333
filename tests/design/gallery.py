"""A page that shows every component once, and the three addresses its modules talk to. Only tests serve it."""

from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.template import engines
from django.urls import include, path

HERE = Path(__file__).parent


class EveryField(forms.Form):
    """One field of each kind that the site's forms use."""

    title = forms.CharField(label="Challenge in one line", help_text="Leave out names of people and organisations.")
    happening = forms.CharField(
        label="What is happening?", required=False, widget=forms.Textarea(attrs={"data-limit": 200})
    )
    kinds = forms.MultipleChoiceField(
        label="What is trapped?",
        help_text="Tick all that apply.",
        choices=[("buildings", "Buildings and services"), ("processes", "Processes"), ("attitudes", "Attitudes")],
        widget=forms.CheckboxSelectMultiple,
    )
    who = forms.ChoiceField(
        label="Who may see it?",
        choices=[("me", "Only me"), ("facilitator", "My facilitator too"), ("set", "My whole set")],
        widget=forms.RadioSelect,
    )
    zone = forms.ChoiceField(label="Time zone", choices=[("Europe/London", "Europe/London")], required=False)
    first = forms.DateField(label="First meeting", widget=forms.DateInput(attrs={"type": "date"}))
    months = forms.IntegerField(label="Number of months", min_value=1, max_value=24)
    skip = forms.BooleanField(label="Skip public holidays", required=False, help_text="Of England and Wales.")
    file = forms.FileField(label="A list from a file", required=False)


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """The gallery; a POST shows the same with its errors, and 422."""
    form = EveryField(request.POST or None)
    if request.method == "GET":
        messages.success(request, "Saved.")
        messages.error(request, "The e-mail to one address came back.")
    template = engines["django"].from_string((HERE / "gallery.html").read_text())
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return HttpResponse(template.render({"form": form}, request), status=status)


ANSWERS: list[int] = []  # what the next drafts are answered with; 200 when empty
DRAFTS: list[str] = []  # what has been kept


@login_not_required
def draft(request: HttpRequest) -> HttpResponse:
    """Takes drafts; answers as the test has laid out."""
    if request.method == "GET":
        template = engines["django"].from_string((HERE / "draft.html").read_text())
        return HttpResponse(template.render({}, request))
    if (status := ANSWERS.pop(0) if ANSWERS else 200) != 200:
        return HttpResponse(status=status)
    DRAFTS.append(("auto:" if "autosave" in request.POST else "sent:") + request.POST["text"])
    return JsonResponse({"fields": {"version": str(len(DRAFTS))}})


class Answer(forms.Form):
    """What somebody answers."""

    text = forms.CharField(widget=forms.Textarea)

    def __init__(self, prefix: str, data: QueryDict | None = None) -> None:
        super().__init__(data if data and f"{prefix}-text" in data else None, prefix=prefix)
        self.fields["text"].label = f"My {prefix.replace('-', ' ')}"


@login_not_required
def answering(request: HttpRequest) -> HttpResponse:
    """A page of which the browser is to keep nothing; answers as the test has laid out, and shows what it kept.

    Nothing is asked any more after "The last one".
    """
    status = ANSWERS.pop(0) if ANSWERS and request.method == "POST" else 200
    if status != 200:
        return HttpResponse(status=status, headers={"Location": "/sign-in/"})
    asked = [Answer(name, request.POST) for name in ("answer", "other-answer")]
    told = ""
    for form in asked:
        if form.is_valid():
            told = " ".join([form.cleaned_data["text"], *request.POST.getlist("how")])
            DRAFTS.append(told)
            asked = [] if "The last one" in told else [Answer("answer"), Answer("other-answer")]
    faulty = next((form for form in asked if form.errors), None)
    template = engines["django"].from_string((HERE / "answering.html").read_text())
    context = {"asked": asked, "faulty": faulty, "sent": told}
    return HttpResponse(template.render(context, request), status=422 if faulty else 200)


STAGES: list[str] = []  # what the report's progress says next; ready when empty


@login_not_required
def work(request: HttpRequest) -> HttpResponse:
    """Work that moves on by one stage each time someone asks."""
    words = STAGES.pop(0) if STAGES else ""
    fragment = (
        f'<div id="work" data-progress="/job/" data-every="0.1"><p data-announce>{words}</p></div>'
        if words
        else '<div id="work"><p data-announce>Ready</p><a id="again" href="/job/">Look again</a></div>'
    )
    return HttpResponse(fragment)


@login_not_required
def _out(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", include(([path("", page, name="home"), path("about/", _out, name="about")], "learningsets"))),
    path("healthz", _out),
    path("draft/", draft),
    path("answering/", answering),
    path("job/", work),
    path("sign-in/", _out, name="account_login"),
    path("sign-out/", _out, name="account_logout"),
]

"""What a browser keeps of a page: nothing, unless the page says otherwise; of its cookies no later date, of its scripts
nothing either.

After signing out on a shared computer "back" would show the last pages once more, as they stood: a set's members and
where they work, somebody's challenges. A `Vary: Cookie` keeps them out of the cache, and not out of the memory in
which browsers hold whole pages.
"""

from collections.abc import Callable
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def keep_nothing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware for every answer but static files, which are served before it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return answer


def date_no_cookie_again(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware right after Django's against forged requests: a browser that has a token is not given it once more.

    With each page that has a form Django sends the same token again. The browser writes down to the microsecond when a
    cookie was set last, and so when somebody sent something.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.COOKIES.get(settings.CSRF_COOKIE_NAME) == request.META.get("CSRF_COOKIE"):
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
        return response

    return answer


def keep_no_script(headers: Headers, path: str, url: str) -> None:
    """For WhiteNoise, of each static file: a script is fetched anew with each page. They are small.

    What Chromium keeps of one that it loaded twice is compiled, and only the functions that ran: its files would tell
    that something was sent from a page on which others only read.
    """
    if path.endswith(".js"):
        headers["Cache-Control"] = "no-store"

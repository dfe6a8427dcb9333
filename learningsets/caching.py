"""What a browser keeps of a page: nothing, unless the page says otherwise; and of its cookies no later date.

After signing out on a shared computer "back" would show the last pages once more, as they stood: a set's members and
where they work, somebody's challenges. A `Vary: Cookie` keeps them out of the cache, and not out of the memory in
which browsers hold whole pages.
"""

from collections.abc import Callable

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

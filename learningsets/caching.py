"""What a browser keeps of a page: nothing, unless the page says otherwise.

After signing out on a shared computer "back" would show the last pages once more, as they stood: a set's members and
where they work, somebody's challenges. A `Vary: Cookie` keeps them out of the cache, and not out of the memory in
which browsers hold whole pages.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def keep_nothing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware for every answer but static files, which are served before it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return answer

"""Answers of contribution pages: their size says nothing, and nobody on the way keeps them.

A proxy's log, a cache or a watcher on the network sees how long an answer is, and whether it changed. So pages that
carry what a member writes are filled up to one of few sizes, with noise, and nobody on the way may compress them
(`no-transform`): what is compressed is as long as what is not noise.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse, JsonResponse

from learningsets.access import SignedInRequest

PAGE = 128 * 1024  # bytes; a longer page fills this, doubled as often as needed
UNTOUCHED = "no-store, private, no-transform"
ANSWER = 4 * 1024  # bytes of an answer to autosave, always
P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponse]


def padded(view: "View[P]") -> "View[P]":
    """Pad a view's pages, and forbid everybody to keep them."""

    @wraps(view)
    def wrapped(request: SignedInRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return fill(view(request, *args, **kwargs))

    return wrapped


def fill(response: HttpResponse, least: int = PAGE) -> HttpResponse:
    """Pad one answer, and forbid everybody to keep it. A page that is shorter than `least` bytes is as long as one that
    is not: where what is asked is long by itself, the sizes are chosen from above what can be written into it."""
    response["Cache-Control"] = UNTOUCHED
    if response.get("Content-Type", "").startswith("text/html") and response.content:
        size = PAGE
        while max(len(response.content) + len("<!---->"), least) > size:
            size *= 2
        room = size - len(response.content) - len("<!---->")
        response.content += f"<!--{noise(room)}-->".encode()
    return response


def answer(fields: dict[str, str], status: int = 200) -> JsonResponse:
    """An answer to autosave: hidden fields to renew, in a body of `ANSWER` bytes whatever happened."""
    response = JsonResponse({"fields": fields, "noise": ""}, status=status)
    return JsonResponse({"fields": fields, "noise": noise(ANSWER - len(response.content))}, status=status)


def noise(length: int) -> str:
    """`length` random characters, which stand in HTML and JSON as they are."""
    return secrets.token_urlsafe(length)[:length].replace("-", "_")

"""What somebody is shown on every page that they can open: to lay two looks at the site beside each other."""

import re
from collections.abc import Collection, Iterator, Mapping

from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

Shown = dict[str, tuple[int, str]]
DRAWN_ANEW = re.compile(r'name="(?:csrfmiddlewaretoken|key)" value="[\w-]+"|<!--[\w-]*-->')  # tokens, forms, noise


def looks(client: Client, ids: Mapping[str, object], but: Collection[str] = ()) -> Shown:
    """By name, the status and text of each page whose address is made of none but these ids; without those in `but`."""
    shown: Shown = {}
    for name, needed in _pages(get_resolver()):
        if needed <= set(ids) and name not in but:
            answer = client.get(reverse(name, kwargs={one: ids[one] for one in needed}))
            shown[name] = (answer.status_code, DRAWN_ANEW.sub("", answer.content.decode(errors="replace")))
    return shown


def differing(before: Shown, after: Shown) -> list[str]:
    """The names of the pages that say something else than they did."""
    return [name for name, page in after.items() if page != before[name]]


def _pages(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, set[str]]]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _pages(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif one.name:
            yield f"{prefix}{one.name}", set(one.pattern.converters)

"""How a test writes in the browser as facilitators do: what they send, and what is stored of it."""

import re
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse

from reports import document as paper
from reports import write_up as raw
from reports.build import build_document
from reports.models import Report
from tests.reports.conftest import World


def add(client: Client, report: Report, kind: str) -> str:
    """The page of a new section."""
    return client.post(reverse("reports:add_section", args=[report.pk]), {"kind": kind}).url


def rows(prefix: str, *typed: dict[str, Any]) -> dict[str, Any]:
    """The rows of a form set as a browser posts them, all of them new."""
    posted: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(typed), f"{prefix}-INITIAL_FORMS": 0}
    return posted | {
        f"{prefix}-{number}-{name}": value for number, row in enumerate(typed) for name, value in row.items()
    }


def sections(world: World, report: Report) -> list[Any]:
    return list(raw.read(world.refresh(report).content).sections)


def kinds(world: World, report: Report) -> list[str]:
    return [section.kind for section in sections(world, report)]


def printed(world: World, report: Report) -> paper.ReportDocument:
    return build_document(world.refresh(report), "review_copy", key=b"").document


def act(client: Client, report: Report, verb: str, section: Any, **body: str) -> Any:
    """Send one of the small forms of the list, and the page that comes of it."""
    return client.post(reverse(f"reports:{verb}_section", args=[report.pk, section.id]), body, follow=True)


def drawn(world: World, report: Report) -> raw.Scheme:
    [scheme] = [part for part in sections(world, report) if part.kind == "scheme"]
    return scheme


def as_it_stands(page: Any) -> dict[str, Any]:
    """What a browser sends of a page on which nobody has touched anything, ticks and hidden fields among it."""
    found: dict[str, Any] = {}
    for tag, said in re.findall(r"<(input|textarea)\b([^>]*)>", page.text):
        one = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', said)}
        name, kind = one.get("name", "csrfmiddlewaretoken"), one.get("type", "text")
        if name == "csrfmiddlewaretoken" or (kind in {"radio", "checkbox"} and not re.search(r"\schecked\b", said)):
            continue
        found.setdefault(name, []).append(one.get("value", "on" if kind == "checkbox" else ""))
        if tag == "textarea":
            text = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', page.text, re.DOTALL)
            found[name] = [unescape(text[1])] if text else [""]
    return found

"""What readers of a window do, and what is looked at after it: for the tests of the window and of the attacks on it."""

import re
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from learningsets.models import Letter, Membership
from reports import ballots
from reports.ballots import Wanted
from reports.document import loads
from reports.gate import Refused
from reports.models import Outcome, Reader, Release, Report, Window
from reports.passages import Extract, extracts
from reports.releasing import publish

PAGE = reverse("reports:reading")


def passage(release: Release, words: str) -> Extract:
    """The passage that says so."""
    return next(one for one in extracts(loads(release.document)) if words in str(one.words))


def reader(window: Window, who: Membership) -> Reader:
    return Reader.objects.select_related("window__release", "membership").get(window=window, membership=who)


def wants(window: Window, who: Membership, words: str, kind: str = "object", wording: str = "") -> None:
    """Somebody wants something of a passage, beside what they want already."""
    mine = reader(window, who)
    now = ballots.mine(mine)
    ballots.cast(mine, {**now.wishes, passage(window.release, words).name: Wanted(kind, wording)}, version=now.version)


def body(window: Window, words: str = "", wish: str = "object", wording: str = "", version: int = 0) -> dict[str, str]:
    """What the page's form sends."""
    sent = {"window": str(window.pk), "version": str(version)}
    if words:
        name = passage(window.release, words).name
        sent |= {f"{name}-wish": wish, f"{name}-wording": wording}
    return sent


def settle(report: Report, release: Release, words: str, wording: str = "") -> None:
    """Fay says what becomes of a passage."""
    verdict = "general" if wording else "kept_out"
    Outcome.objects.create(report=report, digest=passage(release, words).digest, verdict=verdict, wording=wording)


def everything() -> list[Any]:
    """Every row of every table, but for the name of a letter, which is drawn at random."""
    with connection.cursor() as cursor:
        found = []
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            named = 1 if table == Letter._meta.db_table else 0
            found.append((table, sorted(repr(row[named:]) for row in cursor.fetchall())))
    return found


def refused(release: Release) -> list[str]:
    with pytest.raises(Refused) as no:
        publish(release.pk, release.sha256)
    return [refusal["code"] for refusal in no.value.refusals]


def without_token(page: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|<!--[\w-]*-->', "", page.content.decode())

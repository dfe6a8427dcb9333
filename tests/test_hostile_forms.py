"""Every form of every role, sent with what people should never type: no server error, and nothing typed is lost.

The forms are found by following links, so a new one is tried without being listed here.
"""

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from reports import windows
from reports.document import loads
from reports.models import Release, Window
from reports.passages import extracts
from reports.releasing import prepare
from reports.write_up import WriteUp, plain
from tests.reports.conftest import certified
from tests.world import EVERY_SECTION, World, hold_meeting, log_challenges, make_world

pytestmark = pytest.mark.xdist_group("hostile")

CORPUS: dict[str, str] = {
    "empty": "",
    "markup": "\"><script>alert('x')</script><img src=//evil.example onerror=alert(1)>{{ 7*7 }}{% now %}",
    "nul": "before\0after",
    "control": "bell\x07 escape\x1b[31m",
    "half a character": "half \ud83d of one",
    "right to left": "\u202egnihtemos\u202c \u2067עברית\u2069 العربية",
    "marks": "Z" + "\u0310" * 5_000,
    "foreign": "議論 обсуждение συζήτηση ਚਰਚਾ 🧑🏽‍⚕️ ŋŋ Åsa",
    "sql": "'; DROP TABLE learningsets_user; --",
    "formula": '=HYPERLINK("//evil.example")',
    "long": "word " * 6_000,
    "huge": "x" * 3_000_000,
}
AMISS = {"nul", "half a character", "marks", "foreign", "long"}
IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|/\d+/")
AT_LEAST = {"Thaddeus": 25, "Gwilym": 6, "Perpetua": 5}  # kinds of form; a crawl that finds less proves less
FILES = ("download", "certificate", "export", "/static/", "logout")
Form = tuple[str, str, list[tuple[str, str, str]]]
TEXTUAL = {"text", "email", "url", "search", "tel", "number", "date", "time", ""}


class Forms(HTMLParser):
    """The forms of a page: each its target, its method, and its fields as (name, kind, value)."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._select = ""
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(found.get("href", ""))
        elif tag == "form":
            self.forms.append((found.get("action", ""), found.get("method", "get").lower(), []))
        elif self.forms and (field := self._field(tag, found)) and field[0]:
            self.forms[-1][2].append(field)

    def _field(self, tag: str, found: dict[str, str]) -> tuple[str, str, str] | None:
        """A control as (name, kind, value): the first choice of each group, and nothing ticked."""
        name, value, kind = found.get("name", ""), found.get("value", ""), found.get("type", "text")
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and value:
            name, self._select = self._select, ""
            return name, "chosen", value
        if tag == "textarea" or (tag == "input" and kind in TEXTUAL):
            return name, "typed", ""
        if tag == "button" or (tag == "input" and kind == "hidden"):
            return name, "sent", value
        if tag == "input" and kind == "radio" and name not in {one for one, _, _ in self.forms[-1][2]}:
            return name, "chosen", value
        return None


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the key of the window lies."""
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def lasting_world(shared_database: None, keys: Path) -> World:
    """A set that has met, with everything a member can log and a report can hold. It reads that report, to which
    somebody objected before. Made once for all the tests here."""
    world = make_world()
    log_challenges(world)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(settings, "BOX_KEY_DIR", keys)
        report = prepare(hold_meeting(world))
        report.content = plain(WriteUp(EVERY_SECTION))
        report.period = "In the winter before last"
        report.save()
        before = certified(report)
        (said,) = (one for one in extracts(loads(before.document)) if str(one.words) == report.period)
        over = windows.give(before)
        over.wishes.create(position=said.position, digest=said.digest, kind="object")
        Window.objects.filter(pk=over.pk).update(state="closed", purged=True)
        Release.objects.filter(pk=before.pk).update(state="objected")
        report.period = "Last winter"
        report.save()
        windows.give(certified(report))
    return world


@pytest.fixture
def world(lasting_world: World, keys: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same; what a test changes is undone."""
    monkeypatch.setattr(settings, "BOX_KEY_DIR", keys)
    return lasting_world


@pytest.fixture(scope="module")
def known() -> dict[str, list[Form]]:
    """What was found once, by role: nothing that a test here sends outlasts it, so the next one finds the same."""
    return {}


def forms_of(client: Client) -> list[Form]:
    """Each kind of form that can be reached, once: the page it stands on, its target, its fields."""
    found, seen, known, ahead = [], set(), set(), ["/"]
    while ahead:
        address = ahead.pop(0)
        kind = IDENTITY.sub("*", address)
        if kind in seen or any(part in address for part in FILES):
            continue
        seen.add(kind)
        page = Forms(client.get(address).content.decode())
        ahead += [link.split("#")[0] for link in page.links if link.startswith("/")]
        for action, method, fields in page.forms:
            target = action or address
            shape = (IDENTITY.sub("*", target), tuple(sorted({name for name, _, _ in fields})))
            if method == "post" and shape not in known and "logout" not in target:
                known.add(shape)
                found.append((address, target, fields))
    return found


def body_of(fields: list[tuple[str, str, str]], text: str) -> bytes:
    """A form's body with `text` in every field that is typed, as many as a request may hold.

    Half characters go out as the bytes they would be.
    """
    pairs = []
    room = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (len(text) + 1)
    for name, kind, value in fields:
        sent = value
        if kind == "typed":
            sent, room = (text if room > 1 else ""), room - 1
        pairs.append(f"{quote_plus(name)}={quote_plus(sent.encode('utf-8', 'surrogatepass'))}")
    return "&".join(pairs).encode()


# What a database may take amiss is tried on both of them.
@pytest.mark.parametrize(
    "what", [what if what in AMISS else pytest.param(what, marks=pytest.mark.once) for what in CORPUS]
)
@pytest.mark.parametrize("who", ["Thaddeus", "Gwilym", "Perpetua"])
def test_no_form_breaks_or_loses_what_was_typed(
    who: str, what: str, world: World, known: dict[str, list[Form]]
) -> None:
    client = world.client(who)
    text = CORPUS[what]
    if who not in known:
        known[who] = forms_of(client)
    forms = known[who]
    assert len(forms) >= AT_LEAST[who]
    typed = [form for form in forms if any(kind == "typed" for _, kind, _ in form[2])]
    if what == "huge":
        typed = typed[:3]  # megabytes are the same reading everywhere
    wrong = []
    for address, target, fields in typed:
        answer = client.post(urlsplit(target).path, body_of(fields, text), "application/x-www-form-urlencoded")
        if answer.status_code not in {200, 302, 409, 422}:
            wrong.append((address, target, answer.status_code))
        kept = escape(text[:60]).replace("&#x27;", "&#39;")
        if answer.status_code == 422 and what in {"markup", "foreign", "sql", "long", "huge"}:
            areas = {name for name, kind, _ in fields if kind == "typed"}
            if areas and kept not in answer.content.decode().replace("&#x27;", "&#39;"):
                wrong.append((address, target, "typed text is gone"))
        if b"<script>alert" in answer.content:
            wrong.append((address, target, "markup came back alive"))
    assert not wrong, "\n".join(map(str, wrong))

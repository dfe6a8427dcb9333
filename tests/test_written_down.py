"""What the product writes down, sends and names: the whole of it as a table, tests/written_down.yaml, from its source.

A line for a log, a letter, a task, a cookie, a header, a file, a setting or a person's field that a template names: one
more of them fails here, until whoever means it changes the table. What pages and letters hold in the end:
tests/test_who_sees_what.py.
"""

import ast
import re
import runpy
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest
import yaml

from tests.test_classification import FIELDS, ORGANISER, SET, classified
from tests.test_structure import ROOT, modules, templates

TABLE = Path(__file__).with_name("written_down.yaml")

LOGGING = {"debug", "info", "warning", "warn", "error", "exception", "critical", "log"}
WRITING = {"write_text", "write_bytes", "touch", "fdopen", "mkstemp", "NamedTemporaryFile", "FileHandler", "dump"}
REACHING = {
    "ftplib",
    "http",
    "httpx",
    "requests",
    "smtplib",
    "socket",
    "subprocess",
    "syslog",
    "urllib.request",
    "webbrowser",
}
ENQUEUING = {"apply_async", "apply", "delay", "delay_on_commit", "send_task", "s", "si", "signature"}
KEEPING = {"set_cookie", "set_signed_cookie", "delete_cookie", "add_post_render_callback"}
HELD = {"META", "answer", "headers", "response", "session"}
# A deployment's environment; without any of it the settings are those of the embedded configuration.
DEPLOYED = {
    "DATABASE_URL": "postgresql://sets:sesame@postgresql:5432/sets",
    "REDIS_URL": "redis://redis:6379/0",
    "SITE_URL": "https://sets.example.org",
    "ALLOWED_HOSTS": "sets.example.org",
    "EMAIL_URL": "smtp://mail.example.org:587",
}
OF_BROWSERS = (
    r"localStorage|sessionStorage|indexedDB|cookie|\bcaches\b|serviceWorker|sendBeacon|fetch\(.*|XMLHttpRequest|WebSocket|"
    r"EventSource|console\.\w+|postMessage|BroadcastChannel|history\.\w+|navigator\.\w+|new Image|location\.\w+|\.src\b"
)
OF_FORMS = {"about", "box", "calendar", "days", "id", "key", "label", "model", "value", "words"}  # and of drawings


def in_words(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def called(node: ast.AST) -> str:
    """The last word of what is called there, if something is."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def on(node: ast.AST) -> str:
    """What a method is called on, or what something is taken from."""
    of = node.func if isinstance(node, ast.Call) else node
    return in_words(of.value) if isinstance(of, ast.Attribute | ast.Subscript) else ""


def kind_of(path: str, node: ast.AST) -> str:
    """Which part of the table a piece of the source belongs to, if any."""
    name, whose = called(node), on(node)
    if not isinstance(node, ast.Call):
        return ""
    writes = name == "open" and re.search(r"O_WRONLY|O_RDWR|, (mode=)?'[rb+]*[wxa]", in_words(node))
    kinds = {
        "said after a form": whose == "messages" and called(node.args[-1]) != "_",
        "log lines": name in LOGGING and whose != "messages",
        "terminal": name == "print" or (name == "write" and whose.endswith(("stdout", "stderr"))),
        "warnings": whose == "warnings",
        "files": name in WRITING or bool(writes),
        "tasks sent": name in ENQUEUING,
        "letters": whose == "mail" and name == "send",
        "cookies": name in KEEPING,
    }
    return next((kind for kind, holds in kinds.items() if holds), "")


def of_source() -> Iterator[tuple[str, str, str]]:
    """A kind, a module and what stands there."""
    for path, nodes in modules().items():
        for node in nodes:
            if kind := kind_of(path, node):
                yield kind, path, in_words(node)
            match node:
                case ast.FunctionDef(decorator_list=[*decorators]) if any(
                    "task" in in_words(one) for one in decorators
                ):
                    yield "tasks", path, f"{' '.join(map(in_words, decorators))} {node.name}({in_words(node.args)})"
                case ast.Assign(targets=[ast.Subscript() as place]) if on(place).split(".")[-1] in HELD:
                    yield "headers and sessions", path, in_words(place)
                case ast.keyword(arg="headers"):
                    yield "headers and sessions", path, in_words(node.value)
                case ast.Import():
                    for name in {alias.name for alias in node.names} & REACHING:
                        yield "reaches out", path, name
                case ast.ImportFrom(module=name) if name in REACHING:
                    yield "reaches out", path, name


def of_templates() -> Iterator[tuple[str, str, str]]:
    """Each field of a template's that identifies somebody, or that the set does not see."""
    fields = [field for label in FIELDS for field in classified(label).items()]
    shown = {name for name, audience in fields if audience in {SET, ORGANISER}}
    private = ({name for name, _audience in fields} - shown) | {name for name, audience in fields if "!" in audience}
    for path, text in templates().items():
        for tag in re.findall(r"{[{%].*?[%}]}", text, re.S):
            for expression in re.findall(r"[a-z_]\w*(?:\.\w+)+", tag):
                if (private - OF_FORMS) & set(expression.split(".")[1:]):
                    yield "named in templates", path.removeprefix("templates/"), expression


def of_scripts() -> Iterator[tuple[str, str, str]]:
    """What scripts keep in the browser, send, ask it for or move to; and where a template leads out of the site."""
    for path in sorted((ROOT / "static" / "js").glob("*.js")):
        for words in re.findall(OF_BROWSERS, path.read_text()):
            yield "scripts", path.name, words
    for name, text in templates().items():
        for words in re.findall(r"https?://[\w./-]+|referrerpolicy|\bping=|target=\"\w+\"", text):
            yield "out of templates", name.removeprefix("templates/"), words


def settings(environment: dict[str, str], data: Path) -> dict[str, str]:
    """What learningsets/settings.py comes to in an environment."""
    with pytest.MonkeyPatch.context() as patch:
        for name in (*DEPLOYED, "ANYMAIL", "BOX_KEY_DIR", "DEBUG", "EMAIL_BACKEND", "LOG_LEVEL", "PORT", "STATIC_ROOT"):
            patch.delenv(name, raising=False)
        for name, value in {**environment, "SECRET_KEY": "sesame", "DATA_DIR": str(data)}.items():
            patch.setenv(name, value)
        found = runpy.run_path(str(ROOT / "learningsets" / "settings.py"))
    return {
        name: re.sub(r"<function (\w+) at \w+>", r"\1", repr(value)).replace(str(data), "DATA").replace(str(ROOT), "")
        for name, value in found.items()
        if name.isupper()
    }


def of_settings(data: Path) -> Iterator[tuple[str, str, str]]:
    deployed = settings(DEPLOYED, data)
    for name, value in deployed.items():
        yield "settings", name, value
    for name, value in settings({}, data).items():
        if value != deployed.get(name):
            yield "settings, embedded", name, value


def gathered(rows: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for kind, place, words in rows:
        table[kind][place].add(words)
    return {kind: {place: sorted(words) for place, words in places.items()} for kind, places in table.items()}


def test_what_is_written_down_sent_and_named_is_what_the_table_says(tmp_path: Path) -> None:
    found = gathered(chain(of_source(), of_templates(), of_scripts(), of_settings(tmp_path)))
    table = tmp_path / "as_it_is.yaml"  # where it is meant: it takes the table's place
    table.write_text(yaml.safe_dump(found, allow_unicode=True, width=118))
    assert found == yaml.safe_load(TABLE.read_text()), table

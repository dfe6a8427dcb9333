"""What the code may not do anywhere, read from its source: the walls that an import contract can't express."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("learningsets", "sessions", "challenges", "reports")


@cache
def modules() -> dict[str, list[ast.AST]]:
    """Each module of the product, by its path relative to the root: the nodes of its syntax tree."""
    return {
        path.relative_to(ROOT).as_posix(): list(ast.walk(ast.parse(path.read_text())))
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    }


def importers_of(names: set[str], package: str) -> set[str]:
    """Modules that import any of `names` from anywhere below `package`."""
    return {
        path
        for path, nodes in modules().items()
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[0] == package
        and names & {alias.name for alias in node.names}
    }


def calls_of(name: str) -> set[str]:
    """Modules that call something named `name`."""
    return {
        path
        for path, nodes in modules().items()
        for node in nodes
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == name)
            or (isinstance(node.func, ast.Attribute) and node.func.attr == name)
        )
    }


def templates() -> dict[str, str]:
    """Each template's text by its path relative to the root."""
    return {p.relative_to(ROOT).as_posix(): p.read_text() for p in sorted((ROOT / "templates").rglob("*.html"))}


def test_only_the_builder_reads_raw_answers() -> None:
    outside = {path for path in importers_of({"Reflection"}, "challenges") if not path.startswith("challenges/")}
    assert outside == {"reports/build.py"}


def test_only_the_boundary_and_a_stored_document_vouch_for_text() -> None:
    """`AnonymousText` is made in one place, and given back in another; nothing else can turn raw words into it."""
    assert calls_of("vouch_for") == {"reports/anonymity/deidentify.py", "reports/document.py"}
    assert calls_of("AnonymousText") == {"reports/anonymity/text.py"}


def test_nothing_above_the_box_knows_drafts_keys_or_what_was_kept() -> None:
    names = {"Draft", "Kept", "Box"}
    outside = {path for path in importers_of(names, "challenges") if not path.startswith("challenges/")}
    assert outside == set()
    sealed = {path for path in importers_of({"sealing"}, "challenges") if not path.startswith("challenges/")}
    assert sealed == {"reports/ballots.py", "reports/windows.py"}  # the other box: what the set objects to


def test_only_the_window_knows_ballots() -> None:
    """One module crosses from ballots to wishes, and it alone opens them all."""
    assert importers_of({"Ballot"}, "reports") == {
        "reports/models/__init__.py",
        "reports/ballots.py",
        "reports/windows.py",
    }
    assert calls_of("opened") == {"reports/windows.py"}


def test_what_is_changed_at_a_version_is_one_row() -> None:
    """Without `pk` every row of that version would be overwritten: somebody's words with another's."""
    many = {
        f"{path}:{node.lineno}"
        for path, nodes in modules().items()
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "filter"
        if any(word.arg == "version" and not isinstance(word.value, ast.Constant) for word in node.keywords)
        if not any(word.arg == "pk" for word in node.keywords)
    }
    assert many == set()


def test_the_cache_holds_nothing_that_was_said_or_looked_at() -> None:
    """What a page shows depends on who looks, and a row of the cache has a time: the purge alone notes something."""
    assert importers_of({"cache", "caches", "cache_page"}, "django") == {"challenges/purge.py"}
    assert [path for path, text in templates().items() if re.search(r"{%\s*(load.* )?cache\b", text)] == []


def test_a_process_remembers_nothing_by_who_looks_or_of_which_set() -> None:
    """It serves everybody: what it keeps of one call it gives to the next. The engine keeps words by those words."""
    kept = {
        (path, node.name, parameter.arg)
        for path, nodes in modules().items()
        for node in nodes
        if isinstance(node, ast.FunctionDef) and not path.startswith("reports/anonymity/")
        if {"cache", "lru_cache"} & {ast.unparse(one).partition("(")[0].split(".")[-1] for one in node.decorator_list}
        for parameter in ast.walk(node.args)
        if isinstance(parameter, ast.arg)
        and not (parameter.arg == "kind" or ast.unparse(parameter.annotation or ast.Constant(0)) == "str")
    }
    assert kept == set()  # a kind of record, a zone, a letter and a typeface are nobody's


def test_no_key_is_made_of_the_time_or_the_machine() -> None:
    told = {"uuid1", "uuid6", "uuid7", "getnode"}
    named = {
        path
        for path, nodes in modules().items()
        for node in nodes
        if (isinstance(node, ast.Attribute) and node.attr in told)
        or (isinstance(node, ast.alias) and node.name in told)
    }
    assert named == set()


def test_a_page_on_which_somebody_answers_asks_or_objects_leaves_nothing_in_the_browser() -> None:
    """static/js/forgetting.js sees to it where the page says so, and the form keeps the browser from noting fields."""
    forgetting = {path for path, text in templates().items() if "data-forgets" in text}
    noting_nothing = {p for p, text in templates().items() if re.search(r'<form\b[^>]*autocomplete="off"', text, re.S)}
    pages = {"challenges/ask", "challenges/reflect", "reports/preview", "reports/reading"}
    assert forgetting == noting_nothing == {f"templates/{page}.html" for page in pages}


def test_no_admin_and_no_signals() -> None:
    sources = {path: (ROOT / path).read_text() for path in modules()}
    assert [path for path, source in sources.items() if "django.contrib.admin" in source] == []
    signalling = [path for path, source in sources.items() if "django.dispatch" in source or "models.signals" in source]
    assert signalling == ["learningsets/apps.py"]  # which takes one of Django's out


def test_nothing_marks_a_string_as_safe() -> None:
    """Autoescape is what stands between a reflection and a script; only drawings made by code are exempt."""
    assert calls_of("mark_safe") <= {"reports/diagrams/drawing.py"}
    assert [path for path, text in templates().items() if re.search(r"\|\s*safe\b|autoescape off", text)] == []


@pytest.mark.parametrize("pattern", [r"<script(?![^>]*\bsrc=)", r"<style\b", r"\sstyle=", r"\son[a-z]+="])
def test_no_template_of_a_screen_holds_inline_code(pattern: str) -> None:
    """The content security policy would refuse it; the page would break without a word."""
    screens = {path: text for path, text in templates().items() if "/print/" not in path}
    assert screens
    assert [path for path, text in screens.items() if re.search(pattern, text)] == []


def test_what_is_sent_is_called_an_email_wherever_somebody_reads_of_it() -> None:
    """Letters are what one types and prints; the code may call its rows so, a page and an e-mail may not."""
    called = {"_", "gettext", "gettext_lazy", "ngettext", "now", "_now"}
    said = [
        word.value
        for nodes in modules().values()
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called
        for word in node.args
        if isinstance(word, ast.Constant) and isinstance(word.value, str)
    ]
    for text in templates().values():
        said += re.findall(r'{% translate "(.*?)"', text) + re.findall(r"{% blocktranslate.*?%}(.*?){% end", text, re.S)
    of_print = re.compile(r"US Letter|Latin letters|single letter of a file|more accents")
    assert len(said) > 1000
    assert [words for words in said if re.search(r"\bletters?\b", words, re.I) and not of_print.search(words)] == []


def test_every_migration_can_be_taken_back() -> None:
    ours = [one for one in MigrationLoader(None).disk_migrations.values() if one.__module__.split(".")[0] in ROOMS]
    assert len(ours) >= 38
    assert [
        f"{one.__module__}: {operation.describe()}"
        for one in ours
        for operation in one.operations
        if not operation.reversible
    ] == []

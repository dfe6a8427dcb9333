"""What is copied from elsewhere is exactly what the manifest names, with its licence, and holds what we need of it."""

import hashlib
import json
import re
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

STATIC = Path(settings.BASE_DIR) / "static"
MANIFEST = json.loads((STATIC / "vendor" / "manifest.json").read_text())

# Every letter of today's English, Welsh, Scottish Gaelic, Irish and Swedish, and what names of neighbours need.
LETTERS = "ÀÈÌÒÙÁÉÍÓÚÂÊÎÔÛŴŶÄËÏÖÜŸẀẂẄÝÅÆØÐÞÇÑČĐŊŠŽŁ"
SIGNS = "–—‘’“”…£€§·•"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_vendored_file_is_in_the_manifest_with_its_hash_and_licence():
    vendored = {path for path in STATIC.glob("vendor/**/*") if path.is_file() and path.suffix not in {".json", ".txt"}}
    found = {*STATIC.glob("fonts/*.woff2"), *vendored}
    assert {STATIC / row["file"]: row["sha256"] for row in MANIFEST} == {path: _sha256(path) for path in found}
    for row in MANIFEST:
        assert row["licence_sha256"] == _sha256(STATIC / row["licence_file"])
    assert {row["licence"] for row in MANIFEST} == {"OFL-1.1"}


def test_what_only_the_tests_use_is_in_a_manifest_of_its_own():
    vendor = Path(settings.BASE_DIR) / "tests" / "journeys" / "vendor"
    rows = json.loads((vendor / "manifest.json").read_text())
    assert {row["file"]: row["sha256"] for row in rows} == {
        path.relative_to(vendor).as_posix(): _sha256(path) for path in vendor.glob("*/*.js")
    }
    assert [row["licence_sha256"] for row in rows] == [_sha256(vendor / row["licence_file"]) for row in rows]


def test_the_fonts_hold_every_letter_of_the_three_countries():
    for family in ("inter", "source-serif-4"):
        held: set[int] = set()
        for path in STATIC.glob(f"fonts/{family}-*-normal.woff2"):
            held |= set(TTFont(path).getBestCmap())
        wanted = {ord(letter) for letter in LETTERS + LETTERS.lower() + SIGNS}
        assert {chr(code) for code in wanted - held} == set()


def test_the_style_sheet_fetches_only_our_own_fonts():
    css = (STATIC / "css" / "site.css").read_text()
    fonts = sorted(f'"../{row["file"]}"' for row in MANIFEST if row["file"].startswith("fonts/"))
    assert sorted(re.findall(r"url\(([^)]*)\)", css)) == fonts
    assert "@import" not in css


def test_no_module_keeps_text_in_the_browser_or_runs_text_as_code():
    for script in STATIC.glob("js/*.js"):
        source = script.read_text()
        for word in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "eval(", "Function("):
            assert word not in source, f"{script.name} uses {word}"


def test_no_template_has_inline_style_script_or_data_address():
    for template in (Path(settings.BASE_DIR) / "templates").rglob("*.html"):
        if "print" in template.parts:
            continue
        text = template.read_text()
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|[\"'(]data:", text) == [], template
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag or 'type="application/json"' in tag, f"{template}: {tag}"

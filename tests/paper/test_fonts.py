"""The paper's fonts are exactly what their manifest names, under a licence that lets them be passed on."""

import hashlib
import json

from fontTools.ttLib import TTFont

from reports.pdf import FONTS, PRINT

MANIFEST = json.loads((FONTS / "manifest.json").read_text())


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_font_is_in_the_manifest_with_its_hash_and_licence():
    assert {row["file"]: row["sha256"] for row in MANIFEST} == {path.name: sha256(path) for path in FONTS.glob("*.ttf")}
    for row in MANIFEST:
        assert row["licence"] == "OFL-1.1"
        assert row["licence_sha256"] == sha256(FONTS / row["licence_file"])
        assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / row["licence_file"]).read_text()


def test_the_style_sheet_uses_every_font_and_no_other():
    style = (PRINT / "paper.css").read_text()
    assert {row["file"] for row in MANIFEST} == {part.partition('"')[0] for part in style.split('url("print:')[1:]} - {
        "motif.svg"
    }


def test_each_font_may_be_embedded():
    for row in MANIFEST:
        with TTFont(FONTS / row["file"]) as font:
            assert font["OS/2"].fsType == 0

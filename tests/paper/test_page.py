"""The page for screens: all of the document, one file that asks for nothing, and read back as strictly as the PDF."""

import dataclasses
import re
from itertools import pairwise

import pytest

from reports import page, page_readback
from reports.document import texts
from reports.legible import searched
from reports.quote_marks import curled
from reports.structure import Unreadable
from reports.words import ENGLISH, SWEDISH
from tests.paper import invented
from tests.paper.test_hostile import PAYLOADS


@pytest.fixture(scope="module")
def made(report):
    return page.render(report)


def flat(text):
    return " ".join(text.split())


def test_every_text_of_the_document_stands_in_it(report, made):
    whole = flat(page_readback.read(made).words)
    assert [text for text in map(str, texts(report)) if flat(curled(text, "en")) not in whole] == []
    assert flat(str(invented.SCHEME.text_alternative)) in whole.partition(ENGLISH.figure_in_words)[2]
    assert whole.count("Money") == made.decode().count("Money")  # a list that runs over columns is not begun anew


def test_there_is_one_hierarchy_of_headings_and_each_entry_leads_somewhere(made):
    html = made.decode()
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert (levels[0], levels.count(1)) == (1, 1)
    assert all(deeper <= above + 1 for above, deeper in pairwise(levels))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(re.findall(r' id="([^"]+)"', html))
    assert len(re.findall(r' id="', html)) == len(set(re.findall(r' id="([^"]+)"', html)))


def test_the_contents_of_a_long_report_are_told_day_by_day(report):
    html = page.render(dataclasses.replace(report, sections=report.sections * 12)).decode()
    days = re.findall(r'<li class="(apart|alone)"><a href="#part-', html)
    assert [days.count(each) for each in ("apart", "alone")] == [24, 24]  # two sessions of a day


def test_it_asks_for_nothing_and_lets_nothing_act(made):
    html = made.decode()
    assert re.findall(r"https?://[^\"]+", html) == ["http://www.w3.org/2000/svg"]
    assert [
        word for word in ("<script", "@import", "url(", "javascript:", "<img", "<link", "<form") if word in html
    ] == []
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy.replace("&#x27;", "'") == page.policy()
    assert page.policy().startswith("default-src 'none'; style-src 'sha256-")
    assert "prefers-color-scheme: dark" in html


def test_the_same_document_has_the_same_page(report, made):
    assert page.render(report) == made
    assert page.render(invented.minimal()) != made


def test_what_is_withheld_says_so_and_a_swedish_page_speaks_swedish():
    for language, words in (("en", ENGLISH), ("sv", SWEDISH)):
        said = flat(page_readback.read(page.render(invented.minimal(language=language))).words)
        assert (said.count(words.withheld), said.count(words.why_small_group)) == (2, 1)
        assert words.rule_2002 in said


@pytest.mark.parametrize("words", [*PAYLOADS, "e" + "\u0301" * 2_000, "A" * 20_000, "Sio\u00adbh\u200bán"])
def test_whatever_is_typed_stands_there_as_words(words):
    few = len(words) < 1_000
    document = invented.everywhere(words) if few else invented.minimal(title=words, paragraph=words, answer=words)
    read = page_readback.read(page.render(document))
    if "\u0301" not in words:
        assert flat(searched(curled(words, "en"))) in flat(searched(read.words))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</main>", "<script>alert(1)</script></main>"),
        ("</main>", "<p onclick=x>x</p></main>"),
        ("</main>", "<p title=Siobhan>x</p></main>"),
        ("</main>", "<p class=Siobhan>x</p></main>"),
        ("</main>", "<p id=siobhan>x</p></main>"),
        ("</main>", "<p lang=en lang=siobhan>x</p></main>"),
        ("</main>", "<!-- Siobhan --></main>"),
        ("</main>", "<![CDATA[Siobhan]]></main>"),
        ("</main>", "<?php siobhan ?></main>"),
        ("</main>", '<a href="https://example.org/siobhan">x</a></main>'),
        ("</main>", '<svg><image href="x.png"/></svg></main>'),
        ("</main>", "<style>p { color: red }</style></main>"),
        ("</main>", "<p>x</main>"),
        ("</main>", ""),
        ("</head>", '<meta name="author" content="Siobhan"></head>'),
        ("</head>", '<link rel="stylesheet" href="x.css"></head>'),
        ("* { margin: 0 }", "* { margin: 0 } /* Siobhan */"),
        ('<meta name="referrer" content="no-referrer">', ""),
        ("<!DOCTYPE html>", ""),
        ("<!DOCTYPE html>", "<!DOCTYPE siobhan>"),
        ("</html>", "</html>Siobhan"),
        ("</html>", "</html><p>Siobhan</p>"),
        ('stroke-width="1.4"', 'stroke-width="siobhan"'),
        ('class="drawing"', 'class="drawing" aria-label="Siobhan drew it"'),
    ],
)
def test_what_is_no_page_of_ours_is_not_read(made, old, new):
    assert old in made.decode()
    with pytest.raises(Unreadable):
        page_readback.read(made.decode().replace(old, new, 1).encode())


def test_what_is_no_text_is_not_read():
    with pytest.raises(Unreadable):
        page_readback.read(b"\xff")


def test_a_name_across_tags_is_read(made):
    broken = made.replace(b"</h1>", b" by <span>Siob</span>han</h1>")
    assert any("by Siobhan" in text for text in page_readback.read(broken).texts)


def test_words_that_the_group_put_under_no_heading_stand_under_one_of_ours(made, read):
    """Heard or read, they are not more of the cluster before them: on the page and on paper."""
    for said in (page_readback.read(made).words, read.spoken):
        before = flat(said).partition("Pathway Planning Implementation")[0]
        assert before.endswith("More words ")

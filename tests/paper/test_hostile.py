"""Text that tries to be more than text."""

import socket

import pytest

from reports import pdf, readback
from reports.legible import searched
from reports.quote_marks import curled
from tests.paper import invented

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=http://127.0.0.1:9/x.png>",
    "<style>@import url(http://127.0.0.1:9/x.css);</style>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<meta name=author content=Siobhan>",
    "<iframe src=file:///etc/passwd></iframe>",
    "</title><meta name=keywords content=Siobhan>",
    "<svg><image href='file:///etc/passwd'/></svg>",
    '"><a href="http://127.0.0.1:9/">here</a>',
    "{{ document }} {% include 'x' %}",
    "url(http://127.0.0.1:9/x) @import 'x';",
    "\u202eright to left\u202c and \u05e9\u05dc\u05d5\u05dd",
    "& &amp; &lt;b&gt; &#x41;",
]


@pytest.mark.parametrize("words", PAYLOADS)
def test_a_payload_prints_as_the_words_it_is(words, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    read = readback.read(pdf.render(invented.minimal(title=words, paragraph=words, answer=words)))
    assert read.faults == ()
    assert dict(read.metadata) == {
        "/Title": searched(curled(words, "en")),
        "/Producer": dict(read.metadata)["/Producer"],
    }
    assert set(read.links) <= set(read.destinations)
    assert not words.isascii() or "".join(curled(words, "en").split()) in "".join(read.spoken.split())


def test_payloads_in_every_place_print_as_words_too(monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    read = readback.read(pdf.render(invented.everywhere(" ".join(words for words in PAYLOADS if words.isascii()))))
    assert read.faults == ()
    assert dict(read.metadata).keys() == {"/Title", "/Producer"}
    assert set(read.links) <= set(read.destinations)
    assert "".join(read.spoken.split()).count("alert(1)") >= 18
    assert "root:" not in read.spoken


def test_the_fetcher_hands_over_our_own_files_and_nothing_else():
    press = pdf._press()
    assert press.fetcher("print:paper.css").read().startswith(b"/* The paper")
    for address in ("http://127.0.0.1:9/", "file:///etc/passwd", "print:../pdf.py", "data:text/plain,x", "x"):
        with pytest.raises(BaseException, match="fetches nothing"):
            press.fetcher(address)


def test_a_page_that_asks_for_an_address_is_not_rendered(monkeypatch):
    monkeypatch.setattr(
        pdf, "typeset", lambda template, values: '<html lang="en"><img src="http://127.0.0.1:9/x.png" alt="">'
    )
    with pytest.raises(BaseException, match="fetches nothing"):
        pdf.render(invented.minimal())


def test_letters_that_no_font_of_ours_has_can_still_be_read_back():
    words = "你好 🙂 \u0639\u0631\u0628\u064a"
    read = readback.read(pdf.render(invented.minimal(title=words)))
    assert set(words) - set(read.spoken) == set()
    assert {name.partition("+")[2].partition("-")[0] for name in read.fonts} == {"Report"}


def test_what_has_no_shape_cannot_hide_a_name():
    words = "Sio\u00adbh\u200bán \u202eehtal\u202c"
    read = readback.read(pdf.render(invented.minimal(title=words)))
    assert "Siobhán ehtal" in read.spoken


@pytest.mark.parametrize("words", ["e" + "\u0301" * 20_000, "A" * 20_000, "word " * 4_000, "\u200b" * 20_000])
def test_a_field_full_of_one_thing_still_prints(words):
    assert pdf.render(invented.minimal(title="Long", answer=words)).startswith(b"%PDF-1.7")

"""Reading back fails closed: what is hidden in a file is found, and what cannot be read raises."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from reports import pdf, readback
from reports.structure import Unreadable
from tests.paper import invented

pytestmark = pytest.mark.xdist_group("paper")  # the pages that a fixture prints, printed once


@pytest.fixture(scope="module")
def printed():
    return pdf.render(invented.minimal())


@pytest.fixture(scope="module")
def read(printed):
    return readback.read(printed)


def changed(printed, change):
    """The bytes after `change(opened)` was made to them, written as one whole PDF again."""
    with pikepdf.open(BytesIO(printed)) as opened:
        change(opened)
        out = BytesIO()
        opened.save(out, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def test_a_file_saved_again_reads_the_same(printed, read):
    again = readback.read(changed(printed, lambda opened: None))
    assert again.texts == read.texts
    assert again.faults == ()


def add_author(opened):
    opened.docinfo["/Author"] = "Siobhán Ní Dhonnchadha"


def add_attachment(opened):
    opened.attachments["notes.txt"] = b"Siobhan said so"


def add_script(opened):
    opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def add_outward_link(opened):
    annotation = opened.pages[1].obj.Annots[0]
    del annotation["/Dest"]
    annotation.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.org/siobhan")


def add_picture(opened):
    picture = pikepdf.Stream(opened, b"\0" * 3)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    opened.pages[0].obj.Resources.XObject["/Im1"] = picture


def add_hidden_stream(opened):
    opened.Root.Siobhan = opened.make_stream(b"Siobhan said so")


@pytest.mark.parametrize(
    "change", [add_author, add_script, add_outward_link, add_picture, add_hidden_stream], ids=lambda each: each.__name__
)
def test_what_does_not_belong_there_is_a_fault(printed, change):
    assert readback.read(changed(printed, change)).faults != ()


def test_an_attachment_is_not_read_past(printed):
    with pytest.raises(Unreadable):
        readback.read(changed(printed, add_attachment))


def test_a_name_in_an_alternative_text_or_a_title_is_found(printed):
    def rename(opened):
        with opened.open_outline() as outline:
            outline.root[0].title = "Told by Siobhán"

    assert "Told by Siobhán" in readback.read(changed(printed, rename)).texts


@pytest.mark.parametrize(
    "spoil",
    [
        lambda printed: b"",
        lambda printed: printed[: len(printed) // 2],
        lambda printed: printed + b"Siobhan said so",
        lambda printed: printed + b"%%EOF\n",
        lambda printed: printed.replace(b"FlateDecode", b"FlateDecodf"),
        lambda printed: printed[:3000] + b"\0" * 200 + printed[3200:],
    ],
)
def test_bytes_that_are_not_one_whole_pdf_are_unreadable(printed, spoil):
    with pytest.raises(Unreadable):
        readback.read(spoil(printed))


def test_a_word_broken_at_the_end_of_a_line_is_found_whole():
    """By each of the two that read it: whatever one misses, the other finds."""
    words = "Patientsäkerhetsarbete läkemedelskommitté kunskapsöverföring " * 12
    read = readback.read(pdf.render(invented.minimal(language="sv", paragraph=words)))
    assert " ".join(words.split()) not in " ".join(read.spoken.split())  # some are broken
    for alone in (replace(read, pages=()), replace(read, spoken="")):
        assert any(" ".join(words.split()) in text for text in alone.texts)


def test_nothing_that_only_the_format_says_is_searched(read):
    for name in ("Adobe", "Inter Project", "WeasyPrint", "Serif", "Roman"):
        assert not any(name in text for text in read.texts)

"""The structure of the finished bytes, by the letter of PDF/UA-1 and PDF/A-2a, as far as a machine can tell.

veraPDF runs on Java and is not at hand wherever the tests run; what it would refuse is asked here of pikepdf. One
report is read for all of it, and one more, in Swedish, that runs over many pages.
"""

import dataclasses
import re
from io import BytesIO

import pikepdf
import pyphen
import pytest

from reports import outline, pdf, readback
from reports.document import Aim, Attendance, Evaluation, NextSteps, Quarter, Session
from reports.structure import Decoder
from reports.words import ENGLISH
from tests.paper import invented

pytestmark = pytest.mark.xdist_group("paper")  # the pages that a fixture prints, printed once

BENEATH = {
    "L": {"LI"}, "LI": {"Lbl", "LBody", "L"}, "Table": {"THead", "TBody", "Caption"}, "THead": {"TR"}, "TBody": {"TR"},
    "TR": {"TH", "TD"}, "TOC": {"TOC", "TOCI", "Caption"}, "TOCI": {"Lbl", "Reference", "NonStruct", "P", "TOC"},
}  # fmt: skip
ABOVE = {
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "TR": {"THead", "TBody"},
    "TH": {"TR"},
    "TD": {"TR"},
    "TOCI": {"TOC"},
}
KNOWN = {
    "Document", "Part", "Sect", "Div", "NonStruct", "BlockQuote", "H1", "H2", "H3", "H4", "H5", "P", "L", "LI", "Lbl",
    "LBody", "Span", "Link", "Figure", "Caption", "TOC", "TOCI", "Table", "THead", "TBody", "TR", "TH", "TD",
}  # fmt: skip
HEADINGS = {"H1", "H2", "H3", "H4", "H5"}
PAINTS = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do"}
SENTENCE = (
    "Sjukvårdsförvaltningens verksamhetsutvecklare beskrev upphandlingsförfarandet och kvalitetsuppföljningen, och"
    " sammanfattade patientorganisationernas erfarenheter av läkemedelsförsörjningen och rehabiliteringen. "
)


@pytest.fixture(scope="module")
def opened(printed):
    with pikepdf.open(BytesIO(printed)) as found:
        yield found


@pytest.fixture(scope="module")
def tree(printed):
    return readback.structure(printed)


@pytest.fixture(scope="module")
def heard(tree):
    return [element for root in tree for element in root.walk()]


@pytest.fixture(scope="module")
def long():
    """Paragraphs and a list that run over pages, and a figure, on Letter."""
    told = Session(0, 1, None, invented.all_said(SENTENCE * (3 + number % 2) for number in range(7)))
    steps = NextSteps(invented.all_said(f"{number} {SENTENCE}" for number in range(14)))
    document = invented.minimal(language="sv")
    sections = (told, steps, invented.SCHEME)
    return pdf.render(dataclasses.replace(document, sections=sections, paper="letter"))


@pytest.fixture(scope="module")
def long_tree(long):
    return [element for root in readback.structure(long) for element in root.walk()]


def test_elements_are_of_known_kinds_and_stand_where_they_may(tree, heard):
    assert [root.tag for root in tree] == ["Document"]
    assert {element.tag for element in heard} <= KNOWN
    for element in heard:
        below = {child.tag for child in element.children}
        assert below <= BENEATH.get(element.tag, KNOWN), (element.tag, below)
        assert not {tag for tag in below if element.tag not in ABOVE.get(tag, KNOWN)}, (element.tag, below)
        if element.tag in HEADINGS:
            assert HEADINGS.isdisjoint(inner.tag for inner in element.walk() if inner is not element)


def test_whatever_is_drawn_is_in_the_tree_or_an_artefact(opened, heard, read):
    """Running heads, page numbers and rules are artefacts, the first two by name; nothing is drawn in between."""
    told = {mark for element in heard for mark in element.marks}
    pagination = 0
    for number, page in enumerate(opened.pages):
        open_marks = []
        for instruction in pikepdf.parse_content_stream(page):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("BDC", "BMC"):
                kind = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
                artefact = str(operands[0]) == "/Artifact"
                pagination += artefact and kind.get("/Type") == "/Pagination"
                assert artefact or (number, int(kind["/MCID"])) in told
                open_marks.append(artefact)
            elif name == "EMC":
                open_marks.pop()
            elif name in PAINTS:
                assert open_marks, (number, name)
    assert pagination == 3 * (len(opened.pages) - 1)
    beside = read.beside.split("\n")
    assert {"Buying well, together", "4", str(len(opened.pages))} <= {line.strip() for line in beside}


def test_each_piece_of_content_leads_back_to_its_element(opened, heard):
    owners = dict(list_pairs(opened.Root.StructTreeRoot.ParentTree.Nums))
    for number, page in enumerate(opened.pages):
        assert page.obj.StructParents == number
        assert page.obj.Tabs == "/S"
        for mark, owner in enumerate(owners[number]):
            if owner is not None:
                assert mark in [kid for kid in kids(owner) if isinstance(kid, int)]
                climb = owner
                while climb.S != "/Document":
                    assert climb.objgen in [kid.objgen for kid in kids(climb.P) if not isinstance(kid, int)]
                    climb = climb.P


def test_each_line_of_the_contents_is_one_link_that_says_where_it_leads(report, opened, heard):
    parts = outline.parts(report)
    assert [element.tag for element in heard].count("TOCI") == 1 + len(parts)
    links = [element for element in heard if element.tag == "Link"]
    labels = [ENGLISH.about, *(part.label for part in parts)]
    assert [link.all_words for link in links] == labels
    annotations = [annotation for page in opened.pages for annotation in page.obj.get("/Annots", ())]
    assert [str(annotation.Contents) for annotation in annotations] == labels
    owners = dict(list_pairs(opened.Root.StructTreeRoot.ParentTree.Nums))
    for annotation in annotations:
        owner = owners[annotation.StructParent]
        assert owner.S == "/Link"
        (reference,) = [kid for kid in kids(owner) if not isinstance(kid, int)]
        assert reference.Type == "/OBJR"
        assert reference.Obj.objgen == annotation.objgen


def test_the_contents_name_the_page_on_which_each_part_begins(heard, read):
    entries = [element.all_words for element in heard if element.tag == "P" and element.children[0].tag == "Link"]
    begins = {  # a heading's own words, whose line above the title is set in capitals
        element.all_words.casefold(): min(page for inner in element.walk() for page, _ in inner.marks) + 1
        for element in heard
        if element.tag in ("H2", "H3")
    }
    for entry in entries:
        label, _, page = entry.rpartition(" ")
        assert begins[label.replace(":", "").casefold()] == int(page)
    assert len(entries) == 15
    assert [str(number) in page.splitlines() for number, page in enumerate(read.pages, 1)] == [False] + [True] * 10


def test_what_is_set_session_by_session_is_one_part(heard):
    assert [element.tag for element in heard].count("Part") == 1


def test_lists_say_how_they_count(heard):
    lists = [element for element in heard if element.tag == "L"]
    counting = [dict(each.attributes).get("ListNumbering") for each in lists if "Lbl" in tags_of(each.children)]
    assert counting.count("/Decimal") == 1
    assert set(counting) == {"/Decimal", None}
    (numbered,) = [each for each in lists if each.attributes]
    labels = [item.children[0].all_words for item in numbered.children]
    assert labels == [f"{number}." for number in range(1, 7)]


def test_heads_of_a_table_say_what_they_head(report):
    told = Attendance(invented.said("All sets met."), (Quarter(2026, 2, "most"), Quarter(2025, 4, "")))
    heard = readback.structure(pdf.render(dataclasses.replace(report, sections=(told,))))
    tags = [element for each in heard for element in each.walk()]
    (table,) = [element for element in tags if element.tag == "Table"]
    assert [child.tag for child in table.children] == ["Caption", "THead", "TBody"]
    heads = [(each.all_words.strip(), dict(each.attributes)) for each in table.walk() if each.tag == "TH"]
    assert heads == [
        ("Quarter", {"Scope": "/Column"}), ("Came", {"Scope": "/Column"}),
        ("October to December 2025", {"Scope": "/Row"}), ("April to June 2026", {"Scope": "/Row"}),
    ]  # fmt: skip
    cells = [(each.all_words.strip(), each.attributes) for each in table.walk() if each.tag == "TD"]
    assert cells == [("not told", ()), ("three quarters or more", ())]


def test_an_evaluation_is_a_table_for_each_quarter_under_its_heading(report):
    aims = (Aim(2026, 2, invented.said("Listen"), "most", "half"), Aim(2026, 1, invented.said("Ask"), "", ""))
    swedish = dataclasses.replace(report, language="sv", sections=(Evaluation(None, aims),))
    tags = [element for each in readback.structure(pdf.render(swedish)) for element in each.walk()]
    told = [
        (each.tag, each.all_words.strip(), *(str(scope) for _name, scope in each.attributes))
        for each in tags[next(n for n, one in enumerate(tags) if one.all_words.strip() == "Januari till mars 2026") :]
        if each.tag in ("H3", "H4", "TH", "TD")
    ]
    heads = [("TH", words, "/Column") for words in ("Mål", "Åtminstone delvis", "Till stor del eller helt")]
    assert told == [
        ("H3", "Januari till mars 2026"), *heads,
        ("TH", "Ask", "/Row"), ("TD", "anges inte"), ("TD", "anges inte"),
        ("H3", "April till juni 2026"), *heads,
        ("TH", "Listen", "/Row"), ("TD", "tre fjärdedelar eller fler"), ("TD", "hälften till tre fjärdedelar"),
    ]  # fmt: skip


@pytest.mark.parametrize("lines", [0, 24, 25, 26])
def test_a_table_goes_on_over_the_page_under_its_head_which_is_said_once(lines):
    """Wherever it begins: its first two rows stand with what is above them, and no last row stands alone."""
    aims = tuple(Aim(2026, 1, invented.said(f"{number} We listen"), "most", "half") for number in range(16))
    told = Session(0, 1, None, invented.all_said("Told." for _line in range(lines)))
    document = dataclasses.replace(invented.minimal(), sections=(told, Evaluation(None, aims)))
    made = pdf.render(document)
    (table,) = [each for root in readback.structure(made) for each in root.walk() if each.tag == "Table"]
    rows = [page for row in table.walk() if row.tag == "TR" for page in pages_of(row)[:1]]
    assert [each.tag for each in table.children].count("THead") == 1
    assert len(rows) == 17
    assert pages_of(table)[0] == rows[0] == rows[2]
    assert rows[-1] == rows[-2]
    read = readback.read(made)
    assert (read.faults, read.spoken.count("At least partly")) == ((), 1)
    assert [page for page, words in enumerate(read.pages) if "At least partly" in words] == sorted(set(rows))


def pages_of(element):
    return sorted(page for inner in element.walk() for page, _ in inner.marks)


def tags_of(children):
    return {inner.tag for child in children for inner in child.children}


def test_the_catalogue_says_language_title_and_colours(opened):
    root = opened.Root
    assert (str(root.Lang), bool(root.MarkInfo.Marked), bool(root.ViewerPreferences.DisplayDocTitle)) == (
        "en", True, True,
    )  # fmt: skip
    (intent,) = root.OutputIntents
    assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFA1", 3)
    assert opened.pdf_version == "1.7"
    assert not opened.is_encrypted
    assert "/RoleMap" not in root.StructTreeRoot
    for annotation in (annotation for page in opened.pages for annotation in page.obj.get("/Annots", ())):
        assert (annotation.F & 0b10_0111, annotation.BS.W) == (0b100, 0)  # printed, not hidden


def test_every_font_is_embedded_and_measured(opened):
    inner = [each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and "/FontDescriptor" in each]
    assert len(inner) == 5
    for font in inner:
        assert "/FontFile2" in font.FontDescriptor
        assert font.CIDToGIDMap == "/Identity" or isinstance(font.CIDToGIDMap, pikepdf.Stream)
        assert re.fullmatch(r"/[A-Z]{6}\+Report-.*", str(font.BaseFont))


def test_what_runs_over_pages_is_one_element(long, long_tree):
    assert len(readback.read(long).pages) > 5
    lists = [element for element in long_tree if element.tag == "L"]
    assert [len(each.children) for each in lists[-1:]] == [14]
    pages = [min(page for inner in item.walk() for page, _ in inner.marks) for item in lists[-1].children]
    assert len(set(pages)) > 1
    assert (pages[0], pages[-1]) == (pages[1], pages[-2])  # no item of a list is alone on a page
    assert [element.tag for element in long_tree].count("Part") == 1
    assert len([element for element in long_tree if element.tag == "Sect"]) == 4
    told = [element for element in long_tree if element.tag == "P" and element.all_words.startswith("Sjukvårds")]
    assert len(told) == 7


def test_no_word_is_left_alone_on_a_last_line(heard, long_tree):
    """Neither a whole one nor what is left of one behind a hyphen."""
    last = []
    for element in [*heard, *long_tree]:
        holds = {inner.tag for inner in element.walk() if inner is not element}
        if element.tag in {"P", "LBody", "Caption", "H2", "H3", "H4"} and holds.isdisjoint({"P", "L", "Link"}):
            lines = [inner.words for inner in element.walk() if inner.words and inner.tag == "Span"]
            last += lines[-1:] if len(lines) > 1 else []
    assert len(last) > 60
    assert [line for line in last if " " not in line.strip()] == []


def test_no_line_or_two_of_a_paragraph_stand_alone_on_a_page(long_tree):
    broken = []
    for text in (element for element in long_tree if element.tag == "P"):
        pages = [page for child in text.walk() for page, _ in child.marks]
        assert pages == sorted(pages)
        broken += [[pages.count(page) for page in set(pages)]] if len(set(pages)) > 1 else []
    assert len(broken) > 0
    assert min(min(lines) for lines in broken) >= 3


def test_a_sheet_has_its_size_and_a_figure_its_place_on_it(opened, long):
    assert {tuple(map(round, page.mediabox)) for page in opened.pages} == {(0, 0, 595, 842)}
    with pikepdf.open(BytesIO(long)) as letter:
        assert {tuple(map(round, page.mediabox)) for page in letter.pages} == {(0, 0, 612, 792)}
        (figure,) = [
            each for each in letter.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        left, bottom, right, top = map(float, figure.A.BBox)
    assert 76 <= left < right <= 537
    assert 65 <= bottom < top <= 713


def test_words_are_broken_as_their_language_breaks_them(long):
    swedish = pyphen.Pyphen(lang="sv")
    with pikepdf.open(BytesIO(long)) as opened:
        everything = Decoder(opened).everything
    broken = set(re.findall(r"(\w+)-\n(\w+)", everything))
    assert len(broken) > 3
    for before, after in broken:
        assert f"{before}-{after}" in {"-".join(pair) for pair in swedish.iterate(before + after)}


def kids(element):
    found = element.K
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def list_pairs(numbers):
    found = list(numbers)
    return zip(map(int, found[::2]), found[1::2], strict=True)

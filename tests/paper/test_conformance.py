"""What a checker of PDF/UA-1 and PDF/A-2a would ask of the finished bytes, apart from the tree (`test_tags`).

docs/paper.md lists the checkpoints of both standards that a machine can tell, and the test that asks each.
"""

import re
import unicodedata
from io import BytesIO

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from reports.structure import BF_BLOCK, BF_CHAR

pytestmark = pytest.mark.xdist_group("paper")  # the pages that a fixture prints, printed once

BLANK = {"space", "uni00A0", "enspace", "uni2002", ".notdef"}
DEEPER = {"q": 1, "Q": -1}
OPERATORS = (
    " b B b* B* BDC BMC BT c cm cs CS d Do EMC ET f f* g G gs h i j J l m M n q Q re rg RG S s sc SC scn SCN sh"
    " T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y "
)
"""What may be drawn with: neither a colour of another device (k, K) nor a picture in the text."""
REFUSED_KEYS = {
    "/TR", "/TR2", "/HTP", "/HTO", "/OPI", "/Alternates", "/Ref", "/PS", "/OC", "/AlternatePresentations", "/PresSteps",
    "/Requirements", "/OCProperties", "/NeedsRendering", "/Perms", "/F", "/FFilter", "/FDecodeParms", "/Suspects",
    "/UseCMap", "/PrinterMark", "/Interpolate",
}  # fmt: skip
"""Keys that a stream, a state, a drawing or the catalogue must not have. An annotation's /F is its flags."""


@pytest.fixture(scope="module")
def opened(printed):
    with pikepdf.open(BytesIO(printed)) as found:
        yield found


@pytest.fixture(scope="module")
def drawn(opened):
    """Each drawn stream with its resources: the pages, and the drawings they hold."""
    streams = [(page.obj, page.obj.Resources) for page in opened.pages]
    forms = [item for item in opened.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"]
    return [*streams, *((form, form.get("/Resources")) for form in forms)]


@pytest.fixture(scope="module")
def fonts(opened):
    """The five fonts: the outer dictionary, the inner, and the program that is embedded."""
    outer = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/DescendantFonts" in item]
    inner = [font.DescendantFonts[0] for font in outer]
    programs = [TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes())) for font in inner]
    return list(zip(outer, inner, programs, strict=True))


def test_the_file_begins_and_ends_as_an_archive_asks(printed, opened):
    assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4,}\n", printed)
    assert printed.endswith(b"%%EOF\n")
    assert len(opened.trailer.ID) == 2
    assert opened.trailer.ID[0]


def test_nothing_is_named_that_the_standards_refuse(opened):
    refused, filters = set(), set()
    for item in opened.objects:
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            keys = set(item.keys()) - ({"/F"} if item.get("/Type") == "/Annot" else set())
            refused |= keys & REFUSED_KEYS
        if isinstance(item, pikepdf.Stream) and "/Filter" in item:
            filters.add(str(item.Filter))
    assert refused == set()
    assert filters <= {"/FlateDecode"}


def test_nothing_is_larger_than_a_reader_must_be_able_to_hold(opened):
    assert len(opened.objects) < 8_388_607
    for page in opened.pages:
        assert all(3 <= float(side) <= 14_400 for side in page.mediabox[2:])

    def hold(value, depth=0):
        if isinstance(value, pikepdf.String):
            assert len(bytes(value)) <= 32_767
        elif isinstance(value, pikepdf.Name):
            assert len(str(value).encode()) <= 128
        elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)) and depth < 1:
            for key, inner in value.items():
                assert len(key.encode()) <= 128
                hold(inner, depth + 1)
        elif isinstance(value, pikepdf.Array):
            for inner in value:
                hold(inner, depth + 1)

    for item in opened.objects:
        hold(item)


def test_what_is_drawn_is_told_once_and_never_an_artefact_inside_what_is_told(drawn):
    uses: dict[tuple[int, int], int] = {}
    for stream, resources in drawn:
        assert resources is not None
        depth = deepest = marks = 0
        for instruction in pikepdf.parse_content_stream(stream):
            name = str(instruction.operator)
            assert f" {name} " in OPERATORS
            depth += DEEPER.get(name, 0)
            deepest = max(deepest, depth)
            if name in ("BDC", "BMC"):
                assert marks == 0 or str(instruction.operands[0]) != "/Artifact"
                marks += 1
            elif name == "EMC":
                marks -= 1
            elif name == "Do":
                used = resources.XObject[str(instruction.operands[0])]
                assert used.Subtype == "/Form"
                uses[used.objgen] = uses.get(used.objgen, 0) + 1
        assert (depth, marks) == (0, 0)
        assert deepest <= 28
    for stream, _ in drawn:
        if isinstance(stream, pikepdf.Stream) and b"/MCID" in stream.read_bytes():
            assert uses[stream.objgen] == 1


def test_colours_are_those_of_the_profile_and_blend_as_usual(drawn, opened):
    spaces, blends = set(), set()
    for _, resources in drawn:
        spaces |= {
            str(space[0] if isinstance(space, pikepdf.Array) else space) for _, space in items(resources, "/ColorSpace")
        }
        blends |= {str(state.get("/BM", "/Normal")) for _, state in items(resources, "/ExtGState")}
    assert spaces <= {"/ICCBased", "/Lab", "/DeviceRGB", "/DeviceGray", "/Pattern"}
    assert blends <= {"/Normal"}
    profiles = {intent.DestOutputProfile.objgen for intent in opened.Root.OutputIntents}
    assert len(profiles) == 1
    assert opened.Root.OutputIntents[0].DestOutputProfile.read_bytes()[12:20] == b"mntrRGB "


def items(resources, kind):
    return resources.get(kind, pikepdf.Dictionary()).items()


def test_fonts_map_one_code_to_one_glyph(fonts):
    for outer, inner, _ in fonts:
        assert (outer.Subtype, inner.Subtype) == ("/Type0", "/CIDFontType2")
        assert (str(inner.CIDSystemInfo.Registry), str(inner.CIDSystemInfo.Ordering)) == ("Adobe", "Identity")
        if isinstance(outer.Encoding, pikepdf.Stream):
            assert outer.Encoding.get("/WMode", 0) == 0
            assert outer.Encoding.CIDSystemInfo.Ordering == inner.CIDSystemInfo.Ordering
            assert b"usecmap" not in outer.Encoding.read_bytes()
        else:
            assert outer.Encoding == "/Identity-H"


def test_glyphs_are_as_wide_as_the_file_says_and_all_are_there(fonts):
    for _, inner, program in fonts:
        em, order, widths = program["head"].unitsPerEm, program.getGlyphOrder(), list(inner.W)
        measured: dict[int, float] = {}
        for first, run in zip(widths[::2], widths[1::2], strict=True):
            measured |= {int(first) + place: float(width) for place, width in enumerate(run)}
        assert len(measured) > 10
        for glyph, width in measured.items():
            assert abs(program["hmtx"][order[glyph]][0] * 1000 / em - width) <= 1, order[glyph]
        assert all(program["glyf"][order[glyph]].numberOfContours or order[glyph] in BLANK for glyph in measured)
        if "/CIDSet" in inner.FontDescriptor:
            bits = inner.FontDescriptor.CIDSet.read_bytes()
            assert all(bits[glyph // 8] & 0x80 >> glyph % 8 for glyph in measured)


def test_every_code_says_letters_and_none_a_private_one(fonts):
    for outer, _, _ in fonts:
        table = outer.ToUnicode.read_bytes()
        for block in BF_BLOCK.findall(table):
            for code, letters in BF_CHAR.findall(block):
                said = bytes.fromhex(letters.decode()).decode("utf-16-be")
                assert said, code
                assert not {"\0", "\ufeff", "\ufffe"} & set(said)
                assert not any(unicodedata.category(letter) == "Co" for letter in said)
                assert int(code, 16) != 0, "the glyph of what is missing"


def test_the_metadata_says_the_same_twice(opened):
    packet = opened.Root.Metadata.read_bytes().decode()
    assert (opened.Root.Metadata.Type, opened.Root.Metadata.Subtype) == ("/Metadata", "/XML")
    assert not re.search(r"<\?xpacket begin=[^>]*(bytes|encoding)=", packet)
    assert re.findall(r"<rdf:li xml:lang=\"x-default\">(.*?)</rdf:li>", packet) == [str(opened.docinfo["/Title"])]
    assert re.findall(r"<pdf:Producer>(.*?)</pdf:Producer>", packet) == [str(opened.docinfo["/Producer"])]
    with opened.open_metadata() as read:
        assert (read["pdfaid:part"], read["pdfaid:conformance"], read["pdfuaid:part"]) == ("2", "A", "1")
        assert read["dc:title"] == str(opened.docinfo["/Title"])


def test_bookmarks_lead_into_the_file_and_language_is_one(opened):
    assert re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", str(opened.Root.Lang))
    of_parts = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/Lang" in item]
    assert [item.get("/Type") for item in of_parts] == ["/Catalog"]
    with opened.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            each = waiting.pop()
            assert each.title.strip()
            assert each.destination is not None
            waiting += each.children

"""The finished bytes: everything of the document is on the paper, in order, tagged, and the same each time."""

import dataclasses
import re
import subprocess
import sys
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from reports import outline, pdf, readback
from reports.document import Answers, ConceptList, NextSteps, Node, Session, dumps, texts
from reports.legible import TIED, tied
from reports.quote_marks import curled
from reports.words import ENGLISH, SWEDISH, without_our_words
from tests.paper import invented
from tests.paper.lines import rules_over

ROOT = Path(pdf.__file__).resolve().parent.parent


def flat(text):
    return " ".join(text.split())


def under(tree, heading):
    """The elements after a heading, up to the next heading of its level or above."""
    heard = [element for root in tree for element in root.walk()]
    at = next(place for place, each in enumerate(heard) if each.tag.startswith("H") and heading in each.all_words)
    level = heard[at].tag
    for place in range(at + 1, len(heard)):
        if heard[place].tag in ("H1", "H2", "H3", "H4", "H5") and heard[place].tag <= level:
            return heard[at + 1 : place]
    return heard[at + 1 :]


@pytest.mark.parametrize(("items", "pages"), [(30, 4), (33, 4), (34, 5)])
def test_a_last_page_with_little_on_it_is_saved(items, pages, monkeypatch):
    """A page less than a quarter full is left only when setting the others closer does not help."""
    steps = NextSteps(invented.all_said(f"Visit number {number}." for number in range(items)))
    document = dataclasses.replace(invented.minimal(), sections=(steps,))
    printed = readback.read(pdf.render(document))
    assert len(printed.pages) == pages
    assert [f"number {number}." in printed.spoken for number in range(items)] == [True] * items
    monkeypatch.setattr(pdf, "LITTLE", 0)
    assert len(readback.read(pdf.render(document)).pages) == 5


def test_three_lines_before_the_next_day_have_no_page_of_their_own(monkeypatch):
    steps = NextSteps(invented.all_said(f"Visit number {number}." for number in range(28)))
    days = [Session(day, 1, invented.said("A day"), invented.all_said(("It began.",))) for day in (1, 2)]
    document = dataclasses.replace(invented.minimal(), sections=(days[0], steps, days[1]))
    assert len(readback.read(pdf.render(document)).pages) == 5
    monkeypatch.setattr(pdf, "LITTLE", 0)
    assert len(readback.read(pdf.render(document)).pages) == 6


def test_a_heading_that_begins_a_page_stands_at_its_top_where_a_session_is_set_closer_too():
    def asked(prompt, count):
        return Answers(invented.said(prompt), invented.all_said(f"Visit number {number}." for number in range(count)))

    document = dataclasses.replace(
        invented.minimal(),
        sections=(Session(0, 1, None, ()), asked("What will I do now?", 26), asked("And then?", 30)),
    )
    with pypdfium2.PdfDocument(pdf.render(document)) as opened:
        assert len(opened) == 5  # and 6 if it were not set closer
        words = opened[4].get_textpage()
        top = words.get_charbox(words.get_text_range().index("And then?"))[3]
    assert 842 - 88 - top < 16


def test_no_day_begins_in_the_contents_at_the_foot_of_a_page_and_each_begins_under_a_rule():
    sessions = tuple(Session(1 + (n % 5 > 2), n, None, ()) for n in range(3, 98))
    made = pdf.render(dataclasses.replace(invented.minimal(), sections=sessions))
    last = [re.findall(r"Day \d · Session (\d+)", words)[-1] for words in readback.read(made).pages[1:3]]
    assert [int(number) % 5 in (0, 3) for number in last] == [False, False], last
    days = sum(one.day != other.day for one, other in pairwise(sessions)) + 1
    rules = sum(len(rules_over(made, page)) for page in (1, 2, 3))
    assert rules == 1 + days  # one stands over what is about the report


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_title_does_not_stand_on_a_page_before_the_drawing_that_would_fill_it(paper):
    nodes = tuple(Node(invented.said(f"Idea {n}"), 50 * (n % 3), 20 * (n // 3)) for n in range(18))
    scheme = dataclasses.replace(invented.SCHEME, introduction=None, nodes=nodes, links=(), cycle=(0, 1, 2))
    sections = (Session(1, 1, invented.said("One drawing"), ()), scheme)
    read = readback.read(pdf.render(dataclasses.replace(invented.minimal(), sections=sections, paper=paper)))
    assert len(read.pages) == 4
    assert ("One drawing" in read.pages[3], "Figure 1" in read.pages[3]) == (True, True)


def test_every_text_of_the_document_is_on_the_paper(report, read):
    whole = flat(" ".join(read.pages))
    spoken = flat(read.spoken)
    drawn = {str(report.sections[2].text_alternative)}
    for text in [flat(curled(str(text), "en")) for text in texts(report)]:
        assert text in whole or text in drawn or text in flat(readback.LINE_END_HYPHEN.sub(r"\1", read.spoken))
    assert drawn == set(read.alternatives)
    assert "Time." in spoken
    assert not any(TIED in text for text in read.texts)


@pytest.mark.parametrize(
    ("words", "set_as"),
    [
        ("It helped a colleague who did not believe it.", "It helped a colleague who did not believe~it."),
        ("Learn in\nthe meetings and ask.", "Learn~in\nthe meetings~and~ask."),
        ("Se över hela kvalitetsuppföljningsuppdraget.", "Se över hela kvalitetsuppföljningsuppdraget."),
        ("Time.", "Time."),
        ("It took an hour. A colleague wrote the words on it.", "It took an hour. A~colleague wrote the words~on~it."),
    ],
)
def test_the_last_words_of_a_paragraph_are_tied(words, set_as):
    assert tied(words).replace(TIED, "~") == set_as


def test_concepts_questions_and_answers_print_in_the_right_counts(report, printed):
    tree = readback.structure(printed)
    concepts = under(tree, ENGLISH.concepts)
    assert sum(element.tag == "LBody" for element in concepts) == 34 + 3
    assert sum(element.tag == "LBody" for element in under(tree, ENGLISH.questions)) == 6
    counts = [sum(element.tag == "LBody" for element in under(tree, prompt)) for prompt, _ in invented.CLOSING]
    assert counts == [8, 7, 5, 5]


def test_a_theme_prints_its_paragraphs(printed):
    tree = readback.structure(printed)
    counts = [sum(element.tag == "P" for element in under(tree, str(theme.title))) for theme in invented.THEMES.themes]
    assert counts == [3, 3, 3, 1, 2]


def test_a_list_inside_a_term_is_a_list(printed):
    tree = readback.structure(printed)
    lists = [element for element in under(tree, ENGLISH.concepts) if element.tag == "L"]
    nested = [inner for outer in lists for inner in outer.walk() if inner is not outer and inner.tag == "L"]
    assert [inner.all_words for inner in nested] == ["Real Internal So-called"]


def test_there_is_one_hierarchy_of_headings(printed):
    levels = [
        int(element.tag[1])
        for root in readback.structure(printed)
        for element in root.walk()
        if element.tag in ("H1", "H2", "H3", "H4", "H5", "H6")
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper <= above + 1 for above, deeper in pairwise(levels))


def test_the_figure_speaks(printed):
    figures = [each for root in readback.structure(printed) for each in root.walk() if each.tag == "Figure"]
    assert [figure.alternatives for figure in figures] == [(str(invented.SCHEME.text_alternative),)]
    assert "Public voice" in figures[0].all_words


def test_no_bullet_is_broken_across_pages(printed):
    for root in readback.structure(printed):
        for element in root.walk():
            if element.tag == "LI":
                assert len({page for inner in element.walk() for page, _ in inner.marks}) == 1, element.all_words


def test_no_heading_stands_alone_at_the_foot_of_a_page(read):
    headings = {title.rpartition(": ")[2] for title in read.outlines}
    for page in read.pages[2:]:
        lines = [line for line in page.splitlines() if line.strip()]
        assert lines[:-2][-1] not in headings


def test_the_rule_is_printed_in_its_words_of_2002(read):
    assert ENGLISH.rule_2002 in flat(read.spoken)
    assert ENGLISH.rule_2002.startswith("When a meeting, or part thereof, is held under the Chatham House Rule,")
    assert ENGLISH.rule_2002.endswith("nor that of any other participant, may be revealed.")


@pytest.fixture(scope="module")
def little():
    return readback.read(pdf.render(invented.minimal()))


def test_a_small_group_is_told_why_and_a_larger_one_is_not(little):
    large = readback.read(pdf.render(invented.minimal(withheld_small_group=False)))
    assert flat(little.spoken).count(ENGLISH.why_small_group) == 1
    assert ENGLISH.why_small_group not in flat(large.spoken)


def test_withheld_answers_say_so_with_one_reason(little):
    assert flat(little.spoken).count(ENGLISH.withheld) == 2
    assert "Time." not in little.spoken


def test_a_review_copy_says_so_on_every_page_and_a_release_on_none(read):
    copy = readback.read(pdf.render(invented.minimal(status="review_copy")))
    assert all(ENGLISH.review_copy in page for page in copy.pages)
    assert not any(ENGLISH.review_copy in page for page in read.pages)
    assert ENGLISH.review_copy == "REVIEW COPY — NOT RELEASED"


def test_a_swedish_report_brings_swedish_words():
    printed = pdf.render(invented.minimal(language="sv", status="review_copy"))
    read = readback.read(printed)
    assert SWEDISH.rule_2002 in flat(read.spoken)
    assert SWEDISH.withheld in flat(read.spoken)
    assert all(SWEDISH.review_copy in page for page in read.pages)
    with pikepdf.open(BytesIO(printed)) as opened:
        assert str(opened.Root.Lang) == "sv"


def test_the_same_document_gives_the_same_bytes_after_other_documents():
    first = pdf.render(invented.minimal())
    pdf.render(invented.minimal(language="sv", title="Något annat, med andra bokstäver: Ŵŷ"))
    assert pdf.render(invented.minimal()) == first


def test_the_same_document_gives_the_same_bytes_in_another_process():
    """Another order of hashing, and none of this environment. The renderer's tests compare the whole report."""
    document = invented.minimal()
    program = (
        "import sys; from reports import document, pdf;"
        "sys.stdout.buffer.write(pdf.render(document.loads(sys.stdin.read())))"
    )
    made = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "12", "PATH": ""},
        input=dumps(document).encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    assert made.stdout == pdf.render(document)


def test_another_document_has_another_id(printed):
    assert identifier(pdf.render(invented.minimal())) != identifier(printed)


def identifier(printed):
    with pikepdf.open(BytesIO(printed)) as opened:
        return bytes(opened.trailer.ID[0])


def test_the_metadata_is_a_title_and_a_producer(read):
    assert dict(read.metadata).keys() == {"/Title", "/Producer"}
    assert dict(read.metadata)["/Title"] == "Buying well, together"
    assert "Date" not in read.xmp
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in read.xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in read.xmp


def test_links_stay_inside_and_nothing_else_is_there(read):
    assert set(read.links) <= set(read.destinations)
    assert read.faults == ()
    assert read.unshown == ()


def test_fonts_are_ours(read):
    assert {name.partition("+")[2] for name in read.fonts} == {
        "Report-Serif", "Report-Serif-Italic", "Report-Serif-Semi-Bold", "Report-Sans", "Report-Sans-Semi-Bold",
    }  # fmt: skip


def test_qpdf_finds_nothing_wrong(printed, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(printed)
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_letters_of_the_british_isles_and_sweden_are_read_back():
    name = "Ŵyn ap Llŷr, Ó Súilleabháin ḃóċar, Åsa Öström-Ängström, ½ × £20 – €30 … “so”"
    read = readback.read(pdf.render(invented.minimal(title=name)))
    assert dict(read.metadata)["/Title"] == name
    assert name in flat(read.spoken)
    assert not any("DejaVu" in font for font in read.fonts)


@pytest.mark.parametrize("name", ["Alison Day", "Robert House", "Jane Chatham", "Sue Rule", "Ann Session", "Jo Serif"])
def test_our_own_words_are_nobodys_name(read, name):
    surname = name.split()[1]
    read_words = re.findall(r"\w+", " ".join(map(without_our_words, read.texts)))
    assert {surname, surname.upper()}.isdisjoint(read_words)
    assert surname in without_our_words(f"Chatham House Rule\nDay 1 · Session 2: a talk with {name}")


def test_the_numbers_of_a_list_are_no_telephone_number_and_hide_none():
    read_together = without_our_words("In a year. 3. 4. 5. 6. 7. 8. 9. 10. 11.\n1. 2. 3.\n1 4")
    assert " ".join(read_together.split()) == "In a year. 1 4"
    for told in ("020. 7946. 0018.", "020 7946 0018", "4.5.6.7.8.9"):
        assert told in without_our_words(f"7. 8. {told} 9. 10."), told


def test_columns_of_concepts_are_even_and_a_cluster_without_a_name_has_none():
    """Clusters leave their order where a long one at the end would leave the page half empty."""
    sizes = (("What it is for", 12), ("What surrounds it", 11), (None, 3), (None, 4), ("How it is done", 15))
    clusters = tuple(invented.cluster(title, *(f"Term {n}" for n in range(size))) for title, size in sizes)
    (band,) = outline.bands(ConceptList(None, clusters))
    depths = [sum(len(piece.terms) + 1 + (piece.title is not None) for piece in column) for column in band.columns]
    assert max(depths) - min(depths) <= 2
    (band,) = outline.bands(invented.CONCEPTS)
    titles = [str(piece.title or "") for column in band.columns for piece in column]
    assert titles == ["Money", "Buying", "Knowing", "", "People"]


@pytest.mark.parametrize("sizes", [(14, 12, 26), (22, 3, 3), (3, 25, 4), (26, 14, 12), (40, 20)])
def test_a_cluster_goes_on_in_the_next_column_where_columns_would_be_uneven_and_never_in_its_own(sizes):
    clusters = tuple(
        invented.cluster(f"Cluster {place}", *(f"Term {place} {number}" for number in range(size)))
        for place, size in enumerate(sizes)
    )
    (band,) = outline.bands(ConceptList(None, clusters))
    depths = [sum(map(outline._lines, column)) for column in band.columns]
    assert len(depths) == 3
    assert max(depths) - min(depths) <= outline.MUCH, depths
    for column in band.columns:
        assert len({str(piece.title) for piece in column}) == len(column)
        assert all(len(piece.terms) >= outline.FEWEST for piece in column)
    printed = [term for column in band.columns for piece in column for term in piece.terms]
    assert printed == [term for cluster in clusters for term in cluster.terms]
    assert outline.bands(ConceptList(None, ())) == ()


def test_a_list_of_concepts_that_would_leave_a_page_half_empty_is_parted(report, monkeypatch):
    opening = "Everybody put words on the wall, and moved those of others, until none was moved again. " * 9
    session = dataclasses.replace(report.sections[0], paragraphs=invented.all_said((opening,)))
    document = dataclasses.replace(report, sections=(session, *report.sections[1:3]))
    parted = readback.read(pdf.render(document))
    monkeypatch.setattr(pdf, "_room_for_columns", lambda pages: ())
    whole = readback.read(pdf.render(document))
    terms = [term for cluster in invented.CONCEPTS.clusters for term in cluster.terms]
    where = [[str(term.text) in read.pages[3] for term in terms] for read in (parted, whole)]
    assert sum(where[1]) == 0
    assert 10 < sum(where[0]) < 30
    assert where[0] == sorted(where[0], reverse=True)
    assert len(parted.pages) <= len(whole.pages)


def test_the_rows_of_a_parted_list_are_neither_too_deep_nor_crumbs():
    first, *rest = outline.bands(invented.CONCEPTS, 10)
    depths = [sum(2 + sum(map(outline._term_lines, piece.terms)) for piece in column) for column in first.columns]
    assert max(depths) <= 10
    assert len(rest) == 1
    printed = [term for band in (first, *rest) for column in band.columns for piece in column for term in piece.terms]
    assert printed == [term for cluster in invented.CONCEPTS.clusters for term in cluster.terms]
    assert not any(len(piece.terms) == 1 for column in first.columns for piece in column)
    assert outline.bands(invented.CONCEPTS, 5) == outline.bands(invented.CONCEPTS)
    assert len(outline.bands(invented.CONCEPTS, 17)) == 1  # a page with room for all of it parts none


def test_the_contents_of_a_long_report_name_its_sessions_alone(report):
    """All of it is in the outlines still; two levels of a year's meetings would fill six pages."""
    year = outline.parts(dataclasses.replace(report, sections=report.sections * 12))
    assert [len(entry.entries) for entry in outline.contents(year)] == [0] * 48
    assert [entry.apart for entry in outline.contents(year)[:5]] == [True, False, False, True, True]
    assert [len(entry.entries) for entry in outline.contents(outline.parts(report))] == [2, 1, 2, 5]


def test_pages_are_numbered_on_after_a_front_of_more_pages_than_usual():
    told = tuple(invented.said("A set meets and listens. " * 60) for _ in range(4))
    pages = readback.read(pdf.render(dataclasses.replace(invented.minimal(), action_learning=told))).pages
    (entry,) = re.findall(r"What will I do now\?\D*(\d+)", pages[1])
    assert int(entry) > 4
    assert "What will I do now?" in pages[int(entry) - 1]
    assert all(str(number) in page.splitlines() for number, page in enumerate(pages[1:], 2))


def test_a_list_of_concepts_stays_whole_and_in_order_however_long_it_is():
    terms = ["A very long one, " * 60, *(f"Concept {number} with a few more words" for number in range(150))]
    everything = invented.cluster("Everything", *terms)
    document = dataclasses.replace(
        invented.minimal(),
        sections=(Session(1, 1, None, invented.all_said(("It began.",))), ConceptList(None, (everything,))),
    )
    read = readback.read(pdf.render(document))
    spoken = flat(read.spoken)
    places = [spoken.index(flat(term)) for term in terms]
    assert places == sorted(places)
    assert all(spoken.count(f"Concept {number} with") == 1 for number in range(150))
    assert "A very long one" in next(page for page in read.pages[3:] if ENGLISH.concepts in page)  # below its heading


@pytest.mark.parametrize("sizes", [(24,) * 5, (50, 27, 26, 3, 60), (4, 90), (12,) * 12, (1, 1, 200, 1)])
def test_a_list_of_several_rows_leaves_no_column_empty(sizes):
    clusters = tuple(
        invented.cluster(f"Cluster {place}", *(f"Term {place} {number}" for number in range(size)))
        for place, size in enumerate(sizes)
    )
    bands = outline.bands(ConceptList(None, clusters))
    rows = [[sum(map(outline._lines, column)) for column in band.columns] for band in bands]
    assert {len(row) for row in rows} == {outline.COLUMNS}
    assert all(min(row) > max(row) * 2 / 3 for row in rows), rows
    assert len(rows) <= 1 + sum(map(sum, rows)) // 80  # no more than it takes
    printed = [term for band in bands for column in band.columns for piece in column for term in piece.terms]
    assert printed == [term for cluster in clusters for term in cluster.terms]


def test_a_cluster_that_runs_into_the_next_column_says_its_title_again():
    terms = [f"Concept {number}" for number in range(40)]
    document = dataclasses.replace(
        invented.minimal(), sections=(ConceptList(None, (invented.cluster("Everything", *terms),)),)
    )
    spoken = flat(readback.read(pdf.render(document)).spoken)
    assert (spoken.count("Everything"), spoken.count("Everything (continued)")) == (3, 2)


def test_a_long_title_stands_whole_on_the_cover_and_cut_in_the_running_head():
    title = "What was said, heard and written down of buying well together " * 3 + "END"
    read = readback.read(pdf.render(invented.minimal(title=title)))
    assert "END" not in read.beside
    assert flat(title) in flat(read.pages[0])
    assert "What was said, heard and written down of buying well together What was said, heard and …" in flat(
        read.beside
    )


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "A year of conversations across three health systems",
            ["A year of", "conversations across", "three health systems"],
        ),
        (
            "Samverkansöverenskommelser i primärvårdens utveckling",
            ["Samverkansöverenskommelser", "i primärvårdens utveckling"],
        ),
    ],
)
def test_a_title_stands_on_the_cover_in_even_lines_and_with_no_word_broken(title, lines):
    cover = readback.read(pdf.render(invented.minimal(title=title))).pages[0].splitlines()
    assert [line for line in cover if line in title] == lines


def test_a_figure_says_where_it_stands_in_points_of_its_page(printed):
    with pikepdf.open(BytesIO(printed)) as opened:
        found = [
            each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        (box,) = [[float(number) for number in each.A.BBox] for each in found]
    assert 68 <= box[0] < box[2] <= 528
    assert 76 <= box[1] < box[3] <= 755


def test_a_column_is_never_broken_across_pages(printed):
    for root in readback.structure(printed):
        for element in root.walk():
            if element.tag == "L" and "Decommissioning" in element.all_words:
                assert len({page for inner in element.walk() for page, _ in inner.marks}) == 1

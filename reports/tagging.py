"""What WeasyPrint 70 leaves to be said in a structure tree, said before the bytes are written.

It tags each page by itself, and what stands in a page's margins as if it were text. Here what runs over pages becomes
one element again, running heads and page numbers become artefacts, and links, numbered lists, table heads and figures
get what a screen reader asks of them.

The tree is pydyf's: dictionaries whose `K` names their kids by reference, or by the number of a piece of content.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

PX: Final = 0.75
"""A CSS pixel in points."""
PAGINATION: Final = {"Type": "/Pagination"}
HEADINGS: Final = ("/H1", "/H2", "/H3", "/H4", "/H5")
CONTENTS: Final = {"/L": "/TOC", "/LI": "/TOCI", "/LBody": "/NonStruct"}
"""How the contents name what is a list anywhere else."""
WHOLE: Final = ("html", "body", "main")
"""What goes on over all the pages, also where they were set by themselves."""


def finish(pdf: Any, pages: Sequence[Any], labels: Mapping[str, str], numbered: Sequence[int]) -> None:
    """Completes the tree of `pdf`, which was laid out as `pages`.

    `labels` are the words that stand at each anchor; `numbered` are the sections, counted from 0, whose list counts.
    """
    tree = _Tree(pdf)
    _join_over_pages(tree, pages)
    elements = list(tree.walk())
    _name_the_contents(tree)
    _keep_headings_apart(tree, elements)
    sections = [element for element in elements if element["S"] == "/Sect"]
    for element in (kid for number in numbered for kid in tree.kids(sections[number])):
        if element["S"] == "/L":
            element["A"] = _dictionary(pdf, {"O": "/List", "ListNumbering": "/Decimal"})
    heights = dict(zip(pdf.page_references, (page.height for page in pages), strict=True))
    for element in elements:
        if element["S"] in ("/TH", "/TD"):
            _say_what_it_heads(tree, element)
        if element["S"] == "/Figure":
            _in_points(element["A"]["BBox"], heights[element["Pg"]])
    for item in pdf.objects:
        if _kind(item) == "/Annot":
            item["Contents"].string = labels[item["Dest"].string]
    _set_margins_apart(tree, {element.reference for element in elements})


def _name_the_contents(tree: "_Tree") -> None:
    """Has the lists in front say that they are the contents."""
    for front in tree.kids(tree.document):
        if front["S"] == "/NonStruct":
            for element in tree.walk(front):
                element["S"] = CONTENTS.get(element["S"], element["S"])
                element.pop("A", None)


def _keep_headings_apart(tree: "_Tree", elements: Sequence[Any]) -> None:
    """What stands below the line above a title is part of its heading, and no second one in it."""
    for element in elements:
        for kid in tree.kids(element):
            if kid["S"] == element["S"] and kid["S"] in HEADINGS:
                kid["S"] = "/Span"


@dataclass(frozen=True, slots=True)
class _Tree:
    pdf: Any

    @property
    def root(self) -> Any:
        return self.at(self.pdf.catalog["StructTreeRoot"])

    @property
    def document(self) -> Any:
        return self.at(self.root["K"][0])

    def at(self, reference: bytes) -> Any:
        """The object that a reference names."""
        return self.pdf.objects[int(reference.split()[0])]

    def kids(self, element: Any) -> list[Any]:
        """The elements right beneath `element`."""
        found = [self.at(kid) for kid in element.get("K", ()) if isinstance(kid, bytes)]
        return [kid for kid in found if kid.get("Type") == "/StructElem"]

    def walk(self, element: Any = None) -> Iterator[Any]:
        """Every element in reading order."""
        for kid in self.kids(element or self.document):
            yield kid
            yield from self.walk(kid)


def _dictionary(pdf: Any, values: Mapping[str, str]) -> Any:
    return type(pdf.catalog)(values)


def _kind(item: Any) -> Any:
    return item.get("Type") if isinstance(item, dict) else None


def _say_what_it_heads(tree: _Tree, cell: Any) -> None:
    """Gives the head of a row or a column its scope, in the place of names by which each cell points at its heads: a
    name would have to stand in a tree of names, which WeasyPrint does not write."""
    for name in ("A", "ID"):
        cell.pop(name, None)
    if cell["S"] == "/TH":
        above = tree.at(tree.at(cell["P"])["P"])["S"]
        cell["A"] = _dictionary(tree.pdf, {"O": "/Table", "Scope": "/Column" if above == "/THead" else "/Row"})


def _in_points(box: Any, height: float) -> None:
    """WeasyPrint tells where a figure stands in CSS pixels from the top; PDF asks for points from the bottom."""
    left, top, right, bottom = box
    box[:] = (left * PX, (height - bottom) * PX, right * PX, (height - top) * PX)


# --- What runs over pages -------------------------------------------------------------


def _join_over_pages(tree: _Tree, pages: Sequence[Any]) -> None:
    tops: dict[bytes, list[Any]] = {reference: [] for reference in tree.pdf.page_references}
    for top in tree.kids(tree.document):
        tops[top["Pg"]].append(top)
    for (before, after), (one, next_one) in zip(pairwise(tops.values()), pairwise(pages), strict=True):
        depth = _continued(one, next_one)
        if depth and before and after and before[-1]["S"] == after[0]["S"]:
            _join(tree, before[-1], after[0], depth)
            after[0] = before[-1]
    tree.document["K"][:] = dict.fromkeys(top.reference for page in tops.values() for top in page)


def _join(tree: _Tree, before: Any, after: Any, depth: int) -> None:
    """Moves what is in `after` to the end of `before`, and what is continued in that likewise, `depth` levels down."""
    kids = list(after["K"])
    last, first = tree.kids(before)[-1:], tree.kids(after)[:1]
    if depth > 1 and last and first and last[0]["S"] == first[0]["S"]:
        _join(tree, last[0], first[0], depth - 1)
        kids.remove(first[0].reference)
    elif first and first[0]["S"] == "/THead" and any(kid["S"] == "/THead" for kid in tree.kids(before)):
        kids.remove(first[0].reference)  # the head of a table, printed again for the eye alone
    for kid in kids:
        tree.at(kid)["P"] = before.reference
    before["K"].extend(kids)
    after.clear()


def _continued(page: Any, next_page: Any) -> int:
    """How many elements, one in the other, begin before the end of `page` and go on at the top of `next_page`."""
    depth = 0
    for one, other in zip(_edge(page, -1), _edge(next_page, 0), strict=False):
        same = one.element is other.element or one.element_tag in WHOLE
        if not same or one.element_tag != other.element_tag:
            break
        depth += one.element_tag not in ("html", "body")
    return depth


def _edge(page: Any, place: int) -> Iterator[Any]:
    """The blocks at the end (-1) or at the top (0) of a page, the outermost first."""
    from weasyprint.formatting_structure.boxes import BlockLevelBox, MarginBox

    box = next(box for box in page._page_box.children if not isinstance(box, MarginBox))
    while isinstance(box, BlockLevelBox):
        yield box
        inside = getattr(box, "children", ())
        box = inside[place] if inside else None


# --- What stands in the margins -------------------------------------------------------


def _set_margins_apart(tree: _Tree, told: set[bytes]) -> None:
    """Marks as an artefact each piece of content whose element is in no way beneath the document's."""
    pages = map(tree.at, tree.pdf.page_references)
    by_page = [owners for owners in tree.at(tree.root["ParentTree"])["Nums"] if isinstance(owners, list)]
    for page, owners in zip(pages, by_page, strict=True):
        apart = {number for number, owner in enumerate(owners) if owner not in told}
        drawn = tree.at(page["Contents"]).stream
        for place, item in enumerate(drawn):
            if isinstance(item, dict) and item.get("MCID") in apart:
                drawn[place - 1 : place + 1] = ["/Artifact", _dictionary(tree.pdf, PAGINATION)]
        owners[:] = [b"null" if number in apart else owner for number, owner in enumerate(owners)]
    kept = told | {tree.document.reference}
    for element in tree.pdf.objects:
        if _kind(element) == "/StructElem" and element.reference not in kept:
            element.clear()

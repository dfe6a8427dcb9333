"""A document as its templates are given it, for paper and for the screen: plain, legible words under their headings."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from django.template import Context, Engine

from reports import diagrams, outline
from reports.anonymity.text import AnonymousText
from reports.document import Attendance, ConceptList, Evaluation, Language, ReportDocument, Scheme
from reports.legible import MOST_LETTERS, legible, tied
from reports.words import WORDS

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
PRINT: Final = TEMPLATES / "reports" / "print"
HEAD_LETTERS: Final = 90
TITLE_LETTERS: Final = 18
"""How much is tied at the end of a title: what fits on a line of the cover in capitals."""
Setter = Callable[[str], str]
"""Makes of a text what is set of it."""
Rows = Mapping[str, int]
"""How many lines a page has left for the first row of columns in the section at an anchor."""
NO_ROWS: Final[Rows] = {}


@cache
def engine() -> Engine:
    """A template engine of its own, so that the renderer's process needs no settings and no database."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)


def typeset(
    template: str, document: ReportDocument, *, on_paper: bool = False, rows: Rows = NO_ROWS, **more: str
) -> str:
    """`document` in the words of a template, with `more` values for it. Every text is escaped."""
    context = Context({**shown(document, on_paper=on_paper, rows=rows), **more}, use_l10n=False, use_tz=False)
    return str(engine().get_template(template).render(context))


def shown(document: ReportDocument, *, on_paper: bool = False, rows: Rows = NO_ROWS) -> dict[str, Any]:
    """What the templates are given of `document`: plain, legible words, and drawings.

    On paper the last words of a paragraph are tied; a browser sees to that by itself. A list of concepts named in
    `rows` is parted by the end of a page.
    """
    words = WORDS[document.language]
    plain = partial(legible, language=document.language)

    def lines(text: str, most: int = MOST_LETTERS) -> str:
        return tied(plain(text), most) if on_paper else plain(text)

    heading = partial(lines, most=TITLE_LETTERS)
    title = plain(str(document.title))
    laid_out = outline.parts(document)
    return {
        "document": {**_shown(document, lines), "title": heading(title)},
        "title": title,
        "kind": "" if words.kind in title else words.kind,
        "head": tied(_head(title)),
        "words": _shown(words, tied) if on_paper else words,
        "review_copy": document.status != "release",
        "rule": lines(words.rule_2002 if document.rule == "2002" else words.rule_short),
        "action_learning": _shown(document.action_learning or words.action_learning, lines),
        "contents": _shown(outline.contents(laid_out), lines),
        "parts": [
            _for_template(part, document.language, plain, lines, heading, row=rows.get(part.anchor, 0))
            for part in laid_out
        ],
    }


def _for_template(
    part: outline.Part, language: Language, plain: Setter, lines: Setter, heading: Setter, *, row: int
) -> dict[str, Any]:
    section = part.section
    return {
        **_shown(part, lines),
        "below": part.below,
        "label": plain(part.label),
        "title": heading(part.title),
        "head": tied(_head(plain(part.label))),
        # A column of terms is too narrow for words that are tied, and a drawing turns its lines by itself.
        "bands": _shown(outline.bands(section, row), plain) if isinstance(section, ConceptList) else (),
        "quarters": _shown(outline.quarters(section, WORDS[language]), plain)
        if isinstance(section, Attendance)
        else (),
        "evaluated": _shown(outline.evaluated(section, WORDS[language]), plain)
        if isinstance(section, Evaluation)
        else (),
        "drawing": diagrams.scheme(section, language) if isinstance(section, Scheme) else "",
    }


def _head(title: str) -> str:
    """A heading as the running head of a page: two lines at most, cut at the end of a word if there is one."""
    return title if len(title) <= HEAD_LETTERS else f"{title[:HEAD_LETTERS].rsplit(maxsplit=1)[0]} …"


def _shown(value: Any, set_as: Setter) -> Any:
    """`value` as templates get it: dictionaries and lists of what `set_as` makes of each text."""
    if isinstance(value, (AnonymousText, str)):
        return set_as(str(value))
    if isinstance(value, tuple):
        return [_shown(item, set_as) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _shown(getattr(value, name), set_as) for name in value.__dataclass_fields__}
    return value

"""A document as its templates are given it, for paper and for the screen: plain, legible words under their headings."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from django.template import Context, Engine

from reports import diagrams, outline
from reports.anonymity.text import AnonymousText
from reports.balance import on_cover
from reports.document import Attendance, ConceptList, Evaluation, Language, ReportDocument, Scheme, Section
from reports.legible import MOST_LETTERS, legible, tied
from reports.words import WORDS

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
PRINT: Final = TEMPLATES / "reports" / "print"
HEAD_LETTERS: Final = 90
TITLE_LETTERS: Final = 18
"""How much is tied at the end of a title: what fits on a line of the cover in capitals."""
Setter = Callable[[str], str]
"""Makes of a text what is set of it."""
Values = dict[str, Any]
"""What a template is given, by name."""


@cache
def engine() -> Engine:
    """A template engine of its own, so that the renderer's process needs no settings and no database."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)


def typeset(template: str, values: Values) -> str:
    """`values` in the words of a template. Every text is escaped."""
    return str(engine().get_template(template).render(Context(values, use_l10n=False, use_tz=False)))


def shown(document: ReportDocument, *, on_paper: bool = False) -> Values:
    """What the templates are given of `document`: plain, legible words, and drawings.

    On paper the last words of a paragraph are tied; a browser sees to that by itself.
    """
    words = WORDS[document.language]
    plain = partial(legible, language=document.language)

    def lines(text: str, most: int = MOST_LETTERS) -> str:
        return tied(plain(text), most) if on_paper else plain(text)

    heading = partial(lines, most=TITLE_LETTERS)
    title = plain(str(document.title))
    size, width = on_cover(heading(title))
    laid_out = outline.parts(document)
    return {
        "document": {**_shown(document, lines), "title": heading(title)},
        "title": title,
        "title_size": size,
        "title_width": width,
        "kind": "" if words.kind in title else words.kind,
        "head": tied(_head(title)),
        "words": _shown(words, tied) if on_paper else words,
        "review_copy": document.status != "release",
        "rule": lines(words.rule_2002 if document.rule == "2002" else words.rule_short),
        "action_learning": _shown(document.action_learning or words.action_learning, lines),
        "contents": _shown(outline.contents(laid_out), lines),
        "parts": [_for_template(part, document.language, plain, lines, heading) for part in laid_out],
    }


def with_rows(document: ReportDocument, parts: Sequence[Values], rows: Mapping[str, int]) -> list[Values]:
    """`parts` for a template, the list of concepts at each anchor of `rows` parted after a row of at most as many
    lines."""
    sections = {part.anchor: part.section for part in outline.parts(document)}

    def parted(part: Values) -> Values:
        row = rows.get(part["anchor"])
        return {**part, "bands": _columns(sections[part["anchor"]], document.language, row)} if row else part

    return [parted(part) for part in parts]


def _columns(section: Section, language: Language, row: int = 0) -> Any:
    """The columns of a list of concepts: too narrow for words that are tied."""
    if not isinstance(section, ConceptList):
        return ()
    return _shown(outline.bands(section, row), partial(legible, language=language))


def _for_template(part: outline.Part, language: Language, plain: Setter, lines: Setter, heading: Setter) -> Values:
    section = part.section
    return {
        **_shown(part, lines),
        "below": part.below,
        "label": plain(part.label),
        "title": heading(part.title),
        "head": tied(_head(plain(part.label))),
        "bands": _columns(section, language),
        "headed": isinstance(section, ConceptList) and section.headed,
        "quarters": _shown(outline.quarters(section, WORDS[language]), plain)
        if isinstance(section, Attendance)
        else (),
        "evaluated": _shown(outline.evaluated(section, WORDS[language]), heading)
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

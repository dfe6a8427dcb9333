"""A document as its templates are given it, for paper and for the screen: plain, legible words under their headings."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from django.template import Context, Engine

from reports import diagrams, outline
from reports.anonymity.text import AnonymousText
from reports.document import Attendance, ConceptList, Language, ReportDocument, Scheme
from reports.legible import legible
from reports.words import WORDS

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
PRINT: Final = TEMPLATES / "reports" / "print"
HEAD_LETTERS: Final = 90


@cache
def engine() -> Engine:
    """A template engine of its own, so that the renderer's process needs no settings and no database."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)


def typeset(template: str, document: ReportDocument, **more: str) -> str:
    """`document` in the words of a template, with `more` values for it. Every text is escaped."""
    context = Context({**shown(document), **more}, use_l10n=False, use_tz=False)
    return str(engine().get_template(template).render(context))


def shown(document: ReportDocument) -> dict[str, Any]:
    """What the templates are given of `document`: plain, legible words, and drawings."""
    words = WORDS[document.language]
    laid_out = outline.parts(document)
    return {
        "document": _shown(document, document.language),
        "head": _head(legible(str(document.title), document.language)),
        "words": words,
        "review_copy": document.status != "release",
        "rule": words.rule_2002 if document.rule == "2002" else words.rule_short,
        "action_learning": _shown(document.action_learning, document.language) or words.action_learning,
        "contents": _shown(outline.contents(laid_out), document.language),
        "parts": [_for_template(part, document.language) for part in laid_out],
    }


def _for_template(part: outline.Part, language: Language) -> dict[str, Any]:
    section = part.section
    return {
        **_shown(part, language),
        "below": part.below,
        "head": _head(legible(part.label, language)),
        "bands": _shown(outline.bands(section), language) if isinstance(section, ConceptList) else (),
        "quarters": _shown(outline.quarters(section, WORDS[language]), language)
        if isinstance(section, Attendance)
        else (),
        "drawing": diagrams.scheme(section, language) if isinstance(section, Scheme) else "",
    }


def _head(title: str) -> str:
    """A heading as the running head of a page: two lines at most, cut at the end of a word if there is one."""
    return title if len(title) <= HEAD_LETTERS else f"{title[:HEAD_LETTERS].rsplit(maxsplit=1)[0]} …"


def _shown(value: Any, language: Language) -> Any:
    """`value` as templates get it: dictionaries and lists of plain, legible words."""
    if isinstance(value, (AnonymousText, str)):
        return legible(str(value), language)
    if isinstance(value, tuple):
        return [_shown(item, language) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _shown(getattr(value, name), language) for name in value.__dataclass_fields__}
    return value

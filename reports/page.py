"""A document as one HTML page that stands alone: `ReportDocument` → bytes. The twin of the PDF, for screens.

It has its style in itself, and no script; it fetches nothing, and says so to the browser in a policy of its own. Read
from a disk it looks as on this site, with the reader's own fonts where ours are not installed. The same document gives
the same bytes.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Final

from reports.document import ReportDocument
from reports.typesetting import PRINT, engine, shown, typeset

TEMPLATE: Final = "reports/print/page.html"


def render(document: ReportDocument) -> bytes:
    """`document` as a page, in UTF-8."""
    return typeset(TEMPLATE, {**shown(document), "policy": policy()}).encode()


def warm() -> None:
    """Reads what every page needs, once."""
    policy()
    engine().get_template(TEMPLATE)


@cache
def style() -> str:
    """The page's style sheet, as it stands in every page."""
    return (PRINT / "page.css").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """What the page lets a browser do: show it, in exactly this style. No script, no picture, no address, no form."""
    named = b64encode(sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{named}'; base-uri 'none'; form-action 'none'"

"""The passages of a frozen document, as the set reads them before it leaves.

A passage is named by its position among the document's texts and by the digest of its words, and by nothing else: in
particular not by the row it came from.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from reports import outline
from reports.anonymity.text import AnonymousText
from reports.document import ReportDocument, texts

KEPT_OUT = "…"
"""What prints where something that has to stand was kept out: the title of a theme, say. Nobody objects to it again."""


@dataclass(frozen=True, slots=True)
class Extract:
    """One passage: its position, the heading it stands under, its words as they print."""

    position: int
    where: str
    words: AnonymousText

    @property
    def digest(self) -> str:
        """The SHA-256 of the words, in hexadecimal."""
        return digest_of(self.words)

    @property
    def name(self) -> str:
        """Position and digest in short, for the field of a form."""
        return f"{self.position}-{self.digest[:16]}"


def digest_of(words: AnonymousText) -> str:
    """The name of words that print, wherever they stand."""
    return sha256(str(words).encode()).hexdigest()


def extracts(document: ReportDocument) -> tuple[Extract, ...]:
    """Every passage of `document` that says something, in the order in which they stand in it."""
    cover = [(_("Cover"), words) for words in (document.title, document.programme, document.period)]
    told = [(part.label, words) for part in outline.parts(document) for words in texts(part.section)]
    about = [(_("What action learning is"), words) for words in document.action_learning]
    placed = enumerate((*cover, *told, *about))
    said = ((position, where, words) for position, (where, words) in placed if str(words).strip())
    return tuple(Extract(*one) for one in said if str(one[2]) != KEPT_OUT)

"""Folding: the many ways to write one name become one, and every offset leads back.

Names are looked for in the folded text only. A `View` is folded text together with, for each of its
characters, the place in the input that it came from.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_APOSTROPHES = "'`´ʹʻʼʽˈ‘’‚‛′＇ʾʿ"
_DASHES = "-‐‑‒–—―−⁃﹘﹣－"

# Letters of other scripts that look like Latin ones, and Latin letters that do not decompose.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁԛԝһӏкмтвнгпАВЕКМНОРСТУХІЈЅαβεικνορτυχγηΑΒΕΖΗΙΚΜΝΟΡΤΥΧøđłıðŧħɡɑⅼ",
    "aeopcyxijsdqwhlkmtbhrnabekmhopctyxijsabeikvoptuxynabezhikmnoptyxodlidthgal",
)
_SPELT_OUT = {"æ": "ae", "œ": "oe", "þ": "th", "ß": "ss", "ŋ": "ng", "…": ".", "•": "."}
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|\r\n")


def _fold_character(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character in _DASHES:
        return "-"
    if character in "\n\r\x0b\x0c\x85\u2028\u2029":
        return "\n"
    if character.isspace():
        return " "
    if character in _SPELT_OUT:
        return _SPELT_OUT[character]
    category = unicodedata.category(character)
    if category in (
        "Mn",
        "Me",
        "Cf",
        "Cc",
    ):  # accents, joiners, soft hyphens, direction marks
        return ""
    if category[0] not in "LN":
        wide = unicodedata.normalize("NFKC", character)  # the full stop of full width, and its like
        return wide if len(wide) == 1 and wide.isascii() else character
    # Lookalikes both before and after case is folded: Greek capital rho looks like P, small rho like p.
    plain = unicodedata.normalize("NFKD", character.translate(_LOOKALIKES)).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if unicodedata.category(c) not in ("Mn", "Me"))
    return "".join(_SPELT_OUT.get(c, c) for c in plain.translate(_LOOKALIKES))


class _Table(dict[int, str]):
    """What each character folds to, learnt as characters are met; `odd` are those that do not fold to just one."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: set[str] = set()

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = self[code] = _fold_character(character)
        if len(folded) != 1:
            self.odd.add(character)
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """The folded text alone, for comparing: lower case, no accents, single spaces."""
    return " ".join(text.translate(_TABLE).split())


class View(NamedTuple):
    """Folded text. `starts[i]` is where character i begins in the input, and `starts[-1]` the input's length;
    None stands for "everything is where it was"."""

    text: str
    original: str
    starts: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the input of folded characters `start` to `end`."""
        if self.starts is None:
            return start, end
        begin = self.starts[start]
        while self.starts[end] <= begin and end + 1 < len(self.starts):  # within one character that folds to several
            end += 1
        return begin, self.starts[end]

    def initial(self, start: int) -> str:
        """The input's character at folded offset `start` (to see its case)."""
        position = start if self.starts is None else self.starts[start]
        return self.original[position : position + 1]


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """The input in pieces of what they mean and where they start.

    HTML entities are the character they stand for, and the two characters of a line's end are one.
    """
    position = 0
    for match in _ENTITY.finditer(text):
        for offset in range(position, match.start()):
            yield text[offset], offset
        meaning = html.unescape(match.group()).removeprefix("\r")
        if meaning.startswith("&") and len(meaning) > 1:  # not an entity after all
            for offset in range(match.start(), match.end()):
                yield text[offset], offset
        else:
            yield meaning, match.start()
        position = match.end()
    for offset in range(position, len(text)):
        yield text[offset], offset


def view(text: str) -> View:
    """Folds `text`, in time linear in its length. Never raises, whatever the characters."""
    folded = text.translate(_TABLE)
    if _TABLE.odd.isdisjoint(text) and not (("&" in text or "\r" in text) and _ENTITY.search(text)):
        return View(folded, text)
    return _mapped(text, _pieces(text))


def _mapped(text: str, pieces: Iterable[tuple[str, int]]) -> View:
    characters: list[str] = []
    starts: list[int] = []
    for piece, offset in pieces:
        for character in piece.translate(_TABLE):
            characters.append(character)
            starts.append(offset)
    starts.append(len(text))
    return View("".join(characters), text, starts)


_INSIDE = r"[^\W_]"
_JOINTS = re.compile(rf"(?<={_INSIDE})(?:[*_~^|+]+|</?[a-z]{{1,6}}>)(?={_INSIDE})")
_CODE = re.compile(rf"(?<={_INSIDE})`+(?={_INSIDE})")  # asked of the input: folded, a backtick is an apostrophe
_BROKEN_LINE = re.compile(rf"(?<={_INSIDE})-[ ]*\n[ ]*(?={_INSIDE})")
_EMPHASIS = re.compile(r"[*_~^|+<]")  # what a joint cannot do without: quick to look for
_LINE_END = re.compile(r"-[ ]*\n")
_CAMEL = re.compile(r"[A-ZÀ-ÖØ-Þ](?<=[a-zß-öø-ÿ].)")  # capitals are rare, so this is quick


def _without(whole: View, joints: re.Pattern[str]) -> View | None:
    """The view with what stands between two letters taken out, or None when nothing does."""
    if not joints.search(whole.text):
        return None
    kept: list[int] = []
    position = 0
    for match in joints.finditer(whole.text):
        kept.extend(range(position, match.start()))
        position = match.end()
    kept.extend(range(position, len(whole.text)))
    starts = whole.starts if whole.starts is not None else range(len(whole.text) + 1)
    return View(
        "".join([whole.text[i] for i in kept]),
        whole.original,
        [*(starts[i] for i in kept), starts[-1]],
    )


def _apart(text: str) -> View | None:
    """The text with a space in each camelCase joint, or None when it has none."""
    if not _CAMEL.search(text):
        return None
    joints = {match.start() for match in _CAMEL.finditer(text)}
    return _mapped(
        text,
        ((" " + piece if offset in joints else piece, offset) for piece, offset in _pieces(text)),
    )


def views(text: str) -> Iterator[View]:
    """Every way of reading `text`: as it stands; with emphasis inside words and broken lines healed; camelCase apart.

    Nearly always there is only the first.
    """
    whole = view(text)
    yield whole
    for joints, sign in ((_JOINTS, _EMPHASIS), (_BROKEN_LINE, _LINE_END)):
        if sign.search(whole.text) and (healed := _without(whole, joints)) is not None:
            yield healed
    if "`" in text and _CODE.search(text):
        yield _mapped(text, (piece for piece in _pieces(text) if piece[0] != "`"))
    apart = _apart(text)
    if apart is not None:
        yield apart

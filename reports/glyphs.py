"""What the report's typefaces can print, as their own tables of letters tell it.

A letter that one of them lacks would stand in the pages as an empty box. So a text is made ready before it passes the
boundary: what only adorns is left out, and a letter is written with letters there are ("№" as "No"). What is left is
writing in other scripts. It is put to the facilitator, and the gate refuses it. So is a word that would print, all of
it in letters that no language of a report has: an answer in Cyrillic tells whose it is.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from reports.legible import MARKS, UNSEEN

FONTS: Final = Path(__file__).resolve().parent / "fonts"
_ADORNING: Final = ("So", "Sk", "Co", "Cn")  # emoji, stars, ticks and boxes; private letters; emoji still to come
_MARK: Final = re.compile(f"[{MARKS}\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_RARE_IDEOGRAPHS: Final = range(0x20000, 0x40000)
_WORD: Final = re.compile(r"[^\s!-/:-@\[-`{-~]+")
_BETWEEN: Final = re.compile(r"[ !-/:-@\[-`{-~]{1,3}")


@cache
def letters() -> frozenset[str]:
    """Every character that each of the faces has: the same words may stand in any of them."""
    tables = []
    for path in sorted(FONTS.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            tables.append({chr(code) for code in font["cmap"].getBestCmap()})
    return frozenset(set.intersection(*tables))


def prints(character: str) -> bool:
    """Whether a character prints as itself, or has no shape to print."""
    return character in letters() or character.isspace() or UNSEEN.match(character) is not None


def printable(text: str) -> str:
    """`text` without emoji and what else only adorns, and with letters that there are where those say the same.

    Where something is left out inside a word, a space stands: two halves must not become a name that the boundary has
    not seen. Writing in other scripts stays as it is.
    """
    if text.isascii():
        return text
    ready: list[str] = []
    apart = False
    for character in text:
        if UNSEEN.match(character):
            ready.append(character)
            continue
        instead = character if prints(character) else _instead(character)
        if not instead:
            apart = apart or _MARK.match(character) is None
            continue
        if apart and ready:
            before, behind = ready[-1][-1:], instead[:1]
            if before == " " and behind in " .,;:!?":
                ready.pop()
            elif before.isalnum() and behind.isalnum():
                ready.append(" ")
        apart = False
        ready.append(instead)
    return "".join(ready)


@cache
def _instead(character: str) -> str:
    """What stands for a character that does not print: other letters, nothing, or itself where neither would do."""
    for form in ("NFKC", "NFKD"):
        spelt = unicodedata.normalize(form, character)
        kept = "".join(c for c in spelt if prints(c))
        if kept.strip() and all(prints(c) or _MARK.match(c) for c in spelt):
            return kept
    if _MARK.match(character):
        return ""
    adorns = unicodedata.category(character) in _ADORNING and ord(character) not in _RARE_IDEOGRAPHS
    return "" if adorns else character


def _is_of_another_script(word: str) -> bool:
    """Whether a word holds a letter that does not print, or none of its letters is Latin. One Greek one is a sign."""
    letters = [character for character in word if character.isalpha()]
    other = bool(letters) and not any(_is_of(letter, "LATIN") for letter in letters)
    return not all(map(prints, word)) or (other and (len(letters) > 1 or _is_of(letters[0], "CYRILLIC")))


@cache
def _is_of(letter: str, script: str) -> bool:
    return unicodedata.name(letter, script).startswith(script)


def in_other_scripts(text: str) -> Iterator[tuple[int, int]]:
    """Where words of other scripts stand in `text`, which may print or not; words beside each other together."""
    if text.isascii():
        return
    begin = end = -1
    for word in _WORD.finditer(text):
        if not _is_of_another_script(word.group()):
            continue
        if begin >= 0 and _BETWEEN.fullmatch(text, end, word.start()):
            end = word.end()
            continue
        if begin >= 0:
            yield begin, end
        begin, end = word.span()
    if begin >= 0:
        yield begin, end


def foreign(text: str) -> list[str]:
    """The words of `text` that are of another script, each once, in their order."""
    return list(dict.fromkeys(text[begin:end] for begin, end in in_other_scripts(text)))


def unprinted(text: str) -> list[str]:
    """Those of them that would print as empty boxes."""
    return [words for words in foreign(text) if not all(map(prints, words))]

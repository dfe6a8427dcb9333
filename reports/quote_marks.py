"""Quotation marks and apostrophes as they are set: curly, by the language of the report.

Answers come out of the box with straight ones, whoever typed them (`learningsets/typing_habits.py`), and facilitators
type what their keyboards have. Paper and page print them all alike; the document and its JSON stay as they are.
"""

import re
from collections.abc import Iterator
from typing import Final

_OPENING: Final = {"en": "“‘", "sv": "”’"}  # closing ones are ” and ’ in both
_CODE: Final = re.compile(r"`[^`\n]*`|=\s*\"[^\"\n]*\"|=\s*'[^'\n]*'")
_RUN: Final = re.compile(r"\S+")
_OF_CODE: Final = re.compile(r"[=<>{}\\|]|://")
_END: Final = re.compile(r"(?<=[^\s('\"])'(?!\w)")
_MARK: Final = re.compile("[\"']")
_OPENS_BEHIND: Final = frozenset("([{-–—/“‘\"'")
_CLIPPED: Final = re.compile(r"\d|(?:tis|twas|em|til|cause|n|bout|round)\b", re.IGNORECASE)


def curled(words: str, language: str) -> str:
    """`words` with curly marks, but in what looks like code, and in feet and inches (5'10")."""
    if '"' not in words and "'" not in words:
        return words
    code = {place for start, end in _code(words) for place in range(start, end)}
    letters, quoted, single = list(words), False, False
    for place in (match.start() for match in _MARK.finditer(words)):
        if place in code:
            continue
        before, behind = words[place - 1 : place], words[place + 1 : place + 2]
        opens = (not before or before.isspace() or before in _OPENS_BEHIND) and bool(behind.strip())
        opens = opens and (behind.isalnum() or before not in ("'", '"'))
        if not opens and before.isspace():
            continue  # it stands between two spaces, and nobody can tell what it belongs to
        if words[place] == '"':
            if before.isdigit() and not quoted:
                continue
            letters[place], quoted = (_OPENING[language][0], True) if opens else ("”", False)
        elif before.isdigit() and not single and not behind.isalpha():
            continue
        elif opens and not _CLIPPED.match(words, place + 1) and _closes(words, place):
            letters[place], single = _OPENING[language][1], True
        else:
            letters[place], single = "’", single and behind.isalnum()
    return "".join(letters)


def _code(words: str) -> Iterator[tuple[int, int]]:
    """Where something stands that looks like code, or like an address."""
    yield from (match.span() for match in _CODE.finditer(words))
    yield from (match.span() for match in _RUN.finditer(words) if _OF_CODE.search(match[0]))


def _closes(words: str, place: int) -> bool:
    """Whether a single mark that might open a quotation has one that closes it, within the next few sentences."""
    return _END.search(words, place + 1, place + 400) is not None

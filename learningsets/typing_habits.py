"""Habits of typing, evened out where nobody is to be known: whose keyboard writes curly quotes, who adds a space.

Such marks are invisible to readers and the same in all that somebody writes, so they would join answers, questions and
words on a list to a person.
Words, spelling and line breaks stay as they are: a style is not protected, and the pages say so.
"""

import re
import unicodedata

# What Unicode calls "default ignorable" (PropList and DerivedCoreProperties, version 15), and the colours of skin.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
_APOSTROPHE = re.compile("[\u2018-\u201b\u2032\u2039\u203a\u00b4\u0060\u02b9-\u02bc\u02ca\u02cb\ua78c]")
_QUOTE = re.compile("[\u201c-\u201f\u2033\u00ab\u00bb]|''")
_ONE_FORM = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2043": "-", "\u02d7": "-", "\u2024": ".", "\u2044": "/", "\u2215": "/"}
    | {"\u2236": ":", "\ua789": ":", "\u2800": " "}
)
_ONE_WIDTH = frozenset(("<wide>", "<narrow>", "<compat>"))  # ligatures, letters of full width, "..." as one character
_SPACES = re.compile("[^\\S\\n]+")
_BULLET = re.compile("^[-*\u2022\u00b7\u2023\u25e6\u25aa\u25cf\u2012-\u2015\u2212] +(?=\\S)", re.MULTILINE)
_HYPHEN = re.compile("(?<=\\w)[\u2012\u2013\u2212](?=\\w)|\u2212(?=\\d)")
_DASH = re.compile(
    "(?<=\\S) (?:-{1,3}|[\u2012-\u2015\u2212]) (?=\\S)|(?<=\\S) ?[\u2014\u2015] ?(?=\\S)|(?<=\\w)--(?=\\w)"
    "|(?<=\\w)[\u2012\u2013\u2212] (?=\\w)|(?<=\\w) [\u2012\u2013\u2212](?=\\w)"
)


def evened(text: str) -> str:
    """The same words with one form of quotes, apostrophes, dashes, hyphens, dots, bullets and spaces, of letters that
    are drawn as one or wide, and nothing invisible."""
    text = unicodedata.normalize("NFC", "\n".join(text.splitlines()))
    if not text.isascii():
        text = _INVISIBLE.sub("", "".join(map(_of_one_width, text)).translate(_ONE_FORM))
    text = _QUOTE.sub('"', _APOSTROPHE.sub("'", text))
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    text = _DASH.sub(" \u2013 ", _HYPHEN.sub("-", _BULLET.sub("- ", text)))
    return re.sub("\n{3,}", "\n\n", text).strip()


def _of_one_width(character: str) -> str:
    """What a character stands for that is drawn otherwise only; itself, where that would begin with a space."""
    if unicodedata.decomposition(character).partition(" ")[0] not in _ONE_WIDTH:
        return character
    plain = unicodedata.normalize("NFKC", character)
    return character if plain[0].isspace() else plain

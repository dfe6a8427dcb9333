"""Habits of typing, evened out where nobody is to be known: whose keyboard writes curly quotes, who adds a space.

Such marks are invisible to readers and the same in all that somebody writes, so they would join answers, questions and
words on a list to a person.
Words, spelling and line breaks stay as they are: a style is not protected, and the pages say so.
"""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_APOSTROPHE = re.compile("[\u2018-\u201b\u2032\u2039\u203a\u00b4\u0060\u02b9\u02bc]")
_QUOTE = re.compile("[\u201c-\u201f\u2033\u00ab\u00bb]|''")
_SPACES = re.compile("[^\\S\\n]+")
_DASH = re.compile(
    "(?<=\\S) (?:-{1,3}|[\u2012-\u2015\u2212]) (?=\\S)|(?<=\\S) ?[\u2014\u2015] ?(?=\\S)|(?<=\\w)--(?=\\w)"
)


def evened(text: str) -> str:
    """The same words with one form of quotes, apostrophes, dashes, dots and spaces, and nothing invisible."""
    text = unicodedata.normalize("NFC", "\n".join(text.splitlines()))
    text = _INVISIBLE.sub("", text)
    text = _QUOTE.sub('"', _APOSTROPHE.sub("'", text)).replace("\u2026", "...")
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return re.sub("\n{3,}", "\n\n", _DASH.sub(" \u2013 ", text)).strip()

"""What stands there instead: the kind of thing that stood there, grammatical in its sentence, never numbered.

All employers get the same words, providers and commissioners alike: which of the two somebody works for is a label,
and in a set of twelve a label points at somebody (docs/anonymity.md, "Floors"; tests/test_swap.py).

Tables for English and Swedish. A language without a table is refused at release (gate.py); here it gets English.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .fold import fold
from .tokens import STOPPED_TITLES
from .words import ARTICLES, AUXILIARIES, GRAMMAR, PRONOUNS, SPEECH, is_verb, places

_OPENING = "\"“‘'(*_"  # what may stand between a sentence's beginning and its first word, beside white space
_OWNED = re.compile(r"(\w+)(?:['’]s|(?<=s)['’])\s+\Z")
GAP = "[…]"
"""Where a human had something taken out, and the sentence needs something there."""
_BREAK = re.compile(r"\n\s*(?:\n|\*)")
_BULLET = re.compile(r"\n\s*[-•>]\Z")


@dataclass(frozen=True, slots=True)
class _Wording:
    """With its article; after a determiner; after "an" (where it differs)."""

    whole: str
    bare: str
    after_an: str = ""


_ENGLISH = {
    "PERSON": _Wording("a colleague", "colleague", "individual"),
    "SOMEONE": _Wording("someone", "person", "individual"),
    "ORG": _Wording("the partner organisation", "partner organisation", "organisation"),
    "TITLE": _Wording("a colleague", "colleague", "experienced colleague"),
    "EMAIL": _Wording("an e-mail address", "e-mail address"),
    "PHONE": _Wording("a phone number", "phone number", "unlisted phone number"),
    "URL": _Wording("a web address", "web address", "internet address"),
    "HANDLE": _Wording("a user name", "user name", "online name"),
    "POSTCODE": _Wording("a postcode", "postcode", "area"),
    "NUMBER": _Wording("a number of", "number of", "unstated number of"),
    "DATE": _Wording("a certain day", "day", "earlier day"),
    "SYSTEM": _Wording("a health system", "local", "individual"),
    "BODY": _Wording("a national body", "national body", "official body"),
    "WORK": _Wording("colleagues", "colleagues", "affected group"),
    "ONLY": _Wording("one", "one", "one"),
    "SCRIPT": _Wording("a phrase in another script", "phrase in another script", "unprinted phrase"),
    "LANGUAGE": _Wording("words in another language", "words in another language", "untranslated phrase"),
    "ID": _Wording("a reference number", "reference number", "official number"),
}
_SWEDISH = {
    "PERSON": _Wording("en kollega", "kollega"),
    "SOMEONE": _Wording("någon", "person"),
    "ORG": _Wording("organisationen", "organisation"),
    "TITLE": _Wording("en kollega", "kollega"),
    "EMAIL": _Wording("en e-postadress", "e-postadress"),
    "PHONE": _Wording("ett telefonnummer", "telefonnummer"),
    "URL": _Wording("en webbadress", "webbadress"),
    "HANDLE": _Wording("ett användarnamn", "användarnamn"),
    "POSTCODE": _Wording("ett postnummer", "postnummer"),
    "NUMBER": _Wording("ett antal", "antal"),
    "DATE": _Wording("en viss dag", "dag"),
    "SYSTEM": _Wording("ett hälso- och sjukvårdssystem", "lokala"),
    "BODY": _Wording("en nationell myndighet", "nationell myndighet"),
    "WORK": _Wording("kollegor", "kollegor"),
    "ONLY": _Wording("en", "en"),
    "SCRIPT": _Wording("ett uttryck med andra bokstäver", "uttryck med andra bokstäver"),
    "LANGUAGE": _Wording("ord på ett annat språk", "ord på ett annat språk"),
    "ID": _Wording("ett referensnummer", "referensnummer"),
}
LANGUAGES = {"en": _ENGLISH, "sv": _SWEDISH}
_CASELESS = frozenset({"EMAIL", "HANDLE", "SCRIPT", "URL"})  # whatever they begin with says nothing of the sentence

_DETERMINERS = {"en": GRAMMAR["english determiners"], "sv": GRAMMAR["swedish determiners"]}
_BEFORE_A_NOUN = GRAMMAR["before a noun"]
_SEVERAL = GRAMMAR["counted"] | {"the", "our", "both", "all", "these", "those", "my", "your", "their", "other"}
_ABBREVIATED = ("e.g.", "i.e.", "cf.", "vs.", "p.p.")
_PLURAL_VERBS = AUXILIARIES | SPEECH | {"are", "do", "were"}
_OBJECT = re.compile(r" (\w+)(?: (\w+))?")
_OBJECTS = GRAMMAR["english determiners"] | PRONOUNS | GRAMMAR["degree"]
_NEARBY = 40  # characters either side
_SUFFIX = re.compile(r"[-‐‑]\w")  # "-wide", "-style", "-led"


def wordings(language: str) -> Iterator[str]:
    """Everything that may stand for an identity in a language, folded, with its article and without."""
    for wording in LANGUAGES.get(language[:2], _ENGLISH).values():
        for words in (wording.whole, wording.bare, wording.after_an):
            yield fold(words)
            yield " ".join(word for word in fold(words).split() if word not in ARTICLES)


def _adjective(text: str, words: str, end: int) -> bool:
    """Whether a country's adjective stands before its noun: "the Swedish way", not "the Swedish regions"."""
    known = fold(words)
    return known != places().get(known, known) and text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha()


def _led(before: str) -> str:
    """What stands before, without marks that open a sentence or a word. No search: one would start at each letter."""
    before = before.rstrip()
    while before and before[-1] in _OPENING:
        before = before[:-1].rstrip()
    return before


def _is_owned(before: str) -> bool:
    """Whether somebody's stands before: "the hospital's", "the nurses'"; not "it's", nor a closing quotation mark."""
    if "'" not in before and "’" not in before:
        return False  # by far the most frequent, and a search would start at each word
    owner = _OWNED.search(before)
    if owner is not None and before[owner.end(1)] == "'" and before.rstrip()[-1] == "'" and before.count("'") > 1:
        return False
    return owner is not None and fold(owner[1]) not in GRAMMAR["english contracted"]


def _owns_a_title(kind: str, before: str, words: str) -> bool:
    """ "Skolans rektor", in Swedish, and not "trots rektorn"."""
    return kind == "TITLE" and before.endswith(("ns", "ts")) and not words.endswith(("n", "t"))


def _last_word(text: str) -> str:
    text = text.rsplit(maxsplit=1)[-1] if text and not text.isspace() else ""
    if text.isalnum():
        return text
    begin = len(text)
    while begin and (text[begin - 1].isalnum() or text[begin - 1] == "_"):
        begin -= 1
    return text[begin:]


def _opens(led: str, marks: str) -> bool:
    """Whether a sentence, a paragraph or a line of a list begins behind `led` and these marks."""
    if (
        led.endswith(".")
        and "\n" not in marks
        and (led.endswith(_ABBREVIATED) or fold(_last_word(led[:-1])) in STOPPED_TITLES)
    ):
        return False  # "Dr. Ek"
    return (
        led.endswith((".", "?", "!", ":", "…")) or _BREAK.search(marks) is not None or _BULLET.search(led) is not None
    )


def _plural(text: str, end: int) -> bool:
    """Whether an adjective with an article stands for people: "the Swedish pay more", not "the Swedish pay scale"."""
    follows = _OBJECT.match(text, end)
    if follows is None:
        return False
    verb = fold(follows[1])
    if verb in _PLURAL_VERBS:
        return True
    return follows[2] is not None and fold(follows[2]) in _OBJECTS and not is_verb(verb)


def _in_capitals(text: str, start: int, end: int) -> bool:
    """Whether everything near on the line is in capitals: "REPORT OF THE CHAIR"."""
    if not text[start:end].isupper():
        return False
    before = text[max(0, start - _NEARBY) : start].rpartition("\n")[2]
    return (before + text[end : end + _NEARBY].partition("\n")[0]).isupper()


def replacement(
    kind: str, text: str, start: int, end: int, language: str, *, genitive: bool = False, owned: bool = False
) -> str:
    """What to write for `text[start:end]`, which is a `kind` (PERSON, ORG, EMAIL …).

    Looks at the word before (an article there makes a second one wrong, and so does whose it is: `owned` says so of a
    genitive that is replaced itself) and at whether a sentence begins here.
    """
    short = language[:2]
    table = LANGUAGES.get(short, _ENGLISH)
    words = text[start:end]
    wording = table[kind if kind in table else "ID"]
    before = text[max(0, start - _NEARBY) : start]
    led = _led(before)
    last = fold(_last_word(led))
    determiners = _DETERMINERS.get(short, _DETERMINERS["en"])
    described = last in _BEFORE_A_NOUN and fold(_last_word(led[: -len(last)].rstrip())) in determiners
    owned = owned or described or (_owns_a_title(kind, last, words) if short == "sv" else _is_owned(before))
    if kind == "ORG" and _SUFFIX.match(text, end):
        chosen = wording.bare if last == "a" else "organisation"
    elif last == "an" and wording.after_an:
        chosen = wording.after_an
    elif (
        kind == "SYSTEM"
        and (owned or last in _DETERMINERS["en"])
        and short != "sv"
        and not _adjective(text, words, end)
    ):
        chosen = "health system"
    elif kind == "SYSTEM" and last == "the" and short != "sv" and _plural(text, end):
        chosen = "locals"
    elif owned or last in determiners:
        chosen = wording.bare
    else:
        chosen = wording.whole
    several = short != "sv" and words[-1:] in ("s", "S") and (last in _SEVERAL or last.isdigit())
    if genitive and several:
        chosen = f"{wording.bare}s"  # "two Annas"
    elif genitive:
        chosen += "s" if short == "sv" else "'s"
    if _in_capitals(text, start, end):
        return chosen.upper()
    # The start of the text is the start of a sentence; 40 characters of it are not.
    if (kind in _CASELESS or not words[:1].islower()) and _opens(led or "." * (start <= _NEARBY), before[len(led) :]):
        chosen = chosen[:1].upper() + chosen[1:]
    return chosen

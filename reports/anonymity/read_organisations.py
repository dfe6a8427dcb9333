"""Organisations and job titles: the phrases of the roster as they stand in a text."""

from collections.abc import Iterator
from functools import lru_cache

from .compiled import Compiled, Entry
from .context import Verdict
from .neighbours import acts, closed
from .organisations import Phrase
from .read_titles import role, title
from .runs import Reading, Run
from .tokens import Tokens
from .typing_errors import sound
from .words import (
    ARTICLES,
    AUXILIARIES,
    CLAUSE_OPENERS,
    DAYS,
    DETERMINERS,
    FUNCTION,
    GENERIC,
    GRAMMAR,
    GREETING,
    NOT_A_WORD,
    ORGANISATION_HEADS,
    PRONOUNS,
    RARE,
    SMALL,
    SMALL_ABBREVIATIONS,
    SPEECH,
    TELLING,
    TOWARDS,
    VERY_COMMON,
    WORKPLACES,
    WRITTEN_SHORT,
    abbreviations,
    is_verb,
    spelt_as_no_word,
    weight,
)

_WHEREVER = frozenset(("hospital", "hospitals", "hospice", "surgery", "sjukhus"))  # written small: "Sjoviks hospital"
_BODIES_WITHIN = frozenset(("board", "body", "committee", "team"))  # "the Governing Body of St Enda's"
_BODIES = GRAMMAR["said alone"]
_BESIDE_BODIES = frozenset(("from", "at", "for", "by", "with", "hos", "fran", "av"))
_ABOUT = frozenset(("for", "of", "för", "i", "vid", "på"))
_REACHING = TELLING - GREETING - {"met", "meet", "meeting", "called", "named", "sorry", "welcome"}  # "rang quayside"
_VOWELS = frozenset("aeiou")
_OPERATIVES = frozenset(("op", "ops", "operative", "operatives"))
_HEADS = (
    ORGANISATION_HEADS
    | WRITTEN_SHORT.keys()
    | {"ft", "nhs", "hsc", "gp", "icb", "ics", "ccg", "hscp", "pcn", "region", "co", "ltd", "llp", "plc"}
)


def organisations_at(reading: Reading, entry: Entry, index: int) -> Iterator[Run]:
    """Every organisation and job title that begins with word `index`, which means `entry`."""
    behind = _behind(reading, index)
    for phrase in entry.phrases:
        second = phrase.words[1] if len(phrase.words) > 1 else ""
        if second and behind and second not in behind and not _otherwise(reading.tokens, phrase, index + 1):
            continue
        last = follow(reading.tokens, phrase, index, reading.compiled)
        if last is None or (phrase.cut and reading.tokens.word(last + 1) in _ABOUT):
            continue
        judge = {"TITLE": title, "ROLE": role}.get(phrase.type, _verdict)
        verdict = judge(reading, phrase, entry, index, last)
        if verdict is not Verdict.WORD:
            first, end = swallow(reading, index, last, phrase)
            first -= first == index and _with_article(reading.tokens, phrase, index)
            one = last == index
            owns = (one and entry.genitive) or (not (one and phrase.type == "ORG") and _owns(reading, phrase, last))
            yield Run(first, end, phrase.type, verdict, owns and end == last)


def _with_article(tokens: Tokens, phrase: Phrase, index: int) -> bool:
    """Whether the article that is part of a name stands before it: "An Ghaelscoil has steps", "the Trust"."""
    if phrase.opening == "the":  # "the Works": there the word alone is the name
        return GENERIC.issuperset(phrase.words) and tokens.word(index - 1) == "the" and tokens.gap(index) == " "
    named = phrase.opening not in ("", "-") and tokens.word(index - 1) == phrase.opening
    return named and tokens.gap(index) == " " and (tokens.capital(index - 1) or tokens.caseless(index))


def _owns(reading: Reading, phrase: Phrase, last: int) -> bool:
    """Whether a name of several words ends in the s that makes a genitive in Swedish: in English it is a plural's."""
    swedish = reading.compiled.language[:2] == "sv"
    word = reading.tokens.words[last]
    if phrase.type != "ORG" and not phrase.listed:
        return swedish and word.endswith(("ns", "ts"))  # "rektorns"
    return swedish and word == f"{phrase.words[-1]}s"


def _behind(reading: Reading, index: int) -> tuple[str, ...]:
    """What the second word of a phrase may be, spelt as the roster does; empty where small words may be passed over.

    Many phrases begin alike ("Northmere Hospital", "Northmere Surgery"): this spares most of them a closer look.
    """
    if _passed_over(reading.tokens, index + 1) or len(reading.tokens.word(index + 1)) == 1:
        return ()
    word = reading.tokens.word(index + 1)
    return word, f"{word}s", word.removesuffix("s"), word.removesuffix("a"), reading.compiled.canonical(word)


def follow(tokens: Tokens, phrase: Phrase, index: int, compiled: Compiled) -> int | None:
    """The last word of the phrase when it begins at `index`, small words passed over; None when it does not."""
    if [len(word) for word in phrase.words] == [1, 1] and "&" not in tokens.after(index):
        return None  # "K. S. Ek" is no "K&S"
    position = index
    for wanted in phrase.words[1:]:
        position += 1
        skipped = 0
        while _passed_over(tokens, position) and tokens.word(position) != wanted and skipped < 3:
            position += 1
            skipped += 1
        spelt = len(wanted) > 2 or (len(wanted) == 2 and len(tokens.word(position)) == 1)  # "C.C."
        if spelt and (end := _in_letters(tokens, position, wanted)) is not None:
            position = end
            continue
        word = tokens.word(position)
        inflected = phrase.type != "ORG" and word == wanted + "a"  # "medicinskt ansvariga sjuksköterska"
        one = phrase.listed and f"{word}s" == wanted and len(word) > 3  # "clear hand" for Clear Hands
        several = word == wanted + "s" and word not in FUNCTION  # "Harbour Lane has" is no "Harbour Lane HA"
        if (
            not (word == wanted or several)
            and not inflected
            and not one
            and (not word or compiled.canonical(word) != wanted)
            and not (phrase.type == "ORG" and not skipped and _clipped(tokens, position, wanted))
            and not (phrase.listed and len(phrase.words) > 2 and _heard_so(word, wanted))
        ):
            return None
        gap = tokens.gap(position)
        if len(gap) > 4 or "\n\n" in gap or (". " in gap and len(wanted) > 1 and len(tokens.word(position - 1)) > 2):
            return None
    return position


def _otherwise(tokens: Tokens, phrase: Phrase, position: int) -> bool:
    """Whether a word is the second of a phrase, cut short or misheard."""
    if _clipped(tokens, position, phrase.words[1]):
        return True
    return phrase.listed and len(phrase.words) > 2 and _heard_so(tokens.word(position), phrase.words[1])


def _clipped(tokens: Tokens, position: int, wanted: str) -> bool:
    """Whether a word is the first letters of what an organisation is: "Fed" of a federation, with a capital."""
    word = tokens.word(position)
    begins = 2 < len(word) < 6 and wanted in GENERIC and wanted.startswith(word)
    if not begins and not _without_vowels(word, wanted):
        return False
    return tokens.capital(position) or tokens.caseless(position)


@lru_cache(maxsize=20_000)
def _heard_so(word: str, wanted: str) -> bool:
    """Whether two words have the same consonants in the same places of the tongue: "vail" was heard for Vale."""
    return len(wanted) > 3 and word[:1] == wanted[0] and _consonants(word) == _consonants(wanted)


def _consonants(word: str) -> str:
    return "".join(letter for letter in sound(word) if letter not in _VOWELS)


@lru_cache(maxsize=20_000)
def _without_vowels(word: str, wanted: str) -> bool:
    """Whether some consonants of a word stand for it: "Jn" of a junction, "Ctr" of a centre."""
    if not 1 < len(word) < len(wanted) - 2 or word[0] != wanted[0] or not _VOWELS.isdisjoint(word[1:]):
        return False
    if word in FUNCTION or weight(word) > RARE:
        return False
    letters = iter(wanted)
    return all(letter in letters for letter in word)


def _in_letters(tokens: Tokens, position: int, letters: str) -> int | None:
    """The last of the words from `position` on that spell `letters` with signs between: "C.L.D.T.", "H&SCP"."""
    spelt, last = tokens.word(position), position
    while letters.startswith(spelt) and tokens.word(last + 1) and tokens.after(last).strip() in (".", "&"):
        last += 1
        spelt += tokens.word(last)
    return last if spelt == letters and last > position else None


def _bare(before: str) -> bool:
    """Whether neither an article nor an adjective stands before a word: "with bracers", not "a moral compass"."""
    return before not in ARTICLES and before not in DETERMINERS and (before in FUNCTION or not weight(before))


def _passed_over(tokens: Tokens, position: int) -> bool:
    """A small word, or what an apostrophe joins: "St Wilfrid's Academy", "Meddygfa'r Bont"."""
    word = tokens.word(position)
    return word in SMALL or (word in ("s", "r", "n") and tokens.gap(position) == "'")


def _verdict(reading: Reading, phrase: Phrase, entry: Entry, first: int, last: int) -> Verdict:
    tokens = reading.tokens
    if phrase.said_alone:
        return _said_alone(tokens, first)
    if phrase.acronym:
        return _acronym(tokens, phrase, first, reading.compiled.language)
    if phrase.weight == NOT_A_WORD or not entry.exact:
        return Verdict.NAME
    if phrase.listed and len(phrase.words) > 1:
        return Verdict.UNSURE if _in_passing(tokens, phrase, first, last) else Verdict.NAME
    if len(phrase.words) > 1 and not phrase.listed and tokens.caseless(first):
        return Verdict.NAME if phrase.weight == RARE else Verdict.UNSURE
    verdict = _everyday(tokens, first, last)
    caseless, before = tokens.caseless(first), tokens.word(first - 1)
    says = tokens.capital(first) or caseless or _bare(before) or (before in CLAUSE_OPENERS and acts(tokens, last))
    definite = before == "the" or (reading.compiled.language == "sv" and tokens.words[last][-1] in "nt")
    known = caseless and definite  # "the works", as the roster may call them; "föreningen"
    if verdict is Verdict.WORD and (phrase.opening == "-" or (phrase.opening == "the" == before)):
        return Verdict.UNSURE  # "the Trust", "kommunen", which the roster says that it is called
    listed = phrase.listed or (caseless and phrase.weight == RARE)
    if says and verdict is Verdict.WORD and listed and (known or phrase.weight < VERY_COMMON):
        return Verdict.UNSURE
    if verdict is Verdict.UNSURE and phrase.listed and phrase.weight == RARE and closed(tokens, last):
        return Verdict.NAME  # a paragraph on "Millpond."
    return verdict


def _in_passing(tokens: Tokens, phrase: Phrase, first: int, last: int) -> bool:
    """Whether everyday words have no capital where others have: "home from home for eighty people"."""
    if phrase.weight <= RARE or tokens.caseless(first) or tokens.hurried(first):
        return False
    return not any(tokens.capital(i) for i in range(first, last + 1) if i > first or not tokens.begins_sentence(i))


def _said_alone(tokens: Tokens, index: int) -> Verdict:
    """ "The county's plan", "the county will want to know", "at the General": a body, not a stretch of land."""
    if tokens.word(index - 1) != "the" or tokens.gap(index) != " ":
        return Verdict.WORD
    last = index + (tokens.word(index + 1) == "council" and tokens.after(index) == " ")
    if tokens.capital(index) and not tokens.caseless(index):
        return Verdict.WORD if tokens.capital(last + 1) and tokens.after(last) == " " else Verdict.UNSURE
    after, before = tokens.word(last + 1), tokens.word(index - 2)
    does = after in SPEECH or is_verb(after) or (after in AUXILIARIES and after not in ("is", "was"))
    acts = tokens.possessive(last) or (does and tokens.after(last) == " ")
    reached = before in ("from", "with", "by", "for", "to", "at") or before in _REACHING
    described = tokens.words[index] not in _BODIES and after not in FUNCTION and not closed(tokens, index)
    return Verdict.UNSURE if acts or (reached and after not in _HEADS and not described) else Verdict.WORD


def _acronym(tokens: Tokens, phrase: Phrase, index: int, language: str) -> Verdict:
    """ "NCN", "the ncn plan": in capitals, or when it cannot be a word; in brackets ("Keld Park (PIKA)") too."""
    caseless = tokens.caseless(index)
    if len(phrase.words[0]) == 2 and not phrase.listed:  # "RT" for Region Tarn, or anything else
        return Verdict.UNSURE if tokens.upper(index) and weight(phrase.words[0]) <= RARE else Verdict.WORD
    bracketed = tokens.gap(index) == " (" and tokens.after(index).startswith(")")
    if (tokens.upper(index) and not (caseless and phrase.weight)) or bracketed:
        return Verdict.NAME
    if caseless and phrase.weight == RARE and _where_bodies_stand(tokens, index):
        return Verdict.NAME
    if phrase.weight == NOT_A_WORD or spelt_as_no_word(phrase.words[0], tokens.written(index), language):
        return Verdict.NAME if len(phrase.words[0]) >= 3 else Verdict.WORD
    return Verdict.UNSURE if caseless and phrase.weight < VERY_COMMON else Verdict.WORD


def _where_bodies_stand(tokens: Tokens, index: int) -> bool:
    """Whether letters in small letters, which hardly mean anything else, are of a body by their place: "from nk",
    "for rq volunteers", "dv to host"."""
    if tokens.words[index].upper() in abbreviations() or tokens.words[index] in SMALL_ABBREVIATIONS:
        return False
    before = tokens.word(index - 1) if tokens.gap(index) == " " else ""
    return before in _BESIDE_BODIES or acts(tokens, index) or tokens.word(index + 1) == "to"


def swallow(reading: Reading, first: int, last: int, phrase: Phrase) -> tuple[int, int]:
    """Takes in the generic words around an organisation's short name ("Northgate *Hospital*").

    They have capitals; where nothing has, only what makes an organisation of its neighbours counts.
    """
    if phrase.type != "ORG":
        return first, last
    tokens, swedish = reading.tokens, reading.compiled.language == "sv"
    caseless = tokens.caseless(first)

    def belongs(index: int) -> bool:
        word = tokens.word(index)
        if word in SMALL and tokens.begins_sentence(index):
            return False  # it has its capital from the sentence
        if caseless or (swedish and word in ORGANISATION_HEADS):
            return word in _HEADS
        return word in GENERIC and tokens.capital(index)

    while tokens.after(last) in (" ", "-") and (belongs(last + 1) or tokens.word(last + 1) in _WHEREVER):
        last += 1
    if tokens.words[last] == "co" and tokens.after(last) == "-" and tokens.word(last + 1) in _OPERATIVES:
        last += 1  # "Lowther Dairy Co-op"
    if tokens.word(first - 1) in ("of", "for") and belongs(first - 2) and tokens.words[first - 2] not in _BODIES_WITHIN:
        first -= 2  # "the *University of* Ashcombe"
    while belongs(first - 1) and (not caseless or swedish) and tokens.gap(first) in (" ", "-"):
        first -= 1
    return first, last


def _everyday(tokens: Tokens, first: int, last: int) -> Verdict:
    """Whether everyday words `first` to `last`, which are an organisation's short name, are that name here."""
    before, after = tokens.word(first - 1), tokens.word(last + 1)
    if tokens.after(last) == "-" and after in ("wide", "style", "led", "run"):
        return Verdict.NAME
    if tokens.caseless(first):
        return _organisation_without_case(tokens, first, last, before, after)
    main = [i for i in range(first, last + 1) if i == first or (weight(tokens.words[i]) and tokens.gap(i) != "'")]
    if len(main) > 1 and tokens.words[main[-1]] in GENERIC:
        main.pop()  # "Tofts unit"
    if not all(tokens.capital(i) for i in main):
        return Verdict.WORD
    if not tokens.begins_sentence(first) or last > first:
        return Verdict.NAME
    if after in AUXILIARIES or after in SPEECH or is_verb(after) or tokens.possessive(last):
        return Verdict.NAME
    everyday = weight(tokens.words[first]) == VERY_COMMON or tokens.words[first] in DAYS
    return Verdict.WORD if everyday else Verdict.UNSURE


def _organisation_without_case(tokens: Tokens, first: int, last: int, before: str, after: str) -> Verdict:
    if last > first:
        return Verdict.NAME
    rare = weight(tokens.words[first]) <= RARE
    does = acts(tokens, last) or (rare and after == "to" and tokens.after(last) == " ")
    if before in CLAUSE_OPENERS and (after in AUXILIARIES or after in SPEECH or (rare and does)):
        return Verdict.NAME  # "the work that mind will do"
    if before in ARTICLES or before in DETERMINERS:
        return Verdict.WORD
    ends = closed(tokens, last)
    follows = after in AUXILIARIES or after in PRONOUNS or after in TOWARDS or after in SPEECH
    workplace = before in WORKPLACES or before in _REACHING or (rare and before in _BESIDE_BODIES | {"to", "till"})
    workplace &= follows or ends or tokens.possessive(last)
    begins = tokens.begins_sentence(first)
    acts_alone = begins and (does if rare else is_verb(after) and tokens.after(last) == " ")  # "skylark flew her there"
    return Verdict.NAME if workplace or acts_alone or (begins and tokens.possessive(last)) else Verdict.WORD

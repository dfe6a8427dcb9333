"""People and organisations that are not on the roster, where no capitals give them away: put to a human."""

import re
from collections.abc import Iterator
from functools import lru_cache

from .compiled import Compiled
from .findings import UNLISTED_ORGANISATION, UNLISTED_PERSON
from .judging import NOUN_ENDINGS
from .neighbours import acts, closed
from .small_bodies import head_behind, small_bodies
from .suspects import Suspect
from .tokens import DOTTED_TITLES, Tokens
from .words import (
    AUXILIARIES,
    COMMON,
    DEGREE,
    FUNCTION,
    GENERIC,
    KIN,
    NOT_A_WORD,
    ORGANISATION_HEADS,
    PARTICLES,
    RARE,
    SMALL,
    SPEECH,
    SUBJECTS,
    TELLING,
    TITLES,
    TOWARDS,
    VERY_COMMON,
    abbreviations,
    is_given_name,
    is_verb,
    weight,
)

_MADE_WORDS = (*NOUN_ENDINGS, "able", "ible", "ably", "ally", "less", "ful", "ings", "ise", "ize", "isms")
_BEGINNINGS = ("un", "re", "non", "pre", "mis", "over", "multi", "inter", "anti", "micro", "under")
_RUN_ON = ("nt", "s", "ve", "re", "ll", "d", "m")  # "dont", "thats": an apostrophe left out
_OPENS_SMALL = re.compile(r"\W{0,3}[a-zß-ÿ]")
_GOES_ON_SMALL = re.compile(r"[.?!\n](?:(?<=\n)|\s)\W{0,3}[a-zß-ÿ]")
_SHOUTED = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}[ ,.:'’-]+[A-ZÀ-ÖØ-Þ]{2,}[ ,.:'’-]+[A-ZÀ-ÖØ-Þ]")  # three words of capitals
_SMALL_I = re.compile(r"\bi\b")
_SURNAME_PARTICLES = PARTICLES - SMALL - {"y", "e", "i", "o", "san"}
_KINDS = GENERIC - SMALL
_NO_SURNAMES = FUNCTION | SUBJECTS | SPEECH | DEGREE
_BESIDE = (TELLING | TOWARDS) - {"or", "as", "about", "like", "for"}
_HEADS = _KINDS | ORGANISATION_HEADS
_GOING_ON = FUNCTION | SUBJECTS
_NAME_GAPS = frozenset((" ", ". ", "-", "'"))
_VOWELS = frozenset("aeiouy")
_MEMORY = 100_000  # words remembered per roster
_COMPOUND = 12  # letters


def unlisted_in_small_letters(tokens: Tokens, compiled: Compiled) -> Iterator[Suspect]:
    """Words that are none, and whoever has a title, where a sentence has no capitals to go by, or nothing else.

    The rest of what capitals give away cannot be told from words there.
    """
    careless, shouting = _careless(tokens), _SHOUTED.search(tokens.view.original) is not None
    if not careless and not shouting:
        return
    yield from small_bodies(tokens)
    strange, maybe = _told_apart(tokens.vocabulary, compiled)
    reached = -1
    names = strange | maybe
    for index in [index for index, word in enumerate(tokens.words) if word in names]:
        if index <= reached or _no_name(tokens, index):
            continue
        if tokens.words[index] in maybe and not _stands_like_a_person(tokens, index):
            continue
        if tokens.capital(index):
            tells = not (shouting and tokens.upper(index) and tokens.caseless(index))
        else:
            titled = tokens.words[index] in DOTTED_TITLES and tokens.word(index + 1) in strange  # "dr adaeze"
            tells = not (titled or tokens.caseless(index) or tokens.hurried(index))
        if tells:
            continue
        first, last = _in_small_letters(tokens, index, compiled, reached)
        if last > first or tokens.words[index] not in TITLES:
            head = tokens.words[last] in ORGANISATION_HEADS or tokens.words[first] in ORGANISATION_HEADS
            why = UNLISTED_ORGANISATION if head else UNLISTED_PERSON
            yield Suspect(*tokens.place(first, last), "ORG" if head else "PERSON", why)
            reached = last


def _told_apart(vocabulary: frozenset[str], compiled: Compiled) -> tuple[set[str], set[str]]:
    """Those of the words that are a title or no word, and those that somebody may be called by; remembered."""
    strangeness = compiled.strangeness
    if len(strangeness) > _MEMORY:
        strangeness.clear()
    for word in vocabulary.difference(strangeness):
        strange = word in TITLES or _strange(word, compiled)
        strangeness[word] = 2 if strange else int(_may_be_called_so(word, compiled))
    told: tuple[set[str], set[str], set[str]] = (set(), set(), set())
    for word in vocabulary:
        told[strangeness[word]].add(word)
    return told[2], told[1]


@lru_cache(maxsize=100_000)
def _rarely_a_word(word: str, language: str) -> bool:
    if len(word) == 3:
        sounds = word.isalpha() and not _VOWELS.isdisjoint(word) and not _VOWELS.issuperset(word)
        return sounds and weight(word, language) == NOT_A_WORD and word.upper() not in abbreviations()
    return is_given_name(word) and weight(word) == RARE and weight(word, language) <= RARE


def _may_be_called_so(word: str, compiled: Compiled) -> bool:
    """Whether somebody may be called by a word that is hardly ever one, or by three letters that can be said."""
    return word not in compiled.known and compiled.look_up(word) is None and _rarely_a_word(word, compiled.language)


def _stands_like_a_person(tokens: Tokens, index: int) -> bool:
    """Whether the word stands where somebody is named: "his son terry rang", "nev has it", "with sandy."."""
    before = tokens.word(index - 1) if tokens.gap(index) in (" ", ", ") else ""
    if before in KIN:
        return True
    if tokens.begins_sentence(index):
        return acts(tokens, index) or tokens.possessive(index)
    return (
        before in _BESIDE and tokens.gap(index) == " " and (closed(tokens, index) or tokens.word(index + 1) in FUNCTION)
    )


def _no_name(tokens: Tokens, index: int) -> bool:
    """Behind "per" ("per capita"), or the first half of "wasn't"."""
    return tokens.word(index - 1) == "per" or (tokens.after(index) == "'" and tokens.word(index + 1) == "t")


def _in_small_letters(tokens: Tokens, index: int, compiled: Compiled, reached: int) -> tuple[int, int]:
    """The name that word `index` belongs to, which is a title or no word; it does not reach back to word `reached`."""
    first, last, titled = index, index, tokens.words[index] in TITLES
    while tokens.after(last) in _NAME_GAPS and _names_on(
        tokens, following := _behind_particles(tokens, last), compiled, titled=titled
    ):
        last = following
    if last - first == titled and _may_go_on(tokens, last + 1):
        last += 1  # "dr ottoline fry leaves"
    if last > first or not titled:
        last += _initial_follows(tokens, last)
    if titled:
        return first, last
    before = tokens.word(first - 1)
    if first - 1 > reached and before == "o" and tokens.gap(first) == "'":
        return first - 1, last  # "o'sullivan"
    if first - 1 > reached and _begins_a_name(tokens, first - 1):
        first -= 1
    while tokens.after(last) == " " and tokens.word(last + 1) in _KINDS:
        last += 1  # "hightown surgery"
    if last == index and (head := head_behind(tokens, last)) > last:
        last = head  # "ashdown mathematical society"
    if tokens.word(first - 1) == "of" and first - 2 > reached and tokens.word(first - 2) in ORGANISATION_HEADS:
        first -= 2  # "university of ashdown"
    return first, last


def _begins_a_name(tokens: Tokens, index: int) -> bool:
    """Whether a given name or an initial stands before what is no word: "len ibbotson", "graham lomas", "t. obuya"."""
    word, gap = tokens.words[index], tokens.gap(index + 1)
    if len(word) == 1:
        return gap == ". " and word.isalpha()
    if gap != " ":
        return False
    rare = weight(word) == RARE and len(word) > 3 and tokens.begins_sentence(index) and _may_be_surname(word)
    return rare or (is_given_name(word) and weight(word) < VERY_COMMON)


def _may_go_on(tokens: Tokens, index: int) -> bool:
    """Whether an everyday word behind what is no word may be a surname, by what follows: "marlon beck, who"."""
    word = tokens.word(index)
    if tokens.gap(index) != " " or len(word) < 3 or not _may_be_surname(word) or word in _HEADS:
        return False
    return closed(tokens, index) or acts(tokens, index) or tokens.word(index + 1) in ("of", "from", "and", "who")


def _initial_follows(tokens: Tokens, last: int) -> bool:
    """Whether one letter and a full stop stand behind a name, within its sentence: "ryan t., who"."""
    letter = tokens.word(last + 1)
    dotted = len(letter) == 1 and letter.isalpha() and tokens.after(last + 1)[:1] == "."
    return dotted and tokens.after(last) == " "


def _careless(tokens: Tokens) -> bool:
    """Whether a sentence may lack its capitals somewhere."""
    text = tokens.view.original
    if _OPENS_SMALL.match(text) or _GOES_ON_SMALL.search(text):
        return True
    return tokens.small_i_tells and _SMALL_I.search(text) is not None


def _strange(word: str, compiled: Compiled) -> bool:
    """Whether a word in small letters is none that the language has."""
    return word not in compiled.known and _no_word(word, compiled.language)


@lru_cache(maxsize=100_000)
def _no_word(word: str, language: str) -> bool:
    """Also not two run together ("dont"), or made of one by its ending ("codifiable") or its beginning ("unsave")."""
    if not word.isalpha() or weight(word, language) > NOT_A_WORD:
        return False
    if len(word) < 4:
        return len(word) == 3 and is_given_name(word)
    if language == "sv" and _compound(word, language):
        return False
    if word in SUBJECTS or any(word.endswith(end) and len(word) - len(end) > 3 for end in _MADE_WORDS):
        return False  # not "denise"
    if any(word.startswith(start) and weight(word.removeprefix(start)) > NOT_A_WORD for start in _BEGINNINGS):
        return False
    return not any(word.endswith(end) and word.removesuffix(end) in _GOING_ON for end in _RUN_ON)


def _compound(word: str, language: str) -> bool:
    """Whether a long Swedish word is two that are: "huvudkontoret". Surnames of two words end in a short one."""
    cuts = range(3, len(word) - 5 if len(word) >= _COMPOUND else 0)
    words = ((word[:cut], word[cut:]) for cut in cuts)
    return any(weight(b, language) >= COMMON and weight(a.removesuffix("s"), language) >= COMMON for a, b in words)


def _behind_particles(tokens: Tokens, last: int) -> int:
    """The word behind `last`; behind a given name's particles, if any stand there: "annette du toit"."""
    following = last + 1
    while tokens.word(following) in _SURNAME_PARTICLES and tokens.after(following) == " ":
        following += 1
    return following if is_given_name(tokens.words[last]) else last + 1


def _names_on(tokens: Tokens, index: int, compiled: Compiled, *, titled: bool) -> bool:
    """Whether word `index` goes on with what begins like a name."""
    word = tokens.word(index)
    if _strange(word, compiled) or (is_given_name(word) and not weight(word) and is_given_name(tokens.word(index - 1))):
        return True  # "kelly ann"
    before, gap = tokens.word(index - 1), tokens.gap(index)
    if gap in ("-", "'"):
        return (before == "o" or gap == "-") and _may_be_surname(word)  # "o'malley-banks"
    given = is_given_name(before) and not weight(before)
    if (given or (titled and (closed(tokens, index) or tokens.after(index) == " ("))) and _may_be_surname(word):
        return True  # "debbie marsh", "MS TAMSIN ORCHARD,"
    return titled and tokens.word(index - 1) in TITLES and word.isalpha() and word not in _NO_SURNAMES


def _may_be_surname(word: str) -> bool:
    """Whether a word behind a given name is neither what its owner does nor a small word."""
    if word in _NO_SURNAMES or word in AUXILIARIES or is_verb(word):
        return False
    return word.isalpha() and len(word) > 1 and not word.endswith(("ed", "ly", "ing", "ade"))

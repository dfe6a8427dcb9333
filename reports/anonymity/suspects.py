"""People and organisations that are not on the roster, as far as capitals give them away: put to a human."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .capitals import Settled, parted, place, runs, shouted, trimmed
from .compiled import Compiled
from .everyday import begins_a_body
from .findings import NAME_OR_WORD, OTHER_SCRIPT, UNLISTED_ORGANISATION, UNLISTED_PERSON
from .fold import fold
from .names import WORD
from .neighbours import AND, closed
from .tokens import Tokens
from .words import (
    AUXILIARIES,
    COMMON,
    COMMON_CAPITALS,
    DETERMINERS,
    FAMILY_PARTICLES,
    FUNCTION,
    GENERIC,
    NOT_A_WORD,
    ORGANISATION_HEADS,
    PARTICLES,
    PRONOUNS,
    RARE,
    SHORT_MONTHS,
    SMALL,
    SPEECH,
    SUBJECTS,
    TITLES,
    VERY_COMMON,
    abbreviations,
    is_given_name,
    is_verb,
    places,
    weight,
)

_NOUN_ENDINGS = (
    "ity",
    "ities",
    "ness",
    "tion",
    "tions",
    "ment",
    "ments",
    "ism",
    "ing",
    "ship",
    "ology",
    "ised",
    "ized",
)
_MADE_WORDS = (*_NOUN_ENDINGS, "able", "ible", "ably", "ally", "less", "ful", "ings", "ise", "ize", "isms")
_BEGINNINGS = ("un", "re", "non", "pre", "mis", "over", "multi", "inter", "anti", "micro", "under")
_RUN_ON = ("nt", "s", "ve", "re", "ll", "d", "m")  # "dont", "thats": an apostrophe left out
_OPENS_SMALL = re.compile(r"\W{0,3}[a-zß-ÿ]")
_GOES_ON_SMALL = re.compile(r"[.?!\n](?:(?<=\n)|\s)\W{0,3}[a-zß-ÿ]")
_SHOUTED = re.compile(r"[A-ZÀ-ÖØ-Þ]{2}[ ,.:'’-]+[A-ZÀ-ÖØ-Þ]{2,}[ ,.:'’-]+[A-ZÀ-ÖØ-Þ]")  # three words of capitals
_CAPITALS_INSIDE = re.compile("^[A-Z]{2,}[a-z]{2}|^[A-Z][a-z]+[A-Z]")
_SMALL_I = re.compile(r"\bi\b")
_SURNAME_PARTICLES = PARTICLES - SMALL - {"y", "e", "i", "o", "san"}
_NEVER_ALONE = DETERMINERS | SMALL | PRONOUNS | SHORT_MONTHS
_KINDS = GENERIC - SMALL
_NAME_GAPS = frozenset((" ", ". ", "-", "'"))
_BEFORE_BODIES = SPEECH | {"at", "from", "with", "by", "hos", "från", "på", "med", "av"}
_COMPOUND = 12  # letters
_LINE = 12  # words either side, that tell a heading


class Suspect(NamedTuple):
    """A passage to be put to a human, at `start` to `end` of the input."""

    start: int
    end: int
    type: str
    why: str

    def at(self, start: int, end: int) -> "Suspect":
        """The same at another place."""
        return Suspect(start, end, self.type, self.why)


def unlisted(
    tokens: Tokens, compiled: Compiled, gone: Settled, stays: Settled, met: set[str], *, own: Settled
) -> Iterator[Suspect]:
    """Runs of capitals that name somebody or something not on the roster.

    What is `gone` already ends a run; a run, or a part of it before or after "and", that `stays` is passed over, and so
    is one that is the report's `own` terms, unless it acts as a body does.
    `met` are the surnames that were seen behind a title or a given name so far; those that are met are added.
    """
    for whole in runs(tokens, gone):
        if whole[0] == whole[1] and tokens.words[whole[0]] in _NEVER_ALONE:
            continue  # trimmed() would leave nothing: most capitals are a sentence's
        for first, last in parted(tokens, *whole, stays):
            run = trimmed(tokens, first, last, compiled.language)
            if run is None or stays(*place(tokens, *run)) or _are_terms(tokens, *run, own):
                continue
            if shouted(tokens, *run) and tokens.word(run[0] - 1) not in TITLES:
                continue
            run, kind = _named(tokens, run, compiled, gone, met)
            surname = tokens.words[run[1]]
            if kind == "PERSON" and run[1] > run[0] and not tokens.upper(run[1]) and _tells(surname, compiled):
                met.add(surname)
            if kind is not None:
                why = UNLISTED_PERSON if kind == "PERSON" else UNLISTED_ORGANISATION
                begin = run[0] - (kind == "PERSON" and _titled(tokens, run[0]))
                end = run[1] + (kind == "PERSON" and _initial_behind(tokens, run[1]))
                yield Suspect(*place(tokens, begin, end), kind, why)


def _named(
    tokens: Tokens, run: tuple[int, int], compiled: Compiled, gone: Settled, met: set[str]
) -> tuple[tuple[int, int], str | None]:
    """The run with what belongs to it, and PERSON, ORG or None when it names neither."""
    first, last = run
    kind = _kind(tokens, first, last, compiled)
    if kind is not None:
        behind = _with_particles(tokens, first)
        return (behind, last), "PERSON" if behind < first else kind
    if first == last and (tokens.words[last] in met or _behind_a_given_name(tokens, first, gone, compiled)):
        return run, "PERSON"  # "Inspector Dalby came. Dalby said"
    begin = begins_a_body(tokens, first, last, gone)
    return (run, None) if begin is None else ((begin, last), "ORG")


def _are_terms(tokens: Tokens, first: int, last: int, own: Settled) -> bool:
    """Whether each part of a run, before and behind "and", is an own term of the report. What says, has or does
    something, is asked, or is where somebody comes from is a body, whatever it is called: "at Turning Point"."""
    joints = [i for i in range(first + 1, last) if tokens.words[i] in ("and", "och")]
    parts = pairwise((first - 1, *joints, last + 1))
    if not all(own(*place(tokens, a + 1, b - 1)) for a, b in parts if a + 1 <= b - 1):
        return False
    return not _does_something(tokens, last) and tokens.word(first - 1) not in _BEFORE_BODIES


def _titled(tokens: Tokens, index: int) -> bool:
    """Whether a title with a full stop stands before word `index`: "Prof. Ó Murchú"."""
    return tokens.word(index - 1) in TITLES and tokens.gap(index) == ". " and tokens.capital(index - 1)


def _with_particles(tokens: Tokens, first: int) -> int:
    """Where a surname begins once its particles in small letters are taken in: "van der Zee"."""
    while first > 0 and tokens.words[first - 1] in FAMILY_PARTICLES and tokens.gap(first) == " ":
        first -= 1
    return first


def _behind_a_given_name(tokens: Tokens, index: int, gone: Settled, compiled: Compiled) -> bool:
    """Whether the surname of somebody who shares a given name with the roster stands here: "Saga Marten", not ours."""
    if index == 0 or tokens.gap(index) != " " or not tokens.capital(index - 1) or tokens.caseless(index):
        return False
    word, before = tokens.words[index], compiled.look_up(tokens.words[index - 1])
    given = before is not None and before.part is not None and before.part.given
    return given and gone(*place(tokens, index - 1, index - 1)) and word not in COMMON_CAPITALS | GENERIC | TITLES


def _initial_behind(tokens: Tokens, last: int) -> bool:
    """Whether a comma, an initial and a full stop stand behind word `last`: "Harkin, D."."""
    letter = tokens.word(last + 1)
    dotted = len(letter) == 1 and letter.isalpha() and tokens.after(last + 1)[:1] == "."
    return dotted and tokens.after(last) == ", " and tokens.capital(last + 1)


def _tells(surname: str, compiled: Compiled) -> bool:
    """Whether a surname that was met is one when it stands alone."""
    everyday = weight(surname, compiled.language) == VERY_COMMON or surname in GENERIC
    return not everyday and surname not in compiled.known


def unlisted_in_small_letters(tokens: Tokens, compiled: Compiled) -> Iterator[Suspect]:
    """Words that are none, and whoever has a title, where a sentence has no capitals to go by, or nothing else.

    The rest of what capitals give away cannot be told from words there.
    """
    careless, shouting = _careless(tokens), _SHOUTED.search(tokens.view.original) is not None
    if not careless and not shouting:
        return
    strange = {word for word in tokens.vocabulary if word in TITLES or _strange(word, compiled)}
    reached = -1
    for index in [index for index, word in enumerate(tokens.words) if word in strange]:
        if index <= reached or _no_name(tokens, index):
            continue
        if tokens.capital(index):
            tells = not (shouting and tokens.upper(index) and tokens.caseless(index))
        else:
            tells = not (tokens.caseless(index) or tokens.hurried(index))
        if tells:
            continue
        first, last = _in_small_letters(tokens, index, compiled, reached)
        if last > first or tokens.words[index] not in TITLES:
            head = tokens.words[last] in ORGANISATION_HEADS
            why = UNLISTED_ORGANISATION if head else UNLISTED_PERSON
            yield Suspect(*place(tokens, first, last), "ORG" if head else "PERSON", why)
            reached = last


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
    if titled:
        return first, last
    before = tokens.word(first - 1)
    if first - 1 > reached and before == "o" and tokens.gap(first) == "'":
        return first - 1, last  # "o'sullivan"
    if first - 1 > reached and tokens.gap(first) == " " and is_given_name(before) and weight(before) < VERY_COMMON:
        first -= 1  # "len ibbotson"
    while tokens.after(last) == " " and tokens.word(last + 1) in _KINDS:
        last += 1  # "hightown surgery"
    return first, last


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
    if word in SUBJECTS or word.endswith(_MADE_WORDS):
        return False
    if any(word.startswith(start) and weight(word.removeprefix(start)) > NOT_A_WORD for start in _BEGINNINGS):
        return False
    return not any(word.endswith(end) and word.removesuffix(end) in FUNCTION | SUBJECTS for end in _RUN_ON)


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
    return titled and tokens.word(index - 1) in TITLES and word.isalpha() and word not in FUNCTION | SUBJECTS | SPEECH


def _may_be_surname(word: str) -> bool:
    """Whether a word behind a given name is neither what its owner does nor a small word."""
    if word in FUNCTION | SUBJECTS | SPEECH | AUXILIARIES or is_verb(word):
        return False
    return word.isalpha() and len(word) > 1 and not word.endswith(("ed", "ly", "ing", "ade"))


def guessed(tokens: Tokens, compiled: Compiled, guesses: Iterable[tuple[int, int, str]]) -> Iterator[Suspect]:
    """The recogniser's guesses but for those in which every word is a number, generic, a country or much used; and
    writing in another SCRIPT, always."""
    for start, end, kind in guesses:
        if kind == "SCRIPT":
            yield Suspect(start, end, kind, OTHER_SCRIPT)
            continue
        words = WORD.findall(fold(tokens.view.original[start:end]))
        if any(_unknown(word, compiled) and not word[0].isdigit() for word in words):
            yield Suspect(start, end, kind, UNLISTED_PERSON if kind == "PERSON" else UNLISTED_ORGANISATION)


def anything(tokens: Tokens, compiled: Compiled) -> Iterator[Suspect]:
    """Every word that the roster or a capital could make a name of."""
    for index, word in enumerate(tokens.words):
        if tokens.capital(index) or compiled.look_up(word) is not None or is_given_name(word):
            yield Suspect(*place(tokens, index, index), "PERSON", NAME_OR_WORD)


# --- judging them ------------------------------------------------------------------------


def _kind(tokens: Tokens, first: int, last: int, compiled: Compiled) -> str | None:
    """PERSON or ORG, or None when the run names neither."""
    words = tokens.words[first : last + 1]
    if last == first + 1 and len(words[0]) == len(words[1]) == 1 and tokens.after(first) == "&":
        return None if f"{words[0]}&{words[1]}".upper() in abbreviations() else "ORG"  # "V&A"
    main = [word for word in words if word not in SMALL and word not in TITLES]
    if (
        not main
        or " ".join(words) in places()
        or all(
            word.removesuffix("s") in COMMON_CAPITALS or word in COMMON_CAPITALS or word in places() or word.isdigit()
            for word in main
        )
    ):
        return None
    if main[-1].endswith("s") and all(word in GENERIC or word.removesuffix("s") in GENERIC for word in main):
        return None  # "21 County Councils"
    if words[0] in TITLES or tokens.word(first - 1) in TITLES or _person(tokens, first, last, main):
        return "PERSON"
    single = len(main) == 1
    named = _single(tokens, first, last, compiled, main) if single else _several(tokens, first, last, compiled, main)
    return "ORG" if named else None


def _begins(tokens: Tokens, index: int) -> bool:
    """Whether a text, a label or a sentence begins here: a capital is owed to that."""
    return tokens.begins_sentence(index) and not (tokens.behind_a_mark(index) and ":" not in tokens.gap(index))


def _heading(tokens: Tokens, index: int) -> bool:
    """Whether the line is written as a title, most of its words with a capital and no full stop behind."""
    first = last = index
    while first > 0 and "\n" not in tokens.gap(first):
        first -= 1
        if index - first > _LINE:
            return False
    while last + 1 < len(tokens.words) and "\n" not in tokens.after(last):
        last += 1
        if ":" in tokens.gap(last) and all(
            tokens.capital(i) or tokens.words[i] in SMALL or tokens.words[i].isdigit() for i in range(first, last)
        ):  # "Harbour Lights: a first year"
            return True
        if last - index > _LINE:
            return False
    if tokens.after(last)[:1] in (".", "?", "!"):
        return False
    words = [i for i in range(first + 1, last + 1) if tokens.words[i] not in SMALL and not tokens.words[i].isdigit()]
    return 2 * sum(tokens.capital(i) for i in words) > len(words)


def _does_something(tokens: Tokens, last: int) -> bool:
    """Whether what people and bodies do, or what they have, comes next ("Northmoor said", "Northmoor's plan")."""
    behind = tokens.word(last + 1)
    acts = behind in SPEECH or behind in AUXILIARIES or is_verb(behind) or (behind.endswith("ed") and len(behind) > 4)
    return tokens.possessive(last) or (acts and tokens.after(last) == " ")


def _unknown(word: str, compiled: Compiled) -> bool:
    return word not in compiled.known and weight(word, compiled.language) == NOT_A_WORD


def _person(tokens: Tokens, first: int, last: int, main: list[str]) -> bool:
    """A given name with what follows it; by itself only where a capital means something."""
    if (main[0] == "o" and len(main) > 1) or _initial_behind(tokens, last):  # "O'Neill"
        return True
    if len(main) == 1 and tokens.word(last + 1) in ("who", "whose", "som") and main[0] not in COMMON_CAPITALS:
        told = tokens.after(last) == ", " and not tokens.begins_sentence(first)  # "at Precious, who is nine"
        if told or weight(main[0]) == NOT_A_WORD:
            return True  # "Kirsty, who is nine"
    if len(main) > 4 or not is_given_name(main[0]) or any(word in ORGANISATION_HEADS for word in main):
        return False
    if tokens.upper(first) and len(main[0]) <= 3:
        return False
    if len(main) > 1:
        return True
    strength = weight(main[0])
    limit = NOT_A_WORD if _begins(tokens, first) else COMMON
    if strength <= limit or tokens.word(last + 1) in SPEECH:
        return True
    return strength <= RARE and (_does_something(tokens, last) or tokens.after(last) == ", ")  # "Jimmy, she said, …"


def _single(tokens: Tokens, first: int, last: int, compiled: Compiled, main: list[str]) -> bool:
    unknown = _unknown(main[0], compiled)
    written = tokens.written(first)
    if written.isupper():
        said = unknown or (len(written) >= 4 and weight(main[0]) <= RARE)  # UNISON
        return len(written) >= 3 and said and written not in abbreviations() and main[0] not in compiled.known
    if unknown and _CAPITALS_INSIDE.search(written):
        return True  # "SECAmb", wherever it stands
    beside = tokens.word(last + 1) in ORGANISATION_HEADS or tokens.word(first - 1) in ORGANISATION_HEADS
    if _begins(tokens, first) and not beside:
        follows = tokens.after(last) in (" ", " (") and not _heading(tokens, first)  # "Thea (nurse) has offered"
        said = _does_something(tokens, last) or follows
        if _begins_a_body(main[0], compiled):
            return _does_something(tokens, last) or tokens.after(last) != " " or tokens.word(last + 1) in AND
        if weight(main[0]) == RARE and compiled.speller.correct(main[0]) is not None:
            return _does_something(tokens, last) or tokens.after(last) == ", "  # "Priestly, you said", who is Priestley
        speaks = weight(main[0]) == RARE and tokens.word(last + 1) in SPEECH and not main[0].endswith("s")
        return (unknown or speaks) and said and not main[0].endswith(_NOUN_ENDINGS)  # "Stagecoach said"
    rare = weight(main[0]) == RARE and main[0] not in compiled.known and not tokens.begins_sentence(first)
    return len(written) > 2 and (unknown or rare)


def _begins_a_body(word: str, compiled: Compiled) -> bool:
    """Whether a rare word is the first of a body on the roster: "Beacon" of Beacon Digital."""
    phrases = compiled.phrases.get(word, ())
    return weight(word) == RARE and any(phrase.type == "ORG" and len(phrase.words) > 1 for phrase in phrases)


def _several(tokens: Tokens, first: int, last: int, compiled: Compiled, main: list[str]) -> bool:
    unknown = any(_unknown(word, compiled) for word in main)
    if any(word in ORGANISATION_HEADS for word in main):
        return True
    if _heading(tokens, first) or {tokens.after(i) for i in range(first, last)} == {"-"}:
        opens = _begins(tokens, first)  # where any word has a capital, everyday ones are no evidence
        return any(_unknown(word, compiled) for word in (main[1:] if opens else main))
    if unknown:
        return True
    linked = any(tokens.words[i] in ("for", "from", "to") for i in range(first, last))
    return linked or not all(word in COMMON_CAPITALS or word in GENERIC for word in main)

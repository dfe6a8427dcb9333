"""Words that begin like names and are none, or are in part: modals, hours, genitives, two letters of a name."""

from .context import Verdict, is_label
from .names import Part
from .neighbours import AND, BESIDE_PEOPLE, MODALS, acts, closed
from .runs import Reading
from .small_initials import OWNERS
from .tokens import Tokens
from .words import (
    AUXILIARIES,
    CLAUSE_OPENERS,
    DAYS,
    DETERMINERS,
    FUNCTION,
    PLACING,
    QUANTITY,
    RARE,
    SHORT_MONTHS,
    TELLING,
    TOWARDS,
    VERY_COMMON,
    is_given_name,
    is_participle,
    is_verb,
    weight,
)

_CLAUSE_END = frozenset(",.?!;:)'")
_NO_VERB = AUXILIARIES | TOWARDS | {"who", "whose", ""}
SUBJECT_WORDS = frozenset(("i", "you", "he", "she", "it", "we", "they", "who", "which", "everyone", "everybody"))
# With what stands for a name that was replaced (replace.py).
SUBJECT_WORDS |= {"colleague", "someone", "person", "individual", "organisation"}


def is_auxiliary(tokens: Tokens, index: int, reached: int) -> bool:
    """ "Will will price the boat", "we will price it", "What You Will Learn": a modal behind its subject is no name."""
    if tokens.words[index] not in MODALS:
        return False
    if tokens.caseless(index):
        return _behind_itself(tokens, index, reached)
    if tokens.capital(index):
        return (
            tokens.capital(index - 1) and tokens.word(index - 1) in SUBJECT_WORDS - {"i"} and tokens.gap(index) == " "
        )
    if tokens.after(index)[:1] in _CLAUSE_END or tokens.word(index + 1) in _NO_VERB:
        return False  # "it was featherstone will who came"
    behind_a_name = index > 0 and tokens.gap(index) == " " and (index - 1 == reached or _subject(tokens, index - 1))
    return behind_a_name or tokens.word(index - 1) in SUBJECT_WORDS


def _subject(tokens: Tokens, index: int) -> bool:
    """Whether a capital that says something makes a name of the word: "UoM will put in"."""
    return tokens.capital(index) and not tokens.begins_sentence(index)


def is_hour(tokens: Tokens, index: int) -> bool:
    """ "9.10 AM", "by Fri AM", whoever AM is."""
    before = tokens.word(index - 1) if tokens.words[index] in ("am", "pm") else ""
    return (before.isdigit() or before in DAYS) and tokens.gap(index).isspace()


def is_month(tokens: Tokens, index: int) -> bool:
    """ "4 Mar 2025", "Mar 4, 2025", whoever Mar is."""
    if tokens.words[index] not in SHORT_MONTHS:
        return False
    before, after = tokens.word(index - 1), tokens.word(index + 1)
    if before.isdigit() and len(before) < 3 and tokens.gap(index) == " ":
        return _is_year(after) and tokens.after(index) == " "
    return after.isdigit() and len(after) < 3 and _is_year(tokens.word(index + 2)) and tokens.after(index) == " "


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def _behind_itself(tokens: Tokens, index: int, reached: int) -> bool:
    """ "will will bring it", without capitals: the second is no name."""
    twice = index - 1 == reached and tokens.gap(index) == " " and tokens.word(index - 1) == tokens.words[index]
    return twice and tokens.after(index)[:1] not in _CLAUSE_END and tokens.word(index + 1) not in _NO_VERB


def genitive_verdict(reading: Reading, part: Part, index: int) -> Verdict:
    """ "Björns buss", "Marks idea", "the Prices": a name that is a word, with an s that makes another word.

    Swedish has this genitive, and no noun in it begins a sentence without an article; English has it by mistake.
    """
    tokens, language = reading.tokens, reading.compiled.language
    after = tokens.word(index + 1) if tokens.after(index) == " " else ""
    swedish = language == "sv" or (weight(after, "sv") and not weight(after))  # whatever the rest is in
    if swedish and tokens.caseless(index):
        return Verdict.NAME if part.given and part.weight <= RARE else Verdict.UNSURE
    family = not part.given and tokens.word(index - 1) == "the"
    if not part.given and _are_told_apart(tokens, index):
        return Verdict.UNSURE if tokens.caseless(index) else Verdict.NAME
    if tokens.caseless(index) or not tokens.capital(index):
        if part.given and tokens.word(index - 1) in TELLING and _owns_a_noun(tokens, index):
            return Verdict.UNSURE  # "invite joys team"
        return Verdict.UNSURE if _in_a_hurry(tokens, part, index) or (family and part.weight <= RARE) else Verdict.WORD
    word = tokens.words[index]
    if swedish:  # "Marks svar"
        return Verdict.UNSURE if weight(word, "sv") == VERY_COMMON or word in DETERMINERS else Verdict.NAME
    opening = tokens.begins_sentence(index) and not tokens.behind_a_mark(index)
    if family and not opening:
        return Verdict.NAME
    if part.given and not opening and _owns_a_noun(tokens, index) and not tokens.title_case(index, reading.meaning):
        return Verdict.NAME  # "taking away Graces drawing"
    return Verdict.UNSURE if part.given or not opening else Verdict.WORD


def _are_told_apart(tokens: Tokens, index: int) -> bool:
    """ "the two larks, p. and paula": whether several of a name are counted, and an initial follows."""
    counted = tokens.word(index - 1) in QUANTITY or tokens.word(index - 1) == "both"
    letter = len(tokens.word(index + 1)) == 1 and (tokens.word(index + 1) not in "ai" or tokens.capital(index + 1))
    return counted and letter and tokens.after(index).strip() in (",", "(", ":")


def _in_a_hurry(tokens: Tokens, part: Part, index: int) -> bool:
    """ "marks daughter got in": a given name where a sentence begins, and a noun behind it."""
    after, before = tokens.word(index + 1), tokens.word(index - 1)
    noun = _owns_a_noun(tokens, index)
    careless = tokens.caseless(index) or tokens.hurried(index)
    opens = tokens.begins_sentence(index) or before in CLAUSE_OPENERS  # "if wills happy"
    behind = before in TOWARDS or before in PLACING or is_verb(before) or is_participle(before)  # "by graces house"
    told = (opens and (noun or after in ("a", "the", "not", "off", "here"))) or (behind and noun)  # "faiths a gem"
    return part.given and careless and told


def _owns_a_noun(tokens: Tokens, index: int) -> bool:
    """Whether a noun follows, and no article or number stands before: "Graces drawing", not "full marks there"."""
    after, before = tokens.word(index + 1), tokens.word(index - 1)
    noun = weight(after) and after not in FUNCTION and not is_verb(after) and tokens.after(index) == " "
    return bool(noun) and before not in DETERMINERS and before not in QUANTITY and not before.isdigit()


def clip_verdict(tokens: Tokens, index: int) -> Verdict:
    """ "Ro, who is the doctor", "We asked Ro": whether two letters that a name begins with are whom somebody calls so.

    Beside another capital they are part of another name ("Li Wei", "Ty Gwyn"), and in capitals they abbreviate.
    """
    caseless, after, before = tokens.caseless(index), tokens.after(index), tokens.word(index - 1)
    beside = after in (" ", "-", ".", ". ") and tokens.capital(index + 1) and not caseless
    if beside or (not caseless and (tokens.upper(index) or not tokens.capital(index))):
        return Verdict.WORD
    if is_label(tokens, index):
        return Verdict.NAME
    if after == "-":
        return Verdict.WORD  # "Re-opening"
    who = after == ", " and tokens.word(index + 1) in ("who", "whose", "som")
    acting = who or tokens.possessive(index) or acts(tokens, index)
    if caseless or tokens.begins_sentence(index):
        begins = tokens.begins_sentence(index)
        if acting and (begins or tokens.gap(index) == ", "):
            return Verdict.NAME
        alone = begins and (after != " " or tokens.word(index + 1) in AND or tokens.word(index + 1) == "to")
        beside = before in TELLING or before in BESIDE_PEOPLE
        called = caseless and (beside or (is_given_name(tokens.words[index]) and closed(tokens, index)))
        return Verdict.UNSURE if alone or called else Verdict.WORD
    beside = tokens.capital(index - 1) and tokens.gap(index) == " " and before not in TELLING and before not in OWNERS
    joined = tokens.gap(index) in ("-", "/") or beside
    return Verdict.WORD if joined else Verdict.NAME

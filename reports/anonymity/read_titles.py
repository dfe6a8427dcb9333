"""Job titles that one person on the roster holds, or few: a person, or a thing, or one of many who are called the same.

"The treasurer paid", "(Chair)" and "Ravi is matron" point at somebody; "every chair" and "a practice manager" at
nobody; "in the chair" is furniture, or may be.
"""

from .compiled import Entry
from .context import Verdict
from .neighbours import acts, closed
from .organisations import Phrase
from .runs import Reading
from .tokens import Tokens
from .words import AUXILIARIES, DETERMINERS, FUNCTION, GRAMMAR, NOT_A_WORD, PRONOUNS, RARE, TITLES, VERY_COMMON

_POINTING = GRAMMAR["pointing"]
_BEING = GRAMMAR["being"]
_COUNTED = GRAMMAR["counted"]
_A = frozenset(("a", "an", "one", "en", "ett"))
_ANSWERS = frozenset(("yes", "no", "right", "thanks", "sorry", "okay", "ok", "tack", "ja", "nej"))
_PLACED = frozenset(("in", "on", "off", "from", "into", "over", "behind"))
_AGENT = ("er", "or", "man", "woman", "ist", "ian", "ary")  # endings of people, not of things
_ARTICLES = frozenset(("n", "ns", "en", "ens", "t", "ts"))  # behind letters that Swedish abbreviates by
_BARE_BEHIND = frozenset(
    ("enligt", "av", "fran", "hos", "med", "till", "for", "ringer", "fragar", "traffar", "meddelar")
)
_OFFICE = frozenset(("of", "at", "in", "for", "i", "pa", "vid"))


def title(reading: Reading, phrase: Phrase, entry: Entry, first: int, last: int) -> Verdict:
    """Whether words `first` to `last`, which are a job title that one person holds, mean that person."""
    tokens = reading.tokens
    before = tokens.word(first - 1) if tokens.gap(first) in ("", " ", "\n") else ""
    swedish = reading.compiled.language == "sv"
    before = "" if swedish and before == "an" else before  # "än", folded: "than"
    if _many(tokens.words[last], phrase, entry, swedish=swedish) and not tokens.possessive(last):
        ours = len(phrase.words) > 1 and before in _POINTING
        return Verdict.UNSURE if ours else Verdict.WORD  # "the medical directors", of whom one is known
    if before in _COUNTED or before.isdigit():
        return Verdict.WORD  # "two treasurers"; Swedish has words that are one or many
    if before in DETERMINERS and before not in _POINTING and not (before == "its" and len(phrase.words) > 1):
        return _one_of_many(tokens, phrase, first)
    capitals = phrase.acronym and tokens.upper(first) and not tokens.caseless(first)  # "MAS"
    capitals |= swedish and tokens.after(last) == ":" and tokens.word(last + 1) in _ARTICLES  # "Vd:n"
    if len(phrase.words) > 1 or capitals or _beside_a_name(reading, first, last):
        return Verdict.NAME
    if "-" in (tokens.gap(first), tokens.after(last)):
        return Verdict.WORD  # "vice-chair"
    if before in _POINTING or (swedish and _owner(tokens, first)):
        return _pointed_at(tokens, phrase, first)
    if before in _BEING:
        return Verdict.NAME if tokens.word(last + 1) in PRONOUNS or not phrase.weight else Verdict.UNSURE
    if _capital(tokens, first):
        return Verdict.NAME if acts(tokens, last) or closed(tokens, last) else Verdict.UNSURE
    by_itself = tokens.begins_sentence(first) and not entry.genitive and _acts_by_itself(tokens, last, swedish=swedish)
    if by_itself or phrase.weight == NOT_A_WORD:
        return Verdict.NAME
    told = swedish and before in _BARE_BEHIND  # "enligt rektor"
    return Verdict.UNSURE if told or _is_called(tokens, first, last) else Verdict.WORD


def _is_called(tokens: Tokens, first: int, last: int) -> bool:
    """ "That's right chair.", "thank you chair": a title in small letters that somebody is called by."""
    before = tokens.word(first - 1) if tokens.gap(first) in (" ", ", ") else ""
    answered = before in _ANSWERS or (before == "you" and tokens.word(first - 2) == "thank")
    return answered and closed(tokens, last)


def role(reading: Reading, phrase: Phrase, entry: Entry, first: int, last: int) -> Verdict:
    """Whether words `first` to `last`, which are a job title that few hold, may mean one of them: a human decides."""
    tokens = reading.tokens
    named = _names(reading, last + 1) or tokens.capital(last + 1)
    if named and tokens.words[first] in TITLES and tokens.after(last) in (" ", ". "):
        return Verdict.WORD  # "Councillor Ek": it goes with the name
    verdict = title(reading, phrase, entry, first, last)
    return Verdict.WORD if verdict is Verdict.WORD else Verdict.UNSURE


def _one_of_many(tokens: Tokens, phrase: Phrase, first: int) -> Verdict:
    """ "Every chair", "a practice manager", who may be ours; "she is a practice manager", who is."""
    if len(phrase.words) == 1 or tokens.word(first - 1) not in _A:
        return Verdict.WORD
    return Verdict.NAME if tokens.word(first - 2) in _BEING else Verdict.UNSURE


def _pointed_at(tokens: Tokens, phrase: Phrase, index: int) -> Verdict:
    """ "The treasurer", "our chair"."""
    if tokens.word(index + 1) == "of":
        return Verdict.UNSURE  # of this body or another
    if _capital(tokens, index) or acts(tokens, index) or tokens.possessive(index):
        return Verdict.NAME
    if phrase.weight < VERY_COMMON or tokens.words[index].endswith(_AGENT):
        return Verdict.NAME
    return Verdict.WORD if tokens.word(index - 2) in _PLACED else Verdict.UNSURE


def _beside_a_name(reading: Reading, first: int, last: int) -> bool:
    """ "Ravi Ek (Chair)", "Ravi is matron at the hospice", "the apprentice Ravi"."""
    tokens, meaning = reading.tokens, reading.meaning
    if tokens.after(last) == " " and _names(reading, last + 1):
        return True
    if not (closed(tokens, last) or tokens.word(last + 1) in _OFFICE):
        return False
    if tokens.word(first - 1) in _BEING and tokens.gap(first) == " ":
        return tokens.gap(first - 1) == " " and _names(reading, first - 2)
    named = first > 0 and (entry := meaning[first - 1]) is not None and bool(entry.part or entry.initials)
    return named and tokens.gap(first) in (", ", " (", ",\n", "\n", " - ")


def _many(word: str, phrase: Phrase, entry: Entry, *, swedish: bool) -> bool:
    """ "treasurers", "treasurer's" without its sign; "rektorns" is one's, for no Swedish plural ends in an s."""
    if swedish and word.removesuffix("s") == phrase.words[-1].removesuffix("s"):
        return False
    return entry.genitive or word != phrase.words[-1]


def _acts_by_itself(tokens: Tokens, index: int, *, swedish: bool) -> bool:
    """ "Treasurer reported", "Rektor sa nej": what can be counted and has no article is somebody's name.

    Swedish "lärare" may be many.
    """
    if not swedish:
        return acts(tokens, index)
    after, word = tokens.word(index + 1), tokens.words[index]
    goes_on = tokens.after(index) == " " and (after in AUXILIARIES or after not in FUNCTION)
    return goes_on and not word.endswith(("are", "arna", "erna"))


def _owner(tokens: Tokens, index: int) -> bool:
    """ "Skolans rektor": whether a Swedish genitive stands before the word."""
    before = tokens.word(index - 1)
    return tokens.gap(index) == " " and len(before) > 3 and before.endswith(("ns", "ts")) and before not in FUNCTION


def _names(reading: Reading, index: int) -> bool:
    entry = reading.meaning[index] if 0 <= index < len(reading.meaning) else None
    return entry is not None and entry.part is not None and entry.part.weight <= RARE


def _capital(tokens: Tokens, index: int) -> bool:
    """Whether the word has a capital that says something."""
    return tokens.capital(index) and not tokens.begins_sentence(index) and not tokens.caseless(index)

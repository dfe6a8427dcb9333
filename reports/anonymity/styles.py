"""How people are styled before their names: "Dr", "Mr and Mrs", "Cllr Mrs"."""

from .name_words import SUBJECT_WORDS
from .neighbours import AND
from .tokens import DOTTED_TITLES, STOPPED_TITLES, Tokens
from .words import AUXILIARIES, DETERMINERS, GRAMMAR, QUANTITY, TITLES

_STYLES = GRAMMAR["small styles"]
_NEVER_COUNTED = frozenset(("mr", "mrs", "ms", "mx"))  # "which mr power says", but "a dr per ward"


def styles_before(tokens: Tokens, index: int, reached: int) -> int:
    """How many words before word `index` are titles: "Dr Per", "Mr and Mrs Per"."""
    if index - 1 <= reached or not _titled(tokens, index):
        return 0
    pair = index - 3 > reached and tokens.word(index - 2) in AND and tokens.word(index - 3) in TITLES
    if pair and tokens.near(index - 2) and tokens.near(index - 1):
        return 3
    style = index - 2 > reached and tokens.word(index - 1) in DOTTED_TITLES and tokens.word(index - 2) in TITLES
    dotted = tokens.gap(index - 1) == ". " and tokens.word(index - 2) in DOTTED_TITLES
    return 2 if style and (dotted or tokens.gap(index - 1) == " ") else 1  # "Cllr Mrs Per", "Prof. Dr Per"


def _titled(tokens: Tokens, index: int) -> bool:
    """Whether a title stands before word `index`: "Dr Per", "dr per", not "one doctor per patient"."""
    if tokens.word(index - 1) in _STYLES and tokens.gap(index) == " " and not tokens.caseless(index):
        return tokens.capital(index - 1) and tokens.capital(index)
    if tokens.word(index - 1) not in TITLES or not tokens.near(index):
        return False
    if tokens.gap(index).startswith(".") and tokens.word(index - 1) not in STOPPED_TITLES:
        return False  # "She met the sister. Anna …"
    if tokens.capital(index) or (tokens.capital(index - 1) and not tokens.begins_sentence(index - 1)):
        return True  # "det var Mrs de la Torre": a particle has no capital
    before = tokens.word(index - 2) if tokens.gap(index - 1) == " " else ""
    if tokens.words[index - 1] == "miss" and (before == "to" or before in AUXILIARIES or before in SUBJECT_WORDS):
        return False  # "i would miss precious time"
    style = tokens.words[index - 1]
    counted = before in DETERMINERS or before in QUANTITY or before.isdigit()
    counted &= style not in _NEVER_COUNTED and not (
        before in ("the", "that") and style in DOTTED_TITLES
    )  # "the rev t ek"
    return not counted and (tokens.caseless(index) or tokens.hurried(index) or tokens.capital(index - 1))

"""Initials written as one word: "AL said", "Anna Lind (AL)", "Action: AL and MO"."""

from .beside_initials import HEADS, amid_words, are_initials, by_itself, like_a_person, opens_a_minute
from .beside_names import DIGRAPHS
from .compiled import Entry
from .context import Verdict
from .neighbours import AND, KISSES, acts, beside_a_name, closed
from .runs import Reading, Run
from .small_initials import (
    JOINED,
    NOT_SMALL_INITIALS,
    OWNERS,
    SELF,
    in_small_letters,
    is_noted,
    joined_to_initials,
    without_case,
)
from .tokens import Tokens
from .words import (
    DETERMINERS,
    FUNCTION,
    RARE,
    SPEECH,
    TITLES,
    VERY_COMMON,
    abbreviations,
    is_verb,
    spelt_as_no_word,
    weight,
)

_CONTRACTED = frozenset(("ll", "ve", "re"))
_ITEM = 6  # words
_BESIDE_INITIALS = frozenset((" ", " & ", " + ", ", ", "/", " / "))


def initials_at(reading: Reading, entry: Entry, index: int) -> Run | None:
    """Word `index`, which means `entry`, as somebody's initials, if it is that."""
    if not entry.initials or _contracted(reading.tokens, index):
        return None
    if entry.word in reading.compiled.names.mixed:
        if _mixed(reading.tokens.written(index)):
            return Run(index, index, "PERSON", Verdict.NAME, entry.genitive)
        noted = reading.tokens.caseless(index) and is_noted(reading, index)  # "dg - she asked", for "dG"
        return Run(index, index, "PERSON", Verdict.UNSURE, entry.genitive) if noted else None
    if entry.word in TITLES and _names_on(reading, index + 1):
        return None  # "Who: Mr Lind", though there is a Mary Rook
    return _hyphened_or_accented(reading, entry, index) or _initials(reading, entry, index)


def _mixed(written: str) -> bool:
    """Whether letters are written as a surname with a particle is: "dG", "vdB"."""
    return written[0].islower() and written[-1].isupper()


def _contracted(tokens: Tokens, index: int) -> bool:
    """Whether the letters are the second half of "it'll", or what "Cc" says in a message's head."""
    if tokens.words[index] in HEADS and tokens.after(index).startswith(":"):
        return tokens.begins_line(index) and not tokens.upper(index)
    return tokens.words[index] in _CONTRACTED and tokens.gap(index) == "'" and not tokens.capital(index)


def _hyphened_or_accented(reading: Reading, entry: Entry, index: int) -> Run | None:
    """ "HF-P", and "LÅB", which is no "lab"."""
    tokens = reading.tokens
    if (last := hyphened(reading, index)) > index:
        sure = tokens.capital(index) or weight(entry.word) <= RARE
        return Run(index, last, "PERSON", Verdict.NAME if sure else Verdict.UNSURE)
    if len(entry.word) > 2 and spelt_as_no_word(entry.word, tokens.written(index), reading.compiled.language):
        return Run(index, index, "PERSON", Verdict.NAME, entry.genitive)
    return None


def _initials(reading: Reading, entry: Entry, index: int) -> Run | None:
    tokens = reading.tokens
    known = entry.word in reading.told.behind and weight(entry.word) < VERY_COMMON
    small = not tokens.capital(index) and not known
    if small and amid_words(tokens, index) and weight(entry.word) > RARE and tokens.word(index + 1) not in SELF:
        return None  # by far the most frequent
    caseless = tokens.caseless(index)
    if not (caseless or tokens.capital(index)):
        verdict = in_small_letters(reading, entry, index)
    elif (placed := _placed(reading, entry, index)) is not None:
        verdict = placed
    elif caseless:
        verdict = without_case(reading, entry, index)
    elif not (written := tokens.written(index))[-1].isupper():
        return None
    elif _spoken(entry, written) and not _stands_out(tokens, entry, index):
        person = like_a_person(tokens, index) or _owns_something(tokens, index) or entry.word in reading.told.owners
        person |= beside_a_name(tokens, index, reading.meaning) or _among_owners(reading, index)
        person |= by_itself(tokens, index) or _beside_initials(reading, index)
        person |= tokens.begins_sentence(index) and tokens.word(index + 1) == "to"  # "It's late. PM to sign."
        person &= written.isupper()
        verdict = Verdict.UNSURE if person else Verdict.WORD
    else:
        verdict = Verdict.NAME
    return Run(index, index, "PERSON", verdict, entry.genitive) if verdict is not Verdict.WORD else None


def _among_owners(reading: Reading, index: int) -> bool:
    """ "RF the bloods. IV the rota.", "IV slot or RF?": whether an item begins here, and one that is near with what is
    somebody's."""
    tokens = reading.tokens
    if not tokens.begins_sentence(index) or tokens.after(index) != " " or tokens.capital(index + 1):
        return False
    near = [i for i in range(max(0, index - _ITEM), min(index + _ITEM, len(tokens.words))) if i != index]
    opens = (i for i in near if tokens.begins_sentence(i) or (i > index and tokens.word(i - 1) in AND))
    return any(tokens.upper(i) and are_initials(reading, i) for i in opens)


def _beside_initials(reading: Reading, index: int) -> bool:
    """ "LS PM", "GB + EU": whether somebody's initials stand beside these with hardly anything between."""
    tokens = reading.tokens
    sides = ((index - 1, tokens.gap(index)), (index + 1, tokens.after(index)))
    return any(
        gap in _BESIDE_INITIALS and tokens.word(other) and tokens.upper(other) and are_initials(reading, other)
        for other, gap in sides
    )


def hyphened(reading: Reading, index: int) -> int:
    """The last word of initials with a hyphen where their owner's name has one ("HF-P", "A-MK", "E O-L", "D. Ll-J");
    else `index`."""
    tokens, last = reading.tokens, index
    letters = tokens.words[index]
    if _before_hyphened(tokens, index):
        last += 1
        letters += _shortened(tokens.words[last])
    if tokens.after(last) != "-":
        return index
    while tokens.after(last) == "-" and len(tokens.word(last + 1)) in (1, 2) and len(letters) < 5:
        last += 1
        letters += _shortened(tokens.words[last])
    if last == index or len(letters) < 3 or letters not in reading.compiled.names.initials:
        return index
    if tokens.after(last) == "-" and len(tokens.word(last + 1)) == 1:
        return index  # "M-v-o-n-E-s-s-e-n" spells a name
    return last if tokens.caseless(index) or tokens.capital(last) else index


def _before_hyphened(tokens: Tokens, index: int) -> bool:
    """Whether word `index` is a letter, and no article, that has nothing but a space or a stop before such initials."""
    if len(tokens.words[index]) > 1 or tokens.after(index) not in (" ", ".", ". "):
        return False
    return len(_shortened(tokens.word(index + 1))) == 1 and (
        tokens.capital(index) or tokens.words[index] not in ("a", "i")
    )


def _shortened(letters: str) -> str:
    """One letter of two that are written for one sound: "Ll-J" of Llewelyn-Jones."""
    return letters[:1] if letters in DIGRAPHS else letters


def _names_on(reading: Reading, index: int) -> bool:
    tokens = reading.tokens
    entry = reading.meaning[index] if index < len(tokens.words) else None
    named = tokens.capital(index) or (entry is not None and entry.part is not None)
    return named and tokens.gap(index) in (" ", ". ")


def _placed(reading: Reading, entry: Entry, index: int) -> Verdict | None:
    """What the initials are where the text says whose they are, or said so before; None where it does not."""
    if _told(reading, entry, index):
        reading.told.behind.add(entry.word)
        return Verdict.NAME
    if _is_called(reading, entry) and (again := _told_before(reading, entry, index)) is not None:
        return again
    if not (_signs(reading, index) or _owns(reading, index)):
        return None
    reading.told.owners.add(entry.word)
    if not reading.tokens.caseless(index):
        return Verdict.NAME
    return Verdict.UNSURE if weight(entry.word) == VERY_COMMON else Verdict.NAME


def _spoken(entry: Entry, written: str) -> bool:
    """Whether the letters are an abbreviation or a word besides: "MP", "MY"."""
    return written.upper() in abbreviations() or entry.word in NOT_SMALL_INITIALS or weight(entry.word) == VERY_COMMON


def _stands_out(tokens: Tokens, entry: Entry, index: int) -> bool:
    """Whether a small word in capitals, that abbreviates nothing, stands among others that are not: "proposed IS"."""
    alone = not any(tokens.capital(i) and tokens.upper(i) and len(tokens.word(i)) > 1 for i in (index - 1, index + 1))
    return alone and tokens.upper(index) and entry.word.upper() not in abbreviations() | {"US", "UK", "EU"}


def _told(reading: Reading, entry: Entry, index: int) -> bool:
    """Whether the initials stand in brackets behind their name: "Anna Lind (AL)", "Anna Lind (AL, chair)"."""
    tokens, before = reading.tokens, reading.meaning[index - 1] if index else None
    bracketed = tokens.gap(index) == " (" and tokens.after(index)[:1] in (")", ",", ";")
    return bracketed and before is not None and before.part is not None and bool(before.part.people & entry.initials)


def _still_told(tokens: Tokens, entry: Entry, index: int) -> bool:
    """Whether initials that stood behind their name are meant again: "corporate IT" is not Ian Tully (IT)."""
    if weight(entry.word) < VERY_COMMON and entry.word.upper() not in abbreviations():
        return True
    return tokens.capital(index) and not tokens.caseless(index) and like_a_person(tokens, index)


def _signs(reading: Reading, index: int) -> bool:
    """Whether the word stands where somebody signs: on the last line of a paragraph by itself, beside a kiss, or before
    whom they sign for. A paragraph to itself may be a heading: an abbreviation signs nothing there."""
    tokens = reading.tokens
    gap, after, follower = tokens.gap(index), tokens.after(index), tokens.word(index + 1)
    if not reading.lines:
        return False
    opens, kissed = index == 0 or "\n" in gap, follower in KISSES and after == " " and not tokens.word(index + 2)
    if opens and (kissed or not (follower or after.strip())):
        return index > 0 or tokens.words[0].upper() not in abbreviations()
    if tokens.word(index - 1) in KISSES and gap == " ":
        return closed(tokens, index) and not tokens.word(index - 2).isdigit()  # "2 x GP"
    return index > 0 and opens and tokens.begins_sentence(index) and after == ", " and follower in ("for", "on", "pp")


def _owns(reading: Reading, index: int) -> bool:
    """Whether the word stands where minutes say whose something is.

    "AL: the letter", "- AL - the letter", "Action: AL", "the letter, AL, 3 May", "AL and MO".
    """
    tokens = reading.tokens
    if amid_words(tokens, index):
        return False
    gap, after, follower = tokens.gap(index), tokens.after(index), tokens.word(index + 1)
    starts = index == 0 or "\n" in gap
    if reading.lines and index and tokens.begins_sentence(index) and (not follower or "\n" in after):
        return True  # a signature
    if after.startswith((":", " :")) and (tokens.begins_line(index) or gap == ". "):
        return True
    if starts and (after.startswith((" - ", " + ", " ->", " →")) or follower == "to"):
        return True
    if tokens.begins_sentence(index) and _somebody_else(reading, index):
        return True
    if (gap.startswith(":") or gap == " - ") and tokens.word(index - 1) in OWNERS:
        return True
    if gap == ", " and after == ", " and follower.isdigit():
        return True
    before = index - 1 if gap in JOINED else index - 2 if tokens.word(index - 1) in AND else -1
    behind = index + 1 if after in JOINED else index + 2 if follower in AND else -1
    ends = closed(tokens, index) or acts(tokens, index) or follower == "to"  # "OP and NE to write the bid"
    return (ends and are_initials(reading, before)) or are_initials(reading, behind)


def _is_called(reading: Reading, entry: Entry) -> bool:
    """Whether the initials stood behind their name before, or the roster says that somebody is called so."""
    return entry.word in reading.told.behind or (entry.part is not None and entry.part.letters)


def _told_before(reading: Reading, entry: Entry, index: int) -> Verdict | None:
    """What initials are that stood behind their name before; None where they are an everyday word in small letters."""
    tokens = reading.tokens
    if entry.part is None and _still_told(tokens, entry, index):
        return Verdict.NAME
    if not tokens.upper(index):
        minuted = tokens.caseless(index) and (opens_a_minute(tokens, index) or _takes_on(reading, index))
        return Verdict.UNSURE if minuted and not _owns(reading, index) else None
    if _owns(reading, index) or _takes_on(reading, index):
        return Verdict.NAME
    return None if tokens.caseless(index) else Verdict.UNSURE


def _takes_on(reading: Reading, index: int) -> bool:
    """Whether initials that were told are given something to do: "IT to chase it", "ACTION PM", "PA/NB to draft"."""
    tokens = reading.tokens
    if tokens.word(index + 1) == "to" or (tokens.word(index - 1) in OWNERS and tokens.gap(index) == " "):
        return True
    if joined_to_initials(reading, index):
        return True  # "jd and mod nights"
    beside = [index + step for step in (-1, 1) if "/" in (tokens.gap(index) if step < 0 else tokens.after(index))]
    return any(tokens.word(other) in reading.told.behind for other in beside)


def _somebody_else(reading: Reading, index: int) -> bool:
    """ "AL and Marie: the letter": whether a name of the roster is joined on."""
    tokens, meaning = reading.tokens, reading.meaning
    other = meaning[index + 2] if tokens.word(index + 1) in AND and index + 2 < len(meaning) else None
    return other is not None and (other.part is not None or bool(other.initials) or other.letter)


def _owns_something(tokens: Tokens, index: int) -> bool:
    """ "It was PR's idea", "PR's idea": not "our PR's tone" nor "local GP's surgery"."""
    before = tokens.word(index - 1)
    bare = tokens.begins_sentence(index) or (before in FUNCTION and before not in DETERMINERS) or before in SPEECH
    return tokens.possessive(index) and (bare or is_verb(before) or before.endswith("ed"))

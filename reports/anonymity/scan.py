"""Reading one view of a text against a compiled roster: where do its people and organisations stand?"""

from collections.abc import Iterator

from .compiled import Compiled, Entry
from .context import Verdict
from .neighbours import AND, acts
from .read_letters import letters_at
from .read_names import name_at
from .read_organisations import follow, organisations_at, swallow
from .runs import Hit, Reading, Run, Told
from .tokens import Settled, Tokens
from .typing_errors import LONGEST
from .words import (
    AUXILIARIES,
    CLOSINGS,
    FAMILY_PARTICLES,
    PARTICLES,
    RARE,
    REACHING,
    REPORTING,
    TELLING,
    TITLES,
    is_verb,
    weight,
)

_BEFORE_LETTERS = TITLES | FAMILY_PARTICLES | TELLING | REPORTING | REACHING | CLOSINGS
_BEFORE_PLACES = frozenset(("at", "from", "to", "for", "by", "with"))


def scan(
    tokens: Tokens, compiled: Compiled, told: Told, *, lines: bool = True, gone: Settled | None = None
) -> Iterator[Hit]:
    """Every identity of the roster in the words of a view, left to right, none overlapping another.

    `told` are the initials that were told so far; those that are met are added. `lines` is whether
    they end where the writer ended them: in text read back from a page a line to itself signs nothing. No identity
    begins where a word is `gone` anyway.
    """
    meaning = compiled.look_up_all(tokens.words, tokens.vocabulary)
    reading = Reading(tokens, meaning, compiled, told, lines)
    reached = -1
    for index, entry in enumerate(meaning):
        if entry is not None and index > reached:
            if gone is not None and gone(*tokens.place(index, index)):
                continue
            run = _longest(reading, entry, index, reached)
            if run is not None:
                reached = run.last
                yield _hit(tokens, run)


def _longest(reading: Reading, entry: Entry, index: int, reached: int) -> Run | None:
    """The longest identity that begins at word `index`; sure, if any that begins there is."""
    found = list(organisations_at(reading, entry, index)) if entry.phrases else []
    if entry.letter and not _alone(reading, index):
        found += letters_at(reading, index, reached)
    elif not entry.letter and (entry.part is not None or entry.type or entry.initials or entry.clip):
        name = name_at(reading, entry, index, reached)
        if name is not None and name.verdict is not Verdict.WORD:
            found.append(name)
    if entry.rests and (halves := _halved(reading, entry, index)) is not None:
        found.append(halves)
    if len(found) < 2:
        return found[0] if found else None
    longest = max(found, key=lambda run: (run.last - run.first, run.verdict is Verdict.NAME))
    if any(run.verdict is Verdict.NAME for run in found):
        return longest._replace(verdict=Verdict.NAME)  # "Open Door Health", where Open Door is certain
    return longest


def _alone(reading: Reading, index: int) -> bool:
    """Whether a letter has no name, no particle and no other letter behind it, nor a title before it, as nearly all.

    Nor a line to itself, as one that signs a message ("M").
    """
    behind = reading.tokens.word(index + 1)
    if reading.tokens.words[index] in reading.compiled.names.single:
        return False
    if len(reading.tokens.words) == 1:
        marked = reading.tokens.capital(index) or reading.tokens.after(index).startswith(".")
        return not marked and reading.tokens.words[index] in "abcivx"
    before = reading.tokens.word(index - 1)
    if before in _BEFORE_LETTERS or reading.tokens.gap(index) != " ":
        return False
    if before in AND and len(reading.tokens.word(index - 2)) == 1:
        return False  # "two Linds, A. and M."
    if reading.tokens.after(index) == "-":
        return False
    if len(behind) == 1 or behind in PARTICLES:
        return False
    ahead = reading.meaning[index + 1] if behind else None
    return ahead is None or (ahead.part is None and not ahead.type)


def _halved(reading: Reading, entry: Entry, index: int) -> Run | None:
    """Words `index` and the next as the halves of one name ("Lind qvist", "Lumen Works"), if they are.

    With the other words of an organisation behind them they are in any case: "tide well sailing".
    """
    tokens = reading.tokens
    rest, ahead = tokens.word(index + 1), reading.meaning[index + 1] if index + 1 < len(reading.meaning) else None
    if tokens.words[index] in PARTICLES and ahead is not None and ahead.part is not None:
        return None  # "El-Sayed" is read from the name on
    if not rest or tokens.after(index) not in (" ", "\n", "-"):
        return None
    several = rest not in entry.rests and rest.endswith("s")  # "Word Bridges"
    rest = rest.removesuffix("s") if several else rest
    if rest not in entry.rests:
        return None
    whole = reading.compiled.exactly(tokens.words[index] + rest)
    phrases = whole.phrases if whole is not None and whole.part is None else ()
    if several and not any(phrase.type == "ORG" for phrase in phrases):
        return None
    for phrase in phrases:
        if len(phrase.words) > 1 and (last := follow(tokens, phrase, index + 1, reading.compiled)) is not None:
            return Run(index, swallow(reading, index, last, phrase)[1], "ORG", Verdict.NAME)
    kind = "ORG" if phrases else "PERSON"
    verdict = _are_halves(tokens, index, rest)
    return Run(index, index + 1, kind, verdict) if verdict is not Verdict.WORD else None


def _are_halves(tokens: Tokens, index: int, rest: str) -> Verdict:
    """Whether word `index` and the `rest` are halves by themselves: two everyday words with a capital that says
    something are, and may be where somebody comes from or goes to."""
    hyphened = tokens.after(index) == "-"
    if len(tokens.words[index]) == 2:
        return Verdict.NAME if hyphened else Verdict.WORD
    if not weight(tokens.words[index]) or not weight(rest):
        return Verdict.NAME
    named = tokens.capital(index) and not tokens.caseless(index)
    if named and (tokens.capital(index + 1) or (hyphened and not tokens.begins_sentence(index))):
        return Verdict.NAME  # "Tarn Side", "we rang Tarn-side"
    careless = tokens.caseless(index) or tokens.hurried(index) or (named and hyphened)
    rare = min(weight(tokens.words[index]), weight(rest)) == RARE
    if careless and rare:
        return Verdict.NAME  # "larch bank" for Larchbank
    bound = tokens.word(index - 1) in _BEFORE_PLACES and tokens.gap(index) == " "
    owns = careless and (tokens.possessive(index + 1) or acts(tokens, index + 1))
    doubtful = (careless and (hyphened or owns)) or (bound and (careless or rare))
    return Verdict.UNSURE if doubtful else Verdict.WORD


def _dotted(tokens: Tokens, run: Run) -> bool:
    return run.last > run.first and len(tokens.words[run.last]) == 1 and tokens.after(run.first)[:1] == "."


def _ends_in_an_initial(tokens: Tokens, run: Run) -> bool:
    """ "Lindqvist, A. and Ek, M." where capitals tell that no sentence ends there."""
    return run.last > run.first and len(tokens.words[run.last]) == 1 and not tokens.caseless(run.last)


def _ends_in_a_letter(tokens: Tokens, run: Run) -> bool:
    return len(tokens.words[run.last]) == 1 and (run.type == "PERSON" or run.last > run.first)


def _is_listed(tokens: Tokens, run: Run) -> bool:
    """ "A. and M. Lindqvist": an initial by itself, and another."""
    return len(tokens.words[run.last]) == 1 and tokens.word(run.last + 1) in AND


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with the rest of a word that it begins or ends amid ("aL Ek", read apart): no half of it is printed."""
    for _ in range(LONGEST):
        if not (start > 0 and text[start - 1].isalnum() and text[start].isalnum()):
            break
        start -= 1
    for _ in range(LONGEST):
        if not (end < len(text) and text[end - 1].isalnum() and text[end].isalnum()):
            break
        end += 1
    return start, end


def _owns(tokens: Tokens, s: int) -> bool:
    """Whether what an organisation's 's at word `s` could own stands behind it."""
    behind = tokens.word(s + 1)
    return tokens.after(s)[:1] in (" ", "-") and not (behind in AUXILIARIES or is_verb(behind))


def _hit(tokens: Tokens, run: Run) -> Hit:
    """The run as a place in the input. A possessive 's stays behind the replacement, a bare apostrophe does not.

    Nor does an organisation's 's where nothing follows that it could own: "we met at St Enda's.", "St Enda's loses".
    """
    end, genitive = tokens.ends[run.last], run.genitive
    following = tokens.after(run.last)
    if run.last > run.first and tokens.gap(run.last) == " (" and following.startswith(")"):  # "Anna (Lindqvist)"
        end, following = end + 1, following[1:]
    if following == "' " and tokens.words[run.last].endswith("s"):
        end, genitive = end + 1, True
    elif run.type == "ORG" and tokens.possessive(run.last) and not _owns(tokens, run.last + 1):
        end = tokens.ends[run.last + 1]
    elif following[:1] == "." and len(following) < 3 and _dotted(tokens, run) and tokens.word(run.last + 1) == "s":
        end = end + 1 if following == ".'" else tokens.ends[run.last + 1]  # "C.M.U.H.'s", "C.M.U.H.s"
    elif (
        following[:2] == ". "
        and (_dotted(tokens, run) or _ends_in_an_initial(tokens, run) or _is_listed(tokens, run))
        and tokens.word(run.last + 1)
        and not tokens.capital(run.last + 1)
    ):
        end += 1  # "C.M.U.H. and": no sentence ends here
    elif following[:2] in (".,", ".;", ".)", ".:") and _ends_in_a_letter(tokens, run):
        end += 1  # "Ash C.C., for", "Lindqvist, A.; Ek, M."
    start, stop = tokens.view.span(tokens.starts[run.first], end)
    start, stop = _whole_words(tokens.view.original, start, stop)
    sure = run.verdict is Verdict.NAME
    kind = "TITLE" if sure and run.type == "ROLE" else run.type  # "Keld Park's manager", where Keld Park is certain
    return Hit(start, stop, kind, sure, genitive)

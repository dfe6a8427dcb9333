"""Single letters: initials before a surname, dotted acronyms, names with a space behind each letter."""

from collections.abc import Iterator

from .beside_names import digraph_before
from .compiled import Entry
from .context import Verdict
from .neighbours import AND, BESIDE_PEOPLE, KISSES, acts, closed, no_auxiliary
from .one_surname import shares_a_surname
from .read_initials import hyphened
from .read_names import name_at
from .runs import Reading, Run
from .small_initials import NOT_SMALL_INITIALS
from .tokens import DOTTED_TITLES, Tokens
from .words import (
    AUXILIARIES,
    CLOSINGS,
    FAMILY_PARTICLES,
    FUNCTION,
    NOT_A_WORD,
    PARTICLES,
    PRONOUNS,
    RARE,
    REACHING,
    REPORTING,
    SPEECH,
    SUBJECTS,
    TELLING,
    TITLES,
    abbreviations,
)

_LETTERS = 40  # so many single letters are read together, and half of them with the next: a page would take for ever
_INITIALS = 5  # nobody has more before a surname
_LETTER_GAP = frozenset(" .-_*·")
_DOTTED_GAP = _LETTER_GAP | {"'"}
_CONTRACTING = PRONOUNS | SUBJECTS | AUXILIARIES | {"cc", "that", "there", "here", "what", "let", "who", "van"}
_ABBREVIATED = frozenset(("eg", "ie", "cf"))
_NOT_INITIALS = frozenset(("uk", "us", "eu"))


def letters_at(reading: Reading, index: int, reached: int) -> Iterator[Run]:
    """Single letters from word `index` on: initials before a surname, dotted acronyms, spaced-out words."""
    tokens = reading.tokens
    if (index <= reading.barren and index + _INITIALS < reading.lettered) or _of_a_word(reading, index):
        return
    if (signed := Verdict.NAME if _labels(reading, index) else _signs(reading, index)) is not Verdict.WORD:
        yield Run(index, index, "PERSON", signed)
        return
    if (joined := max(hyphened(reading, index), _amid_particles(reading, index))) > index:
        yield Run(index, joined, "PERSON", Verdict.NAME)  # "A-MK", "H. ten B."
        return
    behind = index + 1
    while behind < index + 4 and _particle(tokens, behind):
        behind += 1
    ahead = reading.meaning[behind] if behind < len(tokens.words) else None
    named = ahead is not None and ahead.part is not None and (behind > index + 1 or ahead.part.weight == NOT_A_WORD)
    small = tokens.words[index] in ("a", "i") and tokens.after(index) == " "
    titled = tokens.word(index - 1) in DOTTED_TITLES and tokens.gap(index) in (" ", ". ")  # "cllr ms a long"
    alone = len(tokens.word(index + 1)) > 1 or (not tokens.capital(index) and tokens.after(index + 1)[:1] == ".")
    article = small and alone and not named and not titled  # "a T.M.P. thing"
    if article and not (tokens.capital(index) and (tokens.capital(index + 1) or tokens.word(index + 1) in AND)):
        return  # by far the most frequent single letters
    last = _last_letter(tokens, index)
    run = _of_a_surname(reading, index, last, reached)
    goes_on = index <= reading.barren and tokens.gap(index) == tokens.after(index)  # letters without end
    if run is None and last > index and not goes_on:
        run = _spelt_out(reading, index, last)
    if run is None and not goes_on and (far := _listed(tokens, index)) > last:
        run, last = _spelt_in_a_list(reading, index, far), far
    if run is None and last - index > 3 * _INITIALS and not goes_on:
        more = last - index == _LETTERS  # a name may begin in these letters and end in the next
        reading.barren, reading.lettered = last - _LETTERS // 2 if more else last, last
    if run is not None:
        yield run


def _amid_particles(reading: Reading, index: int) -> int:
    """The last word of initials whose particles are written out where their owner's name has them ("H. ten B.",
    "S. Mac G. P."); else `index`."""
    tokens, last, letters, particled = reading.tokens, index, reading.tokens.words[index], False
    while last < index + _INITIALS and tokens.near(last + 1):
        particle = _particle(tokens, last + 1)
        if not particle and len(tokens.word(last + 1)) != 1:
            break
        last, particled = last + 1, particled or (particle and len(tokens.words[last + 1]) > 1)  # "K-d-e-l-a"
        letters += tokens.words[last]
    if not particled or not tokens.capital(index) or letters not in reading.compiled.names.initials:
        return index
    return last if tokens.capital(last) else index


def _of_a_surname(reading: Reading, index: int, last: int, reached: int) -> Run | None:
    """Letters `index` to `last` with the surname or the title that they belong to, wherever it stands."""
    run = _before_surname(reading, index, last, reached) or _before_a_name_inside(reading, index, last, reached)
    if run is None and last == index > reached + 1:
        run = _behind_title(reading, index) or _behind_particle(reading, index, reached)
    if run is None and shares_a_surname(reading, index):
        run = Run(index, index, "PERSON", Verdict.NAME)
    if run is None and last == index and _acts_or_spoke(reading, index):
        run = Run(index, index, "PERSON", Verdict.UNSURE)
    return run


def _last_letter(tokens: Tokens, index: int) -> int:
    """The last of the single letters that stand together from word `index` on."""
    last = index
    dotted = tokens.after(index)[:1] == "."
    while len(tokens.word(last + 1)) == 1 and last - index < _LETTERS:
        gaps = _DOTTED_GAP if dotted or tokens.words[last] == "o" else _LETTER_GAP  # "D. O'D.", "D O'D", not "I'm"
        if not _between_letters(tokens.after(last), gaps):
            break
        if tokens.word(last + 1) in ("s", "d") and _ends_in_s(tokens, last):
            break
        if tokens.word(last + 1) in ("a", "i") and tokens.after(last) == ". " and _is_article(tokens, last + 1):
            break  # "p.p. a colleague"
        last += 1
    return last


def _of_a_word(reading: Reading, index: int) -> bool:
    """ "e.g. B.Ek", "I'm B. Ek", "it's Ek", "van 't Hoff", and not "it was 'B. Ek'"."""
    tokens = reading.tokens
    if tokens.gap(index) == " " and tokens.after(index) == " ":
        return False  # by far the most frequent
    apart = tokens.words[index] in "tsmd" and tokens.after(index) == " " and not tokens.capital(index)
    gaps = ("'", " '") if apart else ("'",)
    contracted = tokens.gap(index) in gaps and tokens.word(index - 1) in _CONTRACTING
    if tokens.after(index)[:1] != ".":
        return contracted
    return contracted or _abbreviates(reading, index) or _abbreviates(reading, index - 1)


def _abbreviates(reading: Reading, index: int) -> bool:
    """Whether "e.g." begins at word `index`, or "p.p." before whom somebody signs for."""
    tokens = reading.tokens
    if index < 0 or tokens.after(index) != "." or tokens.after(index + 1)[:2] != ". " or tokens.capital(index):
        return False
    letters = f"{tokens.words[index]}{tokens.word(index + 1)}"
    ahead = reading.meaning[index + 2] if index + 2 < len(reading.meaning) else None
    named = ahead is not None and (ahead.part is not None or ahead.letter)
    return letters in _ABBREVIATED or (letters == "pp" and (named or tokens.word(index + 2) in TITLES))


def _is_article(tokens: Tokens, index: int) -> bool:
    """ "p.p. a colleague", "Before T.M.P. I was there"."""
    follows = tokens.after(index) == " " and len(tokens.word(index + 1)) > 1
    return follows and not tokens.capital(index + 1)


def _without_what_follows(tokens: Tokens, first: int, last: int) -> int:
    """The last of the letters without numbers, kisses and articles behind them: "M.B. 2", "thx M.B. x"."""
    end = last
    while end > first + 1 and (tokens.words[end].isdigit() or tokens.words[end] in ("a", "i", "x")):
        if tokens.capital(end) or " " not in tokens.gap(end):
            break
        end -= 1
    return end


def _ends_in_s(tokens: Tokens, last: int) -> bool:
    """Whether the s or d behind letter `last` makes a genitive or a plural of the letters and is none of them:
    "M.V.T.'s", "M.V.T.s", "M.V.'d", not "D. O'S."."""
    gap = tokens.after(last)
    if "'" in gap:
        return gap != "'" or tokens.words[last] != "o"
    if tokens.after(last + 1) == "." and len(tokens.word(last + 2)) == 1:
        return False  # "D.v.o.n.E.s.s.e.n"
    return gap == "." and tokens.word(last + 1) == "s" and tokens.capital(last) and not tokens.capital(last + 1)


def _labels(reading: Reading, index: int) -> bool:
    """Whether the letter is who speaks, behind the time of a message ("19:03 - V: yes"), or all that somebody is
    called."""
    tokens, letter = reading.tokens, reading.tokens.words[index]
    called, after = letter in reading.compiled.names.single, tokens.after(index)
    if after[:2] in (": ", ":\n") and tokens.begins_line(index):
        timed = tokens.word(index - 1).isdigit() and tokens.word(index - 2).isdigit()
        return called or (timed and letter in reading.compiled.given)
    if not called or letter in "ai" or after[:1] in (".", "-", "&", "/"):
        return False
    return tokens.capital(index) and not tokens.caseless(index) and not tokens.begins_sentence(index)


def _signs(reading: Reading, index: int) -> Verdict:
    """ "A." by itself below a message, behind a line or more: who wrote it."""
    tokens = reading.tokens
    if not reading.lines or tokens.words[index] not in reading.compiled.given:
        return Verdict.WORD
    if len(tokens.words) == 1:  # a paragraph to itself; "A" and "I" may head one
        capital, dotted = tokens.capital(index), tokens.after(index)[:1] == "."
        if tokens.words[index] in "abcivx" and not (capital and dotted):
            return Verdict.WORD
        if capital:
            return Verdict.NAME
        return Verdict.WORD if tokens.after(index).strip() else Verdict.UNSURE
    return Verdict.NAME if _signs_below(tokens, index) else Verdict.WORD


def _acts_or_spoke(reading: Reading, index: int) -> bool:
    """ "says P.", "Always. E bring the lens": whether a capital by itself stands where somebody is named."""
    tokens, letter = reading.tokens, reading.tokens.words[index]
    before, after = tokens.word(index - 1), tokens.after(index)
    if letter in "ai" or letter not in reading.compiled.given:
        return False
    if before in CLOSINGS and tokens.gap(index) in (" ", ", ") and _ends_a_line(tokens, index):
        return tokens.capital(index) or tokens.caseless(index)  # "love K"
    if tokens.caseless(index):
        if tokens.begins_clause(index) and tokens.after(index) == " " and _does_something(tokens, index):
            return True  # "…, k parks the van"
        called = letter in reading.compiled.names.single and before in BESIDE_PEOPLE | {"at", "to", "for"}
        spoke = before in REPORTING | TELLING | REACHING and letter not in KISSES
        return (called or spoke) and tokens.gap(index) == " " and closed(tokens, index)  # "says p.", "ask w."
    if not tokens.capital(index):
        return False
    if before in SPEECH | TELLING and tokens.gap(index) == " ":
        return closed(tokens, index) or tokens.word(index + 1) in FUNCTION
    starts = index > 0 and tokens.begins_sentence(index) and tokens.gap(index)[:1] in (".", "?", "!")
    return starts and after == " " and not tokens.capital(index + 1) and len(tokens.word(index + 1)) > 2


def _ends_a_line(tokens: Tokens, index: int) -> bool:
    """Whether a line or the text ends behind the letter, a full stop or a kiss aside."""
    last = index + (tokens.after(index) == " " and tokens.word(index + 1) in KISSES)
    mark, broken, _ = tokens.after(last).partition("\n")
    return not mark.strip(". ") and (bool(broken) or not tokens.word(last + 1))


def _does_something(tokens: Tokens, index: int) -> bool:
    """Whether a verb stands behind the letter: not "option k, s is better", nor "M.R.'d said"."""
    does = no_auxiliary(tokens, index) or (acts(tokens, index) and tokens.word(index + 1) not in AUXILIARIES)
    return does and "'" not in tokens.gap(index)


def _signs_below(tokens: Tokens, index: int) -> bool:
    """Whether the letter stands at the end of what it signs: behind the last sentence, or below it."""
    if index > 0 and tokens.begins_sentence(index) and closed(tokens, index) and _written_to_sign(tokens, index):
        if tokens.words[index] in ("a", "i") and tokens.after(index)[:1] == ",":
            return False  # "I, for one, agree."
        below = "\n" in tokens.after(index) or not tokens.word(index + 1)
        ends = tokens.after(index).strip() == "." and below and "\n" not in tokens.gap(index)  # "She knows. H."
        if len(tokens.words[index - 1]) > 1 and (ends or tokens.after(index)[:1] not in (")", ".", ":")):
            return True  # "night all. M x"
    if tokens.after(index)[:1] == "." and tokens.begins_sentence(index) and tokens.word(index + 1):
        return False  # numbers a list
    below = index > 0 and "\n" in tokens.gap(index) and len(tokens.words[index - 1]) > 1
    marked = tokens.capital(index) or tokens.after(index)[:1] == "."
    return below and marked and (index + 1 == len(tokens.words) or "\n" in tokens.after(index))


def _written_to_sign(tokens: Tokens, index: int) -> bool:
    """Whether the letter has a capital, or is the last of a line, a kiss aside: "night all. m x", "see you!! j"."""
    return tokens.capital(index) or (tokens.words[index] not in ("a", "i") and _ends_a_line(tokens, index))


def _before_surname(reading: Reading, first: int, last: int, reached: int) -> Run | None:
    """ "J. R. van der Berg": letters `first` to `last` as the initials of the name that follows, if one does."""
    tokens, behind = reading.tokens, last + 1
    while _particle(tokens, behind) and behind < last + 4 and tokens.near(behind):
        behind += 1
    entry = reading.meaning[behind] if behind < len(tokens.words) else None
    if entry is None or entry.part is None or not _goes_on(tokens, first, last):
        return None  # "S. Ní Bhriain", "s.nibhriain"
    a_word = entry.part.weight > RARE and tokens.capital(first) and not tokens.capital(behind)  # "R.P.C. will pay"
    begin = first - (tokens.gap(first) == "." and len(tokens.word(first - 1)) == 1)
    small = not tokens.capital(first) and "".join(tokens.words[begin : last + 1]) in NOT_SMALL_INITIALS
    if small or a_word:
        return None  # "e.g. Anna", "at 9 a.m. Anna"
    pronoun = tokens.words[last] == "i" and last == first
    particles = behind > first + 1
    titled = tokens.word(first - 1) in DOTTED_TITLES and tokens.gap(first) in (" ", ". ")
    article = tokens.words[first] in ("a", "i") and entry.part.weight > NOT_A_WORD and not particles and not titled
    lone = all(tokens.words[i] in PARTICLES for i in range(first + 1, last + 1))
    if lone and not article:  # "r church", "r o'donoghue"
        theirs = reading.compiled.names.initials.get(tokens.words[first] + tokens.words[behind][0], set())
        if theirs & entry.part.people:
            return name_at(reading, entry, behind, reached, first=first)
    elif not lone:  # "y-s park": all the initials of one person
        letters = "".join(tokens.words[first : last + 1]) + tokens.words[behind][0]
        if reading.compiled.names.initials.get(letters, set()) & entry.part.people:
            return name_at(reading, entry, behind, reached, first=first)
    both = reading.compiled.names.initials.get(tokens.words[first] + tokens.words[behind][0], set()) & entry.part.people
    if pronoun and both and tokens.capital(first) and tokens.capital(behind) and tokens.gap(first)[:1] != " ":
        return name_at(reading, entry, behind, reached, first=first)  # "F Baillie, I Sharp"
    if "." in tokens.after(last) or (tokens.capital(first) and not pronoun):
        return name_at(reading, entry, behind, reached, first=first)
    return None


def _before_a_name_inside(reading: Reading, first: int, last: int, reached: int) -> Run | None:
    """ "B. Lindqvistson": letters `first` to `last` as the initials of a name that a longer word has in it."""
    tokens = reading.tokens
    entry = reading.meaning[last + 1] if last + 1 < len(tokens.words) else None
    inside = entry is not None and entry.part is None and entry.type == "PERSON"
    if entry is None or not inside or not tokens.capital(first) or tokens.after(last) != ". ":
        return None
    return name_at(reading, entry, last + 1, reached, first=first)


def _particle(tokens: Tokens, index: int) -> bool:
    """Whether a particle stands here, "'t" too: not what joins "A.L. and Ek"."""
    word = tokens.word(index)
    return (word in PARTICLES and word not in ("and", "och", "of", "the")) or (
        word == "t" and tokens.gap(index) in (" '", "-'") and tokens.word(index - 1) == "van"
    )


def _goes_on(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the name of initials may stand behind word `last`: not in "w/ Anna", "we took plan b. Anna came"."""
    if tokens.after(last)[:2] == ". " and not tokens.capital(first) and tokens.capital(last + 1):
        return False
    return (tokens.near(last + 1) or tokens.after(last) == ".") and "/" not in tokens.after(last)


def _behind_title(reading: Reading, index: int) -> Run | None:
    """ "Dr M had to go": a letter that begins a name of the roster, behind a title."""
    tokens = reading.tokens
    if not index or tokens.word(index - 1) not in TITLES:
        return None
    if not tokens.capital(index) and not _small_behind_title(reading, index):
        return None
    if tokens.gap(index) not in (" ", ". "):
        return None
    if tokens.capital(index + 1) and tokens.after(index) in (" ", ". ") and tokens.word(index + 1) not in FUNCTION:
        return None  # "Dr M. Hughes", whom the roster does not know
    return Run(index - 1, index, "PERSON", Verdict.NAME)


def _small_behind_title(reading: Reading, index: int) -> bool:
    """ "mr w had it", "cllr a struck it", where no capital tells."""
    tokens = reading.tokens
    if tokens.word(index - 1) not in DOTTED_TITLES or not tokens.caseless(index) or tokens.word(index - 1) == "st":
        return False
    alone = closed(tokens, index) or acts(tokens, index) or tokens.possessive(index)
    families = reading.compiled.names.families.values()
    return alone and any(family.startswith(tokens.words[index]) for owned in families for family in owned)


def _behind_particle(reading: Reading, index: int, reached: int) -> Run | None:
    """ "Ap R said so": the letter that a surname begins with, behind its particle."""
    tokens = reading.tokens
    particle = tokens.word(index - 1) if index else ""
    if particle not in FAMILY_PARTICLES or tokens.gap(index) != " ":
        return None
    caseless = tokens.caseless(index)
    people = reading.compiled.names.particled.get(f"{particle} {tokens.words[index]}", set())
    two = digraph_before(reading, people, index - 1, reached)
    first = tokens.word(index - 2) if index - 2 > reached and len(tokens.word(index - 2)) == 1 else ""
    theirs = first and any(name[0] == first for one in people for name in reading.compiled.names.firsts.get(one, ()))
    told = two or theirs or tokens.after(index)[:1] == "." or reached == index - 2  # "u ni c", "rh ap h"
    if not people or not (tokens.capital(index) or (caseless and told)):
        return None
    lettered = index - 2 > reached and len(tokens.word(index - 2)) == 1 and (caseless or tokens.capital(index - 2))
    lettered = lettered and tokens.near(index - 1) and tokens.words[index - 2] in reading.compiled.given
    return Run(index - 2 if lettered or two else index - 1, index, "PERSON", Verdict.NAME)  # "V. St J."


def _between_letters(gap: str, gaps: frozenset[str]) -> bool:
    return len(gap) <= 3 and gaps.issuperset(gap)


def _listed(tokens: Tokens, index: int) -> int:
    """The last of the single letters from word `index` on that have one and the same sign between them: "W/i/e/l".

    Whichever it is, spaces and the ends of lines aside, or none.
    """
    sign, last = tokens.after(index).strip(), index
    if len(sign) > 1:
        return index
    while len(tokens.word(last + 1)) == 1 and last - index < _LETTERS:
        gap = tokens.after(last)
        if len(gap) > 3 or gap.strip() != sign:
            break
        last += 1
    return last


def _spelt_in_a_list(reading: Reading, first: int, last: int) -> Run | None:
    """A name that letters spell with what may also stand in a list between them: no acronym, and no two letters.

    An article behind them is none of them: "W, i, e, l, a nurse".
    """
    tokens, compiled = reading.tokens, reading.compiled
    article = tokens.words[last] in ("a", "i") and tokens.after(last) == " " and len(tokens.word(last + 1)) > 1
    for end in (last - 1, last) if article else (last,):
        letters = "".join(tokens.words[first : end + 1])
        entry = compiled.exactly(letters) if len(letters) > 2 else None
        kind = (entry.type or "PERSON") if entry is not None and (entry.part is not None or entry.type) else ""
        if not kind and len(letters) >= 5:
            kind = _what_stands_inside(reading, letters)
        if kind:
            return Run(first, end, kind, Verdict.NAME)
    return None


def _spelt_out(reading: Reading, first: int, last: int) -> Run | None:
    """What the letters spell, or what they spell without what is none of them."""
    run = _spelt(reading, first, last)
    few = run is None and last - first <= _INITIALS
    end = _without_what_follows(reading.tokens, first, last) if few else last
    return _spelt(reading, first, end) if end < last else run


def _spelt(reading: Reading, first: int, last: int) -> Run | None:
    """What letters `first` to `last` spell, if that is an identity: the whole run is taken."""
    tokens, compiled = reading.tokens, reading.compiled
    letters = "".join(tokens.words[first : last + 1])
    dotted = "." in tokens.after(first)
    entry = compiled.exactly(letters)
    excepted = letters in (_NOT_INITIALS if tokens.capital(first) else NOT_SMALL_INITIALS)
    excepted |= letters in ("am", "pm") and tokens.word(first - 1).isdigit()
    excepted |= len(letters) > 2 and letters.upper() in abbreviations()  # "A.O.B."
    excepted |= letters in ("ps", "nb") and tokens.begins_sentence(first)
    marked = dotted or (len(letters) > 2 and any(tokens.after(i) in ("-", "'") for i in range(first, last)))  # "N W-P"
    kind = "" if entry is None or excepted else _what_letters_spell(entry, marked, len(letters))
    if not kind and letters in compiled.names.doubled and tokens.after(first) == "-" and not excepted:
        kind = "PERSON" if tokens.capital(first) or tokens.caseless(first) else ""
    if not kind and len(letters) >= 5:
        kind = _what_stands_inside(reading, letters)
    if kind:
        return Run(first, last, kind, Verdict.NAME)
    apart = first == 0 or tokens.begins_sentence(first) or tokens.gap(first) != " "
    initials = entry is not None and entry.initials and not excepted and tokens.capital(first) and tokens.capital(last)
    signed = initials and apart and closed(tokens, last)  # "[W B]", "- W B"
    pair = initials and last == first + 1 and tokens.after(first) == " "  # "ask G A", though A is a word
    return Run(first, last, "PERSON", Verdict.UNSURE) if signed or pair else None


def _what_letters_spell(entry: Entry, dotted: bool, count: int) -> str:
    alone = [phrase for phrase in entry.phrases if len(phrase.words) == 1]
    if alone and (count > 2 or (dotted and alone[0].acronym)):
        return "ORG"
    if entry.initials and dotted:
        return "PERSON"
    return (entry.type or "PERSON") if count > 2 and (entry.part is not None or entry.type) else ""


def _what_stands_inside(reading: Reading, letters: str) -> str:
    """A long name among the letters, or two names end to end ("g w e n b e l l"), with a title or without."""
    compiled = reading.compiled
    found = compiled.inside.find(letters)
    if found is not None:
        return found[1]
    parts = compiled.names.parts
    if letters[:-1] in parts:  # with an initial behind
        return "PERSON"
    ends = (letters[at:] for at in range(1, len(letters) - 1) if letters[:at] in TITLES or letters[:at] in parts)
    return "PERSON" if any(end in parts for end in ends) else ""

"""Identifiers that have a form of their own, whoever they belong to."""

import re
from collections.abc import Iterator

import phonenumbers

from .fold import View
from .runs import Hit

_EMAIL = re.compile(
    r"[^\W_][\w.+%'-]*@[^\W_][\w-]*(?:\.[\w-]+)+"
    r"|[^\W_][\w.+%-]*(?:\s?[\[({]\s?(?:dot|punkt|\.)\s?[\])}]\s?[\w+%-]+){0,4}\s?[\[({]\s?(?:at|snabel-?a|@)\s?[\])}]\s?[^\W_][\w-]*(?:(?:\s?\.|\s\.\s|\s?[\[({]\s?(?:dot|punkt|\.)\s?[\])}]\s?)[\w-]+)+"
    r"|[^\W_][\w.+%-]*(?: dot [\w+%-]+){0,4} at [^\W_][\w-]*(?: dot [^\W_][\w-]+)+"
)
_URL = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"]+[^\s<>\".,;:!?')\]]"
    r"|(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|nhs\.uk|co\.uk|org\.uk|ac\.uk|gov\.uk|uk|ie|se|eu|io|nu|info|edu|gov|wales|scot|example)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?')\]])?"
)
_HANDLE = re.compile(r"(?<![\w@./])@[a-z0-9_][a-z0-9_.]{1,29}(?<!\.)")
_DIGITS = re.compile(
    r"(?<![\w+])(?:\((?=\+?\d{1,6}\)))?\+?\d[\d ()./-]{7,22}\d(?!\w)"
)  # a bracket around a code is its own
_NHS = re.compile(r"(?<!\w)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)")
_NHS_TOLD = re.compile(r"\bnhs (?:number|no\.?|nr)[^\n\d]{0,8}(\d{3}[ -]?\d{3}[ -]?\d{4})(?!\w)")  # mistyped, but told
_LOCAL = re.compile(r"\b(?:number|phone|tel|call|ring|text|mobile)\b[^\n\d]{0,8}(\d{3}[-. ]\d{4})(?!\w)")  # "555-0148"
_GMC = re.compile(r"\b(?:gmc|nmc|gdc|hcpc)\b[^\n\d]{0,24}(\d[0-9a-z]{5,7})\b")
_PERSONNUMMER = re.compile(
    r"(?<!\w)(19|20)?(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])([-+ ]?)\d{4})(?!\w)"
)
_PERSONNUMMER_LIKE = re.compile(
    r"(?<!\w)(?:\d\d)?\d{6}[-+]\d{4}(?!\w)|(?<!\w)\d{6} \d{4}(?!\w)|(?<!\w)\d{10}(?:\d\d)?(?!\w)"
)
_DATES = re.compile(
    r"(?:19|20)\d\d(?:[ ()./-]+(?:19|20)\d\d)+|\d{4}-\d\d-\d\d"
    r"|(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"
)
_PPSN = re.compile(r"(?<!\w)(\d{7})([a-w])([a-iw])?(?!\w)")
_NINO = re.compile(
    r"(?<!\w)(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-prtw-z][a-ceghj-nprtw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d](?!\w)"
)
_POSTCODE = re.compile(
    r"(?<!\w)(?:gir ?0aa|[a-pr-uwyz](?:\d{1,2}|[a-hk-y]\d|[a-hk-y]\d\d|\d[a-hjkps-uw]|[a-hk-y]\d[abehmnprv-y])"
    r" ?\d[abd-hjlnp-uw-z]{2})(?!\w)"
)
_EIRCODE = re.compile(r"(?<!\w)(?:[ac-fhknprtv-y]\d{2}|d6w) ?[0-9ac-fhknprtv-y]{4}(?!\w)")
_POSTNUMMER = re.compile(  # no number is grouped so; before a town, behind a street's number, at the end of an address
    r"(?<![\w-])(?<!\d )(?:se?-)?[1-9]\d\d \d\d(?= [^\W\d_]{3})"
    r"|(?<=[^\W_], )(?:se?-)?[1-9]\d\d \d\d(?=\s*(?:\n|\Z))|(?<=[^\W\d_] \d, )[1-9]\d\d \d\d(?![\w-])"
)
_COUNTRIES = ("GB", "IE", "SE")


def _nhs_number(text: str) -> bool:
    """Modulus 11 over the first nine digits (NHS Data Dictionary, NHS NUMBER)."""
    digits = [int(c) for c in text if c.isdigit()]
    check = 11 - sum(d * (10 - i) for i, d in enumerate(digits[:9])) % 11
    return check != 10 and check % 11 == digits[9]


def _personnummer(match: re.Match[str]) -> bool:
    """A date with a hyphen, or with its century, before four digits; or Luhn's checksum (Skatteverket, SKV 704)."""
    if match[1] or match[3] in ("-", "+"):
        return True
    digits = [int(c) for c in match[2] if c.isdigit()]
    doubled = [d * (2 - i % 2) for i, d in enumerate(digits)]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


def _ppsn(digits: str, check: str, second: str | None) -> bool:
    """Modulus 23 with the second letter weighing nine (Ireland's Department of Social Protection)."""
    total = sum(int(d) * (8 - i) for i, d in enumerate(digits))
    if second and second != "w":
        total += 9 * (ord(second) - 96)
    return "wabcdefghijklmnopqrstuv"[total % 23] == check


def _phone(text: str) -> bool:
    """Whether a number can be dialled: as valid in one of the countries, or as possible and written to be dialled."""
    digits = sum(c.isdigit() for c in text)
    if not 8 <= digits <= 15 or _DATES.fullmatch(text):
        return False
    dialled = text.startswith(("0", "+", "(0", "(+"))
    for country in _COUNTRIES:
        try:
            number = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) or (dialled and phonenumbers.is_possible_number(number)):
            return True
    return False


def _around(text: str, anchors: re.Pattern[str], reach: int) -> Iterator[tuple[int, int]]:
    """The stretches of text within `reach` characters of an anchor, widened to white space, merged.

    Most of a text is nowhere near a digit or an @; the patterns are tried only where they can match.
    """
    begin = end = -1
    for match in anchors.finditer(text):
        if match.start() < end:
            continue
        first = max(0, match.start() - reach)
        while first > max(0, end, match.start() - 2 * reach) and not text[first - 1].isspace():
            first -= 1
        last, furthest = min(len(text), match.end() + reach), min(len(text), match.end() + 2 * reach)
        space = _SPACE.search(text, last, furthest)
        last = furthest if space is None else space.start()
        if first > end:
            if end > 0:
                yield begin, end
            begin = first
        end = last
    if end > 0:
        yield begin, end


_DIGIT = re.compile(r"\d")
_SPACE = re.compile(r"\s")
_AT = re.compile(r"@|[\[({]\s?(?:at|snabel-?a)\s?[\])}]| dot ")
_DOT = re.compile(r"\.[a-z]|://")


_SIGN = re.compile(r"[\d@.:\[({]| dot ")  # no identifier is without


def patterns(view: View) -> Iterator[Hit]:
    """Every identifier in the view that its form gives away. Hits may overlap."""
    if not _SIGN.search(view.text):
        return
    found = [*_addresses(view.text), *_numbers(view.text)]
    yield from (Hit(*view.span(start, end), kind, sure=True) for start, end, kind in found)


def identity_like(view: View) -> Iterator[tuple[int, int]]:
    """Where digits stand in the shape of a Swedish personal identity number, whatever they add up to."""
    for window in _around(view.text, _DIGIT, 40):
        for match in _PERSONNUMMER_LIKE.finditer(view.text, *window):
            yield view.span(*match.span())


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end in _around(text, _AT, 120):
        yield from ((*m.span(), "EMAIL") for m in _EMAIL.finditer(text, start, end))
        yield from ((*m.span(), "HANDLE") for m in _HANDLE.finditer(text, start, end))
    for start, end in _around(text, _DOT, 300):
        yield from ((*m.span(), "URL") for m in _URL.finditer(text, start, end))


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    for window in _around(text, _DIGIT, 40):
        yield from ((*m.span(), "NHS") for m in _NHS.finditer(text, *window) if _nhs_number(m.group()))
        yield from ((*m.span(1), "NHS") for m in _NHS_TOLD.finditer(text, *window))
        yield from ((*m.span(1), "PHONE") for m in _LOCAL.finditer(text, *window))
        yield from ((*m.span(1), "GMC") for m in _GMC.finditer(text, *window))
        yield from ((*m.span(), "PERSONNUMMER") for m in _PERSONNUMMER.finditer(text, *window) if _personnummer(m))
        yield from ((*m.span(), "PPSN") for m in _PPSN.finditer(text, *window) if _ppsn(m[1], m[2], m[3]))
        yield from ((*m.span(), "NINO") for m in _NINO.finditer(text, *window))
        yield from ((*m.span(), "POSTCODE") for m in _POSTCODE.finditer(text, *window))
        yield from ((*m.span(), "POSTCODE") for m in _EIRCODE.finditer(text, *window) if _has_both(m.group()))
        yield from ((*m.span(), "POSTCODE") for m in _POSTNUMMER.finditer(text, *window))
        yield from ((*m.span(), "PHONE") for m in _DIGITS.finditer(text, *window) if _phone(m.group()))


def _has_both(eircode: str) -> bool:
    """Whether digits and letters both stand in the second half, or the halves are apart, as in no ordinary number."""
    return " " in eircode or not (eircode[-4:].isdigit() or eircode[-4:].isalpha())

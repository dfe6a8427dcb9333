"""Identifiers that have a form of their own, whoever they belong to."""

import re
from collections.abc import Iterator

import phonenumbers

from .fold import View
from .runs import Hit

_EMAIL = re.compile(
    r"[^\W_][\w.+%'-]*@[^\W_][\w-]*(?:\.[\w-]+)+"
    r"|[^\W_][\w.+%-]*\s?[\[({]\s?(?:at|snabel-?a|@)\s?[\])}]\s?[^\W_][\w-]*(?:\s?(?:\.|[\[({]\s?(?:dot|punkt|\.)\s?[\])}])\s?[\w-]+)+"
    r"|[^\W_][\w.+%-]* at [^\W_][\w-]*(?: dot [^\W_][\w-]+)+"
)
_URL = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>\"]+[^\s<>\".,;:!?')\]]"
    r"|(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|nhs\.uk|co\.uk|org\.uk|ac\.uk|gov\.uk|uk|ie|se|eu|io|nu|info|edu|gov|wales|scot|example)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?')\]])?"
)
_HANDLE = re.compile(r"(?<![\w@./])@[a-z0-9_][a-z0-9_.]{1,29}(?<!\.)")
_DIGITS = re.compile(r"(?<![\w+])(?:\+|\(\+?)?\d[\d ()./-]{7,22}\d(?!\w)")
_NHS = re.compile(r"(?<!\w)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)")
_GMC = re.compile(r"\b(?:gmc|nmc|gdc|hcpc)\b[^\n\d]{0,24}(\d[0-9a-z]{5,7})\b")
_PERSONNUMMER = re.compile(r"(?<!\w)(?:19|20)?(\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|[6-8]\d|9[01])[-+ ]?\d{4})(?!\w)")
_PPSN = re.compile(r"(?<!\w)(\d{7})([a-w])([a-iw])?(?!\w)")
_NINO = re.compile(
    r"(?<!\w)(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-prtw-z][a-ceghj-nprtw-z] ?\d{2} ?\d{2} ?\d{2} ?[a-d](?!\w)"
)
_POSTCODE = re.compile(
    r"(?<!\w)(?:gir ?0aa|[a-pr-uwyz](?:\d{1,2}|[a-hk-y]\d|[a-hk-y]\d\d|\d[a-hjkps-uw]|[a-hk-y]\d[abehmnprv-y])"
    r" ?\d[abd-hjlnp-uw-z]{2})(?!\w)"
)
_EIRCODE = re.compile(r"(?<!\w)(?:[ac-fhknprtv-y]\d{2}|d6w) ?[0-9ac-fhknprtv-y]{4}(?!\w)")
_COUNTRIES = ("GB", "IE", "SE")


def _nhs_number(text: str) -> bool:
    """Modulus 11 over the first nine digits (NHS Data Dictionary, NHS NUMBER)."""
    digits = [int(c) for c in text if c.isdigit()]
    check = 11 - sum(d * (10 - i) for i, d in enumerate(digits[:9])) % 11
    return check != 10 and check % 11 == digits[9]


def _personnummer(text: str) -> bool:
    """Luhn's checksum over the ten digits (Skatteverket, SKV 704)."""
    digits = [int(c) for c in text if c.isdigit()]
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
    if not 8 <= digits <= 15:
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


def patterns(view: View) -> Iterator[Hit]:
    """Every identifier in the view that its form gives away. Hits may overlap."""
    text = view.text

    def hit(start: int, end: int, kind: str) -> Hit:
        return Hit(*view.span(start, end), kind, sure=True)

    if "@" in text or "[" in text or "(" in text or "{" in text or " dot " in text:
        yield from (hit(*m.span(), "EMAIL") for m in _EMAIL.finditer(text))
        yield from (hit(*m.span(), "HANDLE") for m in _HANDLE.finditer(text))
    if "." in text:
        yield from (hit(*m.span(), "URL") for m in _URL.finditer(text))
    yield from (hit(*m.span(), "NHS") for m in _NHS.finditer(text) if _nhs_number(m.group()))
    yield from (hit(*m.span(1), "GMC") for m in _GMC.finditer(text))
    yield from (hit(*m.span(), "PERSONNUMMER") for m in _PERSONNUMMER.finditer(text) if _personnummer(m.group(1)))
    yield from (hit(*m.span(), "PPSN") for m in _PPSN.finditer(text) if _ppsn(m[1], m[2], m[3]))
    yield from (hit(*m.span(), "NINO") for m in _NINO.finditer(text))
    yield from (hit(*m.span(), "POSTCODE") for m in _POSTCODE.finditer(text) if _has_both(m.group()))
    yield from (
        hit(*m.span(), "POSTCODE") for m in _EIRCODE.finditer(text) if _has_both(m.group()[-4:]) or " " in m.group()
    )
    yield from (hit(*m.span(), "PHONE") for m in _DIGITS.finditer(text) if _phone(m.group()))


def _has_both(code: str) -> bool:
    return any(c.isdigit() for c in code) and any(c.isalpha() for c in code)

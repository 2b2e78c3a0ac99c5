"""Any form in which French people and their spreadsheets write a telephone number → E.164, or why not.

Pure. `phonenumbers` (Google's tables) is the reference; French numbers, nearly all of them, go through its own patterns
compiled into one, which is 20 times quicker. Two things it cannot know: overseas numbers dialed from France in their
national form (0262… is +262 262…), and the blocks kept for fiction.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Sequence

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberType

from decroche.common.fiction import NATIONAL_PREFIXES, is_fiction


class PhoneProblem(enum.Enum):
    """Why a text is not a number that can be dialed."""

    EMPTY = "phone_empty"
    NO_DIGITS = "phone_no_digits"
    TOO_SHORT = "phone_too_short"
    TOO_LONG = "phone_too_long"
    NOT_ASSIGNED = "phone_not_assigned"
    SPECIAL = "phone_special"
    """Emergency, short, premium-rate: never a contact's number."""
    ROUNDED = "phone_rounded"
    """A spreadsheet kept only the first digits (3,36E+10)."""


SENTENCES: dict[PhoneProblem, tuple[str, str]] = {
    PhoneProblem.EMPTY: ("Le numéro est vide.", "The number is empty."),
    PhoneProblem.NO_DIGITS: ("Ce n'est pas un numéro de téléphone.", "This is not a telephone number."),
    PhoneProblem.TOO_SHORT: (
        "Il manque des chiffres : un numéro français en a 10.",
        "Digits are missing: a French number has 10.",
    ),
    PhoneProblem.TOO_LONG: (
        "Il y a trop de chiffres : un numéro français en a 10, un numéro étranger commence par +.",
        "Too many digits: a French number has 10, a foreign one begins with +.",
    ),
    PhoneProblem.NOT_ASSIGNED: (
        "Ce numéro n'existe pas : vérifiez ses premiers chiffres.",
        "This number does not exist: check its first digits.",
    ),
    PhoneProblem.SPECIAL: (
        "Numéro court, d'urgence ou surtaxé : il ne peut pas être appelé.",
        "Short, emergency or premium-rate number: it cannot be called.",
    ),
    PhoneProblem.ROUNDED: (
        "Le tableur a arrondi ce numéro : mettez la colonne au format texte et exportez de nouveau.",
        "The spreadsheet rounded this number: format the column as text and export again.",
    ),
}

_OVERSEAS = {
    **dict.fromkeys(("262", "263", "269", "639", "692", "693"), "262"),  # Réunion and Mayotte
    **dict.fromkeys(("590", "690", "691"), "590"),  # Guadeloupe
    **dict.fromkeys(("594", "694"), "594"),  # Guyane
    **dict.fromkeys(("596", "696", "697"), "596"),  # Martinique
    **dict.fromkeys(("508", "708"), "508"),  # Saint-Pierre-et-Miquelon
}


def _french_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """All national numbers (9 digits) of France, and its premium-rate ones, as `phonenumbers` knows them."""
    france = PhoneMetadata.metadata_for_region("FR")
    if france is None:  # pragma: no cover
        raise RuntimeError("phonenumbers has no table for France")
    kinds = (france.fixed_line, france.mobile, france.toll_free, france.shared_cost, france.voip, france.uan)
    patterns = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
    premium = france.premium_rate and france.premium_rate.national_number_pattern
    return re.compile("|".join(f"(?:{one})" for one in patterns)), re.compile(premium or "(?!)")


_FRENCH, _FRENCH_PREMIUM = _french_patterns()
# The first four digits after which all numbers are, or are not: the rest of every pattern is free digits (a test holds
# it). Overseas numbers and fiction have ways of their own.
_FICTION = frozenset(prefix[1:5] for prefix in NATIONAL_PREFIXES)
_usual = frozenset(
    prefix
    for prefix in map(str, range(1000, 10_000))
    if prefix[:3] not in _OVERSEAS and prefix not in _FICTION and _FRENCH.fullmatch(f"{prefix}00000")
)
_SPACING = str.maketrans("", "", " .-/\t_'’\u00a0\u202f")
_PLAIN = re.compile(r"(?:\+33|0033|33|0)?([1-9][0-9]{8})")
_FLOAT_TAIL = re.compile(r"([0-9]{9,})[.,]0+")
_SCIENTIFIC = re.compile(r"\+?([0-9])(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")
_EXTENSION = re.compile(r"[\s,;(]*\b(?:poste|ext(?:ension)?|int(?:erne)?)\b[\s.:]*[0-9]{1,6}\)?\s*$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[;|,\n\r&]|\s(?:ou|or|et|puis)\s", re.IGNORECASE)
_WEAK_SEPARATORS = re.compile(r"\s+-+\s+|/|\s{2,}|\t")
# Followed by another number, a word or the end, but not by one digit too many.
_ANY_FRENCH = re.compile(
    r"(?<![0-9+])(?:(?:\+|00)\s?33\s?(?:\(0\))?|0)[ .\-]?[1-9](?:[ .\-]?[0-9]{2}){4}"
    r"(?=[ .\-]*(?:$|[^0-9 .\-])|[ .\-]+(?:0[1-9]|00|\+))"
)


def normalise(text: str) -> str | PhoneProblem:
    """The one number in `text`, E.164."""
    plain = _PLAIN.fullmatch(text.translate(_SPACING))
    return _french(plain[1]) if plain else _unusual(text)


def digits_of(text: str) -> str:
    """Its figures, as they are written."""
    return "".join(c for c in text if c.isascii() and c.isdigit())


def beginning(text: str) -> str:
    """The first figures of a number, in any form, as E.164 begins: 04 65, +33 4 65 and 0033 4 65 are one."""
    digits = digits_of(text)
    if text.strip().startswith("+"):
        return "+" + digits
    return "+" + digits[2:] if digits.startswith("00") else "+33" + digits.removeprefix("0")


def usual_forms(cells: Sequence[str]) -> list[str | None]:
    """`find_all` of many cells, for the usual French forms only: E.164, "" of an empty cell, None: to be looked at."""
    usual = _usual
    bare = "|".join(cells).translate(_SPACING).split("|")
    if len(bare) != len(cells):  # somebody wrote the separator
        bare = [cell.translate(_SPACING) for cell in cells]
    out: list[str | None] = []
    for cell, text in zip(bare, cells, strict=True):
        size = len(cell)
        if size == 10 and cell[0] == "0":
            national = cell[1:]
        elif size == 9:
            national = cell
        elif size == 12 and cell[:3] == "+33":
            national = cell[3:]
        else:
            out.append(None if text else "")
            continue
        out.append("+33" + national if national[:4] in usual and national.isascii() and national.isdigit() else None)
    return out


def find_all(cell: str) -> tuple[list[str], PhoneProblem | None]:
    """The numbers in a cell, in their order, without repeats; where there is none, why."""
    first = normalise(cell)
    if isinstance(first, str):
        return [first], None
    if first is PhoneProblem.EMPTY:
        return [], first
    for cut in (_SEPARATORS, _WEAK_SEPARATORS):
        parts = [part for part in cut.split(cell) if part.strip()]
        if len(parts) > 1 and (found := [one for part in parts for one in find_all(part)[0]]):
            return list(dict.fromkeys(found)), None
    inside = [one for match in _ANY_FRENCH.finditer(cell) if isinstance(one := normalise(match[0]), str)]
    return list(dict.fromkeys(inside)), None if inside else first


def is_mobile(e164: str) -> bool:
    """Whether the number is a French or overseas mobile."""
    if e164.startswith("+33"):
        return e164[3] in "67"
    return e164[1:4] in _OVERSEAS.values() and e164[4:5] in ("6", "7")


def readable(e164: str) -> str:
    """As people write it: 06 39 98 20 11, +32 470 12 34 56."""
    if e164.startswith("+33") and len(e164) == 12:
        national = "0" + e164[3:]
        return " ".join(national[i : i + 2] for i in range(0, 10, 2))
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def _french(national: str) -> str | PhoneProblem:
    """Nine digits after the 0 or +33."""
    e164 = "+33" + national
    if is_fiction(e164):
        return e164
    if code := _OVERSEAS.get(national[:3]):
        return _overseas(code, national)
    if _FRENCH.fullmatch(national):
        return e164
    return PhoneProblem.SPECIAL if _FRENCH_PREMIUM.fullmatch(national) else PhoneProblem.NOT_ASSIGNED


def _overseas(code: str, national: str) -> str | PhoneProblem:
    full = _international(f"{code}{national}")
    if isinstance(full, PhoneProblem) and code == "508":  # six digits: 0508 41 23 45 is +508 41 23 45
        return _international(f"{code}{national[3:]}")
    return full


def _unusual(text: str) -> str | PhoneProblem:
    """Everything that is not nine or ten French digits with spaces, dots, dashes or slashes."""
    clean = "".join(c for c in unicodedata.normalize("NFKC", text[:200]) if unicodedata.category(c) not in ("Cf", "Cc"))
    clean = clean.strip().removeprefix("=").strip("\"'’ ")
    if not clean:
        return PhoneProblem.EMPTY
    if scientific := _SCIENTIFIC.fullmatch(clean.replace(" ", "")):
        return _from_scientific(scientific)
    if tail := _FLOAT_TAIL.fullmatch(clean):
        clean = tail[1]
    clean = _EXTENSION.sub("", clean).replace("(0)", "")
    international = clean.lstrip(" (:.ABCDEFGHIJKLMNOPQRSTUVWXYZÉabcdefghijklmnopqrstuvwxyzé").startswith("+")
    digits = "".join(c for c in clean if c.isascii() and c.isdigit())
    if not digits:
        return PhoneProblem.NO_DIGITS
    return _from_digits(digits, international)


def _from_digits(digits: str, international: bool) -> str | PhoneProblem:
    if digits.startswith("00"):
        digits, international = digits[2:], True
    if international:
        # +33 0639…: the national zero kept by mistake.
        return _french(digits[-9:]) if re.fullmatch(r"330?[1-9][0-9]{8}", digits) else _international(digits)
    if match := re.fullmatch(r"0?33([1-9][0-9]{8})|0?([1-9][0-9]{8})", digits):
        return _french(match[1] or match[2])
    if len(digits) == 12 and digits[:3] in _OVERSEAS.values():
        return _international(digits)
    if len(digits) <= 4 or (len(digits) == 6 and digits.startswith("118")):
        return PhoneProblem.SPECIAL if digits[0] in "13" and len(digits) > 1 else PhoneProblem.TOO_SHORT
    if len(digits) < 10:
        return PhoneProblem.TOO_SHORT
    return PhoneProblem.NOT_ASSIGNED if len(digits) == 10 else PhoneProblem.TOO_LONG


def _international(digits: str) -> str | PhoneProblem:
    try:
        number = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException as error:
        too_long = error.error_type == phonenumbers.NumberParseException.TOO_LONG
        return PhoneProblem.TOO_LONG if too_long else PhoneProblem.NOT_ASSIGNED
    if not phonenumbers.is_valid_number(number):
        return _length_problem(number)
    if phonenumbers.number_type(number) == PhoneNumberType.PREMIUM_RATE:
        return PhoneProblem.SPECIAL
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _length_problem(number: phonenumbers.PhoneNumber) -> PhoneProblem:
    length = phonenumbers.is_possible_number_with_reason(number)
    if length == phonenumbers.ValidationResult.TOO_SHORT:
        return PhoneProblem.TOO_SHORT
    return PhoneProblem.TOO_LONG if length == phonenumbers.ValidationResult.TOO_LONG else PhoneProblem.NOT_ASSIGNED


def _from_scientific(match: re.Match[str]) -> str | PhoneProblem:
    """What Excel shows of a long number; digits that it dropped are not guessed, final zeros are put back."""
    digits, length = match[1] + (match[2] or ""), int(match[3]) + 1
    missing = length - len(digits)
    if not 0 <= missing <= 2:
        return PhoneProblem.ROUNDED
    for candidate in (digits + "0" * missing, digits):
        if isinstance(number := _from_digits(candidate, international=False), str):
            return number
    return PhoneProblem.ROUNDED if missing else PhoneProblem.NOT_ASSIGNED

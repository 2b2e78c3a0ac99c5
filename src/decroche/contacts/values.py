"""Values of a contact's fields: how they are cleaned, and what is wrong with those that cannot be kept. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from decroche.contacts.countries import NAMES, OF_FRANCE

Sentences = tuple[str, str]
"""French, English."""

_EMAIL = re.compile(r"[^@\s,;<>()\[\]]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}")
_CIVILITIES = {
    **dict.fromkeys(("m", "mr", "monsieur", "mister", "h"), "M."),
    **dict.fromkeys(("mme", "mm", "madame", "mlle", "mademoiselle", "mrs", "ms", "miss", "f"), "Mme"),
}
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[^\W\d_]{2,63}(?:[/?#:]\S*)?")
"""www.exemple.fr/page: an address as people write it."""
_LINK = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
_LA_POSTE = "356000000"
YES = frozenset(("oui", "o", "yes", "y", "vrai", "true", "1", "x"))
NO = frozenset(("non", "n", "no", "faux", "false", "0"))
# C0 and C1 controls, zero-width and directional marks: nothing that a person typed on purpose.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0\u202f]+")


def clean(text: str) -> str:
    """Without invisible characters, outer spaces or repeated ones; line ends kept inside."""
    if not text:
        return ""
    if not text.isprintable() or "  " in text or "\u00a0" in text:
        text = _SPACES.sub(" ", _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return text.strip()


def one_line(text: str) -> str:
    """A name, a street or a town has one line: a spreadsheet's line ends become spaces, as fields on screens need."""
    return " ".join(text.split()) if "\n" in text else text


def kept(text: str) -> str:
    """A name, a street, a code as a contact keeps it, and as it is looked for."""
    return one_line(clean(text))


def fold(text: str) -> str:
    """Lower case without accents, for comparing headers and words."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in apart if not unicodedata.combining(c))


def civility(text: str) -> str:
    """M. or Mme in every way that files write them; others as they are."""
    return _CIVILITIES.get(fold(text).strip(". "), text)


UNKNOWN_COUNTRY: Sentences = (
    "Pays inconnu : tapez son nom, ou ses deux lettres comme FR ou BE.",
    "Unknown country: type its name, or its two letters as FR or BE.",
)


def country(text: str) -> str | None:
    """Two letters; None where neither they nor the name are known."""
    if text.upper() in NAMES:
        return text.upper()
    return _COUNTRIES.get(_name(text))


def _name(country: str) -> str:
    """Its words: "Côte d’Ivoire" and "COTE D IVOIRE" are one."""
    return " ".join(re.findall("[a-z]+", fold(country.replace("&", " and "))))


_COUNTRIES = {_name(name): code for code, names in NAMES.items() for name in names}
_COUNTRIES |= dict.fromkeys(map(_name, OF_FRANCE), "FR")


def postal_code(text: str, country_code: str = "FR") -> str:
    """Without spaces; the zero that spreadsheets take off French ones put back."""
    compact = text.replace(" ", "").removesuffix(".0")
    if country_code == "FR" and len(compact) == 4 and compact.isascii() and compact.isdigit():
        return "0" + compact
    return compact if compact.isascii() and compact.isdigit() else text


def siret(text: str) -> str | None:
    """The 14 digits of a French establishment, "" of an empty text; None where they cannot be one.

    Spreadsheets take the first zero off. The post office's establishments have a sum of their own.
    """
    digits = "".join(text.split()).replace(".", "").replace("-", "")
    if not digits:
        return ""
    if not digits.isascii() or not digits.isdigit() or not 12 <= len(digits) <= 14:
        return None
    digits = digits.zfill(14)
    if digits.startswith(_LA_POSTE) and sum(map(int, digits)) % 5 == 0:
        return digits
    doubled = (int(digit) * 2 for digit in digits[0::2])
    total = sum(one - 9 if one > 9 else one for one in doubled) + sum(map(int, digits[1::2]))
    return digits if total % 10 == 0 and int(digits) else None


def email_problem(text: str) -> Sentences | None:
    """What is wrong with an e-mail address, or None."""
    if not text or _EMAIL.fullmatch(text):
        return None
    return (
        "Cette adresse e-mail n'est pas complète : nom@domaine.fr.",
        "This e-mail address is not complete: name@domain.com.",
    )


def custom_value(kind: str, choices: list[str], value: Any) -> Any:
    """`value` as kept in `Contact.custom`. Raises ValueError with (French, English)."""
    if kind == "yes_no":
        return _yes_no(value)
    if kind == "number":
        return _number(value)
    text = clean(str(value))
    if len(text) > 4000:
        raise ValueError(("4 000 caractères au plus.", "4,000 characters at most."))
    if kind == "date":
        return _date(text)
    if kind == "choice":
        return _choice(choices, text)
    if kind == "link" and _HOST.fullmatch(text):
        return "https://" + text
    if kind == "link" and not _LINK.match(text):
        raise ValueError(
            ("Un lien commence par http:// ou https://.", "A link begins with http:// or https://."),
        )
    return text


def is_link(text: str) -> bool:
    """Whether it is an address of a page, with its scheme or without."""
    return bool(_HOST.fullmatch(text) or _LINK.match(text))


def _choice(choices: list[str], text: str) -> str:
    """The choice itself; capitals and accents aside where that names one only."""
    if text in choices:
        return text
    alike = [choice for choice in choices if fold(choice) == fold(text)]
    if len(alike) != 1:
        raise ValueError((f"Choisissez parmi : {', '.join(choices)}.", f"Choose one of: {', '.join(choices)}."))
    return alike[0]


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = fold(str(value).strip())
    if word in YES or word in NO:
        return word in YES
    raise ValueError(("Répondez par oui ou non.", "Answer yes or no."))


def _number(value: Any) -> int | float:
    text = str(value).replace(" ", "").replace("\u00a0", "").replace("\u202f", "").replace(",", ".").rstrip("€%")
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if isinstance(value, bool) or number != number or abs(number) == float("inf"):
        raise ValueError(("Mettez un nombre.", "Type a number."))
    return int(number) if number == int(number) and abs(number) < 2**53 else number


def _date(text: str) -> str:
    day = text.split(" ")[0].split("T")[0]
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"):
        try:
            return date.isoformat(datetime.strptime(day, form).date())  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(("Mettez une date : 31/12/2026.", "Type a date: 31/12/2026."))

"""What a number says about itself: fiction blocks, mobiles, zones, the zone of time where it rings. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from decroche.common.fiction import is_fiction

_E164 = re.compile(r"\+[1-9]\d{6,14}")

OVERSEAS_ZONES: dict[str, str] = {
    "+262269": "Indian/Mayotte",
    "+262639": "Indian/Mayotte",
    "+262": "Indian/Reunion",
    "+590": "America/Guadeloupe",
    "+594": "America/Cayenne",
    "+596": "America/Martinique",
    "+508": "America/Miquelon",
}
OVERSEAS_COUNTRIES = ("+262", "+590", "+594", "+596", "+508")
POSTAL_ZONES: dict[str, str] = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/Guadeloupe",
    "978": "America/Guadeloupe",
}
"""977 and 978, Saint-Barthélemy and Saint-Martin, also write 971."""
MAINLAND_CODE = "(0[1-9]|[1-8][0-9]|9[0-5])[0-9][0-9][0-9]"
"""What a postal code of the mainland and Corsica looks like, for Python and SQL."""
_MAINLAND_CODE = re.compile(MAINLAND_CODE)
MAINLAND = "Europe/Paris"
ZONES = (MAINLAND, *dict.fromkeys(OVERSEAS_ZONES.values()))


@lru_cache(maxsize=65536)
def is_possible(e164: str) -> bool:
    """Whether such a number may exist. Fiction blocks pass: the library below calls some of them invalid."""
    if is_fiction(e164):
        return True
    if not _E164.fullmatch(e164):
        return False
    import phonenumbers

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return False


_MOBILE_PREFIXES = (
    *("+336", "+337", "+262692", "+262693", "+262639"),
    *("+590690", "+590691", "+594694", "+596696", "+596697"),
)


def is_french_mobile(e164: str) -> bool:
    """06 or 07, in France or overseas."""
    return e164.startswith(_MOBILE_PREFIXES)


def zone_called(e164: str) -> str:
    """As `CampaignPresentedNumber.zone`: 1 to 5 for a geographic number of the mainland, 67 for a mobile, else ""."""
    if e164.startswith(("+336", "+337")):
        return "67"
    return e164[3] if e164.startswith(("+331", "+332", "+333", "+334", "+335")) else ""


def time_zone_of(e164: str, postal_code: str = "") -> str:
    """Name of the zone where the contact lives: a French postal address beats the prefix of his number."""
    if zone := POSTAL_ZONES.get(postal_code[:3]):
        return zone
    if _MAINLAND_CODE.fullmatch(postal_code):
        return MAINLAND
    return next((zone for prefix, zone in OVERSEAS_ZONES.items() if e164.startswith(prefix)), MAINLAND)


def normalise(text: str) -> str:
    """A number typed by hand, in any French form, as E.164; "" where it cannot be one."""
    digits = re.sub(r"[\s.\-()/]", "", text)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"0[1-9]\d{8}", digits):
        return _overseas(digits) or "+33" + digits[1:]
    if digits.startswith("+330"):
        digits = "+33" + digits[4:]
    return digits if _E164.fullmatch(digits) else ""


_OVERSEAS_NATIONAL = {
    "0262": "+262", "0263": "+262", "0692": "+262", "0693": "+262", "0269": "+262", "0639": "+262",
    "0590": "+590", "0690": "+590", "0691": "+590", "0594": "+594", "0694": "+594",
    "0596": "+596", "0696": "+596", "0697": "+596", "0508": "+508", "0708": "+508",
}  # fmt: skip


def _overseas(national: str) -> str:
    if is_fiction("+33" + national[1:]):
        return ""
    country = _OVERSEAS_NATIONAL.get(national[:4])
    return country + national[1:] if country else ""

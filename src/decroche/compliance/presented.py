"""What kind of number is shown to the contact, and which calls it may serve. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from decroche.common.fiction import is_fiction
from decroche.compliance.numbers import OVERSEAS_COUNTRIES
from decroche.compliance.rulebook import POLYVALENT

Range = Literal["fiction", "mobile", "premium", "technical", "polyvalent", "territorial", "free", "foreign"]
PREMIUM = ("081", "082", "089")
TECHNICAL = ("0937", "0938", "0939")
AUTOMATIC_TOO: tuple[Range, ...] = ("polyvalent", "free", "fiction")
"""What a machine that dials may show. Numbers of fiction are shown on the simulator only, which rings nobody."""
BY_HAND: tuple[Range, ...] = (*AUTOMATIC_TOO, "territorial")


def national(e164: str) -> str:
    """As dialed in France, overseas included: +33 1 99… and +262 262… begin by 0. "" for a number of elsewhere."""
    for country in ("+33", *OVERSEAS_COUNTRIES):
        if e164.startswith(country):
            return "0" + e164[len(country) :]
    return ""


@lru_cache(maxsize=4096)
def range_of(e164: str) -> Range:
    """Which block of the numbering plan (Arcep 2018-0881 as amended) the number comes from."""
    if is_fiction(e164):
        return "fiction"
    number = national(e164)
    if not number:
        return "foreign"
    if len(number) < 10 or number.startswith(PREMIUM):
        return "premium"
    if number.startswith(TECHNICAL):
        return "technical"
    if number.startswith(POLYVALENT):
        return "polyvalent"
    if number.startswith(("06", "07")):
        return "mobile"
    return "free" if number.startswith("08") else "territorial"


def is_of_another(holder: str, principal: str) -> bool:
    """Whether the number is known to be another company's than the one called for (SIREN; "": not written down)."""
    return bool(holder and principal) and holder != principal


def may_serve(e164: str, *, automatic: bool) -> bool:
    """Whether this number may be shown for calls that a machine launches, or for calls made by one click each."""
    return range_of(e164) in (AUTOMATIC_TOO if automatic else BY_HAND)

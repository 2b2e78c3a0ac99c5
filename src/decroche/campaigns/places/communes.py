"""The communes of France: found by name, by postal code, and around one another. Read once, at the first question."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from decroche.campaigns.places.distance import Point, distance_km

FILE = Path(__file__).with_name("communes.csv")
RANGE_OF_A_ZONE = 1000
KM_OF_A_DEGREE = 111.1
"""Of latitude; a little less than it is."""


@dataclass(frozen=True, slots=True)
class Commune:
    """`at` is None where it is not known; `is_divided`: Paris, Lyon and Marseille, whose districts are listed too."""

    code: str
    name: str
    at: Point | None
    inhabitants: int
    postal_codes: tuple[int, ...]
    is_divided: bool
    folded: str


def fold(text: str) -> str:
    """As a person types it: "Saint-Étienne", "st etienne" and "SAINT ETIENNE" are one."""
    letters = unicodedata.normalize("NFD", text.lower().replace("œ", "oe"))
    bare = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in bare.split())


@cache
def communes() -> Mapping[str, Commune]:
    """By INSEE's code."""
    found: dict[str, Commune] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        code, name, latitude, longitude, inhabitants, codes = line.split(";")
        at = (float(latitude), float(longitude)) if latitude else None
        postal_codes = tuple(int(one) for one in codes.removeprefix("*").split())
        found[code] = Commune(code, name, at, int(inhabitants), postal_codes, codes.startswith("*"), fold(name))
    return found


def search(text: str, limit: int) -> list[Commune]:
    """Those whose name begins so, the largest first; then those with such a word further on."""
    wanted = fold(text)
    if not wanted:
        return []
    beginning = [one for one in communes().values() if one.folded.startswith(wanted)]
    rest = [one for one in communes().values() if f" {wanted}" in one.folded and not one.folded.startswith(wanted)]
    exact = [one for one in beginning if one.folded == wanted]
    ranked = [sorted(some, key=lambda one: -one.inhabitants) for some in (exact, beginning, rest)]
    return list(dict.fromkeys(one for some in ranked for one in some))[:limit]


@cache
def at_postal_code() -> Mapping[int, Sequence[Commune]]:
    """Postal code → its communes, the largest first."""
    found: dict[int, list[Commune]] = defaultdict(list)
    for one in communes().values():
        for code in one.postal_codes:
            found[code].append(one)
    return {code: sorted(some, key=lambda one: -one.inhabitants) for code, some in found.items()}


@lru_cache(200)
def around(code: str, km: int) -> list[tuple[int, int]]:
    """The postal codes with a commune whose centre lies within `km` of this one's, as ranges (see `as_ranges`)."""
    town = communes()[code]
    if town.at is None:
        return as_ranges(town.postal_codes)
    north, band = town.at[0], km / KM_OF_A_DEGREE
    near = [one for one in communes().values() if one.at and abs(one.at[0] - north) <= band and not one.is_divided]
    within = [one for one in near if one.at and distance_km(town.at, one.at) <= km]
    return as_ranges({*town.postal_codes, *(code for one in within for code in one.postal_codes)})


def as_ranges(postal_codes: Iterable[int]) -> list[tuple[int, int]]:
    """With what lies between two neighbours that are both in: codes of companies (CEDEX) are on no list."""
    known = _known()
    ranges: list[tuple[int, int]] = []
    for code in sorted(postal_codes):
        place = bisect_left(known, code)
        before = known[place - 1] if place else None
        if ranges and ranges[-1][1] == before and before // RANGE_OF_A_ZONE == code // RANGE_OF_A_ZONE:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return ranges


@cache
def _known() -> Sequence[int]:
    return sorted(at_postal_code())

"""Where a campaign calls: postal codes, their beginnings, departments, regions, towns and what lies around them, as a
few ranges of numbers. Pure.

A postal code is a number here, 1000 for 01000, as in `QueueEntry.place`; a contact whose postal code is none of
France's has the place -1000, which no territory holds. A territory only filters the claim: entries never change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from decroche.campaigns.departments import DEPARTMENTS, REGIONS, department_range, prefix_range
from decroche.campaigns.places.communes import around, as_ranges, communes

PartKind = Literal["code", "prefix", "department", "region", "town", "radius"]
Range = tuple[int, int]
"""First and last postal code, both included."""
RADIUS_KM = (5, 200)
"""The least and the most that a radius may be."""
ZONE = 1000
"""A zone is the postal codes that share two digits: the unit of the index `queue_places`."""


class Part(NamedTuple):
    """One piece of a territory, as a person chose it.

    A town's code is INSEE's; a radius is a town's code and kilometres, "69123:20". Both carry the town's name, so that
    the floor can say it without the list of communes.
    """

    kind: PartKind
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Zone:
    """What the claim looks through: a whole zone (`codes` is None), or some of its postal codes."""

    number: int
    codes: tuple[int, ...] | None


def is_known(part: Part) -> bool:
    """Whether such a place may exist: a code has five digits, a prefix one to four."""
    digits = part.code.isascii() and part.code.isdigit()
    match part.kind:
        case "code":
            return digits and len(part.code) == 5
        case "prefix":
            return digits and 1 <= len(part.code) <= 4
        case "department":
            return part.code in DEPARTMENTS
        case "region":
            return part.code in REGIONS
        case "town":
            return part.code in communes()
        case "radius":
            town, km = radius_of(part.code)
            return town in communes() and communes()[town].at is not None and RADIUS_KM[0] <= km <= RADIUS_KM[1]


def radius_of(code: str) -> tuple[str, int]:
    """Town and kilometres of a radius; 0 km where they are no number."""
    town, _, km = code.partition(":")
    return town, int(km) if km.isascii() and km.isdigit() else 0


def named(part: Part) -> Part:
    """With the town's name, where there is a town."""
    if part.kind not in ("town", "radius"):
        return Part(part.kind, part.code)
    return Part(part.kind, part.code, communes()[radius_of(part.code)[0]].name)


def resolve(parts: Iterable[Part]) -> list[Range]:
    """The ranges of the parts, in order, none touching the next."""
    return _joined(one for part in parts for one in _ranges(part))


def holds(ranges: Iterable[Range], place: int) -> bool:
    return any(first <= place <= last for first, last in ranges)


def multirange(ranges: Iterable[Range]) -> str:
    """As PostgreSQL writes an int4multirange: `{[1000,1999],[69003,69003]}`."""
    return "{" + ",".join(f"[{first},{last}]" for first, last in ranges) + "}"


def zones(ranges: Iterable[Range]) -> list[Zone]:
    """The same postal codes, zone by zone, as the claim's index has them."""
    found: dict[int, list[int]] = {}
    whole: list[Zone] = []
    for first, last in ranges:
        for number in range(first // ZONE, last // ZONE + 1):
            low, high = max(first, number * ZONE), min(last, number * ZONE + ZONE - 1)
            if high - low == ZONE - 1:
                whole.append(Zone(number, None))
            else:
                found.setdefault(number, []).extend(range(low, high + 1))
    return sorted([*whole, *(Zone(number, tuple(codes)) for number, codes in found.items())], key=lambda z: z.number)


def name_of(part: Part) -> str:
    """In French: « Rhône (69) », « Bretagne », « 690… », « 69003 », « Lyon », « Lyon + 20 km »."""
    match part.kind:
        case "department":
            return f"{DEPARTMENTS[part.code]} ({part.code})"
        case "region":
            return REGIONS[part.code][0]
        case "prefix":
            return part.code + "…"
        case "code":
            return part.code
        case "town":
            return part.name
        case "radius":
            return f"{part.name} + {radius_of(part.code)[1]}\u202fkm"


def label_of(parts: Sequence[Part]) -> str:
    """Short enough for a badge: two names, and how many more. Empty where there is no territory."""
    names = [name_of(part) for part in parts[:2]]
    return ", ".join(names) + (f" +{len(parts) - 2}" if len(parts) > 2 else "")


def _ranges(part: Part) -> list[Range]:
    match part.kind:
        case "region":
            return [department_range(code) for code in REGIONS[part.code][1]]
        case "department":
            return [department_range(part.code)]
        case "town":
            return as_ranges(communes()[part.code].postal_codes)
        case "radius":
            return around(*radius_of(part.code))
        case "prefix" | "code":
            return [prefix_range(part.code)]


def _joined(ranges: Iterable[Range]) -> list[Range]:
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined

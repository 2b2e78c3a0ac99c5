"""What two records propose to become: which value of each field, which number under which kind. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Side = Literal["kept", "other"]
DIALED = ("phone", "mobile", "office")
"""Kinds in the order of dialing; a fax is none of them."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """`placed`: kind → number. `overflow`: numbers that no kind is left for."""

    placed: dict[str, str]
    overflow: list[str]


def better(kept: Any, other: Any, kept_at: datetime, other_at: datetime) -> Side:
    """The one that says something; of two, the one that says all that the other says, and more; else the later.

    Of the same words, the one that is written with its accents and capitals: "Hélène" before "HELENE" and "helene".
    """
    if _blank(kept) or _blank(other):
        return "other" if _blank(kept) and not _blank(other) else "kept"
    mine, theirs = _words(kept), _words(other)
    if mine < theirs or theirs < mine:
        return "other" if mine < theirs else "kept"
    if mine == theirs and mine and (kept == other or _care(kept) != _care(other)):
        return "other" if _care(other) > _care(kept) else "kept"
    return "other" if other_at > kept_at else "kept"


def unite(kept: Mapping[str, str], other: Mapping[str, str], mobile: Sequence[str]) -> Numbers:
    """All the numbers of both: the kept record's stay where they are, the other's take their own kind, else a free one.

    `mobile`: those that are mobiles, which prefer that kind. A fax never becomes a number to dial, nor the reverse.
    """
    placed: dict[str, str] = {kind: e164 for kind, e164 in kept.items() if e164}
    overflow: list[str] = []
    for kind, e164 in sorted(other.items(), key=lambda pair: pair[0] != "fax" and pair[0] not in placed, reverse=True):
        if not e164 or e164 in placed.values():
            continue
        wished = ("fax",) if kind == "fax" else (kind, *(("mobile", *DIALED) if e164 in mobile else DIALED))
        free = next((one for one in wished if one not in placed), None)
        if free is None:
            overflow.append(e164)
        else:
            placed[free] = e164
    return Numbers(placed, overflow)


def _blank(value: Any) -> bool:
    return value is None or value == ""


def _care(value: Any) -> tuple[int, bool]:
    """How carefully a text was written: its accents, and whether it is neither shouted nor without a capital."""
    text = str(value)
    return sum(not c.isascii() for c in text), not text.isupper() and not text.islower()


def _words(value: Any) -> frozenset[str]:
    flat = unicodedata.normalize("NFKD", str(value).casefold())
    return frozenset("".join(c if c.isalnum() else " " for c in flat if not unicodedata.combining(c)).split())

"""When somebody agreed, as files write it: a day, with its hour, with its offset, Unix seconds. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_MOMENT = re.compile(
    r"(\d{4}|\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})"
    r"(?:(?:\s*T\s*|,?\s+)(?:[aà]\s*)?(\d{1,2})\s*[:hH]\s*(\d{2})?(?:[:m](\d{2})(?:[.,]\d{1,9})?s?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?"
)
_UNIX = re.compile(r"\d{10}(?:\d{3})?")
_SINCE, _UNTIL = 1_300_000_000, 2_500_000_000
"""Unix seconds from 2011 to 2049: other numbers of ten digits are something else."""


def read_moment(cell: str) -> tuple[str, bool] | None:
    """(ISO without zone, whether it is UTC; else the clock where the person lives), or None where it is no moment.

    Days come first, as French files have them: 03/04/2026 is in April.
    """
    if _UNIX.fullmatch(cell):
        seconds = int(cell[:10])
        return (_iso(datetime.fromtimestamp(seconds, UTC)), True) if _SINCE < seconds < _UNTIL else None
    if (match := _MOMENT.fullmatch(cell)) is None:
        return None
    first, _, month, last, hour, minute, second, zone = match.groups()
    year, day = (first, last) if len(first) == 4 else (last, first)
    if len(day) > 2 or len(year) == 3 or len(year) == 1:
        return None
    try:
        at = datetime(  # noqa: DTZ001 - the clock where the person lives, which is not known here
            int(year) + (2000 if len(year) == 2 else 0), int(month), int(day),
            int(hour or 0), int(minute or 0), int(second or 0),
        )  # fmt: skip
        return (_iso(at), False) if zone is None else (_iso(at - _offset(zone)), True)
    except (ValueError, OverflowError):
        return None


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S")


def _offset(zone: str) -> timedelta:
    if zone[0] not in "+-":
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return -away if zone[0] == "-" else away

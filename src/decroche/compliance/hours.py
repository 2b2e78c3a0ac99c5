"""When a campaign may call: its weekly hours in the contact's zone, and the days off of that place. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays

# Slots of a week: {days: [0=Monday…], from: "HH:MM", to: "HH:MM"}; "24:00" closes a whole day.
SUBDIVISIONS = {
    "America/Guadeloupe": "971",
    "America/Martinique": "972",
    "America/Cayenne": "973",
    "Indian/Reunion": "974",
    "America/Miquelon": "PM",
    "Indian/Mayotte": "976",
}
ALSACE_MOSELLE = ("57", "67", "68")
NORTHERN_ISLANDS = {"97133": "BL", "97150": "MF", "977": "BL", "978": "MF"}
"""Saint-Barthélemy and Saint-Martin: in the zone of Guadeloupe and with its numbers, with another day (L3422-2)."""


class Slot(NamedTuple):
    """A stretch of a weekday, in minutes of local time; `end_min` is excluded."""

    day: int
    start_min: int
    end_min: int


def read_slots(hours: Sequence[Mapping[str, object]]) -> tuple[Slot, ...]:
    """From `Campaign.hours`; entries that cannot be read are left out: the campaign then calls less, never more."""
    slots = []
    for entry in hours:
        start, end, days = _minutes(entry.get("from")), _minutes(entry.get("to")), entry.get("days")
        if start is None or end is None or not isinstance(days, list) or start >= end:
            continue
        slots += [Slot(day, start, end) for day in days if isinstance(day, int) and 0 <= day <= 6]
    return tuple(sorted(slots, key=lambda slot: (slot.day, slot.start_min)))


def _minutes(text: object) -> int | None:
    hour, _, minute = str(text).partition(":")
    if not (hour.isdigit() and minute.isdigit()):
        return None
    total = int(hour) * 60 + int(minute)
    return total if 0 <= total <= 24 * 60 and int(minute) < 60 else None


@lru_cache(maxsize=256)
def _days_off(subdivision: str | None, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FR", subdiv=subdivision, years=year))


def is_day_off(day: date, zone: str, postal_code: str = "", *, regional: bool = True) -> bool:
    """A public holiday where the contact lives (Code du travail L3133-1; `regional`: L3134-13, L3422-2 too)."""
    if not regional:
        return day in _days_off(None, day.year)
    subdivision = NORTHERN_ISLANDS.get(postal_code) or NORTHERN_ISLANDS.get(postal_code[:3]) or SUBDIVISIONS.get(zone)
    if subdivision is None and postal_code[:2] in ALSACE_MOSELLE:
        subdivision = {"57": "57", "67": "6AE", "68": "6AE"}[postal_code[:2]]
    return day in _days_off(subdivision, day.year)


def after_working_days(at: datetime, days: int, zone: str, postal_code: str = "") -> datetime:
    """The end of the n-th working day (Monday to Friday, no day off) after the day of `at`, in UTC."""
    tz = ZoneInfo(zone)
    day, left = at.astimezone(tz).date(), days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and not is_day_off(day, zone, postal_code)
    return datetime.combine(day + timedelta(days=1), time.min, tz).astimezone(UTC)


@lru_cache(maxsize=512)
def within(slots: tuple[Slot, ...], limits: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """What both allow."""
    both = (
        Slot(one.day, max(one.start_min, limit.start_min), min(one.end_min, limit.end_min))
        for one in slots
        for limit in limits
        if one.day == limit.day
    )
    return tuple(sorted((s for s in both if s.start_min < s.end_min), key=lambda s: (s.day, s.start_min)))


def is_open(slots: Sequence[Slot], at: datetime, zone: str) -> bool:
    """Whether the weekly hours allow a call at this instant; days off are another question."""
    local = at.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    return any(slot.day == local.weekday() and slot.start_min <= minute < slot.end_min for slot in slots)


def is_precise(start: datetime, end: datetime, zone: str) -> bool:
    """Whether a time agreed to is within one day of the person's, as the law wants it (L223-1: date and time)."""
    tz = ZoneInfo(zone)
    last = (end - timedelta(microseconds=1)).astimezone(tz)
    return start < end and start.astimezone(tz).date() == last.date()


def day_end(slots: Sequence[Slot], at: datetime, zone: str) -> datetime | None:
    """When the last stretch of this day ends, in UTC: a lunch break ends no day. None where nothing is left of it."""
    local = at.astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    end = max((slot.end_min for slot in slots if slot.day == local.weekday()), default=0)
    if end <= minute:
        return None
    return (datetime.combine(local.date(), time.min, local.tzinfo) + timedelta(minutes=end)).astimezone(UTC)


def next_opening(
    slots: Sequence[Slot],
    at: datetime,
    zone: str,
    *,
    days_off: bool = True,
    postal_code: str = "",
    regional: bool = True,
) -> datetime | None:
    """The first instant from `at` on when calls are allowed, in UTC; None where they never are (within 30 days)."""
    if not slots:
        return None
    tz = ZoneInfo(zone)
    local = at.astimezone(tz)
    for offset in range(31):
        day = local.date() + timedelta(days=offset)
        if days_off and is_day_off(day, zone, postal_code, regional=regional):
            continue
        for slot in slots:
            if slot.day != day.weekday():
                continue
            start = datetime.combine(day, time(slot.start_min // 60, slot.start_min % 60), tz)
            end = datetime.combine(day, time.min, tz) + timedelta(minutes=slot.end_min)
            if end > local:
                return max(start, local).astimezone(UTC)
    return None

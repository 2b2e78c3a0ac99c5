"""Days as the floor lives them: Europe/Paris, from midnight to midnight, 23 or 25 hours long twice a year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def today(now: datetime) -> date:
    """The day of an instant."""
    return now.astimezone(PARIS).date()


def day_limits(first: date, last: date | None = None) -> tuple[datetime, datetime]:
    """First instant of `first`, and the one that follows `last` (the same day where left out)."""
    after = (last or first) + timedelta(days=1)
    return datetime.combine(first, time(), PARIS), datetime.combine(after, time(), PARIS)

"""What a campaign has lived through, minute by minute over 24 hours: for pacing to decide by, for the live screen."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from decroche.pacing.snapshot import Counts, Outcome, Spell

DAY_MIN = 24 * 60
HOUR_MIN = 60
DELAYS_KEPT = 200
NAMES = ("launched", "finished", "connected", "machine", "abandoned")


@dataclass(slots=True)
class Minute:
    """Counts of one minute, and seconds of agents by what they did."""

    launched: int = 0
    finished: int = 0
    connected: int = 0
    """Answered by a person, abandoned ones included."""
    machine: int = 0
    abandoned: int = 0
    talks: int = 0
    talk_s: float = 0
    wrap_up_s: float = 0
    idle_s: float = 0


@dataclass(slots=True)
class News:
    """What ended since pacing last decided, at instants of the monotonic clock."""

    talks: list[Spell] = field(default_factory=list)
    wrap_ups: list[Spell] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


@dataclass(slots=True)
class LastHour:
    """Figures of the last hour; None where there is nothing to divide by."""

    utilisation: float | None
    wait_s: float | None


class Observed:
    """One campaign's. `at` are instants in UTC."""

    def __init__(self) -> None:
        self._minutes: dict[int, Minute] = {}
        self._delays_ms: deque[float] = deque(maxlen=DELAYS_KEPT)
        self._slices: tuple[int, list[Counts], Counts] | None = None
        self.news = News()

    # ── Written ──────────────────────────────────────────────────────────────
    def minute(self, at: datetime) -> Minute:
        """To add to."""
        number = _number(at)
        found = self._minutes.get(number)
        if found is None:
            found = self._minutes[number] = Minute()
            for old in [n for n in self._minutes if n <= number - DAY_MIN]:
                del self._minutes[old]
        return found

    def heard(self, answered_at: datetime | None, bridged_at: datetime) -> None:
        """How long a person who answered waited for the agent's line."""
        if answered_at is not None:
            self._delays_ms.append(max(0.0, (bridged_at - answered_at).total_seconds() * 1000))

    def take_news(self) -> News:
        """Told once."""
        news, self.news = self.news, News()
        return news

    # ── Read ─────────────────────────────────────────────────────────────────
    def last(self, minutes: int, now: datetime) -> Counts:
        """Of the last so many minutes, the present one included."""
        return self._between(_number(now) - minutes + 1, _number(now))

    def today(self, now: datetime, midnight: datetime) -> Counts:
        return self._between(_number(midnight), _number(now))

    def before_today(self, now: datetime, midnight: datetime) -> list[Counts]:
        """The part of the last 24 hours before midnight, hour by hour, oldest first: they leave the window in turn."""
        number, start = _number(now), _number(midnight)
        if self._slices is None or self._slices[0] != number:
            first = number - DAY_MIN + 1
            hours = [self._between(at, min(at + HOUR_MIN, start) - 1) for at in range(first, start, HOUR_MIN)]
            self._slices = (number, hours, _sum(hours))
        return self._slices[1]

    def last_24h(self, now: datetime, midnight: datetime) -> Counts:
        return _sum([*self.before_today(now, midnight), self.today(now, midnight)])

    def last_hour(self, now: datetime) -> LastHour:
        """How busy the agents were, and their mean wait between two talks."""
        number = _number(now)
        rows = [m for n, m in self._minutes.items() if number - HOUR_MIN < n <= number]
        busy = sum(row.talk_s + row.wrap_up_s for row in rows)
        idle, talks = sum(row.idle_s for row in rows), sum(row.talks for row in rows)
        return LastHour(
            utilisation=busy / (busy + idle) if busy + idle > 0 else None, wait_s=idle / talks if talks else None
        )

    def delays_ms(self) -> tuple[float | None, float | None]:
        """Median and 95th percentile, from the answer to the agent's line."""
        ordered = sorted(self._delays_ms)
        if not ordered:
            return None, None
        return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]

    def _between(self, first: int, last: int) -> Counts:
        if last - first < len(self._minutes):
            rows = [m for n in range(first, last + 1) if (m := self._minutes.get(n)) is not None]
        else:
            rows = [m for n, m in self._minutes.items() if first <= n <= last]
        return Counts(**{name: max(0, sum(getattr(row, name) for row in rows)) for name in NAMES})


def _number(at: datetime) -> int:
    return int(at.timestamp() // 60)


def _sum(counts: list[Counts]) -> Counts:
    return Counts(**{f.name: sum(getattr(one, f.name) for one in counts) for f in fields(Counts)})


A_DAY = timedelta(minutes=DAY_MIN)

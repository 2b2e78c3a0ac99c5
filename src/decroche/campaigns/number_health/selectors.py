"""Reading the calls of every presented number by day: one statement, on an index of its own (`call_presented`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection

from decroche.calls.results import REACHED_THE_CONTACT, Result
from decroche.campaigns.models import PresentedNumber
from decroche.campaigns.number_health.judge import PAST_DAYS, RECENT_DAYS, Day, Stretch, judge
from decroche.campaigns.number_health.schemas import NumberDay, NumberHealth, NumberStretch
from decroche.common.clock import Clock, SystemClock
from decroche.common.days import day_limits, today

CLOCK = SystemClock()
SHORT_S = 10
"""An answered call that is over within this long: somebody looked, and hung up."""

BY_DAY = """
SELECT n.id, d.day, d.calls, d.rang, d.answered, d.short FROM campaigns_presentednumber n
CROSS JOIN LATERAL (
  SELECT (c.claimed_at AT TIME ZONE 'Europe/Paris')::date AS day, count(*) AS calls,
    count(*) FILTER (WHERE c.result = ANY(%(rang)s)) AS rang,
    count(*) FILTER (WHERE c.result = ANY(%(answered)s)) AS answered,
    count(*) FILTER (WHERE c.result = %(connected)s
      AND c.ended_at < c.answered_at + make_interval(secs => %(short_s)s)) AS short
  FROM calls_call c WHERE c.presented = n.e164 AND c.claimed_at >= %(since)s AND c.state = 'ended'
    AND c.direction = 'outbound' GROUP BY 1) d
"""


def health(clock: Clock = CLOCK) -> list[NumberHealth]:
    """Of each presented number, those at rest too."""
    day = today(clock.now())
    oldest = day - timedelta(days=RECENT_DAYS + PAST_DAYS - 1)
    by_number = _by_number(oldest)
    limits = PresentedNumber.objects.order_by("e164").values_list("pk", "daily_limit")
    return [_health(pk, by_number[pk], oldest, day, limit) for pk, limit in limits]


def parameters(since: date) -> dict[str, Any]:
    """Of `BY_DAY`."""
    return {
        "since": day_limits(since)[0],
        "rang": [str(one) for one in REACHED_THE_CONTACT],
        "answered": [Result.CONNECTED, Result.ABANDONED],
        "connected": Result.CONNECTED,
        "short_s": SHORT_S,
    }


def _by_number(since: date) -> dict[int, list[Day]]:
    found: dict[int, list[Day]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(BY_DAY, parameters(since))
        for number, *facts in cursor.fetchall():
            found[number].append(Day(*facts))
    return found


def _health(number_id: int, days: Sequence[Day], oldest: date, day: date, limit: int | None) -> NumberHealth:
    found = judge(days, day, limit)
    known = {one.day: one for one in days}
    every = [oldest + timedelta(days=n) for n in range(RECENT_DAYS + PAST_DAYS)]
    return NumberHealth(
        number_id=number_id,
        state=found.state,
        signs=list(found.signs),
        recent=_stretch(found.recent),
        past=_stretch(found.past),
        days=[_day(known.get(one) or Day(one)) for one in every],
    )


def _day(one: Day) -> NumberDay:
    rate = one.answered / one.rang if one.rang else None
    return NumberDay(day=one.day, calls=one.calls, answer_rate=rate, short=one.short)


def _stretch(one: Stretch) -> NumberStretch:
    return NumberStretch(
        days=one.days, calls=one.calls, calls_a_day=one.calls_a_day, answer_rate=one.answer_rate,
        short_rate=one.short_rate,
    )  # fmt: skip

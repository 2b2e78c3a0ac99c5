"""A presented number's health, against its own past: `judge(days, today, daily_limit) -> Health`. Pure.

Handsets and operators mark numbers that call a lot as spam; nobody tells the floor. It shows: fewer people answer, and
more of those who do hang up at once. The last 7 days are compared with the 28 before by Wilson's intervals, so that few
calls prove nothing: what is called a change is one that chance would hardly make.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from decroche.common.shares import wilson

State = Literal["ok", "watch", "degraded", "unknown"]
Sign = Literal["fewer_answers", "far_fewer_answers", "more_short", "far_more_short", "near_limit"]
RECENT_DAYS, PAST_DAYS = 7, 28
FAR_FEWER = 0.7
"""Of its usual answer rate: below, the number is taken for one that is marked."""
FAR_MORE = 2.0
"""Times its usual share of short calls."""
NEAR_LIMIT = 0.9
RECENT_LEAST, PAST_LEAST = 20, 50
"""Calls that rang somewhere, without which nothing is said."""
GRAVITY: dict[Sign, State] = {
    "fewer_answers": "watch",
    "far_fewer_answers": "degraded",
    "more_short": "watch",
    "far_more_short": "degraded",
    "near_limit": "watch",
}


@dataclass(frozen=True, slots=True)
class Day:
    """`rang`: calls that reached a telephone; `answered`: by somebody; `short`: of those, over within 10 s."""

    day: date
    calls: int = 0
    rang: int = 0
    answered: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days together. Shares are None where there is nothing to divide by."""

    days: int
    calls: int
    rang: int
    answered: int
    short: int

    @property
    def answer_rate(self) -> float | None:
        return self.answered / self.rang if self.rang else None

    @property
    def short_rate(self) -> float | None:
        return self.short / self.answered if self.answered else None

    @property
    def calls_a_day(self) -> float:
        """Over the days on which it called."""
        return self.calls / self.days if self.days else 0.0


@dataclass(frozen=True, slots=True)
class Health:
    """`signs`: what is not as usual, the gravest first; "unknown": too few calls to say."""

    state: State
    signs: tuple[Sign, ...]
    recent: Stretch
    past: Stretch


def judge(days: Sequence[Day], today: date, daily_limit: int | None = None) -> Health:
    """`days`: of this number, in any order; those without a call may be missing."""
    first = today - timedelta(days=RECENT_DAYS - 1)
    oldest = first - timedelta(days=PAST_DAYS)
    recent = _together(one for one in days if first <= one.day <= today)
    past = _together(one for one in days if oldest <= one.day < first)
    known = recent.rang >= RECENT_LEAST and past.rang >= PAST_LEAST
    signs = [*(_change(recent, past) if known else ()), *_limit(recent, daily_limit)]
    signs.sort(key=lambda one: GRAVITY[one] != "degraded")
    if not signs:
        return Health("ok" if known else "unknown", (), recent, past)
    return Health(GRAVITY[signs[0]], tuple(signs), recent, past)


def _together(days: Iterable[Day]) -> Stretch:
    some = [one for one in days if one.calls]
    return Stretch(
        len(some),
        sum(one.calls for one in some),
        sum(one.rang for one in some),
        sum(one.answered for one in some),
        sum(one.short for one in some),
    )


def _change(recent: Stretch, past: Stretch) -> Iterable[Sign]:
    """Only where the two intervals do not touch."""
    high_now, low_then = wilson(recent.answered, recent.rang)[1], wilson(past.answered, past.rang)[0]
    if high_now is not None and low_then is not None and high_now < low_then:
        fallen = (recent.answer_rate or 0.0) / (past.answer_rate or 1.0)
        yield "far_fewer_answers" if fallen <= FAR_FEWER else "fewer_answers"
    low_now, high_then = wilson(recent.short, recent.answered)[0], wilson(past.short, past.answered)[1]
    if low_now is not None and high_then is not None and low_now > high_then:
        far = (recent.short_rate or 0.0) >= FAR_MORE * (past.short_rate or 0.0)
        yield "far_more_short" if far else "more_short"


def _limit(recent: Stretch, daily_limit: int | None) -> Iterable[Sign]:
    if daily_limit is not None and recent.calls_a_day >= NEAR_LIMIT * daily_limit:
        yield "near_limit"

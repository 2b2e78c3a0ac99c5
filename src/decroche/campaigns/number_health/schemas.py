"""What the API says of presented numbers' health."""

from __future__ import annotations

from datetime import date

from ninja import Schema

from decroche.campaigns.number_health.judge import Sign, State


class NumberStretch(Schema):
    """Some days together, those with a call. Shares from 0 to 1; null: nothing to divide by."""

    days: int
    calls: int
    calls_a_day: float
    answer_rate: float | None
    short_rate: float | None


class NumberDay(Schema):
    """One day of a number, for its drawing. `answer_rate` null: nothing rang."""

    day: date
    calls: int
    answer_rate: float | None
    short: int


class NumberHealth(Schema):
    """The last 7 days against the 28 before. `signs`: what is not as usual, the gravest first."""

    number_id: int
    state: State
    signs: list[Sign]
    recent: NumberStretch
    past: NumberStretch
    days: list[NumberDay]
    """The 35 days, oldest first, each of them."""

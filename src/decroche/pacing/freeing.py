"""The chance that a busy agent is free by each slice of the next half-minute, given how long he has been at it.

Tables by age, for paces: an agent twice as slow as the others at minute 4 is where they are at minute 2. The pace of
each agent is learned from his own spells and drawn to the others' (Robbins' empirical Bayes).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from decroche.pacing.durations import Lengths
from decroche.pacing.grid import MIDDLES_S, SLICES, Row

WRAP_AGES_S = tuple(2.0 * k for k in range(60)) + tuple(120.0 * 1.1**k for k in range(20))
TALK_AGES_S = tuple(3.0 * k for k in range(20)) + tuple(60.0 * 1.1**k for k in range(36))
NEVER: Row = (0.0,) * SLICES


@dataclass(frozen=True, slots=True)
class FreeTables:
    """`rows[i]`: for the age `ages[i]` and what lies between it and the next, chance of being free by each slice.

    Found by bisection on `ages`.
    """

    ages: tuple[float, ...]
    rows: tuple[Row, ...]


def of_wrap_up(lengths: Lengths, grace_s: float, pace: float = 1.0) -> FreeTables:
    """The person who answers waits `grace_s`: that much later is still in time."""
    times = [(middle + grace_s) / pace for middle in MIDDLES_S]
    rows = []
    for age in WRAP_AGES_S:
        at = age + 1.0
        alive = lengths.lasts(at)
        rows.append(tuple(1.0 - lengths.lasts(at + t) / alive for t in times))
    return FreeTables(tuple(age * pace for age in WRAP_AGES_S), tuple(rows))


def of_talk(talk: Lengths, wrap: Lengths | float, grace_s: float, pace: float = 1.0) -> FreeTables:
    """Talk, then wrap-up: a number when it is timed. `pace`: of this agent's talks."""
    times = [middle + grace_s for middle in MIDDLES_S]
    starts = [0.0, *times[:-1]]
    # done[k][j]: a talk that ends in slice j leaves the agent free by slice k.
    done = [[_wrapped(wrap, t - (start + end) / 2) for start, end in zip(starts, times, strict=True)] for t in times]
    rows = []
    for age in TALK_AGES_S:
        at = age + 1.0
        alive = talk.lasts(at)
        left = [talk.lasts(at + t / pace) / alive for t in times]
        ends = [before - after for before, after in zip([1.0, *left[:-1]], left, strict=True)]
        rows.append(tuple(sum(map(float.__mul__, ends, row)) for row in done))
    return FreeTables(tuple(age * pace for age in TALK_AGES_S), tuple(rows))


def by_timer(left_s: float, grace_s: float) -> Row:
    """A timed wrap-up ends when it ends."""
    return tuple(1.0 if left_s <= middle + grace_s else 0.0 for middle in MIDDLES_S)


def pace_of(logs: tuple[float, ...], mean_log: float) -> float:
    """One agent's pace from the logarithms of his own spells: 1 where little is known."""
    if len(logs) < 4:
        return 1.0
    own = sum(logs) / len(logs) - mean_log
    # Between agents a deviation of 0.25 is usual; within one, 0.7: eight spells weigh as much as the others do.
    return math.exp(own * len(logs) / (len(logs) + 8.0))


def _wrapped(wrap: Lengths | float, seconds: float) -> float:
    if isinstance(wrap, float):
        return 1.0 if seconds >= wrap else 0.0
    return 1.0 - wrap.lasts(seconds) if seconds > 0 else 0.0

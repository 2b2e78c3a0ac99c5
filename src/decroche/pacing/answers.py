"""When the calls in flight will be answered, if at all, given how long they have rung.

A call of age a that a person answers with probability p at launch is, by Bayes, one of a person with the weight
p·Sp(a) against (1−p)·So(a), where Sp and So are the shares of answers and of other ends that come later than a.
Failures come first, answers next, silence last: so a call still ringing gains at first, and fades afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from decroche.pacing.grid import EDGES_S, Row

AGES_S = 96
"""Ages in whole seconds; an older call has the last one's."""
STEPS = AGES_S + 64
PRIOR_WEIGHT = 12.0


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shares of answers (`person`) and of other ends (`other`) that come later than each whole second."""

    person: tuple[float, ...]
    other: tuple[float, ...]
    other_ringing: tuple[float, ...]
    """Of a call that is known to ring: failures left out."""


@dataclass(frozen=True, slots=True)
class AnswerTables:
    """`rows[a]`: for a call of age a seconds, chance of being answered by a person in each slice from now."""

    p: float
    rows: tuple[Row, ...]
    ringing: tuple[Row, ...]
    """Of a call that is known to ring."""


def shapes(answers: Sequence[float], others: Sequence[float], failures: Sequence[float], timeout_s: float) -> Shapes:
    """From delays in seconds, mixed with what is usual."""
    usual_answers = [2.5 + 0.9 * k for k in range(1, 22)]
    usual_ends = [2.0, 3.0, 8.0, 14.0, 20.0, *(timeout_s + 1.5 + 0.25 * k for k in range(8))]
    end = [*usual_ends, timeout_s + 40.0]
    person = _later(answers, usual_answers)
    other = _later([*others, *failures], end)
    ringing = _later(others, end[2:])
    return Shapes(person, other, ringing)


def tables(shape: Shapes, p: float) -> AnswerTables:
    """`p`: chance that a person answers a call launched now."""
    return AnswerTables(p, _rows(shape.person, shape.other, p), _rows(shape.person, shape.other_ringing, p))


def _rows(person: Sequence[float], other: Sequence[float], p: float) -> tuple[Row, ...]:
    edges = [(int(edge), edge - int(edge)) for edge in EDGES_S]
    rows = []
    for age in range(AGES_S):
        later = person[age]
        alive = p * later + (1.0 - p) * other[age]
        scale = p / alive if alive > 1e-9 else 0.0
        row = []
        for edge, part in edges:
            at = age + edge
            left = person[at] + part * (person[at + 1] - person[at])
            row.append(scale * (later - left))
            later = left
        rows.append(tuple(row))
    return tuple(rows)


def _later(seconds: Sequence[float], usual: Sequence[float]) -> tuple[float, ...]:
    """Share later than each second; each observation is spread over a second on either side."""
    mass = [0.0] * (STEPS + 2)
    weight = PRIOR_WEIGHT / len(usual)
    for one, values in ((1.0, seconds), (weight, usual)):
        for value in values:
            cell = min(STEPS, int(value + 0.5))
            mass[cell] += 0.5 * one
            mass[cell + 1] += 0.25 * one
            mass[max(0, cell - 1)] += 0.25 * one
    total = sum(mass)
    left, shares = total, []
    for m in mass[:STEPS]:
        shares.append(max(0.0, left / total))
        left -= m
    return tuple(shares)

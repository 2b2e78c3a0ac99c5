"""Abandonments to expect of the calls in flight, and of one more.

Calls are taken in the order of their age. The i-th, answered in slice k, finds nobody when the earlier ones have
consumed as many agents as are free by then: P(blocked) = Σ_k P(answered in k) Σ_c P(c consumed) P(freed by k ≤ c − r).
Exact where calls are answered in the order of their launch; near it elsewhere, as the number of losses does not depend
on who loses. An agent who takes a call does not come back within the half-minute.

Small teams: the distributions themselves (Poisson binomial). Large ones: their normal approximation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from decroche.pacing.grid import SLICES, Row

NEGLIGIBLE = 0.004


@dataclass(frozen=True, slots=True)
class Exposure:
    """The calls in flight and who is there for them."""

    consumed: tuple[float, ...]
    """`consumed[c]`: probability that the calls so far take c agents."""
    short: tuple[Row, ...]
    """`short[e][k]`: probability that at most e busy agents are free by slice k."""
    ready: int
    abandoned: float
    """Expected."""
    answers: float
    """Expected, the contacts who already wait included."""

    def risk(self, call: Row) -> float:
        """Abandonments that one more call is expected to add."""
        blocked = 0.0
        for c in range(self.ready, len(self.consumed)):
            weight = self.consumed[c]
            if weight > 1e-6:
                short = c - self.ready
                blocked += weight * (sum(map(mul, call, self.short[short])) if short < len(self.short) else sum(call))
        return blocked

    def with_call(self, call: Row) -> Exposure:
        """One more in flight."""
        ever, lost = sum(call), 0.0
        following = [0.0] * (len(self.consumed) + 1)
        for c, weight in enumerate(self.consumed):
            if weight < 1e-9:
                continue
            blocked = 0.0
            if c >= self.ready:
                short = c - self.ready
                blocked = sum(map(mul, call, self.short[short])) if short < len(self.short) else ever
            lost += weight * blocked
            following[c + 1] += weight * (ever - blocked)
            following[c] += weight * (1.0 - ever + blocked)
        return Exposure(tuple(following), self.short, self.ready, self.abandoned + lost, self.answers + ever)


def exposure(ready: int, freeing: Sequence[Row], calls: Sequence[Row], deepest: int) -> Exposure:
    """`calls`: oldest first. `deepest`: how many calls beyond the ready agents will be asked about."""
    depth = max(0, min(len(freeing), len(calls) - ready + deepest))
    exposed = Exposure((1.0,), _at_most(freeing, depth), ready, 0.0, 0.0)
    for call in calls:
        exposed = exposed.with_call(call)
    return exposed


def _at_most(freeing: Sequence[Row], depth: int) -> tuple[Row, ...]:
    """`[e][k]`: probability that at most e of them are free by slice k, for e below `depth`. The exact distribution of
    those who matter; the many who hardly do are summed up as a Poisson count."""
    if depth == 0:
        return ()
    columns = []
    for k in range(SLICES):
        faint, chances = 0.0, []
        for row in freeing:
            chance = row[k]
            if chance < NEGLIGIBLE:
                faint += chance
            else:
                chances.append(chance)
        exact = [math.exp(-faint)]
        for e in range(1, depth):
            exact.append(exact[-1] * faint / e)
        for chance in chances:
            miss = 1.0 - chance
            for e in range(depth - 1, 0, -1):
                exact[e] = exact[e] * miss + exact[e - 1] * chance
            exact[0] *= miss
        total, column = 0.0, []
        for probability in exact:
            total += probability
            column.append(min(1.0, total))
        columns.append(column)
    return tuple(zip(*columns, strict=True))


@dataclass(frozen=True, slots=True)
class WideExposure:
    """The same for a large team. `spare[k]`, `variance[k]`: mean and variance of the agents free by slice k, less the
    answers by then."""

    spare: Row
    variance: Row
    abandoned: float
    answers: float
    doubt: float
    """Standard error of the answer rate, as a share of it: all calls err together."""

    def risk(self, call: Row) -> float:
        """A call answered in slice k costs an abandonment, its own or a later one's, when nobody is spare at some
        slice from k on."""
        blocked, worst = 0.0, 0.0
        for k in range(SLICES - 1, -1, -1):
            worst = max(worst, 0.5 * math.erfc((self.spare[k] - 0.5) / math.sqrt(2.0 * self.variance[k])))
            blocked += call[k] * worst
        return blocked

    def with_call(self, call: Row) -> WideExposure:
        """One more in flight."""
        by, spare, variance = 0.0, [], []
        for k in range(SLICES):
            half = by + 0.5 * call[k]
            by += call[k]
            spare.append(self.spare[k] - half)
            together = self.doubt * self.doubt * half * (2.0 * self.answers + half)
            variance.append(self.variance[k] + half * (1.0 - half) + together)
        risk = self.risk(call)
        return WideExposure(tuple(spare), tuple(variance), self.abandoned + risk, self.answers + by, self.doubt)


def wide_exposure(ready: int, freeing: Sequence[Row], calls: Sequence[Row], doubt: float) -> WideExposure:
    """As `exposure`, in a time that grows with the number of agents and calls only."""
    free = [float(ready)] * SLICES
    variance = [0.25] * SLICES
    if freeing:
        for k, column in enumerate(zip(*freeing, strict=True)):
            mean = sum(column)
            free[k] += mean
            variance[k] += mean - sum(map(mul, column, column))
    answers = by = 0.0
    if calls:
        for k, column in enumerate(zip(*calls, strict=True)):
            now = sum(column)
            half = by + 0.5 * now
            by += now
            free[k] -= half
            # Answers are rare enough per call for the variance to be near the mean, a little below.
            variance[k] += half * (1.0 - half / len(calls)) + (doubt * half) ** 2
        answers = by
    lost = 0.0
    for mean, var in zip(free, variance, strict=True):
        deviation = math.sqrt(var)
        z = mean / deviation
        lost = max(lost, deviation * (0.3989422804 * math.exp(-0.5 * z * z) - z * 0.5 * math.erfc(z * 0.70710678)))
    return WideExposure(tuple(free), tuple(variance), lost, answers, doubt)

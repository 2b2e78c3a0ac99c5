"""How many calls a person answers: a rate that may drift, step, or differ by kind of number and by hour.

The same counts are kept with four spans of forgetting (60 to 3 840 attempts). The estimate is that of the longest span
that no shorter one contradicts (Lepski's rule): steady lists get the small error of thousands of attempts, a step is
seen after some dozens. Rises are believed sooner than falls, since a rise costs abandonments and a fall costs waits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

SPANS = (60.0, 240.0, 960.0, 3840.0)
USUAL = 0.3
USUAL_WEIGHT = 10.0
RISE, FALL = 1.7, 2.5
"""Standard errors at which a shorter span contradicts a longer one."""
POOL_WEIGHT = 30.0
HOUR_WEIGHT = 40.0


@dataclass(frozen=True, slots=True)
class Rate:
    """Decayed counts, one pair per span."""

    persons: tuple[float, ...] = (0.0,) * len(SPANS)
    attempts: tuple[float, ...] = (0.0,) * len(SPANS)

    def after(self, persons: int, attempts: int) -> Rate:
        """Some attempts more, of which `persons` were answered by a person."""
        keep = [(1.0 - 1.0 / span) ** attempts for span in SPANS]
        return Rate(
            tuple(old * k + persons for old, k in zip(self.persons, keep, strict=True)),
            tuple(old * k + attempts for old, k in zip(self.attempts, keep, strict=True)),
        )

    def chosen(self, prior: float, weight: float) -> tuple[float, float]:
        """(persons, attempts) of the span to believe, the prior's weight included."""
        chosen = 0
        for longer in range(1, len(SPANS)):
            long = self._mean(longer, prior, weight)
            if any(self._contradicts(shorter, long, prior, weight) for shorter in range(longer)):
                break
            chosen = longer
        return self.persons[chosen] + prior * weight, self.attempts[chosen] + weight

    def _mean(self, span: int, prior: float, weight: float) -> float:
        return (self.persons[span] + prior * weight) / (self.attempts[span] + weight)

    def _contradicts(self, span: int, long: float, prior: float, weight: float) -> bool:
        # Decayed counts of n attempts are worth up to 2n equal ones; at first, n.
        worth = self.attempts[span] * (1.0 + min(1.0, self.attempts[span] / SPANS[span]))
        if worth < 1.0:
            return False
        error = math.sqrt(max(long * (1.0 - long), 0.02) / worth)
        away = (self._mean(span, prior, weight) - long) / error
        return away > RISE or away < -FALL


def mean_of(persons: float, attempts: float, weights: Sequence[tuple[float, float]]) -> float:
    """The rate that explains the finished calls and those in flight, by expectation-maximisation.

    `weights`: for each call in flight, shares of answers and of other ends that come later than its age. Without them
    the rate is too low after a burst, since failures finish first.
    """
    p = persons / attempts
    for _ in range(3):
        hidden = 0.0
        for person, other in weights:
            mine = p * person
            hidden += mine / max(1e-9, mine + (1.0 - p) * other)
        p = (persons + hidden) / (attempts + len(weights))
    return min(0.98, max(0.005, p))

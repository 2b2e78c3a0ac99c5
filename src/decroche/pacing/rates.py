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

    def chosen(self, prior: float, weight: float, in_flight: int = 0) -> tuple[float, float]:
        """(persons, attempts) of the span to believe, the prior's weight included.

        Spans shorter than twice the calls in flight are not heard: they hold a burst's first endings, not a rate.
        """
        chosen = shortest = next((k for k, span in enumerate(SPANS) if span >= 2 * in_flight), len(SPANS) - 1)
        for longer in range(shortest + 1, len(SPANS)):
            long = self._mean(longer, prior, weight)
            if any(self._contradicts(shorter, long, prior, weight) for shorter in range(shortest, longer)):
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


def mean_of(persons: float, attempts: float, ringing: Sequence[tuple[float, float, int]]) -> float:
    """The rate that is likeliest, given the finished calls and those in flight.

    `ringing`: (share of answers, share of other ends that come later than this age, calls of this age). Without them
    the rate is too low after a burst, since failures finish first. The slope of the likelihood falls with the rate:
    its zero is found by halving, where expectation-maximisation would crawl when most calls are still in flight.
    """
    low, high = 0.005, 0.98
    for _ in range(11):
        p = 0.5 * (low + high)
        slope = persons / p - (attempts - persons) / (1.0 - p)
        for person, other, calls in ringing:
            slope += calls * (person - other) / max(1e-9, p * person + (1.0 - p) * other)
        if slope > 0:
            low = p
        else:
            high = p
    return 0.5 * (low + high)

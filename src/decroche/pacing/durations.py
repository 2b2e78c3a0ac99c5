"""How long talks and wrap-ups last: a smoothed distribution learned from spells, those still going counted as censored.

The shape is not assumed: refusals and sales make two humps. A histogram over the logarithm of the length (ratio 1.15,
1 s to 2 h) goes through the Kaplan–Meier estimate (Kaplan and Meier, 1958), which gives a spell that still goes on the
weight of "at least so long", is smoothed by a Gaussian kernel, and is mixed with a lognormal of the same mean and
spread worth `PRIOR_WEIGHT` spells, so that twenty observations give a curve and not twenty steps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

RATIO = 1.15
LOG_RATIO = math.log(RATIO)
CELLS = 64
PRIOR_WEIGHT = 12.0
CURVE_WEIGHT = 10.0
"""How many spells the lognormal mixed into the histogram is worth."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """`survival[c]`: probability of lasting longer than RATIO ** c seconds. Seconds everywhere."""

    survival: tuple[float, ...]
    mean_log: float
    """Of the logarithm of the length."""

    def lasts(self, seconds: float) -> float:
        """Probability of lasting longer than that; 1 at 0."""
        if seconds <= 1.0:
            return 1.0
        x = math.log(seconds) / LOG_RATIO
        cell = int(x)
        if cell >= CELLS - 1:
            return self.survival[-1] * math.exp(-(x - CELLS + 1))
        low, high = self.survival[cell], self.survival[cell + 1]
        return low + (high - low) * (x - cell)


def learn(spells: Sequence[float], going: Sequence[float], usual_s: float, spread: float) -> Lengths:
    """From lengths that ended and the ages of those still going. `usual_s`, `spread`: median and log-deviation before
    anything is seen, worth a few spells."""
    ended, censored = [0.0] * CELLS, [0.0] * CELLS
    for seconds in spells:
        ended[_cell(seconds)] += 1.0
    for seconds in going:
        censored[_cell(seconds)] += 1.0
    mass = _kaplan_meier(ended, censored)
    count = len(spells)
    mean, deviation = _moments(mass, count, math.log(usual_s), spread)
    # Silverman's rule of thumb, in cells; half of it, as the lognormal mixed in already smooths.
    width = max(0.7, 0.6 * deviation / LOG_RATIO * max(1, count) ** -0.2)
    smooth = _smoothed(mass, width)
    share = count / (count + CURVE_WEIGHT)
    survival, left = [1.0], 1.0
    for cell in range(CELLS - 1):
        curve = _normal_tail(((cell + 1) * LOG_RATIO - mean) / deviation)
        left -= smooth[cell]
        survival.append(max(1e-9, min(survival[-1], share * max(0.0, left) + (1 - share) * curve)))
    return Lengths(tuple(survival), mean)


def _cell(seconds: float) -> int:
    return min(CELLS - 1, int(math.log(seconds) / LOG_RATIO)) if seconds > 1.0 else 0


def _kaplan_meier(ended: Sequence[float], censored: Sequence[float]) -> list[float]:
    """Mass per cell, summing to 1 (to 0 when nothing ended)."""
    at_risk = sum(ended) + sum(censored)
    mass, left = [], 1.0
    for cell in range(CELLS):
        # A spell that still goes is taken out half-way through its cell.
        hazard = ended[cell] / max(1e-9, at_risk - 0.5 * censored[cell]) if ended[cell] else 0.0
        mass.append(left * min(1.0, hazard))
        left -= mass[-1]
        at_risk -= ended[cell] + censored[cell]
    total = sum(mass)
    if total > 0 and left > 0:
        # The longest are still going: their mass lies beyond the last one that ended.
        last = max(cell for cell in range(CELLS) if mass[cell])
        mass[min(CELLS - 1, last + 3)] += left
    return mass


def _moments(mass: Sequence[float], count: int, usual: float, spread: float) -> tuple[float, float]:
    """Mean and deviation of the logarithm, drawn to what is usual."""
    total = sum(mass)
    if not total:
        return usual, spread
    logs = [(cell + 0.5) * LOG_RATIO for cell in range(CELLS)]
    mean = sum(map(float.__mul__, mass, logs)) / total
    variance = sum(m * (x - mean) ** 2 for m, x in zip(mass, logs, strict=True)) / total
    weight = 3.0
    drawn = (count * mean + weight * usual) / (count + weight)
    variance += (mean - drawn) ** 2
    variance = (count * variance + weight * spread * spread) / (count + weight)
    return drawn, max(0.05, math.sqrt(variance))


def _smoothed(mass: Sequence[float], width: float) -> list[float]:
    reach = int(3 * width) + 1
    kernel = [math.exp(-0.5 * (k / width) ** 2) for k in range(-reach, reach + 1)]
    total = sum(kernel)
    smooth = [0.0] * CELLS
    for cell, m in enumerate(mass):
        if m:
            for k, weight in enumerate(kernel):
                smooth[min(CELLS - 1, max(0, cell + k - reach))] += m * weight / total
    return smooth


def _normal_tail(z: float) -> float:
    return 0.5 * math.erfc(z * 0.7071067811865476)

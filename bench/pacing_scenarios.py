"""The days that the simulator plays: how calls end, how long talks last, who takes a break. Times in seconds."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

Draw = Callable[[Random], float]
DAY_S = 8 * 3600.0
Course = Callable[[float], float]
"""A value by second of the day."""


def lognormal(mean: float, cv: float) -> Draw:
    """Of that mean and coefficient of variation."""
    variance = math.log(1 + cv * cv)
    mu = math.log(mean) - variance / 2
    return lambda rng: math.exp(mu + math.sqrt(variance) * rng.gauss(0, 1))


def two_humped(share: float, short: Draw, long: Draw) -> Draw:
    """A share of short talks (refusals), else long ones."""

    def draw(rng: Random) -> float:
        first, a, b = rng.random() < share, short(rng), long(rng)
        return a if first else b

    return draw


def constant(value: float) -> Course:
    """The same all day."""
    return lambda _: value


def stepping(low: float, high: float, every_s: float) -> Course:
    """From one to the other and back."""
    return lambda t: high if int(t / every_s) % 2 else low


def drifting(low: float, high: float, period_s: float) -> Course:
    """A slow wave."""
    return lambda t: low + (high - low) * (0.5 - 0.5 * math.cos(2 * math.pi * t / period_s))


USUAL_PERSONS, USUAL_TALK, USUAL_WRAP_UP, ALWAYS = (
    constant(0.25),
    lognormal(120, 1.0),
    lognormal(30, 0.5),
    constant(1.0),
)


@dataclass(frozen=True)
class Scenario:
    """One day's truth."""

    persons: Course = USUAL_PERSONS
    """Share of calls that a person answers, by second of the day."""
    machines: float = 0.20
    failures: float = 0.10
    """The rest is not answered."""
    setup_s: tuple[float, float] = (1.5, 3.5)
    answer_shape: float = 4.0
    answer_scale_s: float = 2.5
    machine_s: float = 17.5
    """From the set-up to the release of a machine's line: found out without an agent."""
    machine_needs_agent: bool = False
    """AMD off: a machine reaches an agent as a short talk."""
    ring_timeout_s: float = 25.0
    talk: Draw = USUAL_TALK
    wrap_up: Draw = USUAL_WRAP_UP
    machine_talk_s: float = 8.0
    timed_wrap_up_s: float | None = None
    grace_s: float = 2.0
    cap: float = 0.03
    agent_spread: float = 0.0
    """Standard deviation of the logarithm of each agent's own pace."""
    breaks: tuple[tuple[float, float], ...] = ()
    """(start, length): every agent, each at his own moment of the 20 minutes after the start."""
    together: bool = False
    """All agents take their breaks at the same instant."""
    talk_factor: Course = ALWAYS
    day_s: float = DAY_S


BASE = Scenario()
SCENARIOS: dict[str, Scenario] = {
    "base": BASE,
    "persons-10": replace(BASE, persons=constant(0.10)),
    "persons-60": replace(BASE, persons=constant(0.60)),
    "drifting": replace(BASE, persons=drifting(0.10, 0.45, 2 * 3600)),
    "stepping": replace(BASE, persons=stepping(0.10, 0.60, 1800), machines=0.10),
    "step-late": replace(BASE, persons=lambda t: 0.60 if t > 7.6 * 3600 else 0.10, machines=0.10),
    "turns-bad": replace(BASE, persons=lambda t: 0.35 if t < 4 * 3600 else 0.04),
    "talks-45": replace(BASE, talk=lognormal(45, 1.0), wrap_up=lognormal(11.25, 0.5)),
    "talks-300": replace(BASE, talk=lognormal(300, 1.0), wrap_up=lognormal(75, 0.5)),
    "two-humped": replace(BASE, talk=two_humped(0.6, lognormal(25, 0.4), lognormal(260, 0.5))),
    "talks-lengthen": replace(BASE, talk_factor=lambda t: 4.0 if t > 4 * 3600 else 1.0),
    "wrap-timed": replace(BASE, timed_wrap_up_s=20.0),
    "wrap-short": replace(BASE, wrap_up=lognormal(6, 0.5)),
    "long-rings": replace(BASE, answer_scale_s=4.5, ring_timeout_s=45.0),
    "amd-off": replace(BASE, machine_needs_agent=True),
    "agents-differ": replace(BASE, agent_spread=0.4),
    "breaks": replace(BASE, breaks=((1.75 * 3600, 900), (3.5 * 3600, 3600), (6 * 3600, 900))),
    "all-pause": replace(BASE, breaks=((2 * 3600, 900), (5 * 3600, 900)), together=True),
    "everything": replace(
        BASE,
        persons=drifting(0.12, 0.40, 1.5 * 3600),
        talk=two_humped(0.4, lognormal(30, 0.5), lognormal(180, 0.8)),
        agent_spread=0.25,
        breaks=((1.75 * 3600, 900), (3.5 * 3600, 3600), (6 * 3600, 900)),
    ),
    "hostile": replace(
        BASE,
        persons=stepping(0.10, 0.60, 1100),
        machines=0.10,
        talk_factor=stepping(1.0, 3.0, 2500),
        breaks=((2 * 3600, 600), (5 * 3600, 600)),
        together=True,
    ),
}

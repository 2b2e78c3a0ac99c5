"""Floors at one instant, for the tests of pacing."""

from __future__ import annotations

from typing import Any

from decroche.pacing import Decision, Memory, Snapshot, decide
from decroche.pacing.snapshot import BusyAgent, Counts, Outcome, ReadyAgent, Ringing, Spell

EARNED = Counts(launched=4000, finished=4000, connected=1000, abandoned=24)
"""A day with six abandonments left of a cap of 3 %."""


def history(rate: float = 0.25, attempts: int = 400) -> tuple[Outcome, ...]:
    """Ended attempts of which every 1/rate-th was answered after 12 s."""
    every = round(1 / rate)
    return tuple(
        Outcome(float(k), "person", 12.0) if k % every == 0 else Outcome(float(k), "no_answer", 27.0)
        for k in range(attempts)
    )


def spells(seconds: float, count: int = 60) -> tuple[Spell, ...]:
    """Lengths around that."""
    return tuple(Spell(float(k), seconds * (0.7 + 0.01 * k), user_id=1 + k % 5) for k in range(count))


def floor(ready: int = 0, **fields: Any) -> Snapshot:
    """An open predictive campaign with some history."""
    values: dict[str, Any] = {
        "now": 5000.0,
        "mode": "predictive",
        "is_open": True,
        "today": EARNED,
        "talks": spells(120.0),
        "wrap_ups": spells(30.0),
        "outcomes": history(),
        **fields,
    }
    return Snapshot(ready=tuple(ReadyAgent(100 + k, 1.0) for k in range(ready)), **values)


def talking(*elapsed: float) -> tuple[BusyAgent, ...]:
    return tuple(BusyAgent(k + 1, "talking", seconds) for k, seconds in enumerate(elapsed))


def wrapping(*elapsed: float, left: float | None = None) -> tuple[BusyAgent, ...]:
    return tuple(BusyAgent(k + 50, "wrap_up", seconds, wrap_left_s=left) for k, seconds in enumerate(elapsed))


def ringing(*elapsed: float) -> tuple[Ringing, ...]:
    return tuple(Ringing(seconds) for seconds in elapsed)


def decided(shot: Snapshot) -> Decision:
    return decide(shot, Memory())


def n_of(shot: Snapshot) -> int:
    return decided(shot).n

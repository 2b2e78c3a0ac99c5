"""The abandonments that the cap still allows, and the kill switch.

Allowance = cap × answered by a person − abandoned, of today and of the rolling 24 hours: the lesser. It is earned
before it is spent. The switch latches when it falls below zero, and clears when a whole abandonment has been earned.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from decroche.pacing.snapshot import Counts, Snapshot

CLEARS_AT = 1.0


def allowance(snapshot: Snapshot) -> float:
    """In calls, for the windows of now and those to come."""
    return min(_left(snapshot, counts) for counts in (*_present(snapshot), *_to_come(snapshot)))


def present_allowance(snapshot: Snapshot) -> float:
    """For today and the last 24 hours only: negative when the cap is passed."""
    return min(_left(snapshot, counts) for counts in _present(snapshot))


def _left(snapshot: Snapshot, counts: Counts) -> float:
    return snapshot.settings.cap * counts.connected - counts.abandoned


def _present(snapshot: Snapshot) -> Iterator[Counts]:
    yield snapshot.today
    if snapshot.day_24h is not None:
        yield snapshot.day_24h


def _to_come(snapshot: Snapshot) -> Iterator[Counts]:
    if snapshot.day_24h is None:
        return
    connected, abandoned = snapshot.day_24h.connected, snapshot.day_24h.abandoned
    # What has faded out of the window no longer earns: each window to come has to hold as well.
    for gone in snapshot.fading:
        connected, abandoned = connected - gone.connected, abandoned - gone.abandoned
        yield Counts(connected=connected, abandoned=abandoned)


def latched(before: bool, left: float) -> bool:
    """The state of the kill switch; `left` is the present allowance: a window to come has passed no cap yet."""
    return left < CLEARS_AT if before else left < 0


def overrun(expected: float, left: float) -> float:
    """Chance that more calls are abandoned than are left, when so many are expected (a Poisson count)."""
    if left < 0:
        return 1.0
    whole = int(left)
    if expected > 30.0 + whole:
        return 1.0
    term = total = math.exp(-expected)
    for k in range(1, whole + 1):
        term *= expected / k
        total += term
    return max(0.0, 1.0 - total)

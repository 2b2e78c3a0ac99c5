"""Predictive: launch while the next call's risk is worth it, and while the allowance bears what is in flight.

The risk of a call is the number of abandonments that it is expected to add, its own or another's. It is launched when
risk ≤ θ × chance of an answer, where θ grows with the allowance: that steers the ratio to the cap. And never when the
calls in flight would pass the allowance with a probability above `OVERRUN`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from decroche.pacing.allowance import overrun
from decroche.pacing.answers import AGES_S
from decroche.pacing.grid import SLICES, Row
from decroche.pacing.learning import busy_rows
from decroche.pacing.memory import AnswerFit, Memory
from decroche.pacing.risk import Exposure, WideExposure, exposure, wide_exposure
from decroche.pacing.snapshot import Ringing, Snapshot

OVERRUN, OVERRUN_AT_END = 0.01, 0.0003
"""Chance of passing the allowance with the calls in flight: what is passed at noon is earned back, at the end it stays.
"""
RESERVE_BASE = 0.6
RESERVE_SLOPE, SLOPE_OF_SMALL, SMALL_TEAM = 1.1, 0.8, 15
"""A small team earns little in a day: it keeps less of it (measured, 24 days: +0.3 point at 3 agents, +0.7 at 5)."""
LANDING_S, LANDED = 3600.0, 0.25
LAST_S = 2700.0
VERY_LAST_S = 900.0
"""Then one abandonment is kept unspent: two calls that count on one agent are lost together when he does not come."""
HIGHEST_SHARE = 2.5
GAIN = 0.2
LOWEST, HIGHEST = 0.02, 0.25
WIDE_FROM = 30
DEPTH = 8
MOST_AT_ONCE = 60
NOW: Row = (1.0,) + (0.0,) * (SLICES - 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What predictive would place, before the lines' limits."""

    n: int
    safe: int
    expected_free: float
    answers: float
    abandoned: float
    held_by: str


def plan(snapshot: Snapshot, memory: Memory, left: float, safe: int, wanted: int | None = None) -> Plan:
    """`left`: the allowance. `safe`: calls that an agent is there for, whatever happens: always placed. `wanted`: a
    number set by another rule, which the allowance alone may cut."""
    fit, agents = memory.answers, memory.agents
    if fit is None or agents is None:
        raise ValueError("learn first")
    ready = sum(not (a.leaving or a.kept_back) for a in snapshot.ready)
    freeing = busy_rows(snapshot.busy, agents)
    wide = ready + len(freeing) > WIDE_FROM
    pooled = [call for call in snapshot.ringing if call.for_user_id is None]
    if not wide:
        pooled.sort(key=_age)
    calls = [NOW] * len(snapshot.waiting_s) + _rows(pooled, fit)
    new = fit.by_kind[""].rows[0]
    exposed: Exposure | WideExposure = (
        wide_exposure(ready, freeing, calls, fit.doubt) if wide else exposure(ready, freeing, calls, DEPTH + safe)
    )
    theta = threshold(memory.theta, left, reserve(snapshot), hurried=hurried(snapshot))
    ever = sum(new)
    closing = snapshot.seconds_to_close
    borne = OVERRUN if closing is None or closing > LAST_S else OVERRUN_AT_END
    spendable = left - 1.0 if closing is not None and closing < VERY_LAST_S else left
    n, held_by = 0, "risk" if wanted is None else ""
    most = min(MOST_AT_ONCE, 4 * (ready + len(freeing)) + safe) if wanted is None else wanted
    while n < most:
        if n >= safe:
            risk = exposed.risk(new)
            if wanted is None and risk > theta * ever:
                break
            if risk > 1e-4 and overrun(exposed.abandoned + risk, spendable) > borne:
                held_by = "allowance"
                break
        exposed = exposed.with_call(new)
        n += 1
    soon = sum(row[4] for row in freeing)
    return Plan(n, safe, ready + soon, exposed.answers, exposed.abandoned, held_by)


def reserve(snapshot: Snapshot) -> float:
    """The allowance to keep in hand: enough for chance to be small beside it, little beside what a day earns. It is
    spent before the lawful hours end."""
    earned = snapshot.settings.cap * snapshot.today.connected
    agents = len(snapshot.ready) + len(snapshot.busy)
    closing = snapshot.seconds_to_close
    landing = closing is not None and closing < LANDING_S
    # In the last hour a small team keeps as much as others: with less, a step of the answer rate passed the cap there.
    slope = SLOPE_OF_SMALL if agents < SMALL_TEAM and not landing else RESERVE_SLOPE
    kept = RESERVE_BASE + max(math.sqrt(agents), slope * math.sqrt(earned))
    return kept * max(LANDED, closing / LANDING_S) if landing and closing is not None else kept


def threshold(theta: float, left: float, kept: float, *, hurried: bool = False) -> float:
    """θ in proportion to the allowance: it is `theta` when that equals the reserve."""
    return theta * min(1.0 if hurried else HIGHEST_SHARE, max(0.0, left) / kept)


def hurried(snapshot: Snapshot) -> bool:
    """Whether the last quarter of an hour spent much more than it earned: a morning's savings are no reason to ring a
    whole afternoon's persons into silence at once."""
    lately = snapshot.last_15_min
    return lately is not None and lately.abandoned > 2 * snapshot.settings.cap * lately.connected + 1


def steer(snapshot: Snapshot, memory: Memory, left: float) -> Memory:
    """Slowly, so that the two loops do not swing: θ at the reserve goes up while more than the reserve is left."""
    connected = snapshot.today.connected
    earned = snapshot.settings.cap * (connected - memory.connected)
    if earned == 0.0:
        return memory
    kept = reserve(snapshot)
    step = GAIN / kept * max(0.0, earned) * (left - kept) / kept
    theta = memory.theta * math.exp(max(-0.2, min(0.2, step)))
    return replace(memory, connected=connected, theta=min(HIGHEST, max(LOWEST, theta)))


def _age(call: Ringing) -> float:
    return -call.elapsed_s


def _rows(calls: Sequence[Ringing], fit: AnswerFit) -> list[Row]:
    """When each is answered. A loop, since a large floor has a hundred calls in flight at each decision."""
    rows, known, pooled = [], fit.by_kind, fit.by_kind[""]
    screened: Row = (fit.person_share, *([0.0] * (SLICES - 1)))
    for call in calls:
        if call.screening_s is not None:
            rows.append(screened)
            continue
        tables = known.get(call.phone_kind, pooled)
        age = int(call.elapsed_s)
        rows.append((tables.ringing if call.rings else tables.rows)[age if age < AGES_S else -1])
    return rows

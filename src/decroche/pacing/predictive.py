"""Predictive: launch while the next call's risk is worth it, and while the allowance bears what is in flight.

The risk of a call is the number of abandonments that it is expected to add, its own or another's. It is launched when
risk ≤ θ × chance of an answer, where θ grows with the allowance: that steers the ratio to the cap. And never when the
calls in flight would pass the allowance with a probability above `OVERRUN`.
"""

from __future__ import annotations

from dataclasses import dataclass

from decroche.pacing.allowance import overrun
from decroche.pacing.answers import AGES_S
from decroche.pacing.grid import SLICES, Row
from decroche.pacing.learning import busy_rows
from decroche.pacing.memory import AnswerFit, Memory
from decroche.pacing.risk import Exposure, WideExposure, exposure, wide_exposure
from decroche.pacing.snapshot import Ringing, Snapshot

OVERRUN = 0.01
STEEPEST = 0.35
FULL_AT = 3.0
"""Allowance at which θ reaches its highest."""
WIDE_FROM = 30
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


def plan(snapshot: Snapshot, memory: Memory, left: float, safe: int) -> Plan:
    """`left`: the allowance. `safe`: calls that an agent is there for, whatever happens: always placed."""
    fit, agents = memory.answers, memory.agents
    if fit is None or agents is None:
        raise ValueError("learn first")
    ready = sum(not (a.leaving or a.kept_back) for a in snapshot.ready)
    freeing = busy_rows(snapshot.busy, agents)
    pooled = sorted((c for c in snapshot.ringing if c.for_user_id is None), key=_age)
    calls = [NOW] * len(snapshot.waiting_s) + [_row(call, fit) for call in pooled]
    new = fit.new.rows[0]
    exposed: Exposure | WideExposure
    if ready + len(freeing) > WIDE_FROM:
        exposed = wide_exposure(ready, freeing, calls)
    else:
        exposed = exposure(ready, freeing, calls, safe + 8)
    theta = STEEPEST * min(1.0, max(0.0, left) / FULL_AT)
    ever = fit.new.ever[0]
    n, held_by = 0, "risk"
    most = min(MOST_AT_ONCE, 4 * (ready + len(freeing)) + safe)
    while n < most:
        if n >= safe:
            risk = exposed.risk(new)
            if risk > theta * ever:
                break
            if risk > 1e-4 and overrun(exposed.abandoned + risk, left) > OVERRUN:
                held_by = "allowance"
                break
        exposed = exposed.with_call(new)
        n += 1
    soon = sum(row[4] for row in freeing)
    return Plan(n, safe, ready + soon, exposed.answers, exposed.abandoned, held_by)


def _age(call: Ringing) -> float:
    return -call.elapsed_s


def _row(call: Ringing, fit: AnswerFit) -> Row:
    if call.screening_s is not None:
        share = fit.person_share
        return (share, *([0.0] * (SLICES - 1)))
    known = fit.ringing if call.rings else fit.by_kind
    tables = known.get(call.phone_kind) or known[""]
    return tables.rows[min(AGES_S - 1, int(call.elapsed_s))]

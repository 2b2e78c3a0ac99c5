"""How many calls to place now: `decide(snapshot, memory) -> Decision`. Pure: no clock, no chance, no framework."""

from __future__ import annotations

from dataclasses import replace

from decroche.pacing import predictive
from decroche.pacing.allowance import allowance, latched, present_allowance
from decroche.pacing.learning import learn
from decroche.pacing.memory import Memory
from decroche.pacing.snapshot import Decision, Snapshot, Why


def decide(snapshot: Snapshot, memory: Memory) -> Decision:
    """Manual and preview calls are launched by a click, never from here."""
    ready = sum(not (agent.leaving or agent.kept_back) for agent in snapshot.ready)
    # A call in flight for one agent is his own: only those that belong to nobody are taken off the others' count.
    in_flight = sum(call.for_user_id is None for call in snapshot.ringing) + len(snapshot.waiting_s)
    left = allowance(snapshot)
    following = predictive.steer(snapshot, learn(snapshot, memory), left)
    if (switch := latched(memory.latched, present_allowance(snapshot))) != memory.latched:
        following = replace(following, latched=switch)
    why = Why(snapshot.mode, ready, in_flight, allowance=left, switched_off=following.latched)
    if not snapshot.is_open:
        return Decision(0, following, replace(why, limit="not_open"))
    if snapshot.mode in ("manual", "preview"):
        return Decision(0, following, replace(why, limit="mode"))
    n, why = _wanted(snapshot, following, why)
    n, limit = _within(snapshot, n)
    signed_in = len(snapshot.ready) + len(snapshot.busy) + snapshot.paused
    talking = sum(agent.state == "talking" for agent in snapshot.busy)
    level = (n + in_flight + talking) / signed_in if signed_in else 0.0
    return Decision(n, following, replace(why, limit=limit or why.limit, level=level))


def _wanted(snapshot: Snapshot, memory: Memory, why: Why) -> tuple[int, Why]:
    """Before the limits of the lines."""
    safe = max(0, why.ready - why.in_flight)
    if snapshot.mode == "progressive":
        return safe, why
    if memory.latched:
        return safe, replace(why, limit="switch")
    wanted = None
    if snapshot.mode == "power":
        wanted = max(safe, int(snapshot.settings.ratio * why.ready + 1e-9) - why.in_flight)
    plan = predictive.plan(snapshot, memory, why.allowance or 0.0, safe, wanted)
    return plan.n, replace(
        why,
        limit=plan.held_by,
        expected_free=plan.expected_free,
        expected_answers=plan.answers,
        expected_abandoned=plan.abandoned,
    )


def _within(snapshot: Snapshot, n: int) -> tuple[int, str]:
    limits, limit = snapshot.limits, ""
    lines_left = None if limits.lines_cap is None else limits.lines_cap - len(snapshot.ringing)
    for name, left in (
        ("channels", limits.channels_left),
        ("per_second", limits.launches_left),
        ("entries", limits.entries_left),
        ("lines_cap", lines_left),
    ):
        if left is not None and left < n:
            n, limit = max(0, left), name
    return n, limit

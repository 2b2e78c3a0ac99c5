"""How many calls to place now: `decide(snapshot, memory) -> Decision`. Pure: no clock, no chance, no framework."""

from __future__ import annotations

from dataclasses import replace

from decroche.pacing.snapshot import Decision, Memory, Snapshot, Why


def decide(snapshot: Snapshot, memory: Memory) -> Decision:
    """Progressive: one call for each ready agent, less those in flight and the contacts who already wait.

    Manual and preview calls are launched by a click, never from here.
    """
    following = replace(memory, decisions=memory.decisions + 1)
    ready = sum(not agent.leaving for agent in snapshot.ready)
    # A call in flight for one agent is his own: only those that belong to nobody are taken off the others' count.
    unowned = sum(call.for_user_id is None for call in snapshot.ringing)
    in_flight = unowned + len(snapshot.waiting_s)

    def answer(n: int, limit: str = "") -> Decision:
        return Decision(n, following, Why(snapshot.mode, ready, in_flight, limit))

    if not snapshot.is_open:
        return answer(0, "not_open")
    if snapshot.mode != "progressive":
        return answer(0, "mode")
    n, limit = max(0, ready - in_flight), ""
    for name, left in (
        ("channels", snapshot.limits.channels_left),
        ("per_second", snapshot.limits.launches_left),
        ("entries", snapshot.limits.entries_left),
    ):
        if left is not None and left < n:
            n, limit = max(0, left), name
    return answer(n, limit)

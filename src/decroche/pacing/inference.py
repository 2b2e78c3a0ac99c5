"""What ended between two snapshots, for who drives the policy without telling: spells and attempts that are gone.

A floor sends samples; a small simulator may only know who is busy and what rings, since when, and counts. What was
there before and is not any more has ended, half-way between the two instants.
"""

from __future__ import annotations

from dataclasses import replace

from decroche.pacing.snapshot import BusyAgent, Outcome, Result, Ringing, Snapshot, Spell

SAME_S = 0.3
"""Two snapshots of one spell agree on its start within that."""
TYPICAL_ANSWER_S = 12.0


def completed(snapshot: Snapshot, before: Snapshot | None, told: frozenset[str]) -> Snapshot:
    """The snapshot with inferred samples in the lists that nobody has ever filled. `told`: those that somebody has."""
    if before is None or snapshot.now <= before.now:
        return snapshot
    if "talks" not in told:
        snapshot = replace(snapshot, talks=_ended(snapshot, before, "talking"))
    if "wrap_ups" not in told:
        snapshot = replace(snapshot, wrap_ups=_ended(snapshot, before, "wrap_up"))
    if "outcomes" not in told:
        snapshot = replace(snapshot, outcomes=_outcomes(snapshot, before))
    return snapshot


def told_by(snapshot: Snapshot, told: frozenset[str]) -> frozenset[str]:
    """The lists that have been filled at least once."""
    if len(told) == 3:
        return told
    return told | {name for name in ("talks", "wrap_ups", "outcomes") if getattr(snapshot, name)}


def _ended(snapshot: Snapshot, before: Snapshot, state: str) -> tuple[Spell, ...]:
    going = [agent for agent in snapshot.busy if agent.state == state]
    half = (snapshot.now - before.now) / 2
    ended = []
    for agent in before.busy:
        if agent.state == state and not any(_same(agent, other, 2 * half) for other in going):
            ended.append(Spell(snapshot.now, agent.elapsed_s + half, agent.user_id))
    return tuple(ended)


def _same(agent: BusyAgent, other: BusyAgent, later_s: float) -> bool:
    return agent.user_id == other.user_id and abs(agent.elapsed_s + later_s - other.elapsed_s) < SAME_S


def _outcomes(snapshot: Snapshot, before: Snapshot) -> tuple[Outcome, ...]:
    """Persons and machines by the counts; which of the calls they were, by the usual time of an answer."""
    later = snapshot.now - before.now
    left = list(snapshot.ringing)
    gone: list[Ringing] = []
    for call in before.ringing:
        found = next((c for c in left if abs(call.elapsed_s + later - c.elapsed_s) < SAME_S), None)
        if found is None:
            gone.append(call)
        else:
            left.remove(found)
    gone.sort(key=lambda call: abs(call.elapsed_s - TYPICAL_ANSWER_S))
    persons = max(0, snapshot.today.connected - before.today.connected)
    machines = max(0, snapshot.today.machine - before.today.machine)
    ended = []
    for rank, call in enumerate(gone):
        result: Result = "person" if rank < persons else "machine" if rank < persons + machines else "no_answer"
        seconds = call.elapsed_s + later / 2
        if result == "no_answer" and seconds < 5.0:
            result = "failed"
        ended.append(Outcome(snapshot.now, result, seconds, call.phone_kind))
    return tuple(ended)

"""One call of the demo's past: its events go through the real machine, so that its rows are as the floor's own."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from decroche.calls import machine_events as ev
from decroche.calls.machine import CallState, next_state
from decroche.calls.models import Call, CallEvent

REFUSALS = {"busy": (17, 486), "rejected": (21, 603), "unallocated": (1, 404), "congestion": (34, 503)}
KINDS = {
    "person": "connected",
    "no_answer": "no_answer",
    "busy": "busy",
    "rejected": "rejected",
    "unallocated": "unallocated",
    "unallocated_announced": "unallocated",
    "congestion": "congestion",
    "switched_off": "no_answer",
    "machine": "machine",
    "hangs_up_early": "connected",
}
"""Behaviour of the simulator's callee → result."""

Timed = tuple[ev.CallEvent, datetime]


@dataclass
class Drawn:
    """A call's rows, and the moments that the agent's states follow."""

    call: Call
    events: list[CallEvent]
    hold: tuple[datetime, datetime] | None = None


def draw(call: Call, result: str, talk_s: float, random: Random) -> Drawn:
    """Fill in `call` (claimed_at, mode and the rest are there) as if it had ended so, after `talk_s` of talk."""
    placed = call.claimed_at + timedelta(seconds=random.uniform(0.05, 0.25))
    timed: list[Timed] = [(ev.Placed(), placed)]
    hold = None
    if result in REFUSALS:
        cause, sip_code = REFUSALS[result]
        timed.append((ev.Destroyed(cause, sip_code), placed + timedelta(seconds=random.uniform(0.3, 2.5))))
    elif result == "failed":
        timed.append((ev.Refused(), placed + timedelta(seconds=0.2)))
    else:
        rang = placed + timedelta(seconds=random.uniform(0.8, 2.2))
        timed.append((ev.Rang(), rang))
        more, hold = _after_ringing(result, rang, talk_s, random)
        timed += more
    return Drawn(call, _journal(call, timed, CallState(screened=result == "machine")), hold)


def draw_return(call: Call, talk_s: float, random: Random) -> Drawn:
    """The same of a call that came in: taken by an agent at once, or (without talk) told goodbye and hung up."""
    came = call.claimed_at + timedelta(seconds=random.uniform(0.2, 0.6))
    timed: list[Timed] = [(ev.CameIn(agent_there=talk_s > 0), came)]
    hold = None
    if talk_s:
        talked, hold = _talk(came, talk_s, random)
        timed += talked[1:]
    else:
        timed.append((ev.Destroyed(16, 200), came + timedelta(seconds=random.uniform(8, 12))))
    return Drawn(call, _journal(call, timed, CallState(inbound=True)), hold)


def _after_ringing(
    result: str, rang: datetime, talk_s: float, random: Random
) -> tuple[list[Timed], tuple[datetime, datetime] | None]:
    answered = rang + timedelta(seconds=random.uniform(3, 14))
    if result == "no_answer":
        return [(ev.Destroyed(19, 480), rang + timedelta(seconds=random.uniform(21, 25)))], None
    if result == "cancelled":
        stopped = rang + timedelta(seconds=random.uniform(4, 12))
        return [(ev.HangUp("agent"), stopped), (ev.Destroyed(16, 487), stopped + timedelta(seconds=0.1))], None
    if result == "machine":
        found = answered + timedelta(seconds=random.uniform(1.8, 3.2))
        screened = ev.Screened(machine=True)
        ended = found + timedelta(seconds=0.2)
        return [(ev.Answered(), answered), (screened, found), (ev.Destroyed(16, 200), ended)], None
    if result == "abandoned":
        over = answered + timedelta(seconds=2)
        ended = over + timedelta(seconds=9.5)
        waits = ev.Answered(agent_there=False)
        return [(waits, answered), (ev.AgentWaitOver(), over), (ev.Destroyed(16, 200), ended)], None
    return _talk(answered, talk_s, random)


def _talk(answered: datetime, talk_s: float, random: Random) -> tuple[list[Timed], tuple[datetime, datetime] | None]:
    timed: list[Timed] = [(ev.Answered(), answered)]
    ended = answered + timedelta(seconds=talk_s)
    hold = None
    if talk_s > 90 and random.random() < 0.12:
        hold = (answered + timedelta(seconds=talk_s * 0.4), answered + timedelta(seconds=talk_s * 0.4 + 14))
        timed += [(ev.Held(), hold[0]), (ev.Resumed(), hold[1])]
    if random.random() < 0.55:
        timed.append((ev.HangUp("agent"), ended))
        ended += timedelta(seconds=0.08)
    timed.append((ev.Destroyed(16, 200), ended))
    return timed, hold


def _journal(call: Call, timed: Sequence[Timed], state: CallState) -> list[CallEvent]:
    rows: list[CallEvent] = []
    for event, at in timed:
        step = next_state(state, event)
        old, new = str(state.phase), str(step.state.phase)
        rows.append(CallEvent(call=call, at=at, old=old, new=new, trigger=ev.name_of(event)))
        _stamp(call, new, event, at)
        state = step.state
    call.state, call.result = str(state.phase), str(state.result or "")
    call.cause, call.sip_code, call.hung_up_by = state.cause, state.sip_code, state.hung_up_by
    return rows


def _stamp(call: Call, new: str, event: ev.CallEvent, at: datetime) -> None:
    if isinstance(event, ev.Placed):
        call.placed_at = at
    elif isinstance(event, ev.Rang):
        call.ringing_at = at
    elif isinstance(event, ev.Answered | ev.CameIn):
        call.answered_at = at
    elif isinstance(event, ev.Held):
        call.hold_s = 14
    if new == "talking" and call.bridged_at is None:
        call.bridged_at = at + timedelta(milliseconds=30)
    if new == "ended":
        call.ended_at = at


def new_id(random: Random) -> uuid.UUID:
    """A version 4 identifier drawn from the demo's own sequence."""
    return uuid.UUID(int=random.getrandbits(128), version=4)

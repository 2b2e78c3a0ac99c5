"""The life of a call, as a pure function: `next_state(state, event) -> Step(state, effects, edge or ignored)`.

No clock, no database, no telephone engine: the caller stamps times, writes the journal and carries the effects out.
`docs/life-of-a-call.md` draws the table below; a test holds each against the other by the letters of the edges.
Every pair of phase and event has an answer: a transition, or a no-op with a name (late and duplicate events).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from decroche.calls import machine_events as ev
from decroche.calls.causes import result_of
from decroche.calls.effects import (
    AGENT_WAIT_S,
    RETURN_WAIT_S,
    AwaitSilence,
    Bridge,
    Conclude,
    Effect,
    Hangup,
    Message,
    Park,
    PickUp,
    PlayMessage,
    Screen,
    StartTimer,
    StopTimer,
    Timer,
    Welcome,
)
from decroche.calls.results import Result


class Phase(StrEnum):
    """Where a call stands. `closing`: its result is decided, the channel still lives (last message, hanging up)."""

    CLAIMED = "claimed"
    PLACING = "placing"
    RINGING = "ringing"
    SCREENING = "screening"
    WAITING = "waiting"
    TALKING = "talking"
    HELD = "held"
    ORPHANED = "orphaned"
    CLOSING = "closing"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CallState:
    """All that decides what an event does. `result` is set once, when it is decided, and never changes."""

    phase: Phase = Phase.CLAIMED
    screened: bool = False
    """Whether answering machines are looked for before an agent is needed."""
    leaves_message: bool = False
    """Whether a machine gets a message; else it is hung up on."""
    inbound: bool = False
    """The contact called us."""
    promises: bool = False
    """Whether he is called back where nobody takes his call."""
    rang: bool = False
    answered: bool = False
    talked: bool = False
    cut: bool = False
    hung_up_by: str = ""
    result: Result | None = None
    cause: int | None = None
    sip_code: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The answer to one event: `edge` is the letter of the diagram; `ignored` names a no-op instead."""

    state: CallState
    effects: tuple[Effect, ...] = ()
    edge: str = ""
    ignored: str = ""


Target = tuple[CallState, tuple[Effect, ...]]
Rule = Callable[[CallState, ev.CallEvent], Target]


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow of the diagram; `when` tells apart the arrows that leave a phase on the same event."""

    letter: str
    sources: tuple[Phase, ...]
    event: type[ev.CallEvent]
    target: Phase
    do: Rule
    when: Callable[[CallState, ev.CallEvent], bool] = lambda state, event: True


BEFORE_ANSWER = (Phase.PLACING, Phase.RINGING)
WITH_AGENT = (Phase.TALKING, Phase.HELD)
LIVE = tuple(phase for phase in Phase if phase is not Phase.ENDED)


def _agent_there(state: CallState, event: ev.CallEvent) -> bool:
    return isinstance(event, ev.Answered | ev.Screened | ev.CameIn) and event.agent_there


def _may_wait(state: CallState, event: ev.CallEvent) -> bool:
    return isinstance(event, ev.CameIn) and event.wait_s > 0


def _is_machine(state: CallState, event: ev.CallEvent) -> bool:
    return isinstance(event, ev.Screened) and event.machine


def _place(state: CallState, event: ev.CallEvent) -> Target:
    return state, ()


def _ring(state: CallState, event: ev.CallEvent) -> Target:
    return replace(state, rang=True), ()


def _screen(state: CallState, event: ev.CallEvent) -> Target:
    return replace(state, answered=True), (Screen(),)


def _talk(state: CallState, event: ev.CallEvent) -> Target:
    return replace(state, answered=True, talked=True), (Bridge(),)


def _wait(state: CallState, event: ev.CallEvent) -> Target:
    return replace(state, answered=True), (StartTimer(Timer.AGENT_WAIT, AGENT_WAIT_S),)


def _agent_found(state: CallState, event: ev.CallEvent) -> Target:
    return replace(state, talked=True), (StopTimer(Timer.AGENT_WAIT), Bridge())


def _leave_machine(state: CallState, event: ev.CallEvent) -> Target:
    timers = tuple(StopTimer(timer) for timer in _timers_of(state.phase))
    last = AwaitSilence() if state.leaves_message else Hangup()
    return replace(state, result=Result.MACHINE, hung_up_by="system"), (*timers, last)


def _speak_to_machine(state: CallState, event: ev.CallEvent) -> Target:
    return state, (PlayMessage(Message.MACHINE),)


def _is_machines(state: CallState, event: ev.CallEvent) -> bool:
    return state.result is Result.MACHINE and state.leaves_message


def _came_in(state: CallState, event: ev.CallEvent) -> Target:
    return replace(state, answered=True, talked=True), (PickUp(), Bridge())


def _welcome(state: CallState, event: ev.CallEvent) -> Target:
    assert isinstance(event, ev.CameIn)
    return replace(state, answered=True), (PickUp(), Welcome(), StartTimer(Timer.AGENT_WAIT, event.wait_s))


def _turn_away(state: CallState, event: ev.CallEvent) -> Target:
    missed, last_words = _miss(replace(state, answered=True))
    return missed, (PickUp(), last_words)


def _miss(state: CallState) -> tuple[CallState, Effect]:
    missed = replace(state, result=Result.MISSED, hung_up_by="system")
    return missed, PlayMessage(Message.MISSED if state.promises else Message.GOODBYE)


def _abandon(state: CallState, event: ev.CallEvent) -> Target:
    if state.inbound:
        missed, last_words = _miss(state)
        return missed, (last_words,)
    return replace(state, result=Result.ABANDONED, hung_up_by="system"), (PlayMessage(Message.ABANDONED),)


def _park(state: CallState, event: ev.CallEvent) -> Target:
    return state, (Park(),)


def _resume(state: CallState, event: ev.CallEvent) -> Target:
    return state, (Bridge(),)


def _orphan(state: CallState, event: ev.CallEvent) -> Target:
    return state, (Park(), StartTimer(Timer.RETURN_WAIT, RETURN_WAIT_S))


def _reunite(state: CallState, event: ev.CallEvent) -> Target:
    return state, (StopTimer(Timer.RETURN_WAIT), Bridge())


def _cut(state: CallState, event: ev.CallEvent) -> Target:
    cut = replace(state, result=Result.CONNECTED, cut=True, hung_up_by="system")
    return cut, (PlayMessage(Message.APOLOGY),)


def _hang_up(state: CallState, event: ev.CallEvent) -> Target:
    assert isinstance(event, ev.HangUp)
    unheard = Result.MISSED if state.inbound else Result.ABANDONED if state.answered else Result.CANCELLED
    result = Result.CONNECTED if state.talked else unheard
    timers = tuple(StopTimer(timer) for timer in _timers_of(state.phase))
    return replace(state, result=result, hung_up_by=event.by), (*timers, Hangup())


def _never_placed(state: CallState, event: ev.CallEvent) -> Target:
    assert isinstance(event, ev.HangUp)
    done = replace(state, result=Result.CANCELLED, hung_up_by=event.by)
    return done, (Conclude(Result.CANCELLED),)


def _message_over(state: CallState, event: ev.CallEvent) -> Target:
    return state, (Hangup(),)


def _refused(state: CallState, event: ev.CallEvent) -> Target:
    assert isinstance(event, ev.Refused)
    result = state.result or (Result.CONGESTION if event.congestion else Result.FAILED)
    return replace(state, result=result), (Conclude(result),)


def _end(state: CallState, event: ev.CallEvent) -> Target:
    assert isinstance(event, ev.Destroyed)
    cause, sip_code = event.cause or None, event.sip_code or None
    result = state.result or _result_at_the_end(state, cause, sip_code)
    by = state.hung_up_by or ("contact" if state.answered else "")
    timers = tuple(StopTimer(timer) for timer in _timers_of(state.phase))
    done = replace(state, result=result, cause=cause, sip_code=sip_code, hung_up_by=by)
    return done, (*timers, Conclude(result))


def _vanish(state: CallState, event: ev.CallEvent) -> Target:
    nobody_knows = not state.answered and not state.inbound
    result = state.result or (Result.FAILED if nobody_knows else _result_at_the_end(state, None, None))
    timers = tuple(StopTimer(timer) for timer in _timers_of(state.phase))
    return replace(state, result=result), (*timers, Conclude(result))


def _result_at_the_end(state: CallState, cause: int | None, sip_code: int | None) -> Result:
    if state.talked:
        return Result.CONNECTED
    if state.inbound:
        return Result.MISSED
    if state.answered:  # a person picked up and left before anybody spoke to him
        return Result.ABANDONED
    return result_of(cause, sip_code, rang=state.rang)


def _timers_of(phase: Phase) -> tuple[Timer, ...]:
    return {Phase.WAITING: (Timer.AGENT_WAIT,), Phase.ORPHANED: (Timer.RETURN_WAIT,)}.get(phase, ())


EDGES: tuple[Edge, ...] = (
    Edge("a", (Phase.CLAIMED,), ev.Placed, Phase.PLACING, _place),
    Edge("b", (Phase.PLACING,), ev.Rang, Phase.RINGING, _ring),
    Edge("c", BEFORE_ANSWER, ev.Answered, Phase.SCREENING, _screen, lambda state, event: state.screened),
    Edge("d", BEFORE_ANSWER, ev.Answered, Phase.TALKING, _talk, _agent_there),
    Edge("e", BEFORE_ANSWER, ev.Answered, Phase.WAITING, _wait),
    Edge("f", (Phase.SCREENING,), ev.Screened, Phase.CLOSING, _leave_machine, _is_machine),
    Edge("g", (Phase.SCREENING,), ev.Screened, Phase.TALKING, _talk, _agent_there),
    Edge("h", (Phase.SCREENING,), ev.Screened, Phase.WAITING, _wait),
    Edge("i", (Phase.WAITING,), ev.AgentFound, Phase.TALKING, _agent_found),
    Edge("j", (Phase.WAITING,), ev.AgentWaitOver, Phase.CLOSING, _abandon),
    Edge("k", (Phase.TALKING,), ev.Held, Phase.HELD, _park),
    Edge("l", (Phase.HELD,), ev.Resumed, Phase.TALKING, _resume),
    Edge("m", WITH_AGENT, ev.AgentGone, Phase.ORPHANED, _orphan),
    Edge("n", (Phase.ORPHANED,), ev.AgentBack, Phase.TALKING, _reunite),
    Edge("o", (Phase.ORPHANED,), ev.ReturnWaitOver, Phase.CLOSING, _cut),
    Edge("p", (Phase.CLAIMED,), ev.HangUp, Phase.ENDED, _never_placed),
    Edge("q", tuple(p for p in LIVE if p not in (Phase.CLAIMED, Phase.CLOSING)), ev.HangUp, Phase.CLOSING, _hang_up),
    Edge("r", (Phase.CLOSING,), ev.MessageOver, Phase.CLOSING, _message_over),
    Edge("s", (Phase.CLAIMED, Phase.PLACING, Phase.CLOSING), ev.Refused, Phase.ENDED, _refused),
    Edge("t", tuple(p for p in LIVE if p is not Phase.CLAIMED), ev.Destroyed, Phase.ENDED, _end),
    Edge("u", LIVE, ev.Vanished, Phase.ENDED, _vanish),
    Edge("v", (Phase.WAITING, Phase.TALKING), ev.MachineHeard, Phase.CLOSING, _leave_machine),
    Edge("w", (Phase.CLOSING,), ev.GreetingOver, Phase.CLOSING, _speak_to_machine, _is_machines),
    Edge("x", (Phase.CLAIMED,), ev.CameIn, Phase.TALKING, _came_in, _agent_there),
    Edge("y", (Phase.CLAIMED,), ev.CameIn, Phase.WAITING, _welcome, _may_wait),
    Edge("z", (Phase.CLAIMED,), ev.CameIn, Phase.CLOSING, _turn_away),
)

_BY_PAIR: dict[tuple[Phase, type[ev.CallEvent]], list[Edge]] = {}
for _edge in EDGES:
    for _source in _edge.sources:
        _BY_PAIR.setdefault((_source, _edge.event), []).append(_edge)


def next_state(state: CallState, event: ev.CallEvent) -> Step:
    """The first edge whose condition holds; else a no-op named after the event and whether it comes late."""
    for edge in _BY_PAIR.get((state.phase, type(event)), ()):
        if edge.when(state, event):
            after, effects = edge.do(state, event)
            return Step(replace(after, phase=edge.target), effects, edge=edge.letter)
    when = "after_the_end" if state.phase is Phase.ENDED else f"while_{state.phase.value}"
    return Step(state, ignored=f"{ev.name_of(event)}_{when}")

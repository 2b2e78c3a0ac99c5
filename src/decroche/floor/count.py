"""What happens to calls and agents, counted for pacing and for the live screen. Only calls that the dialer launched."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from decroche.calls.machine import Phase
from decroche.calls.results import Result
from decroche.floor.world import AUTOMATIC, Agent, LiveCall
from decroche.pacing.snapshot import Outcome, Spell
from decroche.pacing.snapshot import Result as OutcomeCode

if TYPE_CHECKING:
    from decroche.floor.service import Floor

NEEDS_AGENT = (Phase.TALKING, Phase.WAITING)
NOT_YET = (Phase.PLACING, Phase.RINGING, Phase.SCREENING)
FAILED = (Result.BUSY, Result.REJECTED, Result.UNALLOCATED, Result.CONGESTION, Result.FAILED)
A_SECOND = 1.0


def transition(floor: Floor, call: LiveCall, old: Phase) -> None:
    """The call has just left `old`."""
    if call.row.mode not in AUTOMATIC:
        return
    _in_flight(call)
    minute = call.campaign.observed.minute(call.since)
    phase, result = call.phase, call.state.result
    if phase is Phase.PLACING:
        minute.launched += 1
    if old in NOT_YET and phase in NEEDS_AGENT:
        _person(floor, call)
    if result is not None and old not in (Phase.CLOSING, Phase.CLAIMED):
        _result(floor, call, result)
    if phase is Phase.ENDED and old is not Phase.CLAIMED:
        minute.finished += 1


def _in_flight(call: LiveCall) -> None:
    flies = call.phase in (*NOT_YET, Phase.WAITING) and call.campaign.is_pooled
    if flies != call.flies:
        call.flies = flies
        call.campaign.in_flight += 1 if flies else -1


def _person(floor: Floor, call: LiveCall) -> None:
    """An agent is needed, whoever speaks."""
    call.counted_person = True
    call.campaign.observed.minute(call.since).connected += 1
    _outcome(floor, call, "person")


def _result(floor: Floor, call: LiveCall, result: Result) -> None:
    """Decided once."""
    minute = call.campaign.observed.minute(call.since)
    if result is Result.ABANDONED:
        minute.abandoned += 1
        if not call.counted_person:  # he left while he was being told from a machine
            _person(floor, call)
    elif result is Result.MACHINE:
        minute.machine += 1
        if call.counted_person:
            minute.connected -= 1
            call.counted_person = False
        else:
            _outcome(floor, call, "machine")
    elif result in FAILED:
        _outcome(floor, call, "failed")
    elif result is Result.NO_ANSWER:
        _outcome(floor, call, "no_answer")


def settled(call: LiveCall) -> None:
    """The agent's own word: nobody was reached (a machine, say), so it was no call answered by a person."""
    if call.counted_person and call.outcome is not None and not call.outcome.reached:
        call.counted_person = False
        call.campaign.observed.minute(call.row.answered_at or call.since).connected -= 1


def _outcome(floor: Floor, call: LiveCall, result: OutcomeCode) -> None:
    placed, at = call.row.placed_at, call.since
    if placed is None:
        return
    seconds = max(0.0, (at - placed).total_seconds())
    answered = call.row.answered_at if call.state.screened else None
    screened_s = max(0.0, (at - answered).total_seconds()) if answered is not None else 0.0
    call.campaign.observed.news.outcomes.append(
        Outcome(
            at=_instant(floor, at), result=result, seconds=seconds, phone_kind=call.row.phone_kind,
            screened_s=screened_s,
        )
    )  # fmt: skip


def left_state(floor: Floor, agent: Agent, state: str, at: datetime) -> None:
    """The agent is about to go from his state to another: a talk or a wrap-up may be over."""
    if agent.campaign is None or agent.since is None:
        return
    observed = agent.campaign.observed
    if agent.state == "wrap_up":
        seconds = max(0.0, (at - agent.since).total_seconds())
        observed.news.wrap_ups.append(Spell(_instant(floor, at), seconds, agent.user_id))
    elif agent.state in ("talking", "hold") and state not in ("talking", "hold") and agent.call is not None:
        since = agent.call.row.bridged_at or agent.since
        seconds = max(0.0, (at - since).total_seconds())
        observed.news.talks.append(Spell(_instant(floor, at), seconds, agent.user_id))
        observed.minute(at).talks += 1


def second(floor: Floor, agent: Agent) -> None:
    """One more second of an agent in his state; called every second."""
    if agent.campaign is None or agent.state in ("paused", "offline"):
        return
    minute = agent.campaign.observed.minute(floor.now)
    if agent.state in ("talking", "hold"):
        minute.talk_s += A_SECOND
    elif agent.state == "wrap_up":
        minute.wrap_up_s += A_SECOND
    else:
        minute.idle_s += A_SECOND


def _instant(floor: Floor, at: datetime) -> float:
    """On the monotonic clock, by which pacing reckons."""
    return floor.clock.monotonic() - max(0.0, (floor.now - at).total_seconds())

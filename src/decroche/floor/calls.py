"""Calls as they live: events go through the machine, transitions into the journal, effects to Asterisk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from decroche.calls import machine_events as ev
from decroche.calls import rows
from decroche.calls.effects import AGENT_WAIT_S, Bridge, Conclude, Effect, StartTimer, StopTimer, Timer
from decroche.calls.machine import CallState, Phase, next_state
from decroche.calls.results import Result
from decroche.campaigns.candidate import Candidate
from decroche.floor import count
from decroche.floor.effects import carry_out, originate
from decroche.floor.lane import Lane
from decroche.floor.settling import settlement_of
from decroche.floor.world import AUTOMATIC, Agent, LiveCall

if TYPE_CHECKING:
    from decroche.floor.claiming import Chosen
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

TIMER_EVENTS: dict[Timer, ev.CallEvent] = {
    Timer.AGENT_WAIT: ev.AgentWaitOver(),
    Timer.RETURN_WAIT: ev.ReturnWaitOver(),
}
CUT_CALLBACK_AFTER = timedelta(minutes=2)
"""When the agent whose line failed calls the contact back."""


class Calls:
    """The only writer of calls' state."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    # ── Beginning ────────────────────────────────────────────────────────────
    def adopt(self, row: rows.CallRow, candidate: Candidate, chosen: Chosen, agent: Agent | None) -> LiveCall:
        """A claim that was just committed becomes a live call, on its agent's screen at once where it has one."""
        floor, campaign = self._floor, chosen.campaign
        call = LiveCall(
            row=row,
            state=CallState(
                screened=campaign.screens_first and row.mode in AUTOMATIC,
                leaves_message=campaign.machine_action == "message" and row.mode in AUTOMATIC,
            ),
            since=row.claimed_at,
            campaign=campaign,
            candidate=candidate,
            lane=Lane(floor.spawn, f"call {row.id}"),
            position=chosen.position,
            agent=agent,
            permit=chosen.permit,
            settles_alone=row.mode in AUTOMATIC,
        )
        floor.world.calls[call.id] = call
        if agent is not None:
            floor.agents.take_call(agent, call, floor.claiming.record(candidate, campaign))
        return call

    def place(self, call: LiveCall) -> None:
        """Give the order to dial. The claim is committed: nobody else can be dialing this contact."""
        if call.phase is not Phase.CLAIMED:
            return
        if self._floor.refusals.stops(call) is not None:
            call.hidden_release = call.settles_alone = True  # the next claim reads why, and says so
            self.feed(call, ev.HangUp("system"))
            return
        self.feed(call, ev.Placed())
        call.lane.put(lambda: self._originate(call))

    async def _originate(self, call: LiveCall) -> None:
        if call.phase is Phase.PLACING:
            await originate(self._floor, call)

    # ── Events ───────────────────────────────────────────────────────────────
    def feed(self, call: LiveCall, event: ev.CallEvent, at: datetime | None = None) -> None:
        """One event, now or at the telephone engine's own time. Never waits."""
        at = at or self._floor.now
        step = next_state(call.state, event)
        if step.ignored:
            log.debug("call_event_ignored", call=str(call.id), reason=step.ignored)
            return
        old, call.state = call.state, step.state
        changed = step.state.phase is not old.phase
        if changed:
            self._stamp(call, old.phase, event, at)
            call.since = at
        for effect in step.effects:
            self._do(call, effect)
        if changed:
            self._journal(call, old.phase.value, ev.name_of(event), at)
            count.transition(self._floor, call, old.phase)
            self._floor.agents.follow(call)
            if isinstance(event, ev.Answered | ev.AgentFound) and self._is_heard_beside(call):
                self._floor.spawn(self._floor.screening.listen(call), "amd beside")
        self._floor.desks.touch_call(call)
        if isinstance(event, ev.Placed | ev.Destroyed | ev.Vanished | ev.Refused | ev.AgentFound):
            self._floor.dialer.poke()
        if step.state.phase is Phase.WAITING and changed:
            self._floor.meeting.find_agent(call)

    def feed_by_id(self, channel_id: str, event: ev.CallEvent, at: datetime | None = None) -> LiveCall | None:
        call = self.of_channel(channel_id)
        if call is not None:
            self.feed(call, event, at)
        return call

    def of_channel(self, channel_id: str) -> LiveCall | None:
        if not channel_id.startswith("call-"):  # a name that Asterisk gave
            return next((c for c in self._floor.world.calls.values() if c.row.channel == channel_id), None)
        try:
            return self._floor.world.calls.get(UUID(channel_id.removeprefix("call-")))
        except ValueError:
            return None

    def _is_heard_beside(self, call: LiveCall) -> bool:
        watched = call.campaign.amd_enabled and not call.state.screened and call.row.mode in AUTOMATIC
        return watched and call.phase is Phase.TALKING

    def _stamp(self, call: LiveCall, old: Phase, event: ev.CallEvent, at: datetime) -> None:
        row, state = call.row, call.state
        if isinstance(event, ev.Placed):
            row.placed_at = at
        elif isinstance(event, ev.Rang):
            row.ringing_at = at
        elif isinstance(event, ev.Answered | ev.CameIn):
            row.answered_at = at
        if state.phase is Phase.HELD:
            call.held_since = at
        elif old is Phase.HELD and call.held_since is not None:
            row.hold_s += max(0.0, (at - call.held_since).total_seconds())
            call.held_since = None
        if state.phase is Phase.ENDED:
            row.ended_at = at
        row.result = str(state.result) if state.result else ""  # from `closing` on: a restart must not forget it
        row.cause, row.sip_code = state.cause, state.sip_code
        row.hung_up_by, row.cut = state.hung_up_by, state.cut

    def _journal(self, call: LiveCall, old: str, trigger: str, at: datetime) -> None:
        detail = {}
        if call.state.phase is Phase.ENDED:
            detail = {"result": call.row.result, "cause": call.row.cause, "sip_code": call.row.sip_code}
        self._floor.journal.write(
            rows.transition(call.row, old=old, new=call.phase.value, trigger=trigger, at=at, detail=detail)
        )

    def note(self, call: LiveCall, name: str, at: datetime | None = None, **detail: object) -> None:
        """A fact that is no transition: bridged, recorded, keys."""
        phase = call.phase.value
        statement = rows.transition(
            call.row, old=phase, new=phase, trigger=name, at=at or self._floor.now, detail=dict(detail)
        )
        self._floor.journal.write(statement)

    # ── Effects ──────────────────────────────────────────────────────────────
    def _do(self, call: LiveCall, effect: Effect) -> None:
        if isinstance(effect, StartTimer):
            self._stop_timer(call, effect.timer)
            call.timers[effect.timer] = self._floor.later(effect.seconds, self._timer_over, call, effect.timer)
        elif isinstance(effect, StopTimer):
            self._stop_timer(call, effect.timer)
        elif isinstance(effect, Conclude):
            self._conclude(call, effect.result)
        elif isinstance(effect, Bridge) and call.agent is not None:
            agent = call.agent
            call.lane.put(lambda: carry_out(self._floor, call, effect, agent))
        else:
            call.lane.put(lambda: carry_out(self._floor, call, effect, call.agent))

    def _stop_timer(self, call: LiveCall, timer: Timer) -> None:
        if handle := call.timers.pop(timer, None):
            handle.cancel()

    def _timer_over(self, call: LiveCall, timer: Timer) -> None:
        call.timers.pop(timer, None)
        self.feed(call, TIMER_EVENTS[timer])

    def keep_waiting(self, call: LiveCall) -> None:
        """After a restart, the delay begins again where nobody was found."""
        if call.phase is Phase.WAITING and Timer.AGENT_WAIT not in call.timers:
            seconds = call.row.why.get("wait_s") if call.row.is_inbound else None
            self._do(call, StartTimer(Timer.AGENT_WAIT, seconds or AGENT_WAIT_S))

    # ── End ──────────────────────────────────────────────────────────────────
    def _conclude(self, call: LiveCall, result: Result) -> None:
        """Once in a life: the machine says so once."""
        floor = self._floor
        floor.trunks.free(str(call.id))
        for timer in list(call.timers):
            self._stop_timer(call, timer)
        floor.recordings.call_over(call)
        floor.monitoring.call_over(call)
        if not call.row.is_inbound:
            call.campaign.tally.connected += result is Result.CONNECTED
            call.campaign.tally.abandoned += result is Result.ABANDONED
        if result is Result.CONNECTED:
            call.settles_alone = call.agent is None
        elif result in (Result.MACHINE, Result.MISSED):
            call.settles_alone = True
        if call.state.cut:
            self._promise_after_cut(call)
        if call.row.is_inbound:
            floor.return_calls.over(call)
        if call.settles_alone:
            # After the transition's own statement, which this same step hands to the journal.
            floor.later(0, self.settle, call)

    def settle(self, call: LiveCall) -> None:
        """The entry's place in the queue after this call: by the agent's outcome, else by the retry policy."""
        if call.settled:
            return
        call.settled = True
        floor, now = self._floor, self._floor.now
        self._floor.world.calls.pop(call.id, None)
        count.settled(call)
        settlement = settlement_of(call, now)
        due = call.candidate.callback_id
        is_due = call.candidate.callback_due_at is not None and call.candidate.callback_due_at <= call.row.claimed_at
        if due is not None and is_due and call.row.placed_at is not None:
            over = call.state.result is Result.CONNECTED or settlement.state == "finished"
            floor.journal.write(rows.promise_called(due, call.id, at=now, over=over))
        floor.journal.write(settlement.line())
        if due is not None or call.outcome is not None:
            floor.agents.promises_changed(call.campaign, kept=due if is_due else None)
        if settlement.state == "waiting":
            floor.campaigns.settled(call.campaign, settlement.not_before)
        floor.desks.touch_campaign(call.campaign)
        floor.dialer.poke()

    def _promise_after_cut(self, call: LiveCall) -> None:
        from decroche.accounts.models import User
        from decroche.callbacks import services as callbacks

        owner_id, now, contact_id = call.row.agent_id, self._floor.now, call.row.contact_id
        campaign_id = call.campaign.id
        if contact_id is None:
            return

        def make() -> None:
            owner = User.objects.filter(pk=owner_id or 0).first()
            callbacks.make(
                contact_id=contact_id, campaign_id=campaign_id, due_at=now + CUT_CALLBACK_AFTER, now=now, owner=owner,
                origin="cut", made_in_call=call.id, created_by=owner,
            )  # fmt: skip

        async def work() -> None:
            await self._floor.journal.flush()
            await self._floor.db.django(make)

        self._floor.spawn(work(), "callback after a cut")

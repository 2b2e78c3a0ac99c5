"""Agents' states: what a call, a command or the passing of time makes of them; intervals into the journal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from decroche.agents import journal as agent_rows
from decroche.calls import machine_events as ev
from decroche.calls import rows
from decroche.calls.machine import Phase
from decroche.calls.results import Result
from decroche.campaigns.settlement import Settlement
from decroche.floor import count
from decroche.floor.protocol import AgentStateCode, Record, StateView
from decroche.floor.world import Agent, Campaign, LiveCall, Offer

if TYPE_CHECKING:
    from decroche.floor.service import Floor

STATE_OF_PHASE: dict[Phase, AgentStateCode] = {
    Phase.CLAIMED: "dialing",
    Phase.PLACING: "dialing",
    Phase.RINGING: "ringing",
    Phase.SCREENING: "ringing",
    Phase.WAITING: "ringing",
    Phase.TALKING: "talking",
    Phase.HELD: "hold",
    Phase.ORPHANED: "talking",
}
CALLBACKS_AHEAD = timedelta(hours=12)


class Agents:
    """The only writer of agents' state."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    async def load_reasons(self) -> None:
        found = await self._floor.db.fetch("SELECT id FROM agents_pausereason WHERE active")
        self._floor.world.pause_reasons = {row["id"] for row in found}

    async def load_settings(self) -> None:
        found = await self._floor.db.fetch("SELECT key, value FROM accounts_setting")
        self._floor.world.settings = {row["key"]: row["value"] for row in found}

    # ── States ───────────────────────────────────────────────────────────────
    def change(
        self, agent: Agent, state: AgentStateCode, *, reason_id: int | None = None, at: datetime | None = None
    ) -> None:
        """Into a state, with its interval. The same state again changes nothing, except a pause's reason."""
        if agent.session is None or (agent.state == state and agent.pause_reason_id == reason_id):
            return
        at = at or self._floor.now
        count.left_state(self._floor, agent, state, at)
        if agent.since is not None:
            at = max(at, agent.since)  # what ended unseen may have ended before his last click
        agent.state, agent.since, agent.until, agent.pause_reason_id = state, at, None, reason_id
        agent.extensions_left = 0
        if agent.timer is not None:
            agent.timer.cancel()
            agent.timer = None
        if state in ("ready", "paused"):
            agent.campaign = self._floor.campaigns.shown(agent)
        self._floor.journal.write(
            agent_rows.change_state(
                session_id=agent.session.id,
                user_id=agent.user_id,
                state=state,
                at=at,
                campaign_id=agent.campaign.id if agent.campaign else None,
                call_id=agent.call.id if agent.call else None,
                pause_reason_id=reason_id,
            )
        )
        self._floor.desks.touch(agent)
        self._floor.desks.touch_supervisors()
        if state == "ready":
            self._floor.dialer.poke()

    def view(self, agent: Agent) -> StateView:
        since = agent.since
        if agent.state == "talking" and agent.call is not None and agent.call.row.bridged_at is not None:
            since = agent.call.row.bridged_at  # a hold in between does not make the conversation shorter
        return StateView(
            code=agent.state,
            since=since or self._floor.now,
            until=agent.until,
            extensions_left=agent.extensions_left,
            pause_reason_id=agent.pause_reason_id,
            next=agent.next,  # type: ignore[arg-type]
            next_pause_reason_id=agent.next_pause_reason_id,
        )

    # ── With a call ──────────────────────────────────────────────────────────
    def take_call(self, agent: Agent, call: LiveCall, record: Record) -> None:
        """The record is on the screen from here on: before the call is placed."""
        agent.resume_paused = agent.state == "paused" and call.row.mode == "manual" and not agent.outcome_missing
        agent.call, agent.record, agent.offer = call, record, None
        agent.outcome_missing = False
        agent.campaign = call.campaign
        self.change(agent, "dialing")
        self._floor.desks.touch(agent)

    def follow(self, call: LiveCall) -> None:
        """The call's phase changed."""
        agent = call.agent
        if agent is None or agent.call is not call:
            return
        if call.phase is Phase.ENDED:
            self._call_ended(agent, call)
        elif call.phase is Phase.CLOSING and call.state.result is Result.MACHINE and call.state.talked:
            self._freed_from_machine(agent, call)
        elif state := STATE_OF_PHASE.get(call.phase):
            self.change(agent, state, at=call.since)
        self._floor.desks.touch(agent)

    def detach(self, agent: Agent) -> None:
        """His call goes on without him (he was lost before the answer)."""
        agent.call = agent.record = None

    def _call_ended(self, agent: Agent, call: LiveCall) -> None:
        agent.figures.calls += call.row.placed_at is not None
        if call.settles_alone:
            self._leave_record(agent)
            self._after(agent, call.row.ended_at)
            return
        self._start_wrap_up(agent, call)

    def _freed_from_machine(self, agent: Agent, call: LiveCall) -> None:
        """He was with a machine: on to the next at once, while it gets its message or is hung up on."""
        agent.figures.calls += 1
        call.agent, call.settles_alone = None, True
        self._floor.desks.notice(agent, "info", "machine_heard")
        self._leave_record(agent)
        self._after(agent)

    def _start_wrap_up(self, agent: Agent, call: LiveCall) -> None:
        """By the campaign's rule; see `_wrap_up_over` for what happens at the end of the time."""
        campaign = call.campaign
        self.change(agent, "wrap_up", at=call.row.ended_at)
        if campaign.wrap_up == "none":
            self._wrap_up_over(agent, call, call.row.ended_at)
        elif campaign.wrap_up == "timed":
            self._time_wrap_up(agent, call, campaign.wrap_up_s)
            agent.extensions_left = 1 if campaign.wrap_up_extension_s > 0 else 0

    def resume_wrap_up(self, agent: Agent, call: LiveCall) -> None:
        """After a restart of the floor: a timed one starts its time again, so that nobody loses a note."""
        if agent.state != "wrap_up":
            self._start_wrap_up(agent, call)
        elif call.campaign.wrap_up == "timed":
            self._time_wrap_up(agent, call, call.campaign.wrap_up_s)

    def _time_wrap_up(self, agent: Agent, call: LiveCall, seconds: float) -> None:
        if agent.timer is not None:
            agent.timer.cancel()
        agent.until = self._floor.now + timedelta(seconds=seconds)
        agent.timer = self._floor.later(seconds, self._wrap_up_over, agent, call)
        self._floor.desks.touch(agent)

    def extend_wrap_up(self, agent: Agent, call: LiveCall) -> None:
        assert agent.until is not None
        left = max(0.0, (agent.until - self._floor.now).total_seconds())
        extensions = agent.extensions_left - 1
        self._time_wrap_up(agent, call, left + call.campaign.wrap_up_extension_s)
        agent.extensions_left = extensions

    def _wrap_up_over(self, agent: Agent, call: LiveCall, at: datetime | None = None) -> None:
        """Time is up. A talk without an outcome brings no next call: the record stays, in a pause, until it has one."""
        agent.timer = None
        if agent.call is not call:
            return
        if not self.owes_outcome(call):
            self.end_wrap_up(agent, at)
            return
        agent.outcome_missing = True
        self.change(agent, "paused", at=at)
        self._floor.desks.notice(agent, "warning", "outcome_missing")

    def owes_outcome(self, call: LiveCall) -> bool:
        """Whether the agent must qualify it: somebody was reached, and the campaign has outcomes."""
        return call.state.result is Result.CONNECTED and call.outcome is None and bool(call.campaign.outcomes)

    def end_wrap_up(self, agent: Agent, at: datetime | None = None) -> None:
        """The record is left, its place in the queue settled; on to what comes next. `at`: where it is not now."""
        call = agent.call
        if call is not None:
            self._floor.journal.write(rows.wrap_up_over(call.id, at or self._floor.now))
            self._floor.calls.settle(call)
        self._leave_record(agent)
        self._after(agent, at)
        self.refresh_figures(agent)

    def _leave_record(self, agent: Agent) -> None:
        agent.call = agent.record = None
        agent.outcome_missing = False
        self._floor.desks.touch(agent)

    def _after(self, agent: Agent, at: datetime | None = None) -> None:
        """What the agent asked for after this call, else back to work (or to the pause that he dialed from)."""
        following, agent.next, agent.stays_until = agent.next, "", None
        if agent.next_campaign_id is not None:
            agent.selected_campaign_id, agent.next_campaign_id = agent.next_campaign_id, None
        if following == "sign_out":
            self._floor.spawn(self._floor.sessions.sign_out(agent, "signed_out"), "sign out")
        elif following == "pause":
            self.change(agent, "paused", reason_id=agent.next_pause_reason_id, at=at)
        elif agent.resume_paused:
            self.change(agent, "paused", at=at)
        else:
            self.change(agent, "ready", at=at)
        agent.next_pause_reason_id, agent.resume_paused = None, False

    def go(self, agent: Agent) -> None:
        """He is free, and leaves as he had asked to."""
        agent.record = None
        self._after(agent)

    # ── Offered records ──────────────────────────────────────────────────────
    def offer(self, agent: Agent, claim: UUID, candidate: object, campaign: Campaign) -> None:
        from decroche.campaigns.candidate import Candidate

        assert isinstance(candidate, Candidate)
        agent.offer = Offer(claim, campaign, candidate)
        agent.record = self._floor.claiming.record(candidate, campaign)
        agent.campaign = campaign
        self.change(agent, "preview")

    def release_offer(
        self, agent: Agent, *, later_s: float = 0, reason: str = "", state: AgentStateCode | None = "ready"
    ) -> None:
        """The record goes back to the queue, uncounted."""
        offer, agent.offer = agent.offer, None
        if offer is None:
            return
        now, candidate = self._floor.now, offer.candidate
        not_before = now + timedelta(seconds=later_s)
        settlement = Settlement(
            entry_id=candidate.entry_id, claim=offer.claim, campaign_id=offer.campaign.id,
            contact_id=candidate.contact_id, state="waiting", not_before=not_before, promise_from=not_before,
            phone_position=candidate.phone_position, attempts=candidate.attempts,
            by_result=candidate.attempts_by_result, refused_reason=f"skipped: {reason}" if reason else "",
        )  # fmt: skip
        self._floor.journal.write(settlement.line())
        self._floor.campaigns.settled(offer.campaign, not_before)
        agent.record = None
        if state is not None:
            self.change(agent, state)

    # ── Leaving the floor ────────────────────────────────────────────────────
    def let_go(self, agent: Agent, *, by: str) -> None:
        """Everything of his is closed: offer released, call ended or handed to the queue's rules."""
        self.release_offer(agent, state=None)
        call, agent.call, agent.record = agent.call, None, None
        if call is None:
            return
        call.settles_alone = True
        if call.is_over:
            self._floor.journal.write(rows.wrap_up_over(call.id, self._floor.now))
            self._floor.calls.settle(call)
        else:
            self._floor.calls.feed(call, ev.HangUp(by))

    # ── Time and news ────────────────────────────────────────────────────────
    def tick(self) -> None:
        for agent in self._floor.world.sessions():
            count.second(self._floor, agent)
            self._floor.leaving.look_again(agent)
            if agent.callbacks_stale:
                agent.callbacks_stale = False
                self._floor.spawn(self.load_callbacks(agent), "callbacks")

    def campaigns_changed(self) -> None:
        """Offers of campaigns that closed are taken back; the campaign at the top of the screen may be another."""
        for agent in self._floor.world.sessions():
            if agent.offer is not None and not agent.offer.campaign.is_open:
                self.release_offer(agent)
                self._floor.desks.notice(agent, "info", "campaign_stopped")
            if agent.call is None and agent.offer is None:
                agent.campaign = self._floor.campaigns.shown(agent)
            if agent.selected_campaign_id is not None and agent.selected_campaign_id not in {
                campaign.id for campaign in self._floor.campaigns.of(agent)
            }:
                agent.selected_campaign_id = None

    def promises_changed(self, campaign: Campaign, *, kept: int | None = None) -> None:
        """A call of the campaign was settled: the promise it kept leaves its owner's list, the rest is read again."""
        for agent in self._floor.world.sessions():
            if agent.user_id in campaign.assigned:
                agent.callbacks_stale = True
                if any(callback.id == kept for callback in agent.callbacks):
                    agent.callbacks = [callback for callback in agent.callbacks if callback.id != kept]
                    self._floor.desks.touch(agent)

    async def load_callbacks(self, agent: Agent) -> None:
        from decroche.floor.protocol import CallbackView

        await self._floor.journal.flush()
        async with self._floor.db.connection() as conn:
            until = self._floor.now + CALLBACKS_AHEAD
            found = await agent_rows.own_callbacks(conn, agent.user_id, until=until)
        agent.callbacks = [
            CallbackView(
                id=row[0], contact_id=row[1], campaign_id=row[2], due_at=row[3], note=row[4],
                contact_name=f"{row[5]} {row[6]}".strip() or row[7],
            )
            for row in found
        ]  # fmt: skip
        self._floor.desks.touch(agent)
        self._floor.dialer.poke()

    def refresh_figures(self, agent: Agent) -> None:
        self._floor.spawn(self.load_figures(agent), "figures")

    async def load_figures(self, agent: Agent) -> None:
        """Today's own, from the rows themselves: what the statistics will say."""
        await self._floor.journal.flush()
        async with self._floor.db.connection() as conn:
            since, now = self._floor.since_midnight(), self._floor.now
            found = await agent_rows.figures(conn, agent.user_id, since=since, now=now)
        seconds, figures = found[0] or {}, agent.figures
        figures.calls, figures.reached, figures.pitched, figures.positive, figures.appointments = found[1:]
        figures.talk_s = float(seconds.get("talking", 0)) + float(seconds.get("hold", 0))
        figures.wrap_up_s = float(seconds.get("wrap_up", 0))
        figures.pause_s = float(seconds.get("paused", 0))
        figures.idle_s = float(seconds.get("ready", 0))
        figures.signed_in_s = float(sum(seconds.values()))
        self._floor.desks.touch(agent)

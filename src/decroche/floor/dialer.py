"""The dialer: at every event and every second, how many calls each campaign places, and for whom."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from psycopg import InterfaceError, OperationalError

from decroche.calls import machine_events as ev
from decroche.calls.machine import Phase
from decroche.floor.errors import NoLine
from decroche.floor.pacing_view import snapshot_of
from decroche.floor.world import Agent, Campaign, LiveCall
from decroche.pacing import decide

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

TICK_S = 1.0
DATABASE_PAUSE_S = 2.0
NO_LINE_PAUSE = timedelta(milliseconds=500)
PROMISES_REST = timedelta(seconds=30)


class Dialer:
    """The part of the floor that launches calls by itself."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._wanted = asyncio.Event()
        self._resting_until = 0.0

    def poke(self) -> None:
        """Something changed that may allow a call."""
        self._wanted.set()

    async def run(self) -> None:
        while True:
            try:
                async with asyncio.timeout(TICK_S):
                    await self._wanted.wait()
            except TimeoutError:
                pass
            self._wanted.clear()
            self.step()

    # ── Decision ─────────────────────────────────────────────────────────────
    def step(self) -> None:
        """One decision for each campaign that somebody is ready for."""
        floor = self._floor
        if not floor.world.telephony_up or floor.stopping or floor.clock.monotonic() < self._resting_until:
            return
        ready: dict[int, list[Agent]] = {}
        for agent in sorted(floor.world.sessions(), key=lambda a: (a.since is None, a.since)):
            if not agent.can_take_call:
                continue
            self._adopt_waiting(agent)
            campaign = floor.campaigns.pick(agent) if agent.can_take_call else None
            if campaign is not None:
                ready.setdefault(campaign.id, []).append(agent)
        for campaign_id, agents in ready.items():
            self._serve(floor.world.campaigns[campaign_id], agents)

    def _serve(self, campaign: Campaign, agents: list[Agent]) -> None:
        if campaign.mode == "preview":
            for agent in agents:
                self._start(agent, campaign, {})
            return
        decision = decide(snapshot_of(self._floor, campaign, agents), campaign.memory)
        campaign.memory = decision.memory
        if decision.n == 0 and decision.why.limit in ("channels", "per_second"):
            usable = any(trunk.is_usable for trunk in self._floor.trunks.candidates(campaign))
            campaign.sleep("trunk_full" if usable else "no_trunk", None, wake_at=self._floor.now)
            self._floor.desks.touch_campaign(campaign)
        for agent in agents[: decision.n]:
            self._start(agent, campaign, decision.why.facts())

    def _start(self, agent: Agent, campaign: Campaign, why: dict[str, Any]) -> None:
        agent.launching = True
        self._floor.spawn(self._launch(agent, campaign, why), "launch")

    # ── Launch ───────────────────────────────────────────────────────────────
    async def _launch(self, agent: Agent, campaign: Campaign, why: dict[str, Any]) -> None:
        """Claim for him, show the record, dial (or offer). Nothing found puts the campaign to sleep."""
        try:
            found = await self._claim(agent, campaign, why)
        except NoLine:
            campaign.sleep("trunk_full", self._floor.now + NO_LINE_PAUSE)
            return
        except (OperationalError, InterfaceError) as error:
            log.warning("claim_waits_for_database", kind=type(error).__name__)
            self._resting_until = self._floor.clock.monotonic() + DATABASE_PAUSE_S
            return
        except Exception:
            self._resting_until = self._floor.clock.monotonic() + DATABASE_PAUSE_S  # no storm of the same failure
            raise
        finally:
            agent.launching = False
        if found is None:
            return
        if isinstance(found, LiveCall):
            self._place(agent, found)
        else:
            claim, candidate, offered_in = found
            self._floor.agents.offer(agent, claim, candidate, offered_in)
            if not self._still_there(agent) or agent.state != "preview":
                self._floor.agents.release_offer(agent)
        self._slipped_in(agent, campaign)
        self._floor.campaigns.shown(agent)

    async def _claim(self, agent: Agent, campaign: Campaign, why: dict[str, Any]) -> Any:
        floor = self._floor
        mainland, overseas, opens_at, soonest = floor.campaigns.opening(campaign)
        if not mainland and not overseas:
            campaign.sleep("outside_hours", opens_at, wake_at=soonest)
            floor.desks.touch_campaign(campaign)
            return None
        preview = campaign.mode == "preview"
        for_promise = campaign is not floor.campaigns.own_choice(agent)
        found = await floor.claiming.next_call(
            agent,
            campaign,
            kind="preview" if preview else "automatic",
            promise_campaigns=[c.id for c in floor.campaigns.of(agent) if c.mode == campaign.mode],
            overseas_only=not mainland,
            promises_only=for_promise or not campaign.has_work(floor.now),
            why=why,
            with_call=not preview,
        )
        if found is None and for_promise:  # kept already, or its contact is in another call: not now
            agent.promises_rest_until = floor.now + PROMISES_REST
            agent.callbacks_stale = True
            self.poke()
        elif found is None:
            await floor.campaigns.went_dry(campaign)
            if not mainland and campaign.idle_reason == "all_held":
                look_again = floor.now + timedelta(minutes=10)
                campaign.sleep("outside_hours", opens_at, wake_at=min(look_again, opens_at or look_again))
        elif campaign.idle_reason is not None and campaign.has_work(floor.now):
            campaign.awake()
        return found

    def _place(self, agent: Agent, call: LiveCall) -> None:
        if self._still_there(agent) and call.campaign.is_open:
            self._floor.calls.place(call)
            return
        # He left, or the campaign closed, in the few milliseconds of the claim: nobody was disturbed.
        call.hidden_release = call.settles_alone = True
        self._floor.calls.feed(call, ev.HangUp("system"))

    def _still_there(self, agent: Agent) -> bool:
        return agent.leg_up and agent.owner is not None and self._floor.world.telephony_up

    def _slipped_in(self, agent: Agent, asked: Campaign) -> None:
        """A promise of his in another campaign came first: say so."""
        if agent.campaign is not None and agent.campaign is not asked:
            self._floor.desks.notice(agent, "info", "callback_other_campaign", campaign=agent.campaign.name)

    # ── Contacts who wait ────────────────────────────────────────────────────
    def find_agent(self, call: LiveCall) -> None:
        """The contact picked up and his agent is not there: another ready one of the campaign takes him, if any."""
        former = call.agent
        if former is not None and former.call is call and self._floor.legs.agent_there(call):
            self._floor.calls.feed(call, ev.AgentFound())
            return
        for agent in self._floor.world.sessions():
            if agent.can_take_call and agent.user_id in call.campaign.assigned:
                self._hand_over(call, agent)
                return

    def _adopt_waiting(self, agent: Agent) -> None:
        waiting = [
            call
            for call in self._floor.world.calls.values()
            if call.phase is Phase.WAITING and agent.user_id in call.campaign.assigned
        ]
        if waiting:
            self._hand_over(min(waiting, key=lambda call: call.since), agent)

    def _hand_over(self, call: LiveCall, agent: Agent) -> None:
        former = call.agent
        if former is not None and former.call is call:
            self._floor.agents.detach(former)
            self._floor.agents.change(former, "paused")
        call.agent = agent
        call.row.agent_id = agent.user_id
        call.row.session_id = agent.session.id if agent.session else None
        self._floor.agents.take_call(agent, call, self._floor.claiming.record(call.candidate, call.campaign))
        self._floor.calls.feed(call, ev.AgentFound())

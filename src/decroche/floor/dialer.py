"""The dialer: at every event and every second, how many calls each campaign places, and for whom.

Preview, progressive and promises: each call is its agent's from the start, and he sees the record first. Power and
predictive: calls are the campaign's, and whoever is free longest takes the person who answers (`meeting.py`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from psycopg import InterfaceError, OperationalError

from decroche.calls import machine_events as ev
from decroche.calls.machine import Phase
from decroche.campaigns.claim import Wanted
from decroche.floor.errors import NoLine
from decroche.floor.pacing_view import BUSY, Team, snapshot_of
from decroche.floor.world import AUTOMATIC, Agent, Campaign, LiveCall
from decroche.pacing import decide

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

TICK_S = 1.0
DATABASE_PAUSE_S = 2.0
NO_LINE_PAUSE = timedelta(milliseconds=500)
RINGS_AT_LEAST = timedelta(seconds=15)
"""No call is given up before (rules-fr.md)."""
ROWS_BEHIND = 2000
"""Rows that the journal has not written yet: beyond, nothing new is dialed, so that a crash loses little."""
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
        """One decision for each campaign that somebody is ready for, or will be."""
        floor = self._floor
        if not floor.world.telephony_up or floor.stopping or floor.journal.backlog > ROWS_BEHIND:
            return
        pooled = [c for c in floor.world.campaigns.values() if c.is_pooled]
        teams: dict[int, Team] = {c.id: Team() for c in pooled if c.is_open}
        for agent in sorted(floor.world.sessions(), key=lambda a: (a.since is None, a.since)):
            if agent.can_take_call:
                self._place_ready(agent, teams)
            elif pooled and agent.state in (*BUSY, "paused") and (campaign := floor.campaigns.own_choice(agent)):
                team = teams.setdefault(campaign.id, Team())
                if agent.state == "paused":
                    team.paused += 1
                else:
                    team.busy.append(agent)
        for campaign in pooled:
            if not teams.get(campaign.id, Team()).can_come:
                self._give_up(campaign)
        if not self._is_resting:
            for campaign_id, team in teams.items():
                campaign = floor.world.campaigns[campaign_id]
                if team.ready or campaign.is_pooled:
                    self._serve(campaign, team)

    def _place_ready(self, agent: Agent, teams: dict[int, Team]) -> None:
        """A contact who waits comes first, then a promise of his own, then his campaign."""
        floor = self._floor
        if floor.meeting.take_waiting(agent) or self._is_resting:
            return
        if (promised := floor.campaigns.due_promise(agent)) is not None:
            self._start_own(agent, promised, {"rule": "promise"})
        elif (campaign := floor.campaigns.own_choice(agent)) is not None:
            teams.setdefault(campaign.id, Team()).ready.append(agent)

    def _give_up(self, campaign: Campaign) -> None:
        """Nobody could take a person who answers: what has rung long enough is not let ring on to an empty room."""
        now = self._floor.now
        for call in list(self._floor.world.calls.values()):
            alone = call.campaign is campaign and call.agent is None and call.phase in (Phase.PLACING, Phase.RINGING)
            if alone and (now - (call.row.ringing_at or call.row.placed_at or now)) >= RINGS_AT_LEAST:
                self._floor.calls.feed(call, ev.HangUp("system"))

    @property
    def _is_resting(self) -> bool:
        return self._floor.clock.monotonic() < self._resting_until

    def _serve(self, campaign: Campaign, team: Team) -> None:
        if campaign.mode == "preview":
            for agent in team.ready:
                self._start_own(agent, campaign, {})
            return
        if campaign.claiming:
            return  # a few milliseconds: those who are ready meanwhile go together, at its end
        decision = decide(snapshot_of(self._floor, campaign, team), campaign.memory)
        campaign.memory, campaign.why = decision.memory, decision.why
        if decision.n == 0 and decision.why.limit in ("channels", "per_second"):
            usable = any(trunk.is_usable for trunk in self._floor.trunks.candidates(campaign))
            campaign.sleep("trunk_full" if usable else "no_trunk", None, wake_at=self._floor.now)
            self._floor.desks.touch_campaign(campaign)
        takers: Sequence[Agent | None] = [None] * decision.n if campaign.is_pooled else team.ready[: decision.n]
        if takers and campaign.has_work(self._floor.now):
            self._start(campaign, takers, decision.why.facts())

    def _start(self, campaign: Campaign, takers: Sequence[Agent | None], why: dict[str, Any]) -> None:
        campaign.claiming = True
        for agent in takers:
            if agent is not None:
                agent.launching = True
        self._floor.spawn(self._launch(campaign, takers, why), "launch")

    def _start_own(self, agent: Agent, campaign: Campaign, why: dict[str, Any]) -> None:
        agent.launching = True
        self._floor.spawn(self._launch_own(agent, campaign, why), "launch")

    # ── Launch ───────────────────────────────────────────────────────────────
    async def _launch(self, campaign: Campaign, takers: Sequence[Agent | None], why: dict[str, Any]) -> None:
        """Claim for them in one transaction, show the records, dial. Too few found puts the campaign to sleep."""
        try:
            calls = await self._guarded(campaign, self._claim_together(campaign, takers, why))
        finally:
            campaign.claiming = False
            for agent in takers:
                if agent is not None:
                    agent.launching = False
            self.poke()
        for call in calls or ():
            self._place(call)
            if call.agent is not None:
                self._floor.campaigns.shown(call.agent)

    async def _claim_together(
        self, campaign: Campaign, takers: Sequence[Agent | None], why: dict[str, Any]
    ) -> list[LiveCall]:
        if (overseas_only := self._opening(campaign)) is None:
            return []
        wanted = Wanted(
            campaign.id, overseas_only=overseas_only, zones=campaign.zones, rule=campaign.rule, turns=campaign.turns
        )
        news = campaign.news
        calls = await self._floor.claiming.next_calls(campaign, takers, wanted, why)
        if len(calls) < len(takers):
            await self._went_dry(campaign, overseas_only, news)
        elif campaign.idle_reason is not None and campaign.has_work(self._floor.now):
            campaign.awake()
        return calls

    async def _launch_own(self, agent: Agent, campaign: Campaign, why: dict[str, Any]) -> None:
        """For one agent: a promise of his first, then the queue. Preview only offers the record."""
        try:
            found = await self._guarded(campaign, self._claim_own(agent, campaign, why))
        finally:
            agent.launching = False
        if found is None:
            return
        if isinstance(found, LiveCall):
            self._place(found)
        else:
            self._floor.agents.offer(agent, found.claim, found.candidate, found.chosen.campaign)
            if not self._still_there(agent) or agent.state != "preview":
                self._floor.agents.release_offer(agent)
        if agent.campaign is not None and agent.campaign is not campaign:
            self._floor.desks.notice(agent, "info", "callback_other_campaign", campaign=agent.campaign.name)
        self._floor.campaigns.shown(agent)

    async def _claim_own(self, agent: Agent, campaign: Campaign, why: dict[str, Any]) -> Any:
        floor = self._floor
        if (overseas_only := self._opening(campaign)) is None:
            return None
        preview, news = campaign.mode == "preview", campaign.news
        for_promise = campaign is not floor.campaigns.own_choice(agent) or campaign.is_pooled
        wanted = Wanted(
            campaign.id,
            agent.user_id,
            [c.id for c in floor.campaigns.of(agent) if c.mode in (("preview",) if preview else AUTOMATIC)],
            overseas_only=overseas_only,
            promises_only=for_promise or not campaign.has_work(floor.now),
            zones=campaign.zones,
            rule=campaign.rule,
            turns=campaign.turns,
        )
        if preview:
            found: Any = await floor.claiming.next_offer(wanted)
        else:
            calls = await floor.claiming.next_calls(campaign, [agent], wanted, why)
            found = calls[0] if calls else None
        if found is None and for_promise:  # kept already, or its contact is in another call: not now
            agent.promises_rest_until = floor.now + PROMISES_REST
            agent.callbacks_stale = True
            self.poke()
        elif found is None:
            await self._went_dry(campaign, overseas_only, news)
        elif campaign.idle_reason is not None and campaign.has_work(floor.now):
            campaign.awake()
        return found

    async def _guarded(self, campaign: Campaign, claiming: Any) -> Any:
        """None where nothing could be claimed: no line, or a database that does not answer, which is let rest."""
        try:
            return await claiming
        except NoLine:
            campaign.sleep("trunk_full", self._floor.now + NO_LINE_PAUSE)
        except (OperationalError, InterfaceError) as error:
            log.warning("claim_waits_for_database", kind=type(error).__name__)
            self._resting_until = self._floor.clock.monotonic() + DATABASE_PAUSE_S
        except Exception:
            self._resting_until = self._floor.clock.monotonic() + DATABASE_PAUSE_S  # no storm of the same failure
            raise
        return None

    def _opening(self, campaign: Campaign) -> bool | None:
        """Whether only places overseas may be called now; None where nobody may, and the campaign sleeps."""
        mainland, overseas, opens_at, soonest = self._floor.campaigns.opening(campaign)
        if mainland or overseas:
            return not mainland
        campaign.sleep("outside_hours", opens_at, wake_at=soonest)
        self._floor.desks.touch_campaign(campaign)
        return None

    async def _went_dry(self, campaign: Campaign, overseas_only: bool, news: int) -> None:
        await self._floor.campaigns.went_dry(campaign, news)
        if overseas_only and campaign.idle_reason == "all_held":
            _, _, opens_at, _ = self._floor.campaigns.opening(campaign)
            look_again = self._floor.now + timedelta(minutes=10)
            campaign.sleep("outside_hours", opens_at, wake_at=min(look_again, opens_at or look_again))

    def _place(self, call: LiveCall) -> None:
        telephony = self._floor.world.telephony_up
        there = telephony if call.agent is None else self._still_there(call.agent)
        if there and call.campaign.is_open:
            self._floor.calls.place(call)
            return
        # He left, or the campaign closed, in the few milliseconds of the claim: nobody was disturbed.
        call.hidden_release = call.settles_alone = True
        self._floor.calls.feed(call, ev.HangUp("system"))

    def _still_there(self, agent: Agent) -> bool:
        return agent.leg_up and agent.owner is not None and self._floor.world.telephony_up

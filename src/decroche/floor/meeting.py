"""Persons who picked up and the agents who take them: at the answer, after the screening, or within the grace."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from decroche.calls import machine_events as ev
from decroche.calls.machine import Phase
from decroche.floor.world import Agent, Campaign, LiveCall

if TYPE_CHECKING:
    from decroche.floor.service import Floor

BEFORE_ANSWER = (Phase.PLACING, Phase.RINGING)


class Meeting:
    """The part of the floor that joins contact and agent."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def answered(self, call: LiveCall, at: datetime | None = None) -> None:
        """The contact picked up: his agent, or whoever is free longest, is with him in this same turn of the loop."""
        if call.agent is None and call.phase in BEFORE_ANSWER and not call.state.screened:
            self._give_free_agent(call)
        self._floor.calls.feed(call, ev.Answered(agent_there=self._floor.legs.agent_there(call)), at)

    def screened(self, call: LiveCall, *, machine: bool) -> None:
        """The search for a machine is over."""
        if call.agent is None and call.phase is Phase.SCREENING and not machine:
            self._give_free_agent(call)
        self._floor.calls.feed(call, ev.Screened(machine=machine, agent_there=self._floor.legs.agent_there(call)))

    def find_agent(self, call: LiveCall) -> None:
        """The contact waits and has nobody: another ready agent of the campaign takes him, if any."""
        former = call.agent
        if former is not None and former.call is call and self._floor.legs.agent_there(call):
            self._floor.calls.feed(call, ev.AgentFound())
        elif (agent := self._free_agent(call)) is not None:
            self._hand_over(call, agent)

    def take_waiting(self, agent: Agent) -> bool:
        """An agent is free: the contact who waits longest is his."""
        waiting = [
            call
            for call in self._floor.world.calls.values()
            if call.phase is Phase.WAITING and agent.user_id in call.campaign.assigned
        ]
        if not waiting:
            return False
        self._hand_over(min(waiting, key=lambda call: call.since), agent)
        return True

    def has_free_agent(self, call: LiveCall) -> bool:
        return self._free_agent(call) is not None

    def free_agents(self, campaign: Campaign) -> list[Agent]:
        """Free longest; those that this campaign counts on come before those of another, and who is leaving last."""
        campaigns = self._floor.campaigns
        free = [a for a in self._floor.world.sessions() if a.can_take_call and a.user_id in campaign.assigned]
        return sorted(
            free, key=lambda a: (a.next != "", campaigns.own_choice(a) is not campaign, a.since is None, a.since)
        )

    def attach(self, call: LiveCall, agent: Agent) -> None:
        """The record is on his screen before the contact is on his line."""
        call.agent = agent
        call.row.agent_id = agent.user_id
        call.row.session_id = agent.session.id if agent.session else None
        record = self._floor.claiming.record(call.candidate, call.campaign)
        self._floor.agents.take_call(agent, call, record)

    # ── Parts ────────────────────────────────────────────────────────────────
    def _free_agent(self, call: LiveCall) -> Agent | None:
        return next(iter(self.free_agents(call.campaign)), None)

    def _give_free_agent(self, call: LiveCall) -> None:
        agent = self._free_agent(call)
        if agent is not None:
            self.attach(call, agent)

    def _hand_over(self, call: LiveCall, agent: Agent) -> None:
        former = call.agent
        if former is not None and former.call is call:
            self._floor.agents.detach(former)
            self._floor.agents.change(former, "paused")
        self.attach(call, agent)
        self._floor.calls.feed(call, ev.AgentFound())

"""What supervisors ask for on the live floor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from decroche.agents.listening.selectors import has_acknowledged
from decroche.calls import machine_events as ev
from decroche.floor import protocol as p
from decroche.floor.desks import Desk
from decroche.floor.errors import AgentAway, NotToldOfListening, UnknownPause
from decroche.floor.world import Agent

if TYPE_CHECKING:
    from decroche.floor.service import Floor

Result = dict[str, Any] | None


class SupervisorCommands:
    """One window's commands; a method for each name of the protocol."""

    def __init__(self, floor: Floor, desk: Desk) -> None:
        self._floor, self._desk = floor, desk

    def handler(self, name: str) -> Callable[[Any], Awaitable[Result]]:
        return getattr(self, name)  # type: ignore[no-any-return]

    async def softphone(self, args: p.NoArgs) -> Result:
        await self._floor.monitoring.softphone(self._desk)
        return None

    async def softphone_ready(self, args: p.NoArgs) -> Result:
        self._floor.monitoring.ready(self._desk)
        return None

    async def monitor(self, args: p.Monitor) -> Result:
        """Whatever the mode: only who was told of it, in the words in force."""
        agent = self._floor.world.agents.get(args.user_id)
        if agent is not None and not await self._floor.db.django(lambda: has_acknowledged(args.user_id)):
            raise NotToldOfListening(name=agent.name)
        self._floor.monitoring.monitor(self._desk, self._floor.world.agents.get(args.user_id), args.mode)
        return None

    async def stop_monitoring(self, args: p.NoArgs) -> Result:
        self._floor.monitoring.stop(self._desk)
        return None

    async def pause_agent(self, args: p.PauseAgent) -> Result:
        agent = self._agent(args.user_id)
        if args.reason_id not in self._floor.world.pause_reasons:
            raise UnknownPause
        if agent.call is not None:
            agent.next, agent.next_pause_reason_id = "pause", args.reason_id
            self._floor.desks.notice(agent, "info", "pause_by_supervisor_next")
            self._floor.desks.touch(agent)
            return {"after_call": True}
        if self._floor.leaving.must_stay(agent, "pause", args.reason_id):
            return {"after_call": True}
        self._floor.agents.release_offer(agent, state=None)
        agent.record = None
        self._floor.agents.change(agent, "paused", reason_id=args.reason_id)
        self._floor.desks.notice(agent, "info", "paused_by_supervisor")
        return None

    async def sign_out_agent(self, args: p.OnAgent) -> Result:
        agent = self._agent(args.user_id)
        self._floor.desks.close(agent, "signed_out")
        await self._floor.sessions.sign_out(agent, "by_supervisor")
        return None

    async def hang_up_agent(self, args: p.OnAgent) -> Result:
        call = self._agent(args.user_id).call
        if call is None or call.is_over:
            raise AgentAway
        self._floor.calls.feed(call, ev.HangUp("supervisor"))
        self._floor.desks.notice(self._agent(args.user_id), "info", "hung_up_by_supervisor")
        return None

    async def test_call(self, args: p.TestCall) -> Result:
        return await self._floor.test_calls.call(self._desk, args.trunk_id, args.number)

    async def refresh_campaign(self, args: p.OnCampaign) -> Result:
        await self._floor.campaigns.load(args.campaign_id)
        self._floor.campaigns.wake(args.campaign_id)
        return None

    def _agent(self, user_id: int) -> Agent:
        agent = self._floor.world.agents.get(user_id)
        if agent is None or agent.session is None:
            raise AgentAway
        return agent

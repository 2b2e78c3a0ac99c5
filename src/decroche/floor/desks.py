"""Desktops: what each was last shown, and what changed since. Updates leave in the same turn of the loop for agents,
and ten times a second at most for supervisors.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import structlog
from pydantic import BaseModel

from decroche.common.errors import Language
from decroche.floor import views
from decroche.floor.protocol import AgentSnapshot, Bye, Notice, SupervisorSnapshot, Update
from decroche.floor.sentences import BYES, NOTICES, pick
from decroche.floor.world import Agent, Campaign, LiveCall

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

SUPERVISORS_EVERY_S = 0.1
CAMPAIGNS_EVERY_S = 0.4
Send = Callable[[dict[str, Any]], None]
Role = Literal["agent", "supervisor"]
Farewell = Literal["signed_in_elsewhere", "signed_out", "session_expired", "restarting"]


class Desk:
    """One open window. `send` must return at once; `close` asks the connection to end."""

    def __init__(
        self, role: Role, user_id: int, name: str, language: Language, send: Send, close: Callable[[], None]
    ) -> None:
        self.role, self.user_id, self.name, self.language = role, user_id, name, language
        self.send = send
        self.close = close
        self.seq = 0
        self.shown: dict[str, Any] = {}

    def say(self, message: BaseModel) -> None:
        self.send(message.model_dump(mode="json"))


class Desks:
    """All windows, and who must be told."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.supervisors: list[Desk] = []
        self._changed: set[int] = set()
        self._campaigns_changed: set[int] = set()
        self._campaigns_due: asyncio.TimerHandle | None = None
        self._flushing = False
        self._supervisors_changed = asyncio.Event()

    @property
    def any_open(self) -> bool:
        return bool(self.supervisors) or any(agent.desks for agent in self._floor.world.agents.values())

    # ── Opening and closing ──────────────────────────────────────────────────
    def open_agent(self, desk: Desk) -> Agent:
        """The window's first message is the whole state. A session without a window is this one's from now on."""
        from decroche.floor.lane import Lane

        floor = self._floor
        agent = floor.world.agents.get(desk.user_id)
        if agent is None:
            agent = Agent(desk.user_id, desk.name, desk.language, Lane(floor.spawn, f"agent {desk.user_id}"))
            floor.world.agents[desk.user_id] = agent
        agent.name, agent.language = desk.name, desk.language
        agent.desks.append(desk)
        if agent.session is not None and agent.owner is None:
            self.own(agent, desk)
        self._snapshot(agent, desk)
        return agent

    def own(self, agent: Agent, desk: Desk) -> None:
        """The session belongs to this window: another one that had it is told and closed."""
        former = agent.owner
        agent.owner = desk
        if agent.gone_timer is not None:
            agent.gone_timer.cancel()
            agent.gone_timer = None
        if former is not None and former is not desk:
            self.end(former, "signed_in_elsewhere")
        self.touch(agent)
        self._floor.dialer.poke()

    def closed(self, desk: Desk) -> None:
        if desk in self.supervisors:
            self.supervisors.remove(desk)
            self._floor.monitoring.desk_left(desk)
            return
        agent = self._floor.world.agents.get(desk.user_id)
        if agent is None:
            return
        if desk in agent.desks:
            agent.desks.remove(desk)
        if agent.owner is desk and agent.session is not None:
            self._floor.sessions.desk_left(agent)
        if not agent.desks and agent.session is None:
            self._floor.world.agents.pop(desk.user_id, None)

    def open_supervisor(self, desk: Desk) -> None:
        self.supervisors.append(desk)
        state = views.supervisor_desktop(self._floor, desk)
        desk.seq, desk.shown = 1, state.model_dump(mode="json")
        desk.say(SupervisorSnapshot(seq=1, state=state))

    def close(self, agent: Agent, code: Farewell) -> None:
        for desk in list(agent.desks):
            self.end(desk, code)

    def end(self, desk: Desk, code: Farewell) -> None:
        """Say why, and close."""
        desk.say(Bye(code=code, message=pick(BYES[code], desk.language)))
        desk.close()

    def say_goodbye(self) -> None:
        for desk in [*self.supervisors, *(d for a in self._floor.world.agents.values() for d in a.desks)]:
            self.end(desk, "restarting")

    def notice(self, agent: Agent, level: Literal["info", "warning", "error"], code: str, **facts: str) -> None:
        for desk in agent.desks:
            self.notify(desk, level, code, **facts)

    def notify(self, desk: Desk, level: Literal["info", "warning", "error"], code: str, **facts: str) -> None:
        desk.say(Notice(level=level, code=code, message=pick(NOTICES[code], desk.language).format(**facts)))

    # ── What changed ─────────────────────────────────────────────────────────
    def touch(self, agent: Agent) -> None:
        """Shown within this turn of the loop, however many times it is touched."""
        self._changed.add(agent.user_id)
        self._supervisors_changed.set()
        if not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._flush)

    def touch_call(self, call: LiveCall) -> None:
        if call.agent is not None:
            self.touch(call.agent)
        self._supervisors_changed.set()

    def touch_campaign(self, campaign: Campaign) -> None:
        """Shown to all its agents a little later, together: each call's end changes counts that they all see."""
        self._campaigns_changed.add(campaign.id)
        if self._campaigns_due is None:
            self._campaigns_due = asyncio.get_running_loop().call_later(CAMPAIGNS_EVERY_S, self._flush_campaigns)
        self._supervisors_changed.set()

    def _flush_campaigns(self) -> None:
        self._campaigns_due = None
        ids, self._campaigns_changed = self._campaigns_changed, set()
        assigned = {user for i in ids if (c := self._floor.world.campaigns.get(i)) is not None for user in c.assigned}
        for agent in self._floor.world.agents.values():
            if agent.desks and agent.user_id in assigned:
                self.touch(agent)

    def touch_supervisors(self) -> None:
        self._supervisors_changed.set()

    def touch_all(self) -> None:
        for agent in self._floor.world.agents.values():
            self.touch(agent)
        self._supervisors_changed.set()

    def _flush(self) -> None:
        self._flushing = False
        changed, self._changed = self._changed, set()
        for user_id in changed:
            agent = self._floor.world.agents.get(user_id)
            for desk in list(agent.desks) if agent is not None else ():
                self._update(desk, views.agent_desktop(self._floor, agent, desk))  # type: ignore[arg-type]

    def _snapshot(self, agent: Agent, desk: Desk) -> None:
        state = views.agent_desktop(self._floor, agent, desk)
        desk.seq, desk.shown = 1, state.model_dump(mode="json")
        desk.say(AgentSnapshot(seq=1, state=state))

    def _update(self, desk: Desk, state: BaseModel) -> None:
        if desk.seq == 0:
            return
        whole = state.model_dump(mode="json")
        changes = {key: value for key, value in whole.items() if key != "now" and desk.shown.get(key) != value}
        if changes:
            desk.seq += 1
            desk.shown.update(changes)
            desk.say(Update(seq=desk.seq, changes={**changes, "now": whole["now"]}))

    async def run(self) -> None:
        """Supervisors: coalesced."""
        while True:
            await self._supervisors_changed.wait()
            self._supervisors_changed.clear()
            for desk in list(self.supervisors):
                self._update(desk, views.supervisor_desktop(self._floor, desk))
            await asyncio.sleep(SUPERVISORS_EVERY_S)

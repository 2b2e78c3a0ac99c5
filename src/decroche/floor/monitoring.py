"""Supervisors who listen, whisper or barge in: their own line, and an ear on the agent's leg.

To listen and to whisper, a snoop of the agent's leg hears both voices and speaks to the agent alone; the supervisor's
line is muted for listening. To barge in, his line moves into the agent's bridge. It stays up meanwhile.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import structlog

from decroche.ari import events as ari
from decroche.ari.errors import AriError
from decroche.floor.accounts import load, put_back, withdraw
from decroche.floor.errors import AgentAway, LineNotReady, TelephonyDown
from decroche.floor.lane import Lane
from decroche.floor.protocol import LegState, SessionView
from decroche.floor.protocol import Monitoring as MonitoringView
from decroche.floor.views import credentials_of
from decroche.floor.world import Agent, LiveCall
from decroche.telephony import agent_endpoint

if TYPE_CHECKING:
    from decroche.floor.desks import Desk
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

Mode = Literal["listen", "whisper", "barge"]


@dataclass(slots=True)
class Boss:
    """A supervisor's line. `target` is the agent listened to."""

    user_id: int
    name: str
    lane: Lane
    secret: str
    endpoint: str
    """A fresh name each time: one that was deleted under a live leg does not follow registrations again."""
    loads: int = 0
    loading: asyncio.Lock = field(default_factory=asyncio.Lock)
    leg: LegState = "none"
    leg_channel: str = ""
    legs_called: int = 0
    target: Agent | None = None
    mode: Mode = "listen"
    snoops: list[str] = field(default_factory=list)
    count: int = 0
    desks: list[Desk] = field(default_factory=list)

    @property
    def bridge_id(self) -> str:
        return f"boss-{self.user_id}"


class Monitoring:
    """The part of the floor that supervisors' ears are."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._bosses: dict[int, Boss] = {}
        self._joins: dict[str, str] = {}

    # ── The supervisor's line ────────────────────────────────────────────────
    async def softphone(self, desk: Desk) -> None:
        """Credentials for this window's line (fresh ones each time)."""
        if not self._floor.world.telephony_up:
            raise TelephonyDown
        boss = self._bosses.get(desk.user_id)
        if boss is None:
            lane = Lane(self._floor.spawn, f"boss {desk.user_id}")
            boss = Boss(desk.user_id, desk.name, lane, "", f"s{desk.user_id}x{secrets.token_hex(3)}")
            self._bosses[desk.user_id] = boss
        boss.desks = [*[d for d in boss.desks if d is not desk], desk]
        channel, boss.leg_channel, boss.leg = boss.leg_channel, "", "none"
        self._touch()
        try:
            if channel:
                await self._floor.ari.hangup(channel)
            if await load(self._floor.ari, boss, agent_endpoint.new_secret()):
                boss.leg = "awaiting_registration"
        except AriError:
            boss.leg = "failed"
            raise
        finally:
            self._touch()

    def ready(self, desk: Desk) -> None:
        boss = self._bosses.get(desk.user_id)
        if boss is None:
            raise LineNotReady
        self._call(boss)

    def registration(self, resource: str, uri: str, status: str) -> None:
        boss = next((b for b in self._bosses.values() if f"a{b.endpoint}" == resource), None)
        if boss is None:
            return
        if status in ("Removed", "Unreachable"):
            if boss.leg_channel:
                channel = boss.leg_channel
                boss.lane.put(lambda: self._hang_up(channel))
        elif status in ("NonQualified", "Reachable") and boss.leg != "none":
            self._call(boss)

    def _call(self, boss: Boss) -> None:
        if boss.leg in ("calling", "up"):
            return
        boss.leg, boss.legs_called = "calling", boss.legs_called + 1
        boss.leg_channel = f"boss-{boss.user_id}-{boss.legs_called}"
        channel = boss.leg_channel
        boss.lane.put(lambda: self._originate(boss, channel))
        self._touch()

    async def _originate(self, boss: Boss, channel: str) -> None:
        try:
            await self._floor.ari.originate(
                channel_id=channel, endpoint=agent_endpoint.dial_string(boss.endpoint), app_args=f"boss,{boss.user_id}",
                caller_id="Decroche", timeout_s=15, formats=agent_endpoint.FORMATS["webrtc"],
            )  # fmt: skip
        except AriError:
            boss.leg = "failed"
            self._touch()

    def on_leg_event(self, channel_id: str, event: ari.Event) -> None:
        boss = next((b for b in self._bosses.values() if b.leg_channel == channel_id), None)
        if boss is None:
            if isinstance(event, ari.StasisStart):
                self._floor.spawn(self._hang_up(channel_id), "unknown line")
            return
        if isinstance(event, ari.StasisStart):
            boss.lane.put(lambda: self._leg_up(boss, channel_id))
        elif isinstance(event, ari.ChannelDestroyed):
            boss.leg, boss.leg_channel = "lost", ""
            boss.target = None
            boss.lane.put(lambda: self._drop_snoops(boss))
            self._touch()

    async def _leg_up(self, boss: Boss, channel_id: str) -> None:
        await self._floor.ari.create_bridge(boss.bridge_id, name=boss.bridge_id)
        await self._floor.ari.add_to_bridge(boss.bridge_id, channel_id)
        await self._floor.ari.mute(channel_id, "in")
        boss.leg = "up"
        if boss.target is not None:
            await self._attach(boss)
        self._touch()

    # ── Listening ────────────────────────────────────────────────────────────
    def monitor(self, desk: Desk, agent: Agent | None, mode: Mode) -> None:
        boss = self._bosses.get(desk.user_id)
        if agent is None or agent.session is None or not agent.leg_up:
            raise AgentAway
        if boss is None or boss.leg in ("none", "failed"):
            raise LineNotReady
        former = boss.target
        boss.target, boss.mode = agent, mode
        if boss.leg == "up":
            boss.lane.put(lambda: self._attach(boss))
        self._floor.desks.touch(agent)
        if former is not None and former is not agent:
            self._floor.desks.touch(former)
        self._touch()
        log.info("monitoring", supervisor=boss.user_id, agent=agent.user_id, mode=mode)

    def stop(self, desk: Desk) -> None:
        boss = self._bosses.get(desk.user_id)
        if boss is not None:
            self._release(boss)

    def _release(self, boss: Boss) -> None:
        agent, boss.target = boss.target, None
        boss.lane.put(lambda: self._go_home(boss))
        if agent is not None:
            self._floor.desks.touch(agent)
        self._touch()

    async def _attach(self, boss: Boss) -> None:
        """Listening and whispering: a snoop of the agent's leg. Barging in: into the agent's own bridge."""
        agent, ari_client = boss.target, self._floor.ari
        await self._drop_snoops(boss)
        if agent is None or agent.session is None or not agent.session.leg_channel or not boss.leg_channel:
            return
        try:
            if boss.mode == "listen":
                await ari_client.mute(boss.leg_channel, "in")
            else:
                await ari_client.unmute(boss.leg_channel, "in")
            if boss.mode == "barge":
                await ari_client.add_to_bridge(agent.session.bridge_id, boss.leg_channel)
                return
            boss.count += 1
            snoop_id = f"snoop-boss-{boss.user_id}-{boss.count}"
            boss.snoops.append(snoop_id)
            self._joins[snoop_id] = boss.bridge_id
            await ari_client.snoop(
                agent.session.leg_channel, snoop_id=snoop_id, app_args="supervise", spy="both", whisper="out"
            )
            await ari_client.add_to_bridge(boss.bridge_id, boss.leg_channel)
        except AriError as error:
            log.warning("monitoring_failed", status=error.status)

    def on_snoop(self, channel_id: str) -> None:
        """The ear came into the application: into its supervisor's bridge."""
        bridge = self._joins.pop(channel_id, None)
        if bridge is not None:
            self._floor.spawn(self._join(bridge, channel_id), "join snoop")

    async def _join(self, bridge: str, channel_id: str) -> None:
        try:
            await self._floor.ari.add_to_bridge(bridge, channel_id)
        except AriError as error:
            log.info("snoop_not_joined", status=error.status)

    async def _drop_snoops(self, boss: Boss) -> None:
        snoops, boss.snoops = boss.snoops, []
        for snoop_id in snoops:
            self._joins.pop(snoop_id, None)
            await self._hang_up(snoop_id)

    async def _go_home(self, boss: Boss) -> None:
        """Alone in his own bridge, his line up for the next time."""
        await self._drop_snoops(boss)
        try:
            if boss.leg_channel and boss.leg == "up":
                await self._floor.ari.mute(boss.leg_channel, "in")
                await self._floor.ari.add_to_bridge(boss.bridge_id, boss.leg_channel)
        except AriError as error:
            log.info("line_not_moved", status=error.status)

    async def _hang_up(self, channel_id: str) -> None:
        await self._floor.ari.hangup(channel_id)

    # ── What happens to those listened to ────────────────────────────────────
    def _of(self, agent: Agent | None) -> list[Boss]:
        return [boss for boss in self._bosses.values() if agent is not None and boss.target is agent]

    def _reattach(self, boss: Boss) -> None:
        boss.lane.put(lambda: self._attach(boss))

    def call_over(self, call: LiveCall) -> None:
        self._touch()

    def leg_lost(self, agent: Agent) -> None:
        for boss in self._of(agent):
            boss.lane.put(lambda boss=boss: self._drop_snoops(boss))  # type: ignore[misc]

    def leg_back(self, agent: Agent) -> None:
        for boss in self._of(agent):
            self._reattach(boss)

    def agent_left(self, agent: Agent) -> None:
        for boss in self._of(agent):
            self._release(boss)

    def desk_left(self, desk: Desk) -> None:
        boss = self._bosses.get(desk.user_id)
        if boss is None or desk not in boss.desks:
            return
        boss.desks.remove(desk)
        if not boss.desks:
            self._bosses.pop(desk.user_id)
            self._release(boss)
            boss.lane.put(lambda: self._close(boss))

    async def _close(self, boss: Boss) -> None:
        try:
            if boss.leg_channel:
                await self._floor.ari.hangup(boss.leg_channel)
            await self._floor.ari.destroy_bridge(boss.bridge_id)
            await withdraw(self._floor.ari, boss)
        except AriError as error:
            log.info("line_not_closed", status=error.status)

    async def lost_all(self) -> None:
        """Asterisk restarted: the lines have to be asked for again."""
        for boss in self._bosses.values():
            boss.leg, boss.leg_channel, boss.target, boss.snoops = "lost", "", None, []
            await put_back(self._floor.ari, boss)
            await self._floor.ari.create_bridge(boss.bridge_id, name=boss.bridge_id)

    def channels(self) -> set[str]:
        """What belongs to supervisors on Asterisk."""
        return {c for boss in self._bosses.values() for c in (boss.leg_channel, *boss.snoops)}

    # ── Views ────────────────────────────────────────────────────────────────
    def mode_on(self, agent: Agent) -> Literal["", "listen", "whisper", "barge"]:
        bosses = self._of(agent)
        return bosses[0].mode if bosses else ""

    def names_on(self, agent: Agent) -> str:
        return ", ".join(boss.name for boss in self._of(agent))

    def view(self, desk: Desk) -> MonitoringView | None:
        boss = self._bosses.get(desk.user_id)
        if boss is None or boss.target is None:
            return None
        return MonitoringView(user_id=boss.target.user_id, mode=boss.mode, leg=boss.leg)

    def softphone_view(self, desk: Desk) -> SessionView | None:
        boss = self._bosses.get(desk.user_id)
        if boss is None or desk not in boss.desks:
            return None
        shown = boss.secret and boss.desks[-1] is desk
        return SessionView(
            id=boss.user_id, device="browser", number="", started_at=self._floor.now.replace(microsecond=0, second=0),
            leg=boss.leg, credentials=credentials_of(boss.endpoint, boss.secret) if shown else None,
        )  # fmt: skip

    def _touch(self) -> None:
        self._floor.desks.touch_supervisors()

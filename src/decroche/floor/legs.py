"""Agents' own lines: called once, kept up in a bridge of their own; lost, called again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from decroche.ari.errors import AriConflict, AriError
from decroche.calls import machine_events as ev
from decroche.floor.world import Agent, LiveCall, Session
from decroche.telephony import agent_endpoint
from decroche.telephony.trunk_config import caller_id, dial_string

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

RING_BROWSER_S, RING_TELEPHONE_S = 15, 45
CALL_AGAIN_S = 2.0
GIVE_UP_AFTER = 5
"""Failed calls of a leg in a row: then the agent must act."""


class Legs:
    """The part of the floor that owns agents' lines."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    # ── The leg ──────────────────────────────────────────────────────────────
    def call(self, agent: Agent) -> None:
        """Call the agent's line, unless it is up or being called."""
        session = agent.session
        if session is None or session.leg in ("calling", "up"):
            return
        session.leg, session.leg_error = "calling", None
        session.legs_called += 1
        session.leg_channel = f"agent-{session.id}" + ("" if session.legs_called == 1 else f"-{session.legs_called}")
        channel = session.leg_channel
        agent.lane.put(lambda: self._originate(agent, session, channel))
        self._floor.desks.touch(agent)

    async def _originate(self, agent: Agent, session: Session, channel: str) -> None:
        endpoint, shown, timeout_s = "", "", RING_BROWSER_S
        if session.device == "number":
            trunk = self._floor.trunks.pick(None, session.number)
            if trunk is None:
                self._failed(agent, "no_line")
                return
            self._floor.trunks.take(trunk, session.bridge_id)
            always = (n.e164 for c in self._floor.campaigns.of(agent) for n in c.presented if n.is_default)
            presented = next(always, "")
            endpoint, timeout_s = dial_string(trunk.config, session.number), RING_TELEPHONE_S
            formats = ",".join(trunk.config.codecs)
            shown = caller_id(trunk.config, presented) if presented else ""
        else:
            endpoint = agent_endpoint.dial_string(session.endpoint)
            formats = agent_endpoint.FORMATS["webrtc" if session.device == "browser" else "sip"]
            timeout_s = RING_BROWSER_S if session.device == "browser" else RING_TELEPHONE_S
        try:
            await self._floor.ari.originate(
                channel_id=channel, endpoint=endpoint, app_args=f"agent,{session.id}", caller_id=shown or "Decroche",
                timeout_s=timeout_s, formats=formats,
            )  # fmt: skip
        except AriConflict:
            pass
        except AriError as error:
            log.info("leg_not_called", session=session.id, status=error.status)
            if session.leg_channel == channel:
                self._failed(agent, "not_reachable")

    def answered(self, agent: Agent, channel: str) -> None:
        """The leg is up in our application: into its bridge, for good."""
        agent.lane.put(lambda: self._join(agent, channel))

    async def _join(self, agent: Agent, channel: str) -> None:
        session = agent.session
        if session is None or session.leg_channel != channel:
            await self._floor.ari.hangup(channel)
            return
        try:
            await self._floor.ari.create_bridge(session.bridge_id, name=session.bridge_id)
            await self._floor.ari.add_to_bridge(session.bridge_id, channel)
        except AriError as error:
            log.warning("leg_not_joined", session=session.id, status=error.status)
            self._failed(agent, "not_reachable")
            return
        session.leg, session.leg_error, session.leg_failures = "up", None, 0
        self._floor.desks.touch(agent)
        call = agent.call
        if call is not None:
            call.muted = False
            self._floor.calls.feed(call, ev.AgentBack())
        self._floor.monitoring.leg_back(agent)
        self._floor.dialer.poke()

    def ended(self, agent: Agent, channel: str) -> None:
        """The leg's channel is gone."""
        session = agent.session
        if session is None or session.leg_channel != channel:
            return
        if session.device == "number":
            self._floor.trunks.free(session.bridge_id)
        if session.leg == "up":
            self.lost(agent, "line_lost")
            self._call_again(agent, 0.2)
        elif session.leg == "calling":
            self._failed(agent, "not_answered")

    def registration(self, resource: str, uri: str, status: str) -> None:
        """A browser or a desk telephone registered, or went away."""
        agent = next(
            (a for a in self._floor.world.sessions() if a.session and f"a{a.session.endpoint}" == resource), None
        )
        if agent is None or agent.session is None:
            return
        session = agent.session
        if status in ("Removed", "Unreachable"):
            if session.contact_uri in ("", uri):
                session.registered, session.contact_uri = False, ""
                self._gone(agent, session)
        elif status in ("NonQualified", "Reachable", "Created"):
            session.registered, session.contact_uri = True, uri
            if session.leg == "none":  # its account is being loaded: who is registered now has the former password
                return
            if session.leg != "failed" or session.leg_failures < GIVE_UP_AFTER:
                self.call(agent)

    def _gone(self, agent: Agent, session: Session) -> None:
        """The browser's socket closed (a reload, a lid): the contact must not wait for the RTP timeout."""
        channel = session.leg_channel
        if session.leg in ("up", "calling"):
            self.lost(agent, "line_lost")
            session.leg = "awaiting_registration"
            agent.lane.put(lambda: self._drop(channel))

    async def _drop(self, channel: str) -> None:
        await self._floor.ari.hangup(channel)

    def lost(self, agent: Agent, error: str) -> None:
        session = agent.session
        assert session is not None
        session.leg, session.leg_error, session.leg_channel = "lost", error, ""
        self._floor.desks.touch(agent)
        self._floor.desks.touch_supervisors()
        self._floor.monitoring.leg_lost(agent)
        if agent.call is not None:
            self._floor.calls.feed(agent.call, ev.AgentGone())

    def not_there(self, agent: Agent) -> None:
        """A floor that has just started finds no leg of this session."""
        self.lost(agent, "line_lost")

    def _failed(self, agent: Agent, error: str) -> None:
        session = agent.session
        if session is None:
            return
        session.leg, session.leg_error, session.leg_channel = "failed", error, ""
        session.leg_failures += 1
        self._floor.desks.touch(agent)
        self._call_again(agent, CALL_AGAIN_S * session.leg_failures)

    def _call_again(self, agent: Agent, in_s: float) -> None:
        """While the device is there: a few times, then the agent must act (`softphone_ready`, `reattach`)."""

        def again() -> None:
            session = agent.session
            if session is None or session.leg not in ("lost", "failed") or session.leg_failures >= GIVE_UP_AFTER:
                return
            if session.registered or (session.device == "number" and agent.call is not None):
                self.call(agent)

        self._floor.later(in_s, again)

    def verify(self, agent: Agent) -> None:
        """Something says that the leg may be dead: ask Asterisk."""
        session = agent.session
        if session is None or not session.leg_channel:
            return
        channel = session.leg_channel

        async def check() -> None:
            found = await self._floor.ari.channel(channel)
            if found is None:
                self.ended(agent, channel)
            elif agent.call is not None and session.leg_channel == channel:
                await self._join(agent, channel)

        agent.lane.put(check)

    def agent_there(self, call: LiveCall) -> bool:
        """Whether the call's own agent can hear the contact at this instant."""
        agent = call.agent
        return agent is not None and agent.call is call and agent.leg_up

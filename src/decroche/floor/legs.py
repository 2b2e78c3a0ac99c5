"""Agents' own lines: called once, kept up in a bridge of their own; sign-in, sign-out, losses and returns."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

import structlog

from decroche.agents import journal as agent_rows
from decroche.ari.errors import AriConflict, AriError
from decroche.calls import machine_events as ev
from decroche.calls.machine import Phase
from decroche.compliance import Allowed, allowed_on
from decroche.compliance.numbers import normalise
from decroche.config.env import get_env
from decroche.floor.desks import Desk
from decroche.floor.errors import AlreadySignedIn, BadOwnNumber, SignedInElsewhere, TelephonyDown
from decroche.floor.protocol import DeviceKind
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
AWAY_AT_MOST_S = 120
"""A desktop that stays away so long, outside a conversation, is signed out."""


class Legs:
    """The part of the floor that owns agents' lines."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    # ── Sign-in ──────────────────────────────────────────────────────────────
    async def sign_in(self, agent: Agent, desk: Desk, device: DeviceKind, number: str) -> None:
        """Opens the session (committed), pushes the SIP objects, calls the line where it can be called already."""
        floor = self._floor
        if agent.session is not None:
            raise AlreadySignedIn
        if not floor.world.telephony_up:
            raise TelephonyDown
        e164 = normalise(number) if device == "number" else ""
        if device == "number" and not self._may_ring(e164):
            raise BadOwnNumber
        now = floor.now
        async with floor.db.connection() as conn:
            session_id = await agent_rows.open_session(
                conn, user_id=agent.user_id, device=device, number=e164, at=now, floor=floor.name
            )
        if session_id is None:
            raise SignedInElsewhere
        session = Session(id=session_id, device=device, number=e164, started_at=now)
        agent.session, agent.owner = session, desk
        agent.selected_campaign_id = None
        self.name_endpoint(agent, session)
        floor.agents.change(agent, "paused")
        session.leg = "awaiting_registration"
        await self._prepare(agent, session)
        session.show_credentials_to = desk if device != "number" else None
        await floor.agents.load_callbacks(agent)
        floor.agents.refresh_figures(agent)
        floor.desks.touch(agent)
        log.info("signed_in", user=agent.user_id, session=session_id, device=device)
        if device == "number" or await self._is_registered(session):
            self.call(agent)

    def _may_ring(self, e164: str) -> bool:
        trunks = self._floor.trunks.candidates(None)
        return any(isinstance(allowed_on(e164, simulator=trunk.config.simulator), Allowed) for trunk in trunks)

    def name_endpoint(self, agent: Agent, session: Session) -> None:
        """A desk telephone is set up once: its account is the user's. A browser's lives as long as the session."""
        if session.device == "sip":
            session.endpoint = f"p{agent.user_id}"
            key = get_env().secret_key.encode()
            session.secret = hmac.new(key, f"desk phone {agent.user_id}".encode(), hashlib.sha256).hexdigest()[:24]
        elif session.device == "browser":
            session.endpoint = str(session.id)
            session.secret = agent_endpoint.new_secret()

    async def _prepare(self, agent: Agent, session: Session) -> None:
        try:
            if session.endpoint:
                variant: agent_endpoint.Variant = "sip" if session.device == "sip" else "webrtc"
                await agent_endpoint.push(
                    self._floor.ari,
                    session.endpoint,
                    session.secret,
                    variant,
                    agent.language,
                )
            await self._floor.ari.create_bridge(session.bridge_id, name=session.bridge_id)
        except AriError as error:
            log.warning("line_not_prepared", session=session.id, status=error.status)
            session.leg_error = "telephony_down"

    async def _is_registered(self, session: Session) -> bool:
        if not session.endpoint:
            return False
        try:
            session.registered = await agent_endpoint.is_registered(self._floor.ari, session.endpoint)
        except AriError:
            return False
        return session.registered

    async def reattach(self, agent: Agent, desk: Desk) -> None:
        """A reloaded page: fresh credentials; the old leg is dropped, so that the contact hears music meanwhile."""
        session = agent.session
        assert session is not None
        agent.owner = desk
        if session.device == "browser":
            session.secret = agent_endpoint.new_secret()
            session.registered, session.contact_uri = False, ""
            former = session.leg_channel
            if session.leg in ("up", "calling") and former:
                self._lost(agent, "reload")
                await self._floor.ari.hangup(former)
            session.leg, session.leg_error, session.leg_failures = "awaiting_registration", None, 0
            await self._prepare(agent, session)
        elif session.leg in ("none", "lost", "failed"):
            session.leg_failures = 0
            await self._prepare(agent, session)
            self.call(agent)
        session.show_credentials_to = desk if session.device != "number" else None
        self._floor.desks.touch(agent)

    # ── Sign-out ─────────────────────────────────────────────────────────────
    async def sign_out(self, agent: Agent, reason: str) -> None:
        """Closes everything of the session; the desk stays open, signed out."""
        floor, session = self._floor, agent.session
        if session is None:
            return
        floor.agents.let_go(agent, by="agent" if reason == "signed_out" else "system")
        floor.monitoring.agent_left(agent)
        if agent.timer is not None:
            agent.timer.cancel()
        floor.journal.write(*agent_rows.end_session(session.id, at=floor.now, reason=reason))
        agent.session, agent.state, agent.since, agent.until = None, "offline", floor.now, None
        agent.pause_reason_id, agent.next, agent.owner, agent.outcome_missing = None, "", None, False
        agent.selected_campaign_id = agent.next_campaign_id = None
        agent.launching = False
        floor.desks.touch(agent)
        floor.desks.touch_supervisors()
        floor.trunks.free(session.bridge_id)
        if not agent.desks:
            floor.world.agents.pop(agent.user_id, None)
        await floor.journal.flush()
        log.info("signed_out", session=session.id, reason=reason)
        try:
            if session.leg_channel:
                await floor.ari.hangup(session.leg_channel)
            await floor.ari.destroy_bridge(session.bridge_id)
            if session.device == "browser":
                await agent_endpoint.withdraw(floor.ari, session.endpoint)
        except AriError as error:
            log.warning("line_not_closed", session=session.id, status=error.status)

    def desk_left(self, agent: Agent) -> None:
        """The owning window went away: it may come back (a reload, a network that blinks)."""
        agent.owner = None
        if agent.offer is not None:
            self._floor.agents.release_offer(agent)
        self.expect_back(agent)

    def expect_back(self, agent: Agent) -> None:
        if agent.gone_timer is not None:
            agent.gone_timer.cancel()
        agent.gone_timer = self._floor.later(AWAY_AT_MOST_S, self._away_too_long, agent)

    def _away_too_long(self, agent: Agent) -> None:
        agent.gone_timer = None
        if agent.owner is not None or agent.session is None:
            return
        if agent.call is not None and agent.call.phase in (Phase.TALKING, Phase.HELD, Phase.ORPHANED):
            self.expect_back(agent)
            return
        self._floor.spawn(self.sign_out(agent, "lost"), "sign out")

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
            presented = next((c.presented[""] for c in self._floor.campaigns.of(agent) if "" in c.presented), "")
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
            self._lost(agent, "line_lost")
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
            if session.leg != "failed" or session.leg_failures < GIVE_UP_AFTER:
                self.call(agent)

    def _gone(self, agent: Agent, session: Session) -> None:
        """The browser's socket closed (a reload, a lid): the contact must not wait for the RTP timeout."""
        channel = session.leg_channel
        if session.leg in ("up", "calling"):
            self._lost(agent, "line_lost")
            session.leg = "awaiting_registration"
            agent.lane.put(lambda: self._drop(channel))

    async def _drop(self, channel: str) -> None:
        await self._floor.ari.hangup(channel)

    def _lost(self, agent: Agent, error: str) -> None:
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
        self._lost(agent, "line_lost")

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

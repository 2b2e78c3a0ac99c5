"""Agents' sessions on the floor: sign-in, the page that reloads, the window that stays away, sign-out."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

import structlog

from decroche.agents import journal as agent_rows
from decroche.ari.errors import AriError
from decroche.calls.machine import Phase
from decroche.compliance import Allowed, allowed_on
from decroche.compliance.numbers import normalise
from decroche.config.env import get_env
from decroche.floor.desks import Desk
from decroche.floor.errors import AlreadySignedIn, BadOwnNumber, SignedInElsewhere, TelephonyDown
from decroche.floor.protocol import DeviceKind
from decroche.floor.world import Agent, Session
from decroche.telephony import agent_endpoint

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

AWAY_AT_MOST_S = 120
"""A desktop that stays away so long, outside a conversation, is signed out."""


class Sessions:
    """The part of the floor that lets agents in and out."""

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
            self._floor.legs.call(agent)

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
                self._floor.legs.lost(agent, "reload")
                await self._floor.ari.hangup(former)
            session.leg, session.leg_error, session.leg_failures = "awaiting_registration", None, 0
            await self._prepare(agent, session)
        elif session.leg in ("none", "lost", "failed"):
            session.leg_failures = 0
            await self._prepare(agent, session)
            self._floor.legs.call(agent)
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
        agent.launching, agent.stays_until = False, None
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

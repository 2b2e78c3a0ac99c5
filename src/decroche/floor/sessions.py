"""Agents' sessions on the floor: sign-in, the page that reloads, the window that stays away, sign-out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from decroche.agents import journal as agent_rows
from decroche.ari.errors import AriError
from decroche.calls.machine import Phase
from decroche.compliance import Allowed, allowed_on
from decroche.compliance.numbers import normalise
from decroche.floor.accounts import withdraw
from decroche.floor.desks import Desk
from decroche.floor.errors import AlreadySignedIn, BadOwnNumber, SignedInElsewhere, TelephonyDown
from decroche.floor.protocol import DeviceKind
from decroche.floor.world import Agent, Session

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
        floor.accounts.name(agent, session)
        floor.agents.change(agent, "paused")
        await floor.accounts.connect(agent, session)
        await floor.agents.load_callbacks(agent)
        floor.agents.refresh_figures(agent)
        floor.desks.touch(agent)
        log.info("signed_in", user=agent.user_id, session=session_id, device=device)

    def _may_ring(self, e164: str) -> bool:
        trunks = self._floor.trunks.candidates(None)
        return any(isinstance(allowed_on(e164, simulator=trunk.config.simulator), Allowed) for trunk in trunks)

    async def reattach(self, agent: Agent, desk: Desk) -> None:
        """A reloaded page: fresh credentials; the old leg is dropped, so that the contact hears music meanwhile."""
        session = agent.session
        assert session is not None
        agent.owner = desk
        if session.device == "browser":
            session.registered, session.contact_uri = False, ""
            former = session.leg_channel
            if session.leg in ("up", "calling") and former:
                self._floor.legs.lost(agent, "reload")
                await self._hang_up(former)
        elif session.leg not in ("none", "lost", "failed"):
            session.show_credentials_to = desk if session.endpoint else None
            self._floor.desks.touch(agent)
            return
        session.leg_error, session.leg_failures = None, 0
        await self._floor.accounts.connect(agent, session)

    async def _hang_up(self, channel: str) -> None:
        try:
            await self._floor.ari.hangup(channel)
        except AriError as error:
            log.info("hangup_failed", status=error.status)

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
            if session.device == "browser":
                await withdraw(floor.ari, session)
            await floor.ari.destroy_bridge(session.bridge_id)
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

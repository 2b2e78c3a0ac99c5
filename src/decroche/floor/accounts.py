"""SIP accounts of those who sit at the floor: nobody is told of a password before Asterisk surely has it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from typing import TYPE_CHECKING, Protocol

import structlog

from decroche.ari.errors import AriError
from decroche.config.env import get_env
from decroche.telephony import agent_endpoint

if TYPE_CHECKING:
    from decroche.ari.protocol import Ari
    from decroche.floor.service import Floor
    from decroche.floor.world import Agent, Session

log = structlog.get_logger(__name__)

LOAD_AGAIN_S, LOAD_AGAIN_AT_MOST_S = 1.0, 8.0


class Account(Protocol):
    """`secret` is the password that Asterisk has, empty where that is not known: while another one is being loaded.

    `loading` keeps loads apart, whose requests would reach Asterisk in any order; `loads` counts them.
    """

    endpoint: str
    secret: str
    loads: int
    loading: asyncio.Lock

    @property
    def bridge_id(self) -> str: ...


async def load(
    ari: Ari, account: Account, secret: str, variant: agent_endpoint.Variant = "webrtc", language: str = "fr"
) -> bool:
    """Push the account, where there is one, and its bridge. False where a later load has taken its place meanwhile.

    Raises AriError: which of its passwords Asterisk has then is not known.
    """
    account.loads += 1
    mine, account.secret = account.loads, ""
    async with account.loading:
        if account.loads != mine:
            return False
        if account.endpoint:
            await agent_endpoint.push(ari, account.endpoint, secret, variant, language)
        await ari.create_bridge(account.bridge_id, name=account.bridge_id)
    if account.loads != mine:
        return False
    account.secret = secret
    return True


async def put_back(
    ari: Ari, account: Account, variant: agent_endpoint.Variant = "webrtc", language: str = "fr"
) -> bool:
    """After Asterisk restarted: its telephone still has the password. Whether the account was missing."""
    async with account.loading:
        if not account.endpoint:
            return False
        missing = await ari.endpoint("PJSIP", agent_endpoint.endpoint_name(account.endpoint)) is None
        if missing and account.secret:
            await agent_endpoint.push(ari, account.endpoint, account.secret, variant, language)
        return missing


async def withdraw(ari: Ari, account: Account) -> None:
    """Once what is being loaded is: a load that came after would open the account again."""
    account.loads += 1
    async with account.loading:
        await agent_endpoint.withdraw(ari, account.endpoint)


def variant_of(session: Session) -> agent_endpoint.Variant:
    return "sip" if session.device == "sip" else "webrtc"


class Accounts:
    """The part of the floor that prepares agents' lines."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def name(self, agent: Agent, session: Session) -> None:
        """A desk telephone is set up once: its account is the user's. A browser's lives as long as the session."""
        if session.device == "sip":
            session.endpoint = f"p{agent.user_id}"
        elif session.device == "browser":
            session.endpoint = str(session.id)

    def secret_for(self, agent: Agent, session: Session) -> str:
        """A fresh password for a browser; a desk telephone's stays as it was typed in."""
        if session.device != "sip":
            return agent_endpoint.new_secret()
        key = get_env().secret_key.encode()
        return hmac.new(key, f"desk phone {agent.user_id}".encode(), hashlib.sha256).hexdigest()[:24]

    async def connect(self, agent: Agent, session: Session) -> None:
        """Load the account (the leg is `none` meanwhile), tell the owner of it, call what can be called already.

        Where Asterisk refuses or does not answer, the agent is told, and it is tried again until it is done.
        """
        session.leg, session.show_credentials_to = "none", None
        self._floor.desks.touch(agent)
        secret = self.secret_for(agent, session)
        try:
            if not await load(self._floor.ari, session, secret, variant_of(session), agent.language):
                return
        except AriError as error:
            log.warning("line_not_prepared", session=session.id, status=error.status)
            self._failed(agent, session)
            return
        if agent.session is not session:
            return
        session.leg, session.leg_error, session.load_failures = "awaiting_registration", None, 0
        session.show_credentials_to = agent.owner if session.endpoint else None
        self._floor.desks.touch(agent)
        # A browser's new password is not in use yet: whoever is registered is a page that is gone.
        if session.device == "number" or (session.device == "sip" and await self._is_registered(session)):
            self._floor.legs.call(agent)

    def _failed(self, agent: Agent, session: Session) -> None:
        session.leg_error = "telephony_down"
        session.load_failures += 1
        self._floor.desks.touch(agent)
        wait_s = min(LOAD_AGAIN_S * 2 ** (session.load_failures - 1), LOAD_AGAIN_AT_MOST_S)
        self._floor.later(wait_s, self._again, agent, session, session.loads)

    def _again(self, agent: Agent, session: Session, loads: int) -> None:
        if agent.session is session and session.loads == loads:
            self._floor.spawn(self.connect(agent, session), "prepare line")

    async def _is_registered(self, session: Session) -> bool:
        try:
            session.registered = await agent_endpoint.is_registered(self._floor.ari, session.endpoint)
        except AriError:
            return False
        return session.registered

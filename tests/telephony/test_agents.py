"""Agents' endpoints: pushed with a one-session password, gone at sign-out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from decroche.ari.events import ContactStatusChange, StasisStart
from decroche.telephony import agent_endpoint
from tests.telephony.harness import Engine, Line
from tests.telephony.sip_phone import SipPhone, udp_phone, ws_phone

VARIANTS: list[agent_endpoint.Variant] = ["webrtc", "sip"]


@asynccontextmanager
async def phone_of(engine: Engine, session: str, secret: str, variant: str) -> AsyncIterator[SipPhone]:
    name = agent_endpoint.endpoint_name(session)
    if variant == "webrtc":
        phone, socket = await ws_phone(name, secret, engine.env.asterisk_http_port)
        try:
            yield phone
        finally:
            await socket.close()
    else:
        phone, transport = await udp_phone(name, secret, engine.env.asterisk_sip_port)
        try:
            yield phone
        finally:
            transport.close()


def is_there(event: ContactStatusChange, phone: SipPhone) -> bool:
    """Asterisk tells of it after it has answered the phone; a desk phone is asked first whether it is there."""
    status = "Reachable" if phone.transport == "udp" else "NonQualified"
    return event.endpoint.resource == phone.user and event.status == status


def is_gone(event: ContactStatusChange, phone: SipPhone) -> bool:
    """This phone: one of the test before may go late."""
    return event.status == "Removed" and event.endpoint.resource == phone.user


@pytest.mark.parametrize("variant", VARIANTS)
async def test_an_agent_registers_with_the_password_of_the_session(
    asterisk: Engine, phone_line: Line, variant: agent_endpoint.Variant
) -> None:
    await agent_endpoint.push(phone_line.ari, f"reg{variant}", "right", variant)
    async with phone_of(asterisk, f"reg{variant}", "right", variant) as phone:
        assert await phone.register() == 200
        await phone_line.wait_for(ContactStatusChange, lambda e: is_there(e, phone))
        assert await agent_endpoint.is_registered(phone_line.ari, f"reg{variant}")


@pytest.mark.parametrize("variant", VARIANTS)
async def test_another_password_opens_nothing(
    asterisk: Engine, phone_line: Line, variant: agent_endpoint.Variant
) -> None:
    await agent_endpoint.push(phone_line.ari, f"bad{variant}", "right", variant)
    async with phone_of(asterisk, f"bad{variant}", "wrong", variant) as phone:
        assert await phone.register() == 401


@pytest.mark.parametrize("variant", VARIANTS)
async def test_after_sign_out_the_password_opens_nothing(
    asterisk: Engine, phone_line: Line, variant: agent_endpoint.Variant
) -> None:
    await agent_endpoint.push(phone_line.ari, f"out{variant}", "right", variant)
    await agent_endpoint.withdraw(phone_line.ari, f"out{variant}")
    async with phone_of(asterisk, f"out{variant}", "right", variant) as phone:
        assert await phone.register() in (401, 403, 404)


async def test_pushing_again_changes_the_password_and_keeps_the_registration_followed(
    asterisk: Engine, phone_line: Line
) -> None:
    for secret in ("first", "second"):
        await agent_endpoint.push(phone_line.ari, "twice", secret)
    async with phone_of(asterisk, "twice", "second", "webrtc") as phone:
        assert await phone.register() == 200
        await phone_line.wait_for(ContactStatusChange, lambda e: is_there(e, phone))
        assert await agent_endpoint.is_registered(phone_line.ari, "twice")
    await phone_line.wait_for(ContactStatusChange, lambda e: is_gone(e, phone))
    assert not await agent_endpoint.is_registered(phone_line.ari, "twice")


async def test_an_agent_can_be_called_and_cannot_call(asterisk: Engine, phone_line: Line) -> None:
    await agent_endpoint.push(phone_line.ari, "leg", "s", "sip")
    async with phone_of(asterisk, "leg", "s", "sip") as phone:
        await phone.register()
        await phone_line.wait_for(ContactStatusChange, lambda e: is_there(e, phone))
        endpoint = agent_endpoint.dial_string("leg")
        await phone_line.ari.originate(channel_id="agent-leg", endpoint=endpoint, app_args="agent")
        started = await phone_line.wait_for(StasisStart, lambda e: e.channel_id == "agent-leg")
        assert started.args == ("agent",)
        assert await phone.dial("0199001292") == 403


async def test_a_browser_that_goes_away_is_told_at_once(asterisk: Engine, phone_line: Line) -> None:
    await agent_endpoint.push(phone_line.ari, "gone", "s")
    async with phone_of(asterisk, "gone", "s", "webrtc") as phone:
        await phone.register()
    await phone_line.wait_for(ContactStatusChange, lambda e: is_gone(e, phone))

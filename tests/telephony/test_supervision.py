"""A supervisor listens, whispers, barges in: who hears whom."""

from __future__ import annotations

import asyncio

from tests.telephony.harness import Engine, Line, heard_by

TONE, SILENT_RECORDER, TONE_RECORDER, PERSON_RECORDER, PERSON = 92, 95, 91, 90, 98


async def listen(line: Line, agent: str, supervisor: str) -> str:
    """The floor's own order: muted first. Returns the snoop."""
    await line.ari.mute(supervisor, "in")
    bridge = await line.ari.create_bridge("supervise-test")
    snoop = await line.snooped(agent, spy="both", whisper="out")
    await line.ari.add_to_bridge(bridge.id, snoop, supervisor)
    return snoop


async def test_a_listening_supervisor_hears_the_agent_and_is_not_heard(phone_line: Line, simulator: Engine) -> None:
    agent, customer = await phone_line.answered(TONE), await phone_line.answered(SILENT_RECORDER)
    supervisor = await phone_line.answered(TONE_RECORDER)
    await phone_line.bridged(customer, agent)
    await phone_line.ari.mute(agent, "in")  # so that any tone at the customer's is the supervisor's
    await listen(phone_line, agent, supervisor)
    await asyncio.sleep(1.5)
    await phone_line.far_end_done(customer)
    assert (await heard_by(simulator, SILENT_RECORDER)).bursts_of(440) == 0


async def test_a_supervisor_hears_both_voices(phone_line: Line, simulator: Engine) -> None:
    agent, supervisor = await phone_line.answered(TONE), await phone_line.answered(SILENT_RECORDER)
    await listen(phone_line, agent, supervisor)
    customer = await phone_line.answered(PERSON)
    await phone_line.bridged(customer, agent)
    await asyncio.sleep(3.5)
    await phone_line.far_end_done(supervisor)
    loud = [part.share_of(440) for part in (await heard_by(simulator, SILENT_RECORDER)).steps() if part.rms() > 300]
    assert sum(share > 0.9 for share in loud) > 30  # the agent's tone alone
    assert sum(share < 0.7 for share in loud) > 15  # and with the customer's words


async def test_a_whisper_reaches_the_agent_alone_and_a_barge_everybody(phone_line: Line, simulator: Engine) -> None:
    agent, customer = await phone_line.answered(SILENT_RECORDER), await phone_line.answered(PERSON_RECORDER)
    supervisor = await phone_line.answered(TONE)
    bridge = await phone_line.bridged(customer, agent)
    snoop = await listen(phone_line, agent, supervisor)
    await asyncio.sleep(1)
    await phone_line.ari.unmute(supervisor, "in")
    await asyncio.sleep(1.5)
    await phone_line.ari.mute(supervisor, "in")
    await asyncio.sleep(0.8)
    await phone_line.ari.hangup(snoop)
    await phone_line.ari.add_to_bridge(bridge, supervisor)
    await phone_line.ari.unmute(supervisor, "in")
    await asyncio.sleep(1.5)
    await phone_line.far_end_done(agent)
    await phone_line.far_end_done(customer)
    assert (await heard_by(simulator, SILENT_RECORDER)).bursts_of(440) == 2
    assert (await heard_by(simulator, PERSON_RECORDER)).bursts_of(440) == 1

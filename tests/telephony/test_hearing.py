"""Who hears what, measured on what the far end received."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial

from decroche.ari.events import ChannelDtmfReceived, PlaybackFinished
from tests.telephony.harness import Engine, Line, heard_by

TONE, RECORDER, TONE_RECORDER = 92, 95, 91


async def test_every_customer_after_another_is_heard_on_the_agents_one_leg(phone_line: Line, simulator: Engine) -> None:
    """bridge_simple passed RTP sequence numbers on: the agent was deaf to half of the customers after the first."""
    agent = await phone_line.answered(RECORDER)
    bridge = await phone_line.bridged(agent)
    for _ in range(5):
        customer = await phone_line.answered(TONE)
        await phone_line.ari.add_to_bridge(bridge, customer)
        await asyncio.sleep(1.2)
        await phone_line.ari.hangup(customer)
        await phone_line.ended(customer)
        await asyncio.sleep(0.3)
    await phone_line.far_end_done(agent)
    assert (await heard_by(simulator, RECORDER)).bursts_of(440) == 5


async def test_the_beep_is_mixed_with_the_customers_first_word(phone_line: Line, simulator: Engine) -> None:
    """Played on the agent's channel itself, it takes the place of the customer's first 120 ms."""
    agent, customer = await phone_line.answered(RECORDER), await phone_line.answered(TONE)
    await asyncio.sleep(0.8)  # a simulated callee speaks half a second after its answer
    bridge = await phone_line.bridged(agent)
    await phone_line.ari.add_to_bridge(bridge, customer)
    snoop = await phone_line.snooped(agent, whisper="out")
    await phone_line.ari.play(snoop, "sound:decroche/beep", "beep-1")
    await phone_line.wait_for(PlaybackFinished)
    await phone_line.ari.hangup(snoop)
    await asyncio.sleep(0.5)
    await phone_line.far_end_done(agent)
    both = [
        part
        for part in (await heard_by(simulator, RECORDER)).steps()
        if part.share_of(880) > 0.05 and part.share_of(440) > 0.05
    ]
    assert len(both) >= 3


async def test_a_customer_on_hold_hears_music_and_then_the_agent_again(phone_line: Line, simulator: Engine) -> None:
    agent, customer = await phone_line.answered(TONE), await phone_line.answered(RECORDER)
    bridge = await phone_line.bridged(agent, customer)
    await asyncio.sleep(1.5)
    await phone_line.hold(bridge, customer)
    await asyncio.sleep(1)
    await phone_line.back(bridge, customer)
    await asyncio.sleep(1)
    await phone_line.far_end_done(customer)
    sound = await heard_by(simulator, RECORDER)
    assert sound.bursts_of(440) == 2
    assert sum(1 for part in sound.steps() if part.rms() > 100 and part.share_of(440) < 0.3) > 25


async def test_a_customer_whose_agent_is_lost_hears_music_then_the_new_leg(phone_line: Line, simulator: Engine) -> None:
    agent, customer = await phone_line.answered(TONE), await phone_line.answered(RECORDER)
    bridge = await phone_line.bridged(agent, customer)
    await asyncio.sleep(1.5)
    await phone_line.ari.hangup(agent)
    await phone_line.hold(bridge, customer)
    again = await phone_line.answered(TONE)
    await phone_line.back(bridge, again, customer)
    await asyncio.sleep(1.5)
    await phone_line.far_end_done(customer)
    sound = await heard_by(simulator, RECORDER)
    assert sound.bursts_of(440) == 2
    assert sum(1 for part in sound.steps() if part.rms() > 100 and part.share_of(440) < 0.3) > 25


def _is(key: str, event: ChannelDtmfReceived) -> bool:
    return event.digit == key


async def test_keys_reach_the_customers_side(phone_line: Line) -> None:
    """The echo sends what it hears back, keys as well."""
    customer = await phone_line.answered(99)
    for key in "5#":
        await _send_until_heard(phone_line, customer, key)
    heard = [e.digit for e in phone_line.events if isinstance(e, ChannelDtmfReceived)]
    assert list(dict.fromkeys(heard)) == ["5", "#"]


async def _send_until_heard(line: Line, customer: str, key: str) -> None:
    """The echo begins a moment after the answer, and hears nothing of what came before."""
    for _ in range(10):
        await line.ari.send_dtmf(customer, key)
        with suppress(TimeoutError):
            await line.wait_for(ChannelDtmfReceived, partial(_is, key), timeout_s=3)
            return
    raise AssertionError(f"{key} never came back")

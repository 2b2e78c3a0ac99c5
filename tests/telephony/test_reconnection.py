"""Conversations outlive the client, and the client outlives Asterisk."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from decroche.ari.events import ChannelDestroyed, RecordingFinished
from tests.telephony.harness import Engine, Line, line, running, temporary_env, trunk_to_simulator

CLIENT = """
import asyncio, sys
from decroche.ari.client import AriClient
from decroche.telephony.instance import ARI_USER
async def ready(): print("ready", flush=True)
async def main():
    client = AriClient(sys.argv[1], ARI_USER, sys.argv[2])
    await client.run(on_event=lambda e: None, on_connected=ready, on_disconnected=lambda: None)
asyncio.run(main())
"""


async def test_a_killed_client_leaves_the_conversation_to_the_next_one(asterisk: Engine) -> None:
    async with line(asterisk) as first:
        agent, customer = await first.answered(92), await first.answered(98)
        bridge = await first.bridged(agent, customer)
        # The second process takes the application over; killed, it leaves it to nobody.
        command = [sys.executable, "-c", CLIENT, asterisk.env.ari_url, asterisk.env.ari_password]
        other = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert other.stdout is not None
        await asyncio.to_thread(other.stdout.readline)
        other.send_signal(signal.SIGKILL)
        other.wait()
        async with line(asterisk) as second:
            found = await second.ari.bridge(bridge)
            assert found is not None
            assert set(found.channel_ids) == {agent, customer}
            await second.ari.hangup(customer)
            assert (await second.ended(customer)).cause == 16


@pytest.fixture
def own_engines() -> Iterator[Engine]:
    """A floor's Asterisk of the test's own, which it may kill."""
    with temporary_env() as env, running(env, "floor", [trunk_to_simulator(env)]) as engine:
        yield engine


async def test_the_client_comes_back_when_asterisk_was_restarted(own_engines: Engine) -> None:
    async with line(own_engines) as connected:
        await asyncio.to_thread(own_engines.stop, signal.SIGKILL)
        await asyncio.to_thread(own_engines.start)
        async with asyncio.timeout(15):
            while connected.connections < 2:
                await asyncio.sleep(0.05)
        assert await connected.ari.channels() == []


async def test_nothing_is_said_of_missing_or_refused_modules(own_engines: Engine) -> None:
    await asyncio.sleep(0.5)
    bad = [text for text in own_engines.log().splitlines() if "WARNING" in text or "ERROR" in text]
    assert bad == []


async def test_a_recording_survives_the_loss_of_the_client(asterisk: Engine, phone_line: Line) -> None:
    customer = await phone_line.answered(92)
    await phone_line.ari.record(customer, name="survivor")
    async with line(asterisk) as second:
        await second.recorded("survivor")
        assert [e for e in second.events if isinstance(e, RecordingFinished)]
        await second.ari.hangup(customer)
        await second.wait_for(ChannelDestroyed)

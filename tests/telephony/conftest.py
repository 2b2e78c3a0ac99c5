"""The real Asterisk and the carrier simulator, once a run, on free ports, ended whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from decroche.config.env import Env
from decroche.runtime.asterisk_packages import ensure
from decroche.telephony.trunks import apply, registration_states
from tests.telephony.harness import Engine, Line, line, running, temporary_env, trunk_to_simulator


@pytest.fixture(scope="session")
def telephony_env() -> Iterator[Env]:
    with temporary_env() as env:
        ensure(env, lambda _: None)
        yield env


@pytest.fixture(scope="session")
def simulator(telephony_env: Env) -> Iterator[Engine]:
    with running(telephony_env, "simulator") as engine:
        yield engine


@pytest.fixture(scope="session")
def asterisk(telephony_env: Env, simulator: Engine) -> Iterator[Engine]:
    """The floor's, with the simulator as its trunk 1."""
    with running(telephony_env, "floor", [trunk_to_simulator(telephony_env)]) as engine:
        yield engine


@pytest.fixture
async def phone_line(asterisk: Engine) -> AsyncIterator[Line]:
    """A fresh ARI connection; every channel is hung up at the end."""
    async with line(asterisk) as connected:
        if not await _is_registered(asterisk.env, connected):  # a test of the floor left trunks of its own
            await apply(asterisk.env, connected.ari, [connected.trunk])
            async with asyncio.timeout(20):
                while not await _is_registered(asterisk.env, connected):
                    await asyncio.sleep(0.1)
        yield connected


async def _is_registered(env: Env, connected: Line) -> bool:
    states = await registration_states(env, connected.ari, [connected.trunk])
    return states[connected.trunk.id] == "registered"

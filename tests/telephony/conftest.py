"""The real Asterisk and the carrier simulator, once a run, on free ports, ended whatever happens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from decroche.config.env import Env
from decroche.runtime.asterisk_packages import ensure
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
        yield connected

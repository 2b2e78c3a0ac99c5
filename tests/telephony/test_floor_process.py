"""The floor as a process of its own: its sockets, and kill -9 in the middle of a conversation."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from decroche.accounts.models import User
from decroche.agents.models import AgentStateInterval
from decroche.calls.models import Call
from decroche.config.env import get_env
from tests.telephony.floor_story import TONE, LiveStory
from tests.telephony.harness import Engine


class Wire:
    """A desktop on a real WebSocket; `state` is built from the messages."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.state: dict[str, Any] = {}
        self.answers: dict[int, dict[str, Any]] = {}
        self.ids = itertools.count(1)
        self.reader = asyncio.create_task(self._read())

    async def _read(self) -> None:
        with suppress(ConnectionClosed):
            await self._listen()

    async def _listen(self) -> None:
        async for text in self.socket:
            message = json.loads(text)
            if message["type"] == "snapshot":
                self.state = message["state"]
            elif message["type"] == "update":
                self.state |= message["changes"]
            elif message["type"] in ("ack", "refused"):
                self.answers[message["id"]] = message

    async def does(self, name: str, **args: Any) -> dict[str, Any]:
        number = next(self.ids)
        await self.socket.send(json.dumps({"type": "command", "id": number, "name": name, "args": args}))
        await self.sees(lambda: number in self.answers)
        return self.answers[number]

    async def sees(self, what: Any, within_s: float = 30) -> None:
        async with asyncio.timeout(within_s):
            while not what():
                await asyncio.sleep(0.05)

    async def snapshot(self) -> None:
        await self.sees(lambda: self.state)


class Process:
    """`python -m decroche floor`, started, killed, started again."""

    def __init__(self, engine: Engine, database_url: str) -> None:
        env, ours = engine.env, get_env()
        for name in ("secret_key", "field_key"):  # cookies and trunk secrets made by the tests must be readable there
            ours.secret(name)
            shutil.copy(ours.secrets_dir / name, env.secrets_dir / name)
        self.port = env.floor_port
        self.environ = os.environ | env.to_environ() | {
            "DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "decroche.config.settings.test",
        }  # fmt: skip
        self.log = env.var / "floor-process.log"
        self.process: Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = Popen(
                [sys.executable, "-m", "decroche", "floor"], env=self.environ, stdout=log, stderr=log,
                cwd=Path(__file__).parents[2],
            )  # fmt: skip

    def kill(self, number: int = signal.SIGKILL) -> None:
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(15)
            self.process = None

    async def healthy(self) -> None:
        async with asyncio.timeout(30):
            while True:
                try:
                    reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                    writer.write(b"GET /floor/health HTTP/1.0\r\n\r\n")
                    answer = await reader.read(200)
                    writer.close()
                    if b" 200 " in answer:
                        return
                except OSError:
                    pass
                await asyncio.sleep(0.1)


@pytest.fixture
def process(asterisk: Engine, transactional_db: None, database_url: str) -> Iterator[Process]:
    floor = Process(asterisk, database_url)
    floor.start()
    yield floor
    floor.kill(signal.SIGTERM)


def signed_in(user: User) -> str:
    """The cookie of a web session."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


@asynccontextmanager
async def window(process: Process, cookie: str, path: str = "agent", origin: str = "") -> AsyncIterator[Wire]:
    port = int(process.environ["DECROCHE_PORT"])
    async with connect(
        f"ws://127.0.0.1:{process.port}/floor/{path}", origin=origin or f"http://localhost:{port}",  # type: ignore[arg-type]
        additional_headers={"Cookie": f"sessionid={cookie}"},
    ) as socket:  # fmt: skip
        wire = Wire(socket)
        yield wire
        wire.reader.cancel()


async def in_thread(work: Any) -> Any:
    return await asyncio.to_thread(work)


async def prepare(story: LiveStory) -> tuple[User, str]:
    """A campaign with one prospect, an agent, his cookie."""
    await story.floor_starts()
    campaign = await story.campaign(wrap_up="unlimited")
    user = await story.user("Camille", campaign)
    await story.contact(campaign, TONE)
    cookie = await in_thread(lambda: signed_in(user))
    await story.floor_stops()
    return user, cookie


async def talks(process: Process, cookie: str) -> dict[str, Any]:
    """Camille signs in at her telephone and talks; kill -9; what her screen had of the call."""
    await process.healthy()
    async with window(process, cookie) as camille:
        await camille.snapshot()
        answer = await camille.does("sign_in", device="number", number="02 61 91 00 92")
        assert answer["type"] == "ack"
        await camille.sees(lambda: camille.state["session"]["leg"] == "up")
        await camille.does("ready")
        await camille.sees(lambda: camille.state["call"] and camille.state["call"]["bridged_at"])
        call: dict[str, Any] = camille.state["call"]
        await asyncio.sleep(0.5)
        process.kill()
    return call


async def callee_hangs_up(simulator: Engine, ending: int) -> datetime:
    """When the simulator let him go."""
    async with simulator.client() as carrier:
        (callee,) = [c for c in await carrier.channels() if c.extension.endswith(str(ending))]
        await carrier.hangup(callee.id)
        return datetime.now(UTC)


async def test_a_conversation_survives_kill_9(
    asterisk: Engine, transactional_db: None, database_url: str, tmp_path: Path
) -> None:
    _user, cookie = await prepare(LiveStory(asterisk, database_url, tmp_path))
    process = Process(asterisk, database_url)
    process.start()
    try:
        call = await talks(process, cookie)
        await asyncio.sleep(1)
        process.start()
        await process.healthy()
        async with window(process, cookie) as camille:
            await camille.snapshot()
            assert camille.state["call"]["id"] == call["id"]
            assert camille.state["call"]["answered_at"] == call["answered_at"]
            assert (camille.state["state"]["code"], camille.state["session"]["leg"]) == ("talking", "up")
            await camille.does("hang_up")
            await camille.sees(lambda: camille.state["state"]["code"] == "wrap_up")
            assert camille.state["call"]["result"] == "connected"
            await camille.does("sign_out")
    finally:
        process.kill(signal.SIGTERM)


async def test_a_conversation_that_ends_after_kill_9_is_closed_at_its_true_end(
    asterisk: Engine, simulator: Engine, transactional_db: None, database_url: str, tmp_path: Path
) -> None:
    _user, cookie = await prepare(LiveStory(asterisk, database_url, tmp_path))
    process = Process(asterisk, database_url)
    process.start()
    try:
        call = await talks(process, cookie)
        await asyncio.sleep(2.5)
        hung_up_at = await callee_hangs_up(simulator, TONE)
        await asyncio.sleep(5.5)
        process.start()
        await process.healthy()
        async with window(process, cookie) as camille:
            await camille.sees(lambda: camille.state and camille.state["state"]["code"] == "wrap_up")
            assert (camille.state["call"]["id"], camille.state["call"]["result"]) == (call["id"], "connected")
            await camille.does("sign_out")
        row = await in_thread(Call.objects.get)
        wrap_up = await in_thread(lambda: AgentStateInterval.objects.get(state="wrap_up"))
        assert abs(row.ended_at - hung_up_at) < timedelta(seconds=1)
        assert (row.cause, row.hung_up_by, wrap_up.started_at) == (16, "contact", row.ended_at)
    finally:
        process.kill(signal.SIGTERM)


async def test_strangers_are_not_let_in(process: Process) -> None:
    await process.healthy()
    user = await in_thread(lambda: User.objects.create_user("camille", "x"))
    cookie = await in_thread(lambda: signed_in(user))
    for wrong in (
        {"cookie": "none"},
        {"cookie": cookie, "origin": "http://evil.example"},
        {"cookie": cookie, "path": "supervise"},
    ):
        async with window(process, **wrong) as stranger:
            await asyncio.wait_for(stranger.socket.wait_closed(), 5)
            with pytest.raises(ConnectionClosed):
                await stranger.socket.send("{}")
            assert stranger.state == {}

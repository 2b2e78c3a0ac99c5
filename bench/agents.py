"""Agents without a browser: they sit on a telephone number of the simulator and obey their socket."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from decroche.config.env import Env


def session_cookie(username: str) -> str:
    """A signed-in session for a user, made where the web process would make it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from decroche.accounts.models import User

    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@dataclass
class DeskAgent:
    """One agent's desktop. `on_change(agent, changes, received_at)` is called for the snapshot and each update."""

    env: Env
    cookie: str
    number: str
    on_change: Callable[[DeskAgent, dict[str, Any], float], None] = lambda agent, changes, at: None
    disposition_id: int = 0
    state: dict[str, Any] = field(default_factory=dict)
    _socket: ClientConnection | None = None
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _answers: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _reader: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect and take the snapshot."""
        self._socket = await connect(
            f"ws://127.0.0.1:{self.env.floor_port}/floor/agent",
            additional_headers={"Cookie": f"sessionid={self.cookie}"},
            origin=self.env.public_url,  # type: ignore[arg-type]
            max_size=2**24,
        )
        self._reader = asyncio.create_task(self._read())
        await self.until(lambda state: "state" in state)

    async def close(self) -> None:
        """Leave; the session is closed by the floor when the demo ends."""
        if self._reader:
            self._reader.cancel()
        if self._socket:
            with contextlib.suppress(Exception):
                await self._socket.close()

    async def command(self, name: str, **args: object) -> dict[str, Any]:
        """Send and wait for the ack; a refusal raises with its code."""
        assert self._socket
        number = next(self._ids)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send(json.dumps({"type": "command", "id": number, "name": name, "args": args}))
        message: dict[str, Any] = await asyncio.wait_for(answer, 30)
        if message["type"] == "refused":
            raise RuntimeError(f"{name}: {message['error']['code']} {message['error'].get('facts')}")
        return message

    async def until(self, holds: Callable[[dict[str, Any]], bool], timeout_s: float = 60) -> None:
        """Wait until the state is such."""
        try:
            async with asyncio.timeout(timeout_s):
                while not holds(self.state):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            seen = {key: self.state.get(key) for key in ("session", "state", "campaign", "call")}
            raise RuntimeError(f"it never came; the desktop says {seen}") from None

    async def sign_in(self) -> None:
        """Take the telephone and wait until it is answered."""
        await self.command("sign_in", device="number", number=self.number)
        await self.until(lambda state: bool(state["session"]) and state["session"]["leg"] == "up")

    async def _read(self) -> None:
        assert self._socket
        async for text in self._socket:
            at = time.time()
            message = json.loads(text)
            kind = message["type"]
            if kind in ("ack", "refused"):
                self._answers.pop(message["id"]).set_result(message)
            elif kind in ("snapshot", "update"):
                changes = message["state"] if kind == "snapshot" else message["changes"]
                self.state.update(changes)
                self.on_change(self, changes, at)
                self._news.set()

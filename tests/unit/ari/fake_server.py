"""A small HTTP and WebSocket server that answers as told: no Asterisk in it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TIME = "2026-11-23T09:11:55.045+0000"


def event(kind: str, channel: str = "call-1", **fields: Any) -> dict[str, Any]:
    return {"type": kind, "timestamp": TIME, "channel": {"id": channel}, **fields}


@dataclass
class FakeServer:
    """`answers[(method, path)]` is a status and a body; everything else is 204. Sockets are kept, to speak or cut."""

    answers: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    requests: list[tuple[str, str, dict[str, str], Any]] = field(default_factory=list)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    connections: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    autoping: bool = True
    busy: int = 0
    busiest: int = 0
    delay_s: float = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/ari"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.path == "/ari/events":
            return await self._socket(request)
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        await asyncio.sleep(self.delay_s)
        self.busy -= 1
        body = await request.json() if request.can_read_body else None
        path = request.path.removeprefix("/ari")
        self.requests.append((request.method, path, dict(request.query), body))
        status, answer = self.answers.get((request.method, path), (204, None))
        return web.Response(status=status) if answer is None else web.json_response(answer, status=status)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=self.autoping)
        await socket.prepare(request)
        self.sockets.append(socket)
        self.connections.release()
        async for _ in socket:
            pass
        return socket

    async def say(self, raw: dict[str, Any]) -> None:
        await self.sockets[-1].send_str(json.dumps(raw))

    async def cut(self) -> None:
        """As a killed process does it: no closing handshake."""
        transport = self.sockets[-1]._req.transport
        assert transport is not None
        transport.abort()


@asynccontextmanager
async def serving(server: FakeServer) -> AsyncIterator[FakeServer]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", server.port)
    await site.start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()

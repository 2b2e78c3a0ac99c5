"""The event WebSocket: one reader, arrival order, ping, reconnection with back-off and jitter.

Nothing missed while it was down is replayed by Asterisk: whoever listens compares what exists with what it knows, in
`on_connected`.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
import structlog

from decroche.ari.errors import AriError
from decroche.ari.events import ApplicationReplaced, parse_event
from decroche.ari.protocol import OnConnected, OnDisconnected, OnEvent

log = structlog.get_logger(__name__)

PING_EVERY_S = 5.0
"""Half of it without a pong and the connection is given up."""
CONNECT_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Backoff:
    """Delays between attempts: doubling from `first_s` to `longest_s`, each spread over ±50%."""

    first_s: float = 0.1
    longest_s: float = 5.0

    def delay_s(self, failures: int, spread: Callable[[], float] = random.random) -> float:
        doubled: float = self.first_s * 2 ** min(failures, 16)
        return min(doubled, self.longest_s) * (0.5 + spread())


@dataclass(slots=True)
class EventSocket:
    """`subscribe` is awaited after each connection, before `on_connected`."""

    session: aiohttp.ClientSession
    url: str
    subscribe: Callable[[], Awaitable[None]]
    backoff: Backoff = Backoff()
    ping_every_s: float = PING_EVERY_S
    _failures: int = field(default=0, init=False)

    async def run(self, *, on_event: OnEvent, on_connected: OnConnected, on_disconnected: OnDisconnected) -> None:
        """Until cancelled. Says once that the connection is lost and once that it is back."""
        while True:
            connected = replaced = False
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT_S):
                    socket = await self.session.ws_connect(self.url, heartbeat=self.ping_every_s, max_msg_size=0)
                async with socket:
                    connected = True
                    log.info("ari.connected", after_failures=self._failures)
                    replaced = await self._serve(socket, on_event, on_connected)
            except (aiohttp.ClientError, OSError, TimeoutError, AriError) as error:
                if self._failures == 0:
                    log.warning("ari.unreachable", error=type(error).__name__)
            if connected:
                log.warning("ari.disconnected", replaced=replaced)
                on_disconnected()
            delay_s = self.backoff.longest_s if replaced else self.backoff.delay_s(self._failures)
            self._failures += 1
            await asyncio.sleep(delay_s)

    async def _serve(
        self, socket: aiohttp.ClientWebSocketResponse, on_event: OnEvent, on_connected: OnConnected
    ) -> bool:
        """Reads while the listener reconciles beside; ends with the socket, or with a reconciliation that failed.

        True where another client took our place: then there is no hurry to take it back.
        """
        reader = asyncio.create_task(_read(socket, on_event), name="ari-reader")
        greeter = asyncio.create_task(self._greet(on_connected), name="ari-on-connected")
        try:
            await asyncio.wait({reader, greeter}, return_when=asyncio.FIRST_COMPLETED)
            if greeter.done() and not reader.done():
                if (failure := greeter.exception()) is not None:
                    log.error("ari.reconcile_failed", exc_info=failure)
                    return False
                await reader
            return reader.result()
        finally:
            for task in (reader, greeter):
                task.cancel()
                with suppress(asyncio.CancelledError, Exception):
                    await task

    async def _greet(self, on_connected: OnConnected) -> None:
        await self.subscribe()
        await on_connected()
        self._failures = 0  # only now: a connection that cannot be used must not be retried at full speed


async def _read(socket: aiohttp.ClientWebSocketResponse, on_event: OnEvent) -> bool:
    replaced = False
    async for message in socket:
        if message.type is not aiohttp.WSMsgType.TEXT:
            continue
        try:
            event = parse_event(json.loads(message.data))
        except (ValueError, KeyError, TypeError):
            log.warning("ari.unreadable_event", size=len(message.data))
            continue
        replaced = replaced or isinstance(event, ApplicationReplaced)
        try:
            on_event(event)
        except Exception:  # a listener's mistake on one event must not lose the next ones
            log.exception("ari.listener_failed", event_type=type(event).__name__)
    return replaced

"""What web and worker tell the floor: LISTEN, without a timer; listens again when the connection was lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import structlog
from psycopg import AsyncConnection, OperationalError

from decroche.common.notify import FLOOR_CHANNEL

log = structlog.get_logger(__name__)
RETRY_AFTER_S = 1.0


class Listener:
    """`on_notice(kind, ids)` for each notification; `on_gap()` after a reconnection: anything may have been missed."""

    def __init__(
        self, conninfo: str, on_notice: Callable[[str, dict[str, Any]], None], on_gap: Callable[[], None]
    ) -> None:
        self._conninfo = conninfo
        self._on_notice = on_notice
        self._on_gap = on_gap
        self.listening = asyncio.Event()
        self.received = 0

    async def run(self) -> None:
        first = True
        while True:
            try:
                await self._listen(first)
            except (OperationalError, OSError) as error:
                log.warning("listener_lost", kind=type(error).__name__)
            self.listening.clear()
            first = False
            await asyncio.sleep(RETRY_AFTER_S)

    async def _listen(self, first: bool) -> None:
        conn = await AsyncConnection.connect(
            self._conninfo, autocommit=True, application_name="decroche floor listener"
        )
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        descriptor = conn.fileno()

        def readable() -> None:
            try:
                conn.pgconn.consume_input()
                while note := conn.pgconn.notifies():
                    self._dispatch(note.extra)
            except OperationalError:
                loop.remove_reader(descriptor)
                over.set()

        try:
            await conn.execute(f"LISTEN {FLOOR_CHANNEL}")
            loop.add_reader(descriptor, readable)
            self.listening.set()
            if not first:
                self._on_gap()
            await over.wait()
        finally:
            loop.remove_reader(descriptor)
            await conn.close()

    def _dispatch(self, payload: bytes) -> None:
        self.received += 1
        try:
            notice = json.loads(payload)
            kind = notice.pop("kind")
        except (ValueError, KeyError, AttributeError):
            log.warning("notification_unreadable")
            return
        self._on_notice(kind, notice)

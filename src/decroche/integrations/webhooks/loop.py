"""The worker's own loop: looks every second whether there is something to tell, and tells it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog
from django.db import close_old_connections, connection

from decroche.integrations.webhooks import deliver
from decroche.integrations.webhooks.deliver import Parcel

IDLE_S = 1.0
AFTER_TROUBLE_S = 5.0
T = TypeVar("T")
log = structlog.get_logger()


def _close() -> None:
    connection.close()  # looked up in the thread that runs this: each has its own


class Deliverer:
    """One for each worker; several share the work by the locks of their rows."""

    def __init__(self) -> None:
        self._db = ThreadPoolExecutor(1, "webhooks")
        self._under_way: dict[asyncio.Task[None], int] = {}

    async def run(self) -> None:
        """Until cancelled; attempts under way are then left to their lease."""
        try:
            while True:
                try:
                    worked = await self.turn()
                except Exception:  # the database may be away for a moment
                    log.warning("webhooks_wait", exc_info=True)
                    await asyncio.sleep(AFTER_TROUBLE_S)
                    continue
                if not worked:
                    await asyncio.sleep(IDLE_S)
        finally:
            await self.close()

    async def close(self) -> None:
        """Let go of the database."""
        for task in self._under_way:
            task.cancel()
        await asyncio.get_running_loop().run_in_executor(self._db, _close)
        self._db.shutdown()

    async def turn(self) -> bool:
        """Whether there was something to do."""
        events = await self._in_database(deliver.fan_out)
        busy = list(self._under_way.values())
        parcels = await self._in_database(lambda: deliver.claim(busy))
        for parcel in parcels:
            task = asyncio.create_task(self._send(parcel))
            self._under_way[task] = parcel.webhook_id
            task.add_done_callback(self._forget)
        return bool(events or parcels)

    async def finished(self) -> None:
        """Every attempt under way is over."""
        await asyncio.gather(*self._under_way)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)

    async def _send(self, parcel: Parcel) -> None:
        tried = await deliver.attempt(parcel)
        try:
            await self._in_database(lambda: deliver.settle(parcel, tried))
        except Exception:  # its lease brings it back
            log.warning("webhook_not_settled", delivery=parcel.delivery_id, exc_info=True)

    async def _in_database(self, work: Callable[[], T]) -> T:
        def with_a_good_connection() -> T:
            close_old_connections()
            return work()

        return await asyncio.get_running_loop().run_in_executor(self._db, with_a_good_connection)

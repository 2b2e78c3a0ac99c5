"""The floor's two ways to PostgreSQL: psycopg for what machines do, Django in threads for what people do."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

T = TypeVar("T")
THREADS = 4


class Database:
    """A pool of connections and a few threads. `in_flight` is how many operations are under way: tests' time waits."""

    def __init__(self, conninfo: str, *, connections: int = 10) -> None:
        self.conninfo = conninfo
        self.in_flight = 0
        self._pool = AsyncConnectionPool(
            conninfo,
            min_size=2,
            max_size=connections,
            open=False,
            kwargs={"autocommit": True, "application_name": "decroche floor"},
            timeout=30,
        )
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="floor-django")

    async def open(self) -> None:
        with self._busy():
            await self._pool.open(wait=True, timeout=30)

    async def close(self) -> None:
        with self._busy():
            await self._pool.close()
            started = len(self._threads._threads)
            everybody = threading.Barrier(started) if started else None
            loop = asyncio.get_running_loop()
            closing = [loop.run_in_executor(self._threads, _close_django, everybody) for _ in range(started)]
            await asyncio.gather(*closing)
        self._threads.shutdown(wait=False)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection[Any]]:
        """One in autocommit: open a transaction where several statements belong together."""
        with self._busy():
            async with self._pool.connection() as conn:
                yield conn

    async def fetch(self, query: str, values: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        async with self.connection() as conn, conn.cursor(row_factory=dict_row) as cursor:
            return await (await cursor.execute(query, values)).fetchall()

    async def execute(self, query: str, values: dict[str, Any] | None = None) -> None:
        async with self.connection() as conn:
            await conn.execute(query, values)

    async def django(self, work: Callable[[], T]) -> T:
        """A service or a selector, in a thread. What it commits is committed when this returns."""
        with self._busy():
            return await asyncio.get_running_loop().run_in_executor(self._threads, _in_thread, work)

    def _busy(self) -> _Busy:
        return _Busy(self)


class _Busy:
    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database.in_flight += 1

    def __exit__(self, *_exc: object) -> None:
        self._database.in_flight -= 1


def _in_thread(work: Callable[[], T]) -> T:
    from django.db import close_old_connections

    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


def _close_django(everybody: threading.Barrier | None) -> None:
    """In each thread once: they meet, so that none does it twice."""
    from django.db import connections

    connections.close_all()
    if everybody is not None:
        everybody.wait(timeout=10)

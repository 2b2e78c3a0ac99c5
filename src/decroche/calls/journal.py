"""Rows of calls and their events, in order, written behind the conversation's back.

The floor hands statements over and goes on; one task writes them in the order given, many to a transaction. A command
of a person awaits `flush()` before it is acknowledged. A lost database stops nothing that is being said: the journal
keeps its statements and tries again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import structlog
from psycopg import AsyncConnection, DatabaseError, InterfaceError, OperationalError

log = structlog.get_logger(__name__)

Statement = tuple[str, dict[str, Any]]
Connect = Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]]

AT_MOST_TOGETHER = 200
RETRY_AFTER_S = 1.0


class Journal:
    """One writer. `run()` until cancelled; `write()` never waits."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._pending: deque[Statement | asyncio.Future[None]] = deque()
        self._wake = asyncio.Event()
        self._writing = False

    @property
    def backlog(self) -> int:
        return len(self._pending)

    def write(self, *statements: Statement) -> None:
        """Committed soon, in this order."""
        self._pending.extend(statements)
        self._wake.set()

    async def flush(self) -> None:
        """Returns when all that was handed over before is committed."""
        if not self._pending and not self._writing:
            return
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._pending.append(done)
        self._wake.set()
        await done

    async def run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._pending:
                batch = [self._pending.popleft() for _ in range(min(AT_MOST_TOGETHER, len(self._pending)))]
                self._writing = True
                try:
                    await self._write_batch(batch)
                finally:
                    self._writing = False

    async def _write_batch(self, batch: list[Statement | asyncio.Future[None]]) -> None:
        statements = [item for item in batch if isinstance(item, tuple)]
        while statements:
            try:
                await self._commit(statements)
                break
            except (OperationalError, InterfaceError) as error:
                log.warning(
                    "journal_waits_for_database", backlog=len(statements) + self.backlog, kind=type(error).__name__
                )
                await asyncio.sleep(RETRY_AFTER_S)
            except DatabaseError:
                await self._one_by_one(statements)
                break
        for item in batch:
            if isinstance(item, asyncio.Future) and not item.done():
                item.set_result(None)

    async def _commit(self, statements: list[Statement]) -> None:
        async with self._connect() as conn, conn.transaction(), conn.pipeline():
            for query, values in statements:
                await conn.execute(query, values)

    async def _one_by_one(self, statements: list[Statement]) -> None:
        """One of them is wrong: the others must not be lost with it."""
        for statement in statements:
            try:
                await self._commit([statement])
            except (OperationalError, InterfaceError):
                self._pending.appendleft(statement)
                await asyncio.sleep(RETRY_AFTER_S)
            except DatabaseError as error:
                log.error("journal_statement_refused", kind=type(error).__name__, statement=statement[0].split()[:3])

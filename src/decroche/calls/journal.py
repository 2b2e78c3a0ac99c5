"""Rows of calls and their events, in order, written behind the conversation's back.

The floor hands statements over and goes on; one task writes them in the order given, many to a transaction. A command
of a person awaits `flush()` before it is acknowledged. A lost database stops nothing that is being said: the journal
keeps its statements and tries again.

Most of what is written is a few kinds of line, again and again: those of one transaction are written together, by one
statement a kind (measured: at 200 attempts a second, one statement each could not keep up).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import structlog
from psycopg import AsyncConnection, DatabaseError, InterfaceError, OperationalError

log = structlog.get_logger(__name__)

Facts = dict[str, Any]
Statement = tuple[str, Facts]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line: the statements that write many of them, in their order. `first`: before all else in the batch.

    Only what no other statement of the batch could read or change may go first.
    """

    name: str
    many: Callable[[Sequence[Facts]], list[Statement]]
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of its kind."""

    kind: Kind
    facts: Facts


Entry = Statement | Line
Connect = Callable[[], AbstractAsyncContextManager[AsyncConnection[Any]]]

AT_MOST_TOGETHER = 500
RETRY_AFTER_S = 1.0


class Journal:
    """One writer. `run()` until cancelled; `write()` never waits."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._pending: deque[Entry | asyncio.Future[None]] = deque()
        self._wake = asyncio.Event()
        self._writing = False

    @property
    def backlog(self) -> int:
        return len(self._pending)

    def write(self, *entries: Entry) -> None:
        """Committed soon, in this order."""
        self._pending.extend(entries)
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

    async def _write_batch(self, batch: list[Entry | asyncio.Future[None]]) -> None:
        entries = [item for item in batch if not isinstance(item, asyncio.Future)]
        while entries:
            try:
                await self._commit(entries)
                break
            except (OperationalError, InterfaceError) as error:
                log.warning(
                    "journal_waits_for_database", backlog=len(entries) + self.backlog, kind=type(error).__name__
                )
                await asyncio.sleep(RETRY_AFTER_S)
            except DatabaseError:
                await self._one_by_one(entries)
                break
        for item in batch:
            if isinstance(item, asyncio.Future) and not item.done():
                item.set_result(None)

    async def _commit(self, entries: Sequence[Entry]) -> None:
        statements = together(entries)
        async with self._connect() as conn, conn.transaction(), conn.pipeline():
            for query, values in statements:
                await conn.execute(query, values)

    async def _one_by_one(self, entries: Sequence[Entry]) -> None:
        """One of them is wrong: the others must not be lost with it."""
        for entry in entries:
            while True:
                try:
                    await self._commit([entry])
                except (OperationalError, InterfaceError):
                    await asyncio.sleep(RETRY_AFTER_S)  # in its place: those behind it must not overtake it
                    continue
                except DatabaseError as error:
                    what = entry.kind.name if isinstance(entry, Line) else entry[0].split()[:3]
                    log.error("journal_statement_refused", kind=type(error).__name__, statement=what)
                break


def together(entries: Sequence[Entry]) -> list[Statement]:
    """The statements of one transaction: kinds that go first, then the rest in order, neighbours of a kind in one."""
    ahead: dict[str, list[Line]] = {}
    rest: list[Statement | list[Line]] = []
    for entry in entries:
        if not isinstance(entry, Line):
            rest.append(entry)
        elif entry.kind.first:
            ahead.setdefault(entry.kind.name, []).append(entry)
        elif rest and isinstance(rest[-1], list) and rest[-1][0].kind is entry.kind:
            rest[-1].append(entry)
        else:
            rest.append([entry])
    statements: list[Statement] = []
    for group in [*ahead.values(), *rest]:
        if isinstance(group, list):
            statements += group[0].kind.many([line.facts for line in group])
        else:
            statements.append(group)
    return statements

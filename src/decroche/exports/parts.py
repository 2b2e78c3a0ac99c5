"""The rows of a file in parts, each read by a COPY over a connection of its own; all see the base of one instant."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from select import select as select_files
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min, QuerySet
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn
from psycopg.sql import SQL, Literal

MANY = 100_000
"""From so many rows on there are two parts: where one is read, the database has one core at work."""
EVERY = 5_000
"""Rows between two looks at whether to stop."""
PATIENCE_S = 1.0
"""The same while no row comes."""
PLANNING = "SET LOCAL cursor_tuple_fraction = 1; SET LOCAL jit = off; SET LOCAL work_mem = '32MB'"
"""One statement reads all: the planner should not hurry to the first row, nor compile for a few."""
Write = Callable[[bytes], object]


class CopyRefused(Exception):
    """PostgreSQL did not give all rows."""


def in_parts(rows: QuerySet[Any], order: str) -> tuple[int, list[QuerySet[Any]]]:
    """How many rows, and they themselves in one or two parts, the second of which follows the first in that order."""
    field = order.removeprefix("-")
    there = rows.aggregate(count=Count("*"), first=Min(field), last=Max(field))
    if there["count"] < MANY:
        return there["count"], [rows]
    middle = there["first"] + (there["last"] - there["first"]) // 2
    parts = [rows.filter(**{f"{field}__lt": middle}), rows.filter(**{f"{field}__gte": middle})]
    return there["count"], parts if order == field else parts[::-1]


def copy_lines(statements: Sequence[str], writes: Sequence[Write], advance: Callable[[int], None]) -> int:
    """Rows of each SELECT to the function in its place, a line at a time, ended as Excel ends them; how many in all.

    From libpq itself, which hands over whole rows: psycopg's loop costs more than they do. Raises CopyRefused, and what
    `advance` raises.
    """
    rows = told = 0
    with _readers(len(statements)) as readers:
        running = {pg: _copy(pg, *one) for pg, one in zip(readers, zip(statements, writes, strict=True), strict=True)}
        for begun in running.values():
            next(begun)
        while running:
            ready, _, _ = select_files([pg.socket for pg in running], (), (), PATIENCE_S)
            # Where none is ready, each is asked all the same: under TLS, what has come may wait in the library.
            for pg in [pg for pg in running if not ready or pg.socket in ready]:
                pg.consume_input()
                try:
                    rows += next(running[pg])
                except StopIteration as end:
                    rows += end.value
                    del running[pg]
            if not ready or rows - told >= EVERY:
                advance(rows)
                told = rows
    return rows


def _copy(pg: PGconn, statement: str, write: Write) -> Generator[int, None, int]:
    """Writes the lines that have come, and says how many, each time that it must wait for more."""
    pg.send_query(f"COPY ({statement}) TO STDOUT (FORMAT csv, DELIMITER ';', ENCODING 'UTF8')".encode())
    while pg.is_busy():
        yield 0
    _expect(pg.get_result())
    get, lines = pg.get_copy_data, 0
    while True:
        size, data = get(1)
        if size > 0:
            write(bytes(data[:-1]) + b"\r\n")
            lines += 1
        elif size == 0:
            yield lines
            lines = 0
        else:
            break
    for answer in iter(pg.get_result, None):
        _expect(answer)
    return lines


@contextmanager
def _readers(count: int) -> Iterator[list[PGconn]]:
    """Connections beside Django's. What they still do at the end is stopped."""
    with ExitStack() as stack:
        readers: list[PGconn] = []
        snapshot = None
        for _ in range(count):
            beside = connection.copy()
            stack.callback(beside.close)
            with beside.cursor() as cursor:
                snapshot = _begin(cursor, snapshot)
            readers.append(beside.connection.pgconn)
            stack.callback(_stop, readers[-1])
        yield readers


def _begin(cursor: Any, snapshot: str | None) -> str:
    """A transaction that sees what that snapshot does, or the first one of all; the snapshot's name."""
    cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    if snapshot is None:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    else:
        cursor.execute(SQL("SET TRANSACTION SNAPSHOT {}").format(Literal(snapshot)))
    cursor.execute(PLANNING)
    return str(snapshot)


def _stop(pg: PGconn) -> None:
    if pg.transaction_status == TransactionStatus.ACTIVE:
        pg.get_cancel().cancel()


def _expect(answer: Any) -> None:
    if answer.status == ExecStatus.FATAL_ERROR:
        raise CopyRefused(answer.error_message.decode(errors="replace"))

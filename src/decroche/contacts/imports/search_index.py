"""The index of the search while many contacts come: PostgreSQL lists what is new, and sorts it in by the lot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

import structlog
from django.db import DatabaseError, connection

from decroche.contacts.imports.sql import run

log = structlog.get_logger()
EVERY_S = 0.1
"""Between the end of a sorting and the next: what is listed meanwhile, each search reads from one end to the other."""
MEMORY = "32MB"
SORT = """
SELECT sum(gin_clean_pending_list(i.indexrelid)) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
JOIN pg_am a ON a.oid = c.relam WHERE i.indrelid = 'contacts_contact'::regclass AND a.amname = 'gin'
"""


def settle() -> None:
    """What the import's rows left to sort is sorted now, not by the next search."""
    run(SORT)


@contextmanager
def sorted_beside() -> Iterator[None]:
    """Meanwhile another connection sorts, on another core than who writes the rows.

    It need not see them: an index knows places, not transactions. Where it fails, who writes sorts for himself.
    At the end nothing is left to sort.
    """
    over, beside = Event(), connection.copy()
    beside.inc_thread_sharing()
    sorter = Thread(target=_sort, args=(beside, over), name="search-index", daemon=True)
    sorter.start()
    try:
        yield
    finally:
        over.set()
        sorter.join()


def _sort(beside: Any, over: Event) -> None:
    try:
        with beside.cursor() as cursor:
            cursor.execute(f"SET maintenance_work_mem = '{MEMORY}'")
            is_last = False
            while not is_last:
                is_last = over.wait(EVERY_S)
                cursor.execute(SORT)
    except DatabaseError as error:
        log.warning("search_index_not_sorted_beside", error=type(error).__name__)
    finally:
        with suppress(DatabaseError):
            beside.close()

"""Statements on whole sets, over Django's own connection."""

from __future__ import annotations

from typing import Any

from django.db import connection


def run(sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Execute; rows where the statement gives some."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def settle_search() -> None:
    """What the import's rows left to sort into the indexes of the search is sorted now, not by the next search."""
    run(
        """
        SELECT gin_clean_pending_list(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_am a ON a.oid = c.relam WHERE i.indrelid = 'contacts_contact'::regclass AND a.amname = 'gin'
        """
    )

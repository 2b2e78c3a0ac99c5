"""Statements on whole sets, over Django's own connection."""

from __future__ import annotations

from typing import Any

from django.db import connection


def run(sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Execute; rows where the statement gives some."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []

"""The bus from web and worker to the floor: PostgreSQL NOTIFY, sent when the transaction commits."""

from __future__ import annotations

import json
from typing import Literal

from django.db import connection

FLOOR_CHANNEL = "floor"

Kind = Literal[
    "campaign_changed",
    "queue_changed",
    "trunk_changed",
    "user_changed",
    "user_signed_out",
    "pause_reasons_changed",
    "contact_changed",
    "contact_refused",
    "settings_changed",
]


def notify_floor(kind: Kind, **ids: int) -> None:
    """Tell the floor that rows changed.

    Inside a transaction PostgreSQL delivers it at commit, and never on rollback.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [FLOOR_CHANNEL, json.dumps({"kind": kind, **ids})])

"""A record that holds a number and nothing else yet: of somebody who was dialed by hand, or who called us."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from decroche.compliance.numbers import is_french_mobile

_CONTACT = """
INSERT INTO contacts_contact (civility, first_name, last_name, company, address, address2, postal_code, city, country,
  client_code, email, custom, created_at, updated_at)
VALUES ('', '', '', '', '', '', '', '', 'FR', '', '', '{}', %(now)s, %(now)s) RETURNING id
"""
_PHONE = "INSERT INTO contacts_contactphone (contact_id, kind, e164) VALUES (%(contact)s, %(kind)s, %(e164)s)"


async def make(conn: AsyncConnection[Any], e164: str, now: datetime) -> int:
    """Its id. Without a number where `e164` is empty: the caller hid it."""
    row = await (await conn.execute(_CONTACT, {"now": now})).fetchone()
    assert row is not None
    if e164:
        kind = "mobile" if is_french_mobile(e164) else "phone"
        await conn.execute(_PHONE, {"contact": row[0], "kind": kind, "e164": e164})
    return int(row[0])

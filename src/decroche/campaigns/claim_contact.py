"""A claim by a person's choice: this contact, wherever it stands in the campaign's queue. Only the floor runs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, errors

from decroche.campaigns.candidate import Candidate, read_candidate
from decroche.campaigns.settlement import LEASE

LOCKED = errors.LockNotAvailable
"""What `claim_contact` raises where another transaction holds the entry at this instant."""

_ENSURE_ENTRY = """
INSERT INTO campaigns_queueentry (campaign_id, contact_id, state, priority, not_before, attempts, attempts_by_result,
  phone_position, last_result, finished_reason, refused_reason)
VALUES (%(campaign)s, %(contact)s, 'finished', 0, %(now)s, 0, '{}', 0, '', 'manual', '')
ON CONFLICT (campaign_id, contact_id) DO NOTHING
"""

_LOCK_ENTRY = """
SELECT id, claim FROM campaigns_queueentry WHERE campaign_id = %(campaign)s AND contact_id = %(contact)s
FOR UPDATE NOWAIT
"""

_CLAIM = """
UPDATE campaigns_queueentry SET state = 'claimed', claim = %(claim)s, lease_until = %(lease_until)s,
  refused_reason = '', admitted = 0
WHERE id = %(entry)s
"""


async def claim_contact(
    conn: AsyncConnection[Any],
    *,
    campaign_id: int,
    contact_id: int,
    claim: UUID,
    now: datetime,
    also: Sequence[str] = (),
) -> Candidate | None:
    """This contact's place in this campaign, made where there is none; None where another call or agent holds it.

    Run inside the caller's transaction, which also inserts the call.
    """
    facts = {"campaign": campaign_id, "contact": contact_id, "now": now}
    await conn.execute(_ENSURE_ENTRY, facts)
    row = await (await conn.execute(_LOCK_ENTRY, facts)).fetchone()
    if row is None or row[1] not in (None, claim):
        return None
    await conn.execute(_CLAIM, {"claim": claim, "lease_until": now + LEASE, "entry": row[0]})
    return await read_candidate(conn, row[0], now=now, also=also)


_RECLAIM = """
UPDATE campaigns_queueentry SET claim = %(new)s, lease_until = %(lease_until)s
WHERE id = %(entry)s AND (claim = %(old)s OR (claim IS NULL AND state IN ('waiting', 'finished')))
"""


async def reclaim(conn: AsyncConnection[Any], *, entry_id: int, old: UUID, new: UUID, now: datetime) -> bool:
    """The same agent goes on with the same record under another call (next number, an offered record called)."""
    facts = {"entry": entry_id, "old": old, "new": new, "lease_until": now + LEASE}
    return (await conn.execute(_RECLAIM, facts)).rowcount == 1

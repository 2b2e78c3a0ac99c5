"""After the claim: leases renewed and expired, entries settled, what is left counted. Only the floor runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

LEASE = timedelta(minutes=10)
PROMISE_KEPT_FOR_OWNER = timedelta(minutes=15)
"""A late callback is its owner's for so long, then the whole campaign's."""

Row = dict[str, Any]

_SETTLE = """
UPDATE campaigns_queueentry q SET
  state = CASE WHEN cb.due_at IS NOT NULL THEN 'waiting'
    WHEN %(state)s::text = 'waiting' AND EXISTS (
      SELECT 1 FROM contacts_importbatch i WHERE i.id = q.batch_id AND i.status = 'rolled_back') THEN 'withdrawn'
    ELSE %(state)s::text END,
  not_before = COALESCE(cb.due_at, %(not_before)s),
  owner_id = cb.owner_id,
  owner_until = CASE WHEN cb.owner_id IS NULL THEN cb.due_at ELSE cb.due_at + %(kept_for)s END,
  finished_reason = CASE WHEN cb.due_at IS NULL THEN %(finished_reason)s ELSE '' END,
  phone_position = %(phone_position)s, attempts = %(attempts)s, attempts_by_result = %(by_result)s,
  last_result = COALESCE(%(result)s, q.last_result), last_call_at = COALESCE(%(called_at)s, q.last_call_at),
  disposition_id = COALESCE(%(disposition)s, q.disposition_id), refused_reason = %(refused_reason)s,
  claim = NULL, lease_until = NULL
FROM (SELECT 1) one LEFT JOIN LATERAL (
  SELECT GREATEST(b.due_at, %(promise_from)s) AS due_at, b.owner_id FROM callbacks_callback b
  WHERE b.contact_id = %(contact)s AND b.campaign_id = %(campaign)s AND b.state = 'scheduled'
  ORDER BY b.due_at LIMIT 1) cb ON TRUE
WHERE q.id = %(entry)s AND q.claim = %(claim)s
"""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a claimed entry. A scheduled promise of the contact wins: the entry waits for it and its owner.

    `promise_from`: not before then, where the promise is due already (its call reached nobody: the retry waits).
    """

    entry_id: int
    claim: UUID
    campaign_id: int
    contact_id: int
    state: str
    not_before: datetime
    promise_from: datetime
    phone_position: int
    attempts: int
    by_result: Mapping[str, int]
    finished_reason: str = ""
    result: str | None = None
    called_at: datetime | None = None
    disposition_id: int | None = None
    refused_reason: str = ""

    def statement(self) -> tuple[str, Row]:
        return _SETTLE, {
            "entry": self.entry_id,
            "claim": self.claim,
            "campaign": self.campaign_id,
            "contact": self.contact_id,
            "state": self.state,
            "not_before": self.not_before,
            "promise_from": self.promise_from,
            "kept_for": PROMISE_KEPT_FOR_OWNER,
            "phone_position": self.phone_position,
            "attempts": self.attempts,
            "by_result": Jsonb(dict(self.by_result)),
            "finished_reason": self.finished_reason[:20],
            "result": self.result,
            "called_at": self.called_at,
            "disposition": self.disposition_id,
            "refused_reason": self.refused_reason[:40],
        }


def renew_leases(claims: Sequence[UUID], now: datetime) -> tuple[str, Row]:
    """For conversations and wrap-ups longer than a lease."""
    return "UPDATE campaigns_queueentry SET lease_until = %(until)s WHERE claim = ANY(%(claims)s)", {
        "until": now + LEASE,
        "claims": list(claims),
    }


_EXPIRE_CALLS = """
UPDATE calls_call SET state = 'ended',
  result = CASE WHEN result <> '' THEN result WHEN answered_at IS NULL THEN 'failed'
  WHEN bridged_at IS NULL THEN 'abandoned' ELSE 'connected' END, ended_at = COALESCE(ended_at, %(now)s)
WHERE state <> 'ended' AND id IN (
  SELECT claim FROM campaigns_queueentry WHERE state = 'claimed' AND lease_until < %(now)s AND claim <> ALL(%(mine)s))
"""
_EXPIRE = """
UPDATE campaigns_queueentry SET state = 'waiting', claim = NULL, lease_until = NULL,
  not_before = GREATEST(not_before, %(now)s)
WHERE state = 'claimed' AND lease_until < %(now)s AND claim <> ALL(%(mine)s) RETURNING campaign_id
"""


async def release_expired(conn: AsyncConnection[Any], *, now: datetime, mine: Sequence[UUID]) -> set[int]:
    """Entries whose floor died: back to the queue. Returns their campaigns. `mine` are this floor's own live claims."""
    facts = {"now": now, "mine": list(mine)}
    async with conn.transaction():
        await conn.execute(_EXPIRE_CALLS, facts)
        rows = await (await conn.execute(_EXPIRE, facts)).fetchall()
    return {row[0] for row in rows}


_COUNTS = """
SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
  count(*) FILTER (WHERE state = 'waiting' AND not_before <= %(now)s) AS callable_now,
  count(*) FILTER (WHERE state = 'finished') AS finished,
  min(CASE WHEN not_before > %(now)s THEN not_before ELSE COALESCE(owner_until, %(now)s) END)
    FILTER (WHERE state = 'waiting') AS next_at
FROM campaigns_queueentry WHERE campaign_id = %(campaign)s
"""


async def queue_counts(conn: AsyncConnection[Any], campaign_id: int, now: datetime) -> Row:
    """waiting, callable_now, finished, next_at (None: nothing waits)."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        row = await (await cursor.execute(_COUNTS, {"campaign": campaign_id, "now": now})).fetchone()
    assert row is not None
    return row

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

from decroche.calls.journal import Kind, Line
from decroche.campaigns.queue.standing import waits_inside
from decroche.campaigns.territory import Range, multirange

LEASE = timedelta(minutes=10)
PROMISE_KEPT_FOR_OWNER = timedelta(minutes=15)
"""A late callback is its owner's for so long, then the whole campaign's."""

Row = dict[str, Any]

_SETTLE = """
UPDATE campaigns_queueentry q SET
  state = CASE WHEN cb.due_at IS NOT NULL THEN 'waiting'
    WHEN s.state = 'waiting' AND EXISTS (
      SELECT 1 FROM contacts_importbatch i WHERE i.id = q.batch_id AND i.status = 'rolled_back') THEN 'withdrawn'
    ELSE s.state END,
  not_before = COALESCE(cb.due_at, s.not_before),
  owner_id = cb.owner_id,
  owner_until = CASE WHEN cb.owner_id IS NULL THEN cb.due_at ELSE cb.due_at + %(kept_for)s END,
  finished_reason = CASE WHEN cb.due_at IS NULL THEN s.finished_reason ELSE '' END,
  phone_position = s.phone_position, attempts = s.attempts, attempts_by_result = s.by_result,
  last_result = COALESCE(s.result, q.last_result), last_call_at = COALESCE(s.called_at, q.last_call_at),
  disposition_id = COALESCE(s.disposition, q.disposition_id), refused_reason = s.refused_reason,
  claim = NULL, lease_until = NULL
FROM jsonb_to_recordset(%(lines)s) AS s(entry bigint, claim uuid, campaign bigint, contact bigint, state text,
  not_before timestamptz, promise_from timestamptz, phone_position int, by_result jsonb, attempts int,
  finished_reason text, result text, called_at timestamptz, disposition bigint, refused_reason text)
LEFT JOIN LATERAL (
  SELECT GREATEST(b.due_at, s.promise_from) AS due_at, b.owner_id FROM callbacks_callback b
  WHERE b.contact_id = s.contact AND b.campaign_id = s.campaign AND b.state = 'scheduled'
  ORDER BY b.due_at LIMIT 1) cb ON TRUE
WHERE q.id = s.entry AND q.claim = s.claim
"""


def _settle(lines: Sequence[Row]) -> list[tuple[str, Row]]:
    return [(_SETTLE, {"lines": Jsonb(list(lines)), "kept_for": PROMISE_KEPT_FOR_OWNER})]


SETTLED = Kind("settlement", _settle)
"""Not ahead of the rest: a promise that was kept just before must not draw its entry back."""


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

    def line(self) -> Line:
        facts = {
            "entry": self.entry_id,
            "claim": str(self.claim),
            "campaign": self.campaign_id,
            "contact": self.contact_id,
            "state": self.state,
            "not_before": self.not_before.isoformat(),
            "promise_from": self.promise_from.isoformat(),
            "phone_position": self.phone_position,
            "attempts": self.attempts,
            "by_result": dict(self.by_result),
            "finished_reason": self.finished_reason[:20],
            "result": self.result,
            "called_at": self.called_at.isoformat() if self.called_at else None,
            "disposition": self.disposition_id,
            "refused_reason": self.refused_reason[:40],
        }
        return Line(SETTLED, facts)


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


# `within` is the text of a multirange, or NULL. At a million entries: twice a bare count of them (0.25 s), each 15 s.
_INSIDE = waits_inside("%(steering)s::int", "%(within)s::int4multirange")
_COUNTS = f"""
SELECT count(*) FILTER (WHERE is_inside) AS waiting,
  count(*) FILTER (WHERE is_inside AND not_before <= %(now)s) AS callable_now,
  count(*) FILTER (WHERE state = 'finished') AS finished,
  count(*) FILTER (WHERE state = 'waiting' AND NOT is_inside) AS outside,
  min(CASE WHEN not_before > %(now)s THEN not_before ELSE COALESCE(owner_until, %(now)s) END)
    FILTER (WHERE is_inside) AS next_at,
  (SELECT c.steering_progress IS NOT NULL FROM campaigns_campaign c WHERE c.id = %(campaign)s) AS is_sorting
FROM (SELECT state, not_before, owner_until, {_INSIDE} AS is_inside
  FROM campaigns_queueentry q WHERE campaign_id = %(campaign)s) q
"""  # noqa: S608 — constants only


async def queue_counts(
    conn: AsyncConnection[Any], campaign_id: int, now: datetime, ranges: Sequence[Range] = (), steering: int = 0
) -> Row:
    """waiting, callable_now, next_at (None: nothing waits) of what may be called; outside: what waits and may not.

    finished; is_sorting: entries are being admitted to the steering.
    """
    within = multirange(ranges) if ranges else None
    facts = {"campaign": campaign_id, "now": now, "within": within, "steering": steering}
    async with conn.cursor(row_factory=dict_row) as cursor:
        row = await (await cursor.execute(_COUNTS, facts)).fetchone()
    assert row is not None
    return row

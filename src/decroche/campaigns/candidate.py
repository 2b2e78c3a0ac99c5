"""A queue entry as the rules and the agent's screen see it, read in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from decroche.calls.results import REACHED_THE_CONTACT

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that might be called, with everything that the rules and the agent's screen need of it."""

    entry_id: int
    campaign_id: int
    contact_id: int
    attempts: int
    attempts_by_result: Mapping[str, int]
    phone_position: int
    phones: tuple[tuple[str, str], ...]
    """(kind, e164), fax included."""
    contact: Mapping[str, Any]
    answers: Mapping[str, Any]
    attempts_at: tuple[datetime, ...]
    abandoned_at: Mapping[str, datetime]
    """Number → when it last answered and found no agent, lately."""
    do_not_call: Mapping[str, bool]
    """Number → whether it is refused everywhere (True) or in this campaign only."""
    erased: bool
    callback_id: int | None
    callback_note: str | None
    callback_due_at: datetime | None


CONTACT_FIELDS = (
    "civility", "first_name", "last_name", "company", "address", "address2", "postal_code", "city", "country",
    "client_code", "email", "custom",
)  # fmt: skip

FACTS = """
SELECT q.id, q.campaign_id, q.contact_id, q.attempts, q.attempts_by_result, q.phone_position, q.state, q.claim,
  c.civility, c.first_name, c.last_name, c.company, c.address, c.address2, c.postal_code, c.city, c.country,
  c.client_code, c.email, c.custom, c.erased_at,
  COALESCE((SELECT jsonb_agg(jsonb_build_array(p.kind, p.e164) ORDER BY p.id)
    FROM contacts_contactphone p WHERE p.contact_id = c.id), '[]') AS phones,
  COALESCE((SELECT jsonb_object_agg(a.question_key, a.value) FROM contacts_scriptanswer a
    WHERE a.contact_id = c.id AND a.campaign_id = q.campaign_id), '{}') AS answers,
  ARRAY(SELECT h.claimed_at FROM calls_call h WHERE h.contact_id = c.id AND h.claimed_at > %(since)s
    AND h.result = ANY(%(counted)s)) AS attempts_at,
  COALESCE((SELECT jsonb_object_agg(a.e164, a.at) FROM (SELECT h.e164, max(COALESCE(h.answered_at, h.claimed_at)) AS at
      FROM contacts_contactphone p JOIN calls_call h ON h.e164 = p.e164
      WHERE p.contact_id = c.id AND h.result = 'abandoned' AND h.claimed_at > %(abandoned_since)s GROUP BY h.e164) a),
    '{}') AS abandoned_at,
  COALESCE((SELECT jsonb_object_agg(d.e164, d.everywhere) FROM (
      SELECT d.e164, bool_or(d.campaign_id IS NULL) AS everywhere
      FROM contacts_donotcall d JOIN contacts_contactphone p ON p.e164 = d.e164
      WHERE p.contact_id = c.id AND (d.campaign_id IS NULL OR d.campaign_id = q.campaign_id) GROUP BY d.e164) d),
    '{}') AS do_not_call,
  cb.id AS callback_id, cb.note AS callback_note, cb.due_at AS callback_due_at
FROM picked
JOIN campaigns_queueentry q ON q.id = picked.id
JOIN contacts_contact c ON c.id = q.contact_id
LEFT JOIN LATERAL (SELECT b.id, b.note, b.due_at FROM callbacks_callback b
  WHERE b.contact_id = q.contact_id AND b.campaign_id = q.campaign_id AND b.state = 'scheduled'
  ORDER BY b.due_at LIMIT 1) cb ON TRUE
ORDER BY picked.place
"""
"""Follows a `WITH … picked AS (SELECT id, place …)`; see `read_candidates` for its parameters."""

_THIS_ONE = "WITH picked AS (SELECT %(entry)s::bigint AS id, 1 AS place)" + FACTS


async def read_candidate(conn: AsyncConnection[Any], entry_id: int, *, now: datetime) -> Candidate | None:
    """One entry, whatever its state; None where there is none."""
    return next(iter(await read_candidates(conn, _THIS_ONE, {"entry": entry_id}, now)), None)


async def read_candidates(conn: AsyncConnection[Any], query: str, facts: Row, now: datetime) -> list[Candidate]:
    """What a query ending in `FACTS` picked, in its order."""
    counted = [str(result) for result in REACHED_THE_CONTACT]
    facts = facts | {
        "now": now,
        "since": now - timedelta(days=30),
        "abandoned_since": now - timedelta(days=4),
        "counted": counted,
    }
    async with conn.cursor(row_factory=dict_row) as cursor:
        rows = await (await cursor.execute(query, facts)).fetchall()
    return [_candidate(row) for row in rows]


def _candidate(row: Row) -> Candidate:
    return Candidate(
        entry_id=row["id"],
        campaign_id=row["campaign_id"],
        contact_id=row["contact_id"],
        attempts=row["attempts"],
        attempts_by_result=row["attempts_by_result"],
        phone_position=row["phone_position"],
        phones=tuple((kind, e164) for kind, e164 in row["phones"]),
        contact={name: row[name] for name in CONTACT_FIELDS},
        answers=row["answers"],
        attempts_at=tuple(row["attempts_at"]),
        abandoned_at={e164: datetime.fromisoformat(at) for e164, at in row["abandoned_at"].items()},
        do_not_call=row["do_not_call"],
        erased=row["erased_at"] is not None,
        callback_id=row["callback_id"],
        callback_note=row["callback_note"],
        callback_due_at=row["callback_due_at"],
    )

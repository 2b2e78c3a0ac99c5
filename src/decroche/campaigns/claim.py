"""The queue's SQL: who is next, claimed for one call at a time, settled afterwards. Only the floor runs it.

A claim is one transaction, committed before anything is dialed: the entry is locked (SKIP LOCKED, so that two floors
pass each other by), judged, marked `claimed` with the call's id and a lease, and the call's row inserted. Two unique
indexes on live calls (one per contact, one per number) hold whatever two campaigns or two floors attempt at once.
A claim that is never settled, because its floor died, is over when its lease is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from psycopg import AsyncConnection, errors
from psycopg.rows import dict_row

from decroche.calls.results import REACHED_THE_CONTACT
from decroche.campaigns.settlement import LEASE

JUDGED_AT_ONCE = 40
"""Entries refused one after the other before a claim gives up and lets others work."""
BLOCKED_FOR = timedelta(seconds=30)
"""How long an entry waits whose contact or number is in a call somewhere else."""

Row = dict[str, Any]
LOCKED = errors.LockNotAvailable
"""What `claim_contact` raises where another transaction holds the entry at this instant."""
T = TypeVar("T")


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
    do_not_call: Mapping[str, bool]
    """Number → whether it is refused everywhere (True) or in this campaign only."""
    erased: bool
    callback_id: int | None
    callback_note: str | None
    callback_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class PutOff:
    """The rules refuse the entry: it waits until then, or is over where `until` is None."""

    reason: str
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Claimed(Generic[T]):
    """`chosen` is what the judge answered."""

    candidate: Candidate
    chosen: T


@dataclass(frozen=True, slots=True)
class Search(Generic[T]):
    """What a search found. `more`: it gave up after many refusals, and should go on."""

    found: Claimed[T] | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose turn: an agent (his own promises first) in a campaign. `overseas_only`: the mainland is closed now."""

    campaign_id: int
    user_id: int
    promise_campaign_ids: Sequence[int]
    overseas_only: bool = False
    promises_only: bool = False


_LIVE_ELSEWHERE = (
    "NOT EXISTS (SELECT 1 FROM calls_call live WHERE live.state <> 'ended' AND live.contact_id = q.contact_id)"
)

_OVERSEAS = """
  AND EXISTS (SELECT 1 FROM contacts_contact c JOIN contacts_contactphone p ON p.contact_id = c.id
    WHERE c.id = q.contact_id AND (c.postal_code ~ '^97[1-6]' OR p.e164 ~ '^[+](262|590|594|596|508)'))
"""


def _picking(overseas: str = "") -> str:
    """The agent's own promise, else the next in the queue: one row, locked; others' locked rows are passed by."""
    return f"""
WITH promise AS MATERIALIZED (
  SELECT q.id FROM campaigns_queueentry q
  WHERE q.state = 'waiting' AND q.owner_until IS NOT NULL AND q.not_before <= %(now)s
    AND ((q.owner_id = %(user)s AND q.campaign_id = ANY(%(promise_campaigns)s))
         OR (q.campaign_id = %(campaign)s AND (q.owner_id IS NULL OR q.owner_until <= %(now)s)))
    AND {_LIVE_ELSEWHERE}
  ORDER BY q.not_before, q.id LIMIT 1 FOR UPDATE OF q SKIP LOCKED),
next AS MATERIALIZED (
  SELECT q.id FROM campaigns_queueentry q
  WHERE NOT %(promises_only)s AND NOT EXISTS (SELECT 1 FROM promise)
    AND q.state = 'waiting' AND q.owner_until IS NULL AND q.campaign_id = %(campaign)s AND q.not_before <= %(now)s
    AND {_LIVE_ELSEWHERE}{overseas}
  ORDER BY q.priority DESC, q.not_before, q.id LIMIT 1 FOR UPDATE OF q SKIP LOCKED),
picked AS (SELECT id FROM promise UNION ALL SELECT id FROM next)
"""  # noqa: S608 — constants only


_FACTS = """
SELECT q.id, q.campaign_id, q.contact_id, q.attempts, q.attempts_by_result, q.phone_position, q.state, q.claim,
  c.civility, c.first_name, c.last_name, c.company, c.address, c.address2, c.postal_code, c.city, c.country,
  c.client_code, c.email, c.custom, c.erased_at,
  COALESCE((SELECT jsonb_agg(jsonb_build_array(p.kind, p.e164) ORDER BY p.id)
    FROM contacts_contactphone p WHERE p.contact_id = c.id), '[]') AS phones,
  COALESCE((SELECT jsonb_object_agg(a.question_key, a.value) FROM contacts_scriptanswer a
    WHERE a.contact_id = c.id AND a.campaign_id = q.campaign_id), '{}') AS answers,
  ARRAY(SELECT h.claimed_at FROM calls_call h WHERE h.contact_id = c.id AND h.claimed_at > %(since)s
    AND h.result = ANY(%(counted)s)) AS attempts_at,
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
"""

_NEXT = _picking() + _FACTS
_NEXT_OVERSEAS = _picking(_OVERSEAS) + _FACTS
_THIS_ONE = "WITH picked AS (SELECT %(entry)s::bigint AS id)" + _FACTS

_CLAIM = """
UPDATE campaigns_queueentry SET state = 'claimed', claim = %(claim)s, lease_until = %(lease_until)s, refused_reason = ''
WHERE id = %(entry)s
"""

_PUT_OFF = """
UPDATE campaigns_queueentry SET refused_reason = %(reason)s::text,
  not_before = COALESCE(%(until)s::timestamptz, not_before),
  state = CASE WHEN %(until)s::timestamptz IS NULL THEN 'finished' ELSE 'waiting' END,
  finished_reason = CASE WHEN %(until)s::timestamptz IS NULL THEN left(%(reason)s::text, 20) ELSE '' END,
  claim = NULL, lease_until = NULL
WHERE id = %(entry)s
"""


async def claim_next(
    conn: AsyncConnection[Any],
    wanted: Wanted,
    *,
    claim: UUID,
    now: datetime,
    judge: Callable[[Candidate], T | PutOff | None],
    insert_call: Callable[[Candidate, T], tuple[str, Row]] | None,
) -> Search[T]:
    """The next entry that the rules allow, claimed and committed with its call's row, if there is one now.

    `judge` must not block; it answers None where nothing can be dialed at all (no free line), which ends the search.
    `insert_call` None: the record is only offered, its call comes later (`claim_call`).
    """
    for _ in range(JUDGED_AT_ONCE):
        # In a pipeline what needs no answer waits for what does: three round trips a claim, not seven.
        async with conn.pipeline() as pipeline, conn.transaction():
            candidate = await _next_candidate(conn, wanted, now)
            if candidate is None:
                return Search()
            verdict = judge(candidate)
            if verdict is None:
                return Search()
            if isinstance(verdict, PutOff):
                await put_off(conn, candidate.entry_id, verdict)
                continue
            await conn.execute(_CLAIM, {"claim": claim, "lease_until": now + LEASE, "entry": candidate.entry_id})
            if insert_call is None:
                return Search(Claimed(candidate, verdict))
            inserted = await conn.execute(*insert_call(candidate, verdict))
            await pipeline.sync()
            if inserted.rowcount == 1:
                return Search(Claimed(candidate, verdict))
            # Its contact or its number is in a live call: somebody else first, this one soon.
            await put_off(conn, candidate.entry_id, PutOff("in_call", now + BLOCKED_FOR))
    return Search(more=True)


async def _next_candidate(conn: AsyncConnection[Any], wanted: Wanted, now: datetime) -> Candidate | None:
    """Locked, and read in the same statement: a row that changed since is not `waiting` any more, and passed by."""
    facts = {
        "user": wanted.user_id,
        "campaign": wanted.campaign_id,
        "promise_campaigns": list(wanted.promise_campaign_ids),
        "promises_only": wanted.promises_only,
    }
    return await _read(conn, _NEXT_OVERSEAS if wanted.overseas_only else _NEXT, facts, now)


async def put_off(conn: AsyncConnection[Any], entry_id: int, verdict: PutOff) -> None:
    await conn.execute(_PUT_OFF, {"entry": entry_id, "reason": verdict.reason[:40], "until": verdict.until})


async def read_candidate(conn: AsyncConnection[Any], entry_id: int, *, now: datetime) -> Candidate | None:
    """The entry as the rules and the screen see it."""
    return await _read(conn, _THIS_ONE, {"entry": entry_id}, now)


async def _read(conn: AsyncConnection[Any], query: str, facts: Row, now: datetime) -> Candidate | None:
    facts |= {"now": now, "since": now - timedelta(days=30), "counted": [str(r) for r in REACHED_THE_CONTACT]}
    async with conn.cursor(row_factory=dict_row) as cursor:
        row = await (await cursor.execute(query, facts)).fetchone()
    if row is None:
        return None
    contact = {name: row[name] for name in CONTACT_FIELDS}
    return Candidate(
        entry_id=row["id"],
        campaign_id=row["campaign_id"],
        contact_id=row["contact_id"],
        attempts=row["attempts"],
        attempts_by_result=row["attempts_by_result"],
        phone_position=row["phone_position"],
        phones=tuple((kind, e164) for kind, e164 in row["phones"]),
        contact=contact,
        answers=row["answers"],
        attempts_at=tuple(row["attempts_at"]),
        do_not_call=row["do_not_call"],
        erased=row["erased_at"] is not None,
        callback_id=row["callback_id"],
        callback_note=row["callback_note"],
        callback_due_at=row["callback_due_at"],
    )


CONTACT_FIELDS = (
    "civility", "first_name", "last_name", "company", "address", "address2", "postal_code", "city", "country",
    "client_code", "email", "custom",
)  # fmt: skip

# ── One entry, by a person's choice ──────────────────────────────────────────

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


async def claim_contact(
    conn: AsyncConnection[Any], *, campaign_id: int, contact_id: int, claim: UUID, now: datetime
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
    return await read_candidate(conn, row[0], now=now)


_RECLAIM = """
UPDATE campaigns_queueentry SET claim = %(new)s, lease_until = %(lease_until)s
WHERE id = %(entry)s AND (claim = %(old)s OR (claim IS NULL AND state IN ('waiting', 'finished')))
"""


async def reclaim(conn: AsyncConnection[Any], *, entry_id: int, old: UUID, new: UUID, now: datetime) -> bool:
    """The same agent goes on with the same record under another call (next number, an offered record called)."""
    facts = {"entry": entry_id, "old": old, "new": new, "lease_until": now + LEASE}
    return (await conn.execute(_RECLAIM, facts)).rowcount == 1

"""What the rows know of a number that is called and of who calls it; and the rows of such a call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from decroche.calls.returning import Attempt, ReturnNumber
from decroche.campaigns.candidate import Candidate, read_candidate
from decroche.campaigns.claim_contact import LOCKED, claim_contact
from decroche.floor import bare_record
from decroche.floor.db import Database

_NUMBER = """
SELECT n.return_to, n.return_campaign_id, n.return_wait_s, ARRAY(
  SELECT c.id FROM campaigns_campaignpresentednumber p JOIN campaigns_campaign c ON c.id = p.campaign_id
  WHERE p.number_id = n.id GROUP BY c.id ORDER BY (c.status = 'open') DESC, c.priority DESC, c.id DESC) AS shown_by
FROM campaigns_presentednumber n WHERE n.e164 = %(e164)s
"""

# Earlier calls to this telephone, and to this person's other ones; each by an index of its own.
_ATTEMPTS = """
SELECT a.campaign_id, a.agent_id, a.contact_id FROM (
  SELECT c.* FROM calls_call c WHERE c.e164 = %(e164)s
  UNION SELECT c.* FROM calls_call c
    WHERE c.contact_id IN (SELECT contact_id FROM contacts_contactphone WHERE e164 = %(e164)s)) a
WHERE a.presented = %(did)s AND a.direction = 'outbound' AND a.placed_at IS NOT NULL AND a.campaign_id IS NOT NULL
ORDER BY a.claimed_at DESC LIMIT 20
"""
_HOLDERS = "SELECT contact_id FROM contacts_contactphone WHERE e164 = %(e164)s ORDER BY contact_id LIMIT 50"

_PLACE = """
SELECT id, state, not_before, finished_reason, refused_reason FROM campaigns_queueentry
WHERE campaign_id = %(campaign)s AND contact_id = %(contact)s
"""
_KEPT = """
UPDATE callbacks_callback SET state = 'done', kept_in_call_id = %(call)s, updated_at = %(at)s
WHERE contact_id = %(contact)s AND campaign_id = %(campaign)s AND state = 'scheduled'
  AND (due_at <= %(at)s OR origin = 'return') AND made_in_call_id IS DISTINCT FROM %(call)s
"""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls; `e164` is empty where he hides it, `contact_id` None where nobody is known by it."""

    e164: str
    contact_id: int | None = None
    attempts: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """His record in the campaign, and where its entry stood. `is_new`: a bare one, made for this call."""

    candidate: Candidate
    former: dict[str, Any]
    is_new: bool


async def number_called(db: Database, e164: str) -> ReturnNumber | None:
    """None where it is none of ours."""
    rows = await db.fetch(_NUMBER, {"e164": e164})
    if not rows:
        return None
    row = rows[0]
    return ReturnNumber(row["return_to"], row["return_campaign_id"], row["return_wait_s"], tuple(row["shown_by"]))


async def caller(db: Database, e164: str, did: str) -> Caller:
    """The contact that was called last where several have this telephone."""
    if not e164:
        return Caller("")
    facts = {"e164": e164, "did": did}
    attempts = await db.fetch(_ATTEMPTS, facts)
    holders = [row["contact_id"] for row in await db.fetch(_HOLDERS, facts)]
    called = (row["contact_id"] for row in attempts if row["contact_id"] in holders)
    contact_id = next(called, holders[0] if holders else None)
    return Caller(e164, contact_id, tuple(Attempt(row["campaign_id"], row["agent_id"]) for row in attempts))


async def find_record(
    conn: AsyncConnection[Any], who: Caller, campaign_id: int, claim: UUID, now: datetime
) -> Found | None:
    """His entry, claimed for this call unless another call holds it (then he is only shown). Inside a transaction.

    None where he was erased meanwhile.
    """
    contact_id = who.contact_id
    if contact_id is None:
        contact_id = await bare_record.make(conn, who.e164, now)
    facts = {"campaign": campaign_id, "contact": contact_id}
    before = await (await conn.execute(_PLACE, facts)).fetchone()
    candidate = None
    try:
        async with conn.transaction():
            candidate = await claim_contact(
                conn, campaign_id=campaign_id, contact_id=contact_id, claim=claim, now=now, also=[who.e164]
            )  # fmt: skip
    except LOCKED:
        pass
    place = before or await (await conn.execute(_PLACE, facts)).fetchone()
    if place is None:
        return None
    candidate = candidate or await read_candidate(conn, place[0], now=now)
    if candidate is None:
        return None
    former = {
        "state": place[1] if before else "finished", "not_before": place[2].isoformat(),
        "finished_reason": place[3], "refused_reason": place[4] if before else "",
    }  # fmt: skip
    return Found(candidate, former, who.contact_id is None)


def promises_kept(call_id: UUID, contact_id: int, campaign_id: int, at: datetime) -> tuple[str, dict[str, Any]]:
    """He reached us himself: what was due, or promised because nobody had answered him, is done."""
    return _KEPT, {"call": call_id, "contact": contact_id, "campaign": campaign_id, "at": at}

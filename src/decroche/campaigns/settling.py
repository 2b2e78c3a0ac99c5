"""Hopeless entries leave the queue in one go, so that the dialer does not meet them one by one.

What can never be called is over with its reason, as the floor's own judgement leaves it (`floor/claiming.py`); what can
be called later waits until then; what only the campaign's settings forbid waits a day. What was over and is hopeless no
more waits again: `reconsider.py` takes up those that it knows of, and a proof may have come in the very moment. Twice
does no more than once. Promises are left to the judge, calls under way to the floor.
"""
# ruff: noqa: S608 - what is put together are texts of ours; values are parameters

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from decroche.campaigns.models import Campaign
from decroche.campaigns.prefilter import CAMPAIGNS_OWN, ENDING, OF_LINES, TOLD_EXACTLY, prefilter
from decroche.common.clock import Clock, SystemClock
from decroche.common.notify import notify_floor

CLOCK = SystemClock()
LOOKED_AT_AGAIN = timedelta(days=1)
"""How long an entry waits for the campaign's settings; a change of them brings it back at once."""
SOON = timedelta(hours=1)
"""One that waits for longer anyway is not pushed further."""

Condition = tuple[str, dict[str, Any]]
"""SQL on contacts_contact `c`, and its parameters by name."""
EVERYBODY: Condition = ("TRUE", {})


@dataclass(frozen=True, slots=True)
class Settled:
    """How many places are over, wait for later, wait again."""

    over: int
    later: int
    again: int


_OPEN = "q.state = 'waiting' AND q.owner_until IS NULL"
_OF_OPEN = f"c.id IN (SELECT q.contact_id FROM campaigns_queueentry q WHERE q.campaign_id = %(campaign)s AND {_OPEN})"
_SETTLE = f"""
WITH verdict AS MATERIALIZED ({{prefilter}}),
hopeless AS MATERIALIZED (
  SELECT q.id, v.code, v.code = ANY(%(ending)s) OR v.code = ANY(%(campaigns_own)s) AS waits,
    CASE WHEN v.code = ANY(%(campaigns_own)s) THEN %(again)s ELSE v.until END AS until
  FROM verdict v JOIN campaigns_queueentry q ON q.contact_id = v.contact AND q.campaign_id = %(campaign)s
  WHERE v.code <> ALL(%(of_lines)s) AND {_OPEN}
    AND (v.code <> ALL(%(ending)s) OR v.until > q.not_before)
    AND (v.code <> ALL(%(campaigns_own)s) OR q.not_before < %(soon)s)
  FOR UPDATE OF q SKIP LOCKED),
settled AS (
  UPDATE campaigns_queueentry q SET refused_reason = h.code, admitted = 0,
    not_before = CASE WHEN h.waits THEN h.until ELSE q.not_before END,
    state = CASE WHEN h.waits THEN 'waiting' ELSE 'finished' END,
    finished_reason = CASE WHEN h.waits THEN '' ELSE h.code END
  FROM hopeless h WHERE q.id = h.id RETURNING h.waits)
SELECT count(*) FILTER (WHERE NOT waits), count(*) FILTER (WHERE waits) FROM settled
"""

_OVER = (
    "q.campaign_id = %(campaign)s AND q.state = 'finished' AND q.finished_reason = q.refused_reason"
    " AND q.refused_reason = ANY(%(told_exactly)s)"
)
_AGAIN = f"""
WITH verdict AS MATERIALIZED ({{prefilter}}),
back AS MATERIALIZED (
  SELECT q.id, v.until FROM verdict v JOIN campaigns_queueentry q ON q.contact_id = v.contact
  WHERE (v.code IS NULL OR v.code = ANY(%(ending)s)) AND {_OVER} FOR UPDATE OF q SKIP LOCKED),
waiting AS (
  UPDATE campaigns_queueentry q SET state = 'waiting', finished_reason = '', refused_reason = '', admitted = 0,
    not_before = COALESCE(b.until, %(now)s) FROM back b WHERE q.id = b.id RETURNING 1)
SELECT count(*) FROM waiting
"""


def settle(campaign_id: int, clock: Clock = CLOCK, only: Condition = EVERYBODY) -> Settled:
    """The queue of a campaign, whatever its length, or the places of some: two statements, each a transaction."""
    row, now = Campaign.objects.select_related("principal").get(pk=campaign_id), clock.now()
    over, later = _run(row, now, _SETTLE, _OF_OPEN, only)
    (again,) = _run(row, now, _AGAIN, f"c.id IN (SELECT q.contact_id FROM campaigns_queueentry q WHERE {_OVER})", only)
    if over or later or again:
        notify_floor("queue_changed", campaign_id=row.pk)
    return Settled(over, later, again)


@transaction.atomic
def _run(row: Campaign, now: datetime, statement: str, of: str, only: Condition) -> tuple[int, ...]:
    some, named = only
    facts: dict[str, Any] = named | {
        "ending": list(ENDING),
        "campaigns_own": list(CAMPAIGNS_OWN),
        "of_lines": list(OF_LINES),
        "told_exactly": list(TOLD_EXACTLY),
        "again": now + LOOKED_AT_AGAIN,
        "soon": now + SOON,
    }
    asked = prefilter(row, now, f"{of} AND {some}", facts)
    with connection.cursor() as cursor:
        asked.gather(cursor)
        cursor.execute(statement.format(prefilter=asked.sql), asked.params)
        counts: tuple[int, ...] = cursor.fetchone()
    return counts

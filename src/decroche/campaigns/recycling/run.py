"""The work of a recycling and of its undoing: in parts, each a transaction, so that the floor waits for none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from decroche.campaigns.recycling.choice import NEVER, NO_NUMBER, chosen
from decroche.campaigns.recycling.models import RecycledEntry, Recycling
from decroche.campaigns.recycling.schemas import EndIn
from decroche.common.clock import Clock, SystemClock
from decroche.common.notify import notify_floor

AT_ONCE = 10_000
CLOCK = SystemClock()
Status = Recycling.Status

# A row that another transaction holds is waited for: it is being settled, and will not be chosen any more.
_PUT_BACK = """
WITH part AS MATERIALIZED (
  SELECT q.id FROM campaigns_queueentry q JOIN contacts_contact c ON c.id = q.contact_id
  WHERE q.campaign_id = %(campaign)s AND q.id > %(after)s AND {chosen} AND NOT ({never}) AND NOT ({no_number})
  ORDER BY q.id LIMIT %(limit)s FOR UPDATE OF q),
before AS (
  INSERT INTO recycling_recycledentry (recycling_id, entry_id, state, not_before, finished_reason, refused_reason,
    attempts, attempts_by_result, phone_position, last_call_at)
  SELECT %(recycling)s, q.id, q.state, q.not_before, q.finished_reason, q.refused_reason, q.attempts,
    q.attempts_by_result, q.phone_position, q.last_call_at
  FROM campaigns_queueentry q JOIN part ON part.id = q.id
  ON CONFLICT DO NOTHING RETURNING entry_id),
back AS (
  UPDATE campaigns_queueentry q SET state = 'waiting', not_before = %(not_before)s, finished_reason = '',
    refused_reason = '', owner_id = NULL, owner_until = NULL, admitted = CASE WHEN %(steered)s THEN 0 END,
    attempts = CASE WHEN %(keeps)s THEN q.attempts ELSE 0 END,
    attempts_by_result = CASE WHEN %(keeps)s THEN q.attempts_by_result ELSE '{{}}' END,
    phone_position = CASE WHEN %(keeps)s THEN q.phone_position ELSE 0 END
  FROM before WHERE q.id = before.entry_id RETURNING q.id)
SELECT (SELECT max(id) FROM part), (SELECT count(*) FROM back)
"""

# Called since: its last call, its attempts or its state say so. Promised or taken out since: a person decided so.
_TAKE_BACK = """
WITH part AS MATERIALIZED (
  SELECT b.id, b.entry_id FROM recycling_recycledentry b
  WHERE b.recycling_id = %(recycling)s AND b.entry_id > %(after)s ORDER BY b.entry_id LIMIT %(limit)s),
held AS MATERIALIZED (
  SELECT q.id FROM campaigns_queueentry q JOIN part ON part.entry_id = q.id ORDER BY q.id FOR UPDATE OF q),
restored AS (
  UPDATE campaigns_queueentry q SET state = b.state, not_before = b.not_before, finished_reason = b.finished_reason,
    refused_reason = b.refused_reason, attempts = b.attempts, attempts_by_result = b.attempts_by_result,
    phone_position = b.phone_position
  FROM recycling_recycledentry b JOIN part ON part.id = b.id
  WHERE q.id = b.entry_id AND EXISTS (SELECT 1 FROM held) AND q.owner_until IS NULL
    AND q.last_call_at IS NOT DISTINCT FROM b.last_call_at
    AND q.attempts = CASE WHEN %(keeps)s THEN b.attempts ELSE 0 END
    AND (q.state = 'waiting' OR q.state = 'finished' AND q.refused_reason <> '')
    AND NOT EXISTS (SELECT 1 FROM recycling_recycledentry x WHERE x.entry_id = q.id AND x.recycling_id > b.recycling_id)
  RETURNING q.id)
SELECT (SELECT max(entry_id) FROM part), (SELECT count(*) FROM restored), (SELECT count(*) FROM part)
"""


def run(recycling_id: int, clock: Clock = CLOCK) -> None:
    """Put back part after part until none is left, or somebody undoes it."""
    while _part(recycling_id, Status.RUNNING, Status.DONE, clock):
        pass


def undo(recycling_id: int, clock: Clock = CLOCK) -> None:
    """Restore what nobody called since."""
    while _part(recycling_id, Status.UNDOING, Status.UNDONE, clock):
        pass


@transaction.atomic
def _part(recycling_id: int, during: Recycling.Status, then: Recycling.Status, clock: Clock) -> bool:
    """Whether there is more to do."""
    row = Recycling.objects.select_for_update().filter(pk=recycling_id, status=during).first()
    if row is None:
        return False
    reached = _put_back(row, clock) if during == Status.RUNNING else _take_back(row)
    if reached is None:
        row.status, row.reached_id = then, 0
    else:
        row.reached_id = reached
    row.save()
    notify_floor("queue_changed", campaign_id=row.campaign_id)
    return reached is not None


def _put_back(row: Recycling, clock: Clock) -> int | None:
    facts = _facts(row) | {
        "now": clock.now(),
        "not_before": row.not_before,
        "campaign": row.campaign_id,
        "steered": row.campaign.steering > 0,
    }
    condition = chosen([EndIn(**end) for end in row.ends], facts)
    sql = _PUT_BACK.format(chosen=condition, never=NEVER, no_number=NO_NUMBER)
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        reached, count = cursor.fetchone()
    row.recycled += count
    return int(reached) if reached is not None else None


def _take_back(row: Recycling) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, _facts(row))
        reached, restored, looked_at = cursor.fetchone()
    row.restored += restored
    row.kept += looked_at - restored
    return int(reached) if reached is not None else None


def _facts(row: Recycling) -> dict[str, Any]:
    return {"recycling": row.pk, "after": row.reached_id, "limit": AT_ONCE, "keeps": row.keeps_attempts}


def forget(days: int, clock: Clock = CLOCK) -> int:
    """What entries were before, once nobody will take it back; the acts themselves stay. Returns how many rows went."""
    old = RecycledEntry.objects.filter(recycling__created_at__lt=clock.now() - timedelta(days=days))
    return old.delete()[0]

"""Admitting entries to a campaign's steering: the first ones at once, the rest by the worker, some thousands at a time.

The first are admitted in the transaction that changes the order, so that the next call obeys; whoever comes after is
admitted in the same order, faster than anybody can call. Entries that do not fit are not written at all.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.steering.rule import SteeringRule
from decroche.common.notify import notify_floor

FIRST = 2_000
"""Admitted at once: eight seconds of calls of the largest floor."""
CHUNK = 5_000
PASSES = 5
"""What was held by a claim in one pass is admitted by the next."""

_WAITING = """
  FROM campaigns_queueentry q JOIN contacts_contact c ON c.id = q.contact_id
  WHERE q.campaign_id = %(campaign)s AND q.state = 'waiting' AND q.owner_until IS NULL
"""
# What somebody holds at this instant is passed by: nobody waits, and the next pass finds it.
_ADMIT = """
WITH mine AS MATERIALIZED (
  SELECT a.* FROM ({source}) a JOIN campaigns_queueentry q ON q.id = a.id
  WHERE q.state = 'waiting' AND q.not_before = a.not_before AND q.admitted IS NOT DISTINCT FROM a.admitted
  FOR UPDATE OF q SKIP LOCKED)
UPDATE campaigns_queueentry q SET admitted = m.target, rank = m.rank, stream = m.stream FROM mine m WHERE q.id = m.id
"""


def admit_first(campaign_id: int, rule: SteeringRule, now: datetime) -> int:
    """Those that are next under this rule; how many."""
    source = f"""
      SELECT q.id, q.not_before, q.admitted, {rule.number} AS target, {rule.rank} AS rank, {rule.stream} AS stream
      {_WAITING} AND q.not_before <= %(now)s AND ({rule.fits})
      ORDER BY q.priority DESC, ({rule.rank}) COLLATE "C", q.not_before, q.id LIMIT {FIRST}"""
    with connection.cursor() as cursor:
        cursor.execute(_ADMIT.format(source=source), {**rule.params, "campaign": campaign_id, "now": now})
        return int(cursor.rowcount)


def admit_all(campaign_id: int, rule: SteeringRule, now: datetime) -> int:
    """Everything that waits: what fits and is due is admitted, what fits and is due later will be judged then.

    Stops where the campaign is steered otherwise meanwhile. Returns how many entries were written.
    """
    written = 0
    for _ in range(PASSES):
        listed, done, in_force = _pass(campaign_id, rule, now)
        written += done
        if done == listed or not in_force:
            break
    _ended(campaign_id, rule)
    return written


def _pass(campaign_id: int, rule: SteeringRule, now: datetime) -> tuple[int, int, bool]:
    """(entries to write, entries written, whether this steering is still in force)."""
    written = 0
    chunk = _ADMIT.format(source="SELECT * FROM admission WHERE n > %s AND n <= %s")
    with connection.cursor() as cursor:
        try:
            facts = {**rule.params, "campaign": campaign_id, "now": now}
            cursor.execute(_LISTED.format(rule=rule, waiting=_WAITING), facts)
            cursor.execute("CREATE INDEX ON admission (n)")
            cursor.execute("ANALYZE admission")
            cursor.execute("SELECT count(*) FROM admission")
            total = int(cursor.fetchone()[0])
            for low in range(0, total, CHUNK):
                if not _goes_on(campaign_id, rule, low, total):
                    return total, written, False
                cursor.execute(chunk, [low, low + CHUNK])
                written += cursor.rowcount
        finally:
            cursor.execute("DROP TABLE IF EXISTS admission")
    return total, written, True


def is_behind(campaign_id: int, now: datetime) -> bool:
    """Whether more entries wait to be judged than a few claims judge."""
    unjudged = QueueEntry.objects.filter(
        campaign_id=campaign_id, state=QueueEntry.State.WAITING, owner_until=None, admitted=0, not_before__lte=now
    )
    return unjudged.values("pk")[:FIRST].count() == FIRST


_LISTED = """
CREATE TEMP TABLE admission AS
SELECT row_number() OVER (ORDER BY target = 0, priority DESC, rank COLLATE "C", not_before, id) AS n, l.*
FROM (
  SELECT q.id, q.priority, q.not_before, q.admitted, {rule.rank} AS rank, {rule.stream} AS stream,
    CASE WHEN ({rule.fits}) IS NOT TRUE THEN NULL WHEN q.not_before > %(now)s THEN 0 ELSE {rule.number} END AS target
  {waiting}) l
WHERE target IS DISTINCT FROM admitted AND (target IS NOT NULL OR admitted IN (0, {rule.number}))
"""


def _goes_on(campaign_id: int, rule: SteeringRule, done: int, total: int) -> bool:
    """Whether this steering is still in force, and how far it has come."""
    progress: dict[str, Any] | None = {"done": done, "total": total}
    found = Campaign.objects.filter(pk=campaign_id, steering=rule.number)
    return bool(found.update(steering_progress=progress))


@transaction.atomic
def _ended(campaign_id: int, rule: SteeringRule) -> None:
    Campaign.objects.filter(pk=campaign_id, steering=rule.number).update(steering_progress=None)
    notify_floor("queue_changed", campaign_id=campaign_id)

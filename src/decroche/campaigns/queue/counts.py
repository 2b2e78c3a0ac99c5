"""Every figure of a campaign's queue, by one pass over its entries."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from decroche.campaigns import selectors
from decroche.campaigns.queue.schemas import Ended, Moment, QueueRefusal, QueueView
from decroche.campaigns.queue.standing import LAST_RESULT, OUTCOME, STANDING, STANDINGS, WHY, facts
from decroche.dispositions.models import Disposition

PARIS = "Europe/Paris"
BY_THE_HOUR = timedelta(hours=24)
DAYS = 14
A_MOMENT = timedelta(milliseconds=1)
"""The API's instants have no finer parts."""

# Not an index-only plan: what tells refusals and ends apart is on the row, and rows of a queue that is called change
# all day long. One parallel pass over a million entries costs about what counting them does (bench/contacts.py).
_COUNTS = f"""
SELECT standing, why, outcome, last_result, state, unit, date_trunc(unit, not_before, '{PARIS}') AS moment,
  count(*), count(*) FILTER (WHERE attempts = 0 AND state = 'waiting'), min(not_before), max(not_before)
FROM (SELECT *, CASE WHEN standing NOT IN ('later', 'promised') THEN NULL
    WHEN not_before < %(by_the_hour)s THEN 'hour' WHEN not_before < %(by_the_day)s THEN 'day' ELSE 'year' END AS unit
  FROM (SELECT {STANDING} AS standing, {WHY} AS why, {OUTCOME} AS outcome, {LAST_RESULT} AS last_result, q.state,
      q.attempts, q.not_before
    FROM campaigns_queueentry q WHERE q.campaign_id = %(campaign)s) q) q
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608 — constants only

NEVER_AGAIN = ("do_not_call", "do_not_call_campaign", "erased")
"""Ends that no recycling undoes."""


def view(campaign_id: int) -> QueueView:
    """Raises NotFound."""
    row, now = selectors.get(campaign_id), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS, facts(row, now) | {"by_the_hour": now + BY_THE_HOUR, "by_the_day": now + timedelta(days=DAYS)}
        )
        groups = cursor.fetchall()
    totals: dict[str, int] = dict.fromkeys(STANDINGS, 0)
    never_called = 0
    refusals: dict[tuple[str, bool], tuple[int, datetime, datetime]] = {}
    ends: dict[tuple[int | None, str, str], int] = defaultdict(int)
    moments: dict[tuple[datetime, str], Moment] = {}
    for standing, why, outcome, last_result, state, unit, moment, count, fresh, first, last in groups:
        totals[standing] += count
        never_called += fresh
        if standing == "refused":
            n, since, until = refusals.get((why, state == "finished"), (0, first, last))
            refusals[why, state == "finished"] = (n + count, min(since, first), max(until, last))
        elif standing == "finished":
            ends[outcome, why, last_result] += count
        elif moment is not None:
            known = moments.get((moment, unit))
            moments[moment, unit] = Moment(
                from_at=min(first, known.from_at) if known else first,
                until_at=max(last + A_MOMENT, known.until_at) if known else last + A_MOMENT,
                count=count + (known.count if known else 0),
                unit=unit,
            )
    return QueueView(
        at=now,
        total=sum(totals.values()),
        **totals,
        never_called=never_called,
        moments=sorted(moments.values(), key=lambda one: one.from_at),
        refusals=[
            QueueRefusal(
                code=code,
                for_good=for_good,
                count=count,
                first_free_at=None if for_good else first,
                last_free_at=None if for_good else last,
            )
            for (code, for_good), (count, first, last) in sorted(refusals.items(), key=lambda one: -one[1][0])
        ],
        ends=_ends(campaign_id, ends),
    )


def _ends(campaign_id: int, found: dict[tuple[int | None, str, str], int]) -> list[Ended]:
    """The most frequent first."""
    dispositions = Disposition.objects.in_bulk([outcome for outcome, _, _ in found if outcome is not None])
    ends = []
    for (outcome, why, last_result), count in sorted(found.items(), key=lambda one: -one[1]):
        disposition = dispositions.get(outcome) if outcome is not None else None
        never = disposition.effect == Disposition.Effect.DO_NOT_CALL if disposition else why in NEVER_AGAIN
        ends.append(
            Ended(
                disposition_id=outcome,
                label=disposition.label if disposition else "",
                code=why,
                last_result=last_result,
                count=count,
                recyclable=not never,
            )
        )
    return ends

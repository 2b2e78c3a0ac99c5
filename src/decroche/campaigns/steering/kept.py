"""What a filter and a territory keep of a queue, counted in one pass: the filter is asked once, of all contacts.

A claim asks it of one entry at a time (`fitting.predicate`); at a million entries that would take eight seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from decroche.campaigns.steering.fitting import Found
from decroche.campaigns.steering.rule import Params
from decroche.campaigns.steering.schema import KeptNow
from decroche.campaigns.territory import Range, multirange

_KEPT = """
SELECT count(*) FILTER (WHERE NOT promised), count(*) FILTER (WHERE NOT promised AND inside),
  count(*) FILTER (WHERE due AND (promised OR inside)), count(*) FILTER (WHERE promised)
FROM (SELECT q.owner_until IS NOT NULL AS promised, q.not_before <= %(now)s AS due,
    {fits} AND (%(within)s::int4multirange IS NULL OR q.place <@ %(within)s::int4multirange) IS TRUE AS inside
  FROM campaigns_queueentry q {joined} WHERE q.campaign_id = %(campaign)s AND q.state = 'waiting') q
"""


def kept(campaign_id: int, found: Found | None, ranges: Sequence[Range], now: datetime) -> KeptNow:
    """`found`: the contacts of the filter, None without one. Nothing is changed."""
    facts: Params = {"campaign": campaign_id, "now": now, "within": multirange(ranges) if ranges else None}
    fits, joined = "TRUE", ""
    if found is not None:
        sql, params = found
        facts |= params
        fits, joined = "f.id IS NOT NULL", f"LEFT JOIN ({sql}) f(id) ON f.id = q.contact_id"
    with connection.cursor() as cursor:
        cursor.execute(_KEPT.format(fits=fits, joined=joined), facts)
        waiting, inside, callable_now, promises = cursor.fetchone()
    return KeptNow(waiting=waiting, inside=inside, callable=callable_now, promises=promises)

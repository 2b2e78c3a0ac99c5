"""What the detection of answering machines did: persons taken for machines, machines taken for persons."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from decroche.campaigns import selectors
from decroche.campaigns.schemas import AmdReport
from decroche.common.shares import wilson

OVER = timedelta(days=30)

_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE e.detail->>'verdict' = 'MACHINE'),
  count(*) FILTER (WHERE e.detail->>'verdict' = 'MACHINE' AND (e.detail->>'checked')::boolean AND d.id IS NOT NULL),
  count(*) FILTER (WHERE e.detail->>'verdict' = 'MACHINE' AND (e.detail->>'checked')::boolean AND d.reached),
  count(*) FILTER (WHERE e.detail->>'verdict' <> 'MACHINE' AND NOT d.reached)
FROM calls_call c JOIN calls_callevent e ON e.call_id = c.id AND e.trigger = 'screened' AND e.old = e.new
LEFT JOIN dispositions_disposition d ON d.id = c.disposition_id
WHERE c.campaign_id = %s AND c.claimed_at > %s
"""


def report(campaign_id: int) -> AmdReport:
    """Over the last 30 days. Raises NotFound."""
    row = selectors.get(campaign_id)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [row.pk, timezone.now() - OVER])
        screened, machines, checked, false, missed = cursor.fetchone()
    low, high = wilson(false, checked)
    return AmdReport(
        screened=screened, machines=machines, checked=checked, false_machines=false,
        false_share=false / checked if checked else None, false_share_low=low, false_share_high=high,
        missed_machines=missed,
    )  # fmt: skip

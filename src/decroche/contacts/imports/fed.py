"""The campaigns that a batch feeds: chosen in the wizard, or given its contacts later, in whatever way."""

from __future__ import annotations

from django.db import connection

from decroche.common.errors import NotFound
from decroche.contacts.imports.schemas import FedCampaign
from decroche.contacts.models import ImportBatch
from decroche.contacts.schemas import CampaignRef

_FED = """
SELECT q.campaign_id, n.name, count(*), count(*) FILTER (WHERE q.state IN ('waiting', 'claimed')),
  count(*) FILTER (WHERE q.attempts > 0), count(*) FILTER (WHERE q.state = 'finished'),
  count(*) FILTER (WHERE q.state = 'withdrawn')
FROM (
    SELECT q.* FROM contacts_contact c JOIN campaigns_queueentry q ON q.contact_id = c.id WHERE c.batch_id = %(batch)s
    UNION ALL
    SELECT q.* FROM campaigns_queueentry q JOIN contacts_contact c ON c.id = q.contact_id
    WHERE q.batch_id = %(batch)s AND c.batch_id IS DISTINCT FROM %(batch)s
  ) q
JOIN campaigns_campaign n ON n.id = q.campaign_id
GROUP BY 1, 2 ORDER BY 3 DESC, 2
"""


def campaigns_fed(batch_id: int) -> list[FedCampaign]:
    """Where its contacts have a place, by whatever way they came there; the largest first. Raises NotFound."""
    if not ImportBatch.objects.filter(pk=batch_id).exists():
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute(_FED, {"batch": batch_id})
        return [
            FedCampaign(
                campaign=CampaignRef(id=campaign, name=name), total=total, waiting=waiting, called=called,
                finished=finished, withdrawn=withdrawn,
            )
            for campaign, name, total, waiting, called, finished, withdrawn in cursor.fetchall()
        ]  # fmt: skip

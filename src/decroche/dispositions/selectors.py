"""Reading outcomes."""

from __future__ import annotations

from django.db.models import QuerySet

from decroche.campaigns.models import Campaign
from decroche.common.errors import NotFound
from decroche.dispositions.models import Disposition


def dispositions(campaign_id: int) -> QuerySet[Disposition]:
    """Of a campaign, in order, inactive ones last. Raises NotFound."""
    if not Campaign.objects.filter(pk=campaign_id).exists():
        raise NotFound
    return Disposition.objects.filter(campaign_id=campaign_id).order_by("-active", "position", "id")

"""All that an agent's page needs of a campaign, in one answer."""

from __future__ import annotations

from decroche.accounts.models import User
from decroche.accounts.selectors import settings
from decroche.agents.models import PauseReason
from decroche.agents.schemas import PauseReasonOut
from decroche.campaigns import selectors
from decroche.campaigns.models import Campaign
from decroche.campaigns.schemas import Desk, DeskCustomField
from decroche.common.errors import NotFound
from decroche.contacts.models import CustomField
from decroche.dispositions.schemas import DispositionOut

SAME_NAME = [
    "name",
    "mode",
    "audience",
    "callback_number",
    "ring_timeout_s",
    "wrap_up",
    "wrap_up_s",
    "wrap_up_extension_s",
    "recording",
    "recording_notice",
    "disposition_hangs_up",
]


def desk(viewer: User, campaign_id: int) -> Desk:
    """Raises NotFound, for an agent also where he is not assigned."""
    found = Campaign.objects.filter(pk=campaign_id)
    row = (found if viewer.is_supervisor else found.filter(selectors.works_on(viewer))).first()
    if row is None:
        raise NotFound
    company_name = settings().company_name
    return Desk(
        **{name: getattr(row, name) for name in SAME_NAME},
        campaign_id=row.pk,
        version=selectors.desk_version(row.updated_at),
        script=selectors.script(row.pk),
        dispositions=[DispositionOut.from_orm(one) for one in row.dispositions.filter(active=True)],
        custom_fields=[DeskCustomField.from_orm(one) for one in CustomField.objects.all()],
        pause_reasons=[PauseReasonOut.from_orm(one) for one in PauseReason.objects.filter(active=True)],
        caller_name=row.caller_name or company_name,
        company_name=company_name,
    )

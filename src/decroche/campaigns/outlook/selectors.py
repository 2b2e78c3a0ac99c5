"""Reading counts."""

from __future__ import annotations

from typing import cast

from decroche.accounts.models import User
from decroche.campaigns.outlook.models import Outlook
from decroche.campaigns.outlook.schemas import OutlookOut, OutlookReason, OutlookStatus
from decroche.common.errors import Language, NotFound
from decroche.compliance.short import in_short


def get(outlook_id: int) -> Outlook:
    """Raises NotFound."""
    row = Outlook.objects.filter(pk=outlook_id).first()
    if row is None:
        raise NotFound
    return row


def outlook_out(row: Outlook, user: User) -> OutlookOut:
    """As screens show it."""
    language = cast("Language", user.language)
    return OutlookOut(
        id=row.pk,
        status=cast("OutlookStatus", row.status),
        campaign_id=row.campaign_id,
        total=row.callable + sum(row.reasons.values()),
        callable=row.callable,
        reasons=[
            OutlookReason(code=code, short=in_short(code, language), contacts=contacts)
            for code, contacts in sorted(row.reasons.items(), key=lambda one: (-one[1], one[0]))
        ],
        asked_at=row.created_at,
        counted_at=row.counted_at,
    )

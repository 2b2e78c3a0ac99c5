"""A campaign's announcements, changed by a manager."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from decroche.accounts.models import User
from decroche.campaigns import announcement_files as files
from decroche.campaigns import selectors
from decroche.campaigns.errors import BadSound, NotForConsumers
from decroche.campaigns.models import Announcement, Campaign
from decroche.campaigns.services import changed, lock
from decroche.common.errors import NotFound
from decroche.telephony.speech import speak

LARGEST_BYTES = 4 * 2**20


@transaction.atomic
def record(actor: User, campaign_id: int, kind: str, file: UploadedFile[Any]) -> None:
    """Raises NotFound, CampaignArchived, BadSound, NotForConsumers."""
    row = _for_kind(campaign_id, kind)
    if (file.size or 0) > LARGEST_BYTES:
        raise BadSound
    files.put(row, kind, file.read(), "")
    changed(actor, row, "campaign.announcement", kind=kind, how="recorded")


@transaction.atomic
def say(actor: User, campaign_id: int, kind: str, text: str) -> None:
    """Spoken by the machine. Raises NotFound, CampaignArchived, NotForConsumers."""
    row = _for_kind(campaign_id, kind)
    files.put(row, kind, speak(text), text)
    changed(actor, row, "campaign.announcement", kind=kind, how="spoken")


@transaction.atomic
def remove(actor: User, campaign_id: int, kind: str) -> None:
    """What every campaign has goes back to the machine's own words. Raises NotFound, CampaignArchived."""
    row = lock(campaign_id)
    found = row.announcements.filter(kind=kind).first()
    if found is None:
        raise NotFound
    files.remove(found)
    files.keep_in_step(row)
    changed(actor, row, "campaign.announcement", kind=kind, how="removed")


def sound(campaign_id: int, kind: str) -> Path:
    """Raises NotFound."""
    found = selectors.get(campaign_id).announcements.filter(kind=kind).first()
    path = files.existing_path(found.pk) if found is not None else None
    if path is None:
        raise NotFound
    return path


def _for_kind(campaign_id: int, kind: str) -> Campaign:
    row = lock(campaign_id)
    if kind == Announcement.Kind.MACHINE and row.audience == Campaign.Audience.B2C:
        raise NotForConsumers
    return row

"""A campaign's announcements, and what the detection of machines did."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from ninja import File, Router
from ninja.files import UploadedFile

from decroche.accounts.access import SUPERVISOR, actor
from decroche.campaigns import amd_report, announcements, selectors
from decroche.campaigns.codes import AnnouncementKind
from decroche.campaigns.errors import BadSound, CampaignArchived, NotForConsumers
from decroche.campaigns.schemas import AmdReport, CampaignOut, SayIn
from decroche.common.errors import NotFound
from decroche.common.http import answers, language_of

router = Router(tags=["campaigns"], auth=SUPERVISOR)
CHANGED = answers(CampaignOut, NotFound, CampaignArchived, BadSound, NotForConsumers)


@router.post(
    "/campaigns/{int:campaign_id}/announcements/{kind}/sound",
    response=CHANGED,
    operation_id="record_announcement",
)
def record_announcement(
    request: HttpRequest, campaign_id: int, kind: AnnouncementKind, file: File[UploadedFile]
) -> CampaignOut:
    """A mono WAV of 16 bits, 8 or 16 kHz, 1 to 60 s."""
    announcements.record(actor(request), campaign_id, kind, file)
    return selectors.campaign(campaign_id, language_of(request))


@router.put("/campaigns/{int:campaign_id}/announcements/{kind}/text", response=CHANGED, operation_id="say_announcement")
def say_announcement(request: HttpRequest, campaign_id: int, kind: AnnouncementKind, body: SayIn) -> CampaignOut:
    """Spoken by the machine's voice."""
    announcements.say(actor(request), campaign_id, kind, body.text)
    return selectors.campaign(campaign_id, language_of(request))


@router.delete(
    "/campaigns/{int:campaign_id}/announcements/{kind}",
    response=answers(CampaignOut, NotFound, CampaignArchived),
    operation_id="remove_announcement",
)
def remove_announcement(request: HttpRequest, campaign_id: int, kind: AnnouncementKind) -> CampaignOut:
    """The message of abandoned calls goes back to the machine's own words."""
    announcements.remove(actor(request), campaign_id, kind)
    return selectors.campaign(campaign_id, language_of(request))


@router.get(
    "/campaigns/{int:campaign_id}/announcements/{kind}/sound",
    operation_id="get_announcement",
    response=answers(None, NotFound, status=404),
    openapi_extra={
        "responses": {
            200: {"description": "OK", "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}}
        }
    },
)
def get_announcement(request: HttpRequest, campaign_id: int, kind: AnnouncementKind) -> FileResponse:
    """To be listened to."""
    return FileResponse(announcements.sound(campaign_id, kind).open("rb"), content_type="audio/wav")


@router.get(
    "/campaigns/{int:campaign_id}/amd-report", response=answers(AmdReport, NotFound), operation_id="get_amd_report"
)
def get_amd_report(request: HttpRequest, campaign_id: int) -> AmdReport:
    """What the detection of machines did to real people, as far as agents could check it."""
    return amd_report.report(campaign_id)

"""Recycling a campaign's ends: tried out, done, listed, undone."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import SUPERVISOR, actor
from decroche.campaigns.errors import CampaignArchived
from decroche.campaigns.recycling import services
from decroche.campaigns.recycling.errors import AlreadyUndone, NothingToRecycle, RecyclingUnderWay
from decroche.campaigns.recycling.schemas import RecycleIn, RecyclePreview, RecyclingOut, RecyclingPage
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import whole

router = Router(tags=["campaigns"], auth=SUPERVISOR)
PATH = "/campaigns/{int:campaign_id}/recyclings"


@router.get(PATH, response=answers(RecyclingPage, NotFound), operation_id="list_recyclings")
def list_recyclings(request: HttpRequest, campaign_id: int) -> dict[str, object]:
    """The last fifty: who, when, what, how many, undone or not."""
    return whole(services.recyclings(campaign_id))


@router.get("/recyclings", response=RecyclingPage, operation_id="list_recent_recyclings")
def list_recent_recyclings(request: HttpRequest) -> dict[str, object]:
    """Of all campaigns, the last few: what is under way is among them."""
    return whole(services.recent_recyclings())


@router.post(PATH + "/preview", response=answers(RecyclePreview, NotFound), operation_id="preview_recycling")
def preview_recycling(request: HttpRequest, campaign_id: int, body: RecycleIn) -> RecyclePreview:
    """How many it would put back, and what the rules would refuse; nothing is changed."""
    return services.preview(campaign_id, body.ends)


@router.post(
    PATH,
    response=answers(
        RecyclingOut, NotFound, CampaignArchived, NothingToRecycle, RecyclingUnderWay, InvalidFields, status=201
    ),
    operation_id="create_recycling",
)
def create_recycling(request: HttpRequest, campaign_id: int, body: RecycleIn) -> Status[RecyclingOut]:
    """Call them once more. `running` where they are many: a job goes on."""
    return Status(201, services.recycle(actor(request), campaign_id, body))


@router.post(
    "/recyclings/{int:recycling_id}/undo",
    response=answers(RecyclingOut, NotFound, AlreadyUndone),
    operation_id="undo_recycling",
)
def undo_recycling(request: HttpRequest, recycling_id: int) -> RecyclingOut:
    """Restore exactly the entries that nobody called since."""
    return services.take_back(actor(request), recycling_id)

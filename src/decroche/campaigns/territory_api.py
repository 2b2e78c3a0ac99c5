"""A campaign's territory: read, replaced, removed, tried out."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import SUPERVISOR, actor
from decroche.campaigns import territories
from decroche.campaigns.errors import CampaignArchived
from decroche.campaigns.territory_schema import Kept, PlacePage, TerritoryIn, TerritoryOut
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import whole

router = Router(tags=["campaigns"], auth=SUPERVISOR)
PATH = "/campaigns/{int:campaign_id}/territory"


@router.get("/territory-places", response=PlacePage, operation_id="list_territory_places")
def list_territory_places(request: HttpRequest, q: str = "") -> dict[str, object]:
    """What a territory may name, as a person types it; without `q`, the departments and regions."""
    return whole(territories.places(q))


@router.get(PATH, response=answers(TerritoryOut, NotFound), operation_id="get_territory")
def get_territory(request: HttpRequest, campaign_id: int) -> TerritoryOut:
    """Where it calls, and how many waiting entries that keeps."""
    return territories.get(campaign_id)


@router.put(
    PATH, response=answers(TerritoryOut, NotFound, CampaignArchived, InvalidFields), operation_id="put_territory"
)
def put_territory(request: HttpRequest, campaign_id: int, body: TerritoryIn) -> TerritoryOut:
    """Restrict it, while it runs too: the next call obeys. Entries are filtered, never changed; promises are kept."""
    return territories.put(actor(request), campaign_id, body)


@router.delete(PATH, response=answers(TerritoryOut, NotFound, CampaignArchived), operation_id="delete_territory")
def delete_territory(request: HttpRequest, campaign_id: int) -> TerritoryOut:
    """Call everywhere again: the queue is as it was."""
    return territories.put(actor(request), campaign_id, TerritoryIn(parts=[]))


@router.post(PATH + "/preview", response=answers(Kept, NotFound, InvalidFields), operation_id="preview_territory")
def preview_territory(request: HttpRequest, campaign_id: int, body: TerritoryIn) -> Kept:
    """How many waiting entries such a territory would keep; nothing is changed."""
    return territories.preview(campaign_id, body)

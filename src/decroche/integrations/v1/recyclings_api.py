"""/api/v1: those of a campaign that ended some way, called once more."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Status

from decroche.campaigns import selectors
from decroche.campaigns.errors import CampaignArchived
from decroche.campaigns.recycling import models, services
from decroche.campaigns.recycling.errors import AlreadyUndone, NothingToRecycle, RecyclingUnderWay
from decroche.campaigns.recycling.schemas import RecycleIn, RecyclingOut
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import InvalidCursor, cut, decode_cursor
from decroche.integrations.auth import key_of, scope
from decroche.integrations.v1 import schemas
from decroche.integrations.written import written

router = Router(tags=["queue"], auth=scope("queue:read"))
WRITE = scope("queue:write")
PATH = "/campaigns/{int:campaign_id}/recyclings"


@router.get(PATH, response=answers(schemas.RecyclingPage, NotFound, InvalidCursor), operation_id="list_recyclings")
def list_recyclings(request: HttpRequest, campaign_id: int, filters: Query[schemas.Filters]) -> schemas.RecyclingPage:
    """Those made on the screens too."""
    found = models.Recycling.objects.filter(campaign=selectors.get(campaign_id)).order_by("-pk")
    of = f"recyclings/{campaign_id}"
    if filters.cursor:
        (before,) = decode_cursor(filters.cursor, int, of=of)
        found = found.filter(pk__lt=before)
    rows, following = cut(list(found[: filters.limit + 1]), filters.limit, lambda row: (row.pk,), of=of)
    return schemas.RecyclingPage(items=[_out(row) for row in rows], next_cursor=following)


@router.post(
    PATH,
    auth=WRITE,
    response=answers(
        schemas.Recycling, NotFound, CampaignArchived, NothingToRecycle, RecyclingUnderWay, InvalidFields, status=201
    ),
    operation_id="create_recycling",
)
@written
def create_recycling(request: HttpRequest, campaign_id: int, body: schemas.RecyclingWrite) -> Status[schemas.Recycling]:
    """Call once more those who ended so: `GET /campaigns/{id}/counts` lists the ends. `running` where they are many."""
    wanted = RecycleIn.model_validate(body.model_dump())
    return Status(201, _out(services.recycle(key_of(request).created_by, campaign_id, wanted)))


@router.get(
    "/recyclings/{int:recycling_id}", response=answers(schemas.Recycling, NotFound), operation_id="get_recycling"
)
def get_recycling(request: HttpRequest, recycling_id: int) -> schemas.Recycling:
    """How far it is."""
    row = models.Recycling.objects.filter(pk=recycling_id).first()
    if row is None:
        raise NotFound
    return _out(row)


@router.post(
    "/recyclings/{int:recycling_id}/undo",
    auth=WRITE,
    response=answers(schemas.Recycling, NotFound, AlreadyUndone),
    operation_id="undo_recycling",
)
@written
def undo_recycling(request: HttpRequest, recycling_id: int) -> schemas.Recycling:
    """Restore exactly the places that nobody called, promised or took out since."""
    return _out(services.take_back(key_of(request).created_by, recycling_id))


def _out(row: models.Recycling | RecyclingOut) -> schemas.Recycling:
    return schemas.Recycling.model_validate({name: getattr(row, name) for name in schemas.Recycling.model_fields})

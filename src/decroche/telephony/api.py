"""The table of trunks, and what a browser's softphone needs to know."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import ADMIN, AGENT, SUPERVISOR, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import whole
from decroche.telephony import selectors, services
from decroche.telephony.models import Trunk
from decroche.telephony.schemas import (
    FormatPreview,
    FormatPreviewIn,
    Softphone,
    TrunkIn,
    TrunkOut,
    TrunkPage,
    TrunkPatch,
)
from decroche.telephony.trunk_errors import TrunkInUse, TrunkNameTaken

router = Router(tags=["telephony"], auth=ADMIN)


@router.get("/trunks", auth=SUPERVISOR, response=TrunkPage, operation_id="list_trunks")
def list_trunks(request: HttpRequest) -> dict[str, object]:
    """In the order in which they are tried."""
    return whole(selectors.trunks())


@router.post(
    "/trunks", response=answers(TrunkOut, TrunkNameTaken, InvalidFields, status=201), operation_id="create_trunk"
)
def create_trunk(request: HttpRequest, body: TrunkIn) -> Status[Trunk]:
    """A SIP account at a carrier."""
    return Status(201, services.create_trunk(actor(request), body.model_dump()))


@router.get("/trunks/{int:trunk_id}", auth=SUPERVISOR, response=answers(TrunkOut, NotFound), operation_id="get_trunk")
def get_trunk(request: HttpRequest, trunk_id: int) -> Trunk:
    """One trunk."""
    return selectors.trunk(trunk_id)


@router.patch(
    "/trunks/{int:trunk_id}",
    response=answers(TrunkOut, NotFound, TrunkNameTaken, InvalidFields),
    operation_id="update_trunk",
)
def update_trunk(request: HttpRequest, trunk_id: int, body: TrunkPatch) -> Trunk:
    """Any of its fields; calls in progress go on."""
    return services.update_trunk(actor(request), trunk_id, body.given())


@router.delete("/trunks/{int:trunk_id}", response=answers(None, NotFound, TrunkInUse), operation_id="delete_trunk")
def delete_trunk(request: HttpRequest, trunk_id: int) -> Status[None]:
    """Where no open campaign is bound to it."""
    services.delete_trunk(actor(request), trunk_id)
    return Status(204, None)


@router.post(
    "/trunks/format-preview", response=answers(FormatPreview, InvalidFields), operation_id="preview_number_format"
)
def preview_number_format(request: HttpRequest, body: FormatPreviewIn) -> FormatPreview:
    """How the carrier would be asked for a number."""
    return selectors.format_preview(body.number, body.number_format)


@router.get("/telephony/softphone", auth=AGENT, response=Softphone, operation_id="get_softphone")
def get_softphone(request: HttpRequest) -> Softphone:
    """Where the browser's SIP socket is."""
    return selectors.softphone()

"""How many contacts a campaign may call: asked before an assignment, read after it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import SUPERVISOR, actor
from decroche.campaigns.outlook import selectors, services
from decroche.campaigns.outlook.schemas import OutlookIn, OutlookOut
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers

router = Router(tags=["campaigns"], auth=SUPERVISOR)


@router.post(
    "/campaigns/{int:campaign_id}/outlooks",
    response=answers(OutlookOut, NotFound, InvalidFields, status=201),
    operation_id="ask_outlook",
)
def ask_outlook(request: HttpRequest, campaign_id: int, body: OutlookIn) -> Status[OutlookOut]:
    """Counts these contacts by what the rules say of them in this campaign; nothing is changed."""
    user = actor(request)
    return Status(201, selectors.outlook_out(services.ask(user, campaign_id, body), user))


@router.get("/outlooks/{int:outlook_id}", response=answers(OutlookOut, NotFound), operation_id="get_outlook")
def get_outlook(request: HttpRequest, outlook_id: int) -> OutlookOut:
    """A count, or that it is under way."""
    return selectors.outlook_out(selectors.get(outlook_id), actor(request))

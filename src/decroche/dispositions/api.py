"""Outcomes of a campaign, as one ordered list."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import AGENT, SUPERVISOR, actor
from decroche.campaigns.schemas import DispositionPage
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import whole
from decroche.dispositions import editing, selectors
from decroche.dispositions.schemas import DispositionIn

router = Router(tags=["dispositions"], auth=SUPERVISOR)


@router.get(
    "/campaigns/{int:campaign_id}/dispositions",
    auth=AGENT,
    response=answers(DispositionPage, NotFound),
    operation_id="list_dispositions",
)
def list_dispositions(request: HttpRequest, campaign_id: int) -> dict[str, object]:
    """In order, inactive ones last."""
    return whole(selectors.dispositions(campaign_id))


@router.put(
    "/campaigns/{int:campaign_id}/dispositions",
    response=answers(DispositionPage, NotFound, InvalidFields),
    operation_id="put_dispositions",
)
def put_dispositions(request: HttpRequest, campaign_id: int, body: list[DispositionIn]) -> dict[str, object]:
    """The whole list. Those left out are deleted where no call has them, else made inactive."""
    return whole(editing.replace(actor(request), campaign_id, body))

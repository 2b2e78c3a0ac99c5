"""A campaign's order, filter and lists: read and changed while it runs."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import SUPERVISOR, actor
from decroche.campaigns.errors import CampaignArchived
from decroche.campaigns.steering import lists, services
from decroche.campaigns.steering.schema import (
    FilterIn,
    KeptNow,
    ListPage,
    ListsIn,
    OrderFieldPage,
    OrderIn,
    SteeringOut,
)
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import whole

router = Router(tags=["campaigns"], auth=SUPERVISOR)
PATH = "/campaigns/{int:campaign_id}"


@router.get("/order-fields", response=OrderFieldPage, operation_id="list_order_fields")
def list_order_fields(request: HttpRequest) -> dict[str, object]:
    """The fields that a queue may be ordered by."""
    return whole(services.order_fields())


@router.get(PATH + "/steering", response=answers(SteeringOut, NotFound), operation_id="get_steering")
def get_steering(request: HttpRequest, campaign_id: int) -> SteeringOut:
    """In which order it calls, and how many entries its restrictions keep."""
    return services.get(campaign_id)


@router.put(
    PATH + "/order", response=answers(SteeringOut, NotFound, CampaignArchived, InvalidFields), operation_id="put_order"
)
def put_order(request: HttpRequest, campaign_id: int, body: OrderIn) -> SteeringOut:
    """Call in another order, while it runs too: the next call obeys. Promises come first; due times stay."""
    return services.put_order(actor(request), campaign_id, body)


@router.put(
    PATH + "/filter",
    response=answers(SteeringOut, NotFound, CampaignArchived, InvalidFields),
    operation_id="put_filter",
)
def put_filter(request: HttpRequest, campaign_id: int, body: FilterIn) -> SteeringOut:
    """Restrict it to whom the filter is true of, while it runs too: the next call obeys. Promises are kept."""
    return services.put_filter(actor(request), campaign_id, body)


@router.delete(
    PATH + "/filter", response=answers(SteeringOut, NotFound, CampaignArchived), operation_id="delete_filter"
)
def delete_filter(request: HttpRequest, campaign_id: int) -> SteeringOut:
    """Call everybody again: the queue is as it was."""
    return services.put_filter(actor(request), campaign_id, None)


@router.post(
    PATH + "/filter/preview", response=answers(KeptNow, NotFound, InvalidFields), operation_id="preview_filter"
)
def preview_filter(request: HttpRequest, campaign_id: int, body: FilterIn) -> KeptNow:
    """How many entries such a filter would keep, and how many of them may be called now; nothing is changed."""
    return services.preview_filter(campaign_id, body)


@router.get(PATH + "/lists", response=answers(ListPage, NotFound), operation_id="list_campaign_lists")
def list_campaign_lists(request: HttpRequest, campaign_id: int) -> dict[str, object]:
    """What feeds the campaign, counted, with priorities and shares."""
    return whole(lists.lists(campaign_id))


@router.put(
    PATH + "/lists", response=answers(ListPage, NotFound, CampaignArchived, InvalidFields),
    operation_id="put_campaign_lists",
)  # fmt: skip
def put_campaign_lists(request: HttpRequest, campaign_id: int, body: ListsIn) -> dict[str, object]:
    """Priorities and shares between its lists, while it runs too."""
    return whole(lists.put(actor(request), campaign_id, body))

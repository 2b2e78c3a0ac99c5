"""The administrators' side: keys of other programs, addresses that are told of events, and the log of what was sent."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Status

from decroche.accounts.access import ADMIN, actor
from decroche.common.clock import SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import InvalidCursor, whole
from decroche.integrations import keys, selectors
from decroche.integrations.errors import AddressRefused, NothingToSend, WebhookDisabled
from decroche.integrations.schemas import (
    ApiKeyCreated,
    ApiKeyIn,
    ApiKeyOut,
    ApiKeyPage,
    DeliveryDetail,
    DeliveryListFilters,
    DeliveryPage,
    WebhookIn,
    WebhookOut,
    WebhookPage,
    WebhookPatch,
    WebhookSecret,
)
from decroche.integrations.webhooks import subscriptions

router = Router(tags=["integrations"], auth=ADMIN)
CLOCK = SystemClock()


@router.get("/integrations/keys", response=ApiKeyPage, operation_id="list_api_keys")
def list_api_keys(request: HttpRequest) -> dict[str, object]:
    """The revoked ones too."""
    return whole(selectors.api_keys())


@router.post(
    "/integrations/keys", response=answers(ApiKeyCreated, InvalidFields, status=201), operation_id="create_api_key"
)
def create_api_key(request: HttpRequest, body: ApiKeyIn) -> Status[ApiKeyCreated]:
    """A key, whose text is shown this once."""
    key, text = keys.create(actor(request), body)
    return Status(201, ApiKeyCreated(key=selectors.api_key_out(key, CLOCK.now()), text=text))


@router.post(
    "/integrations/keys/{int:key_id}/revoke", response=answers(ApiKeyOut, NotFound), operation_id="revoke_api_key"
)
def revoke_api_key(request: HttpRequest, key_id: int) -> ApiKeyOut:
    """Its next request is refused. For ever."""
    return selectors.api_key_out(keys.revoke(actor(request), key_id), CLOCK.now())


@router.get("/integrations/webhooks", response=WebhookPage, operation_id="list_webhooks")
def list_webhooks(request: HttpRequest) -> dict[str, object]:
    """The disabled ones too."""
    return whole(selectors.webhooks())


@router.post(
    "/integrations/webhooks",
    response=answers(WebhookSecret, AddressRefused, InvalidFields, status=201),
    operation_id="create_webhook",
)
def create_webhook(request: HttpRequest, body: WebhookIn) -> Status[WebhookSecret]:
    """An address, and its secret, shown this once."""
    webhook, secret = subscriptions.create(actor(request), body)
    return Status(201, WebhookSecret(webhook=selectors.webhook_out(webhook), secret=secret))


@router.patch(
    "/integrations/webhooks/{int:webhook_id}",
    response=answers(WebhookOut, NotFound, AddressRefused, InvalidFields),
    operation_id="update_webhook",
)
def update_webhook(request: HttpRequest, webhook_id: int, body: WebhookPatch) -> WebhookOut:
    """Any of its settings. Enabled again, it is sent what waited for it."""
    return selectors.webhook_out(subscriptions.update(actor(request), webhook_id, body))


@router.delete(
    "/integrations/webhooks/{int:webhook_id}", response=answers(None, NotFound), operation_id="delete_webhook"
)
def delete_webhook(request: HttpRequest, webhook_id: int) -> Status[None]:
    """With its log."""
    subscriptions.remove(actor(request), webhook_id)
    return Status(204, None)


@router.post(
    "/integrations/webhooks/{int:webhook_id}/secret",
    response=answers(WebhookSecret, NotFound),
    operation_id="rotate_webhook_secret",
)
def rotate_webhook_secret(request: HttpRequest, webhook_id: int) -> WebhookSecret:
    """Another secret, shown this once; the former one signs too for a day."""
    webhook, secret = subscriptions.rotate(actor(request), webhook_id)
    return WebhookSecret(webhook=selectors.webhook_out(webhook), secret=secret)


@router.post(
    "/integrations/webhooks/{int:webhook_id}/test",
    response=answers(DeliveryDetail, NotFound, WebhookDisabled),
    operation_id="try_webhook",
)
def try_webhook(request: HttpRequest, webhook_id: int) -> DeliveryDetail:
    """Send it a message that says nothing; how it went is in the log, a second or two later."""
    return selectors.delivery(subscriptions.try_out(actor(request), webhook_id).pk)


@router.get("/integrations/deliveries", response=answers(DeliveryPage, InvalidCursor), operation_id="list_deliveries")
def list_deliveries(request: HttpRequest, filters: Query[DeliveryListFilters]) -> DeliveryPage:
    """What was sent, and how it went."""
    return selectors.deliveries(filters)


@router.get(
    "/integrations/deliveries/{int:delivery_id}",
    response=answers(DeliveryDetail, NotFound),
    operation_id="get_delivery",
)
def get_delivery(request: HttpRequest, delivery_id: int) -> DeliveryDetail:
    """With what was sent, for some days, and every try."""
    return selectors.delivery(delivery_id)


@router.post(
    "/integrations/deliveries/{int:delivery_id}/send-again",
    response=answers(DeliveryDetail, NotFound, NothingToSend, WebhookDisabled),
    operation_id="send_again",
)
def send_again(request: HttpRequest, delivery_id: int) -> DeliveryDetail:
    """Once more, under the same id."""
    return selectors.delivery(subscriptions.send_again(actor(request), delivery_id).pk)

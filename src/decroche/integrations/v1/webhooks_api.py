"""/api/v1: the key itself, and the addresses to tell of events."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Status

from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import InvalidCursor, cut, decode_cursor
from decroche.integrations import selectors
from decroche.integrations.auth import KeyAuth, key_of, scope
from decroche.integrations.errors import AddressRefused, NothingToSend, WebhookDisabled
from decroche.integrations.models import Webhook
from decroche.integrations.schemas import DeliveryListFilters, WebhookIn, WebhookPatch
from decroche.integrations.v1 import schemas
from decroche.integrations.webhooks import subscriptions
from decroche.integrations.written import written

router = Router(tags=["webhooks"], auth=scope("webhooks:read"))
WRITE = scope("webhooks:write")


@router.get("/me", auth=KeyAuth(None), response=schemas.WhoAmI, operation_id="who_am_i", tags=["key"])
def who_am_i(request: HttpRequest) -> schemas.WhoAmI:
    """The key that was sent, whatever its scopes: to try it."""
    key = key_of(request)
    facts = {name: getattr(key, name) for name in ("name", "scopes", "requests_per_minute", "expires_at")}
    return schemas.WhoAmI.model_validate({**facts, "prefix": f"dck_{key.prefix}_"})


@router.get("/webhooks", response=answers(schemas.WebhookPage, InvalidCursor), operation_id="list_webhooks")
def list_webhooks(request: HttpRequest, filters: Query[schemas.Filters]) -> schemas.WebhookPage:
    """The addresses, those made on the screens too."""
    last = decode_cursor(filters.cursor, int, of="webhooks")[0] if filters.cursor else 0
    found = Webhook.objects.filter(pk__gt=last).order_by("pk")[: filters.limit + 1]
    rows, following = cut(list(found), filters.limit, lambda row: (row.pk,), of="webhooks")
    return schemas.WebhookPage(items=[_out(row) for row in rows], next_cursor=following)


@router.post(
    "/webhooks",
    auth=WRITE,
    response=answers(schemas.WebhookMade, AddressRefused, InvalidFields, status=201),
    operation_id="create_webhook",
)
@written
def create_webhook(request: HttpRequest, body: schemas.WebhookWrite) -> Status[schemas.WebhookMade]:
    """A public https:// address; a private one must be allowed by an administrator, on the screen."""
    row, secret = subscriptions.create(key_of(request).created_by, WebhookIn.model_validate(body.given()))
    return Status(201, schemas.WebhookMade(webhook=_out(row), secret=secret))


@router.get("/webhooks/{int:webhook_id}", response=answers(schemas.Webhook, NotFound), operation_id="get_webhook")
def get_webhook(request: HttpRequest, webhook_id: int) -> schemas.Webhook:
    """One address, and whether it fails."""
    row = Webhook.objects.filter(pk=webhook_id).first()
    if row is None:
        raise NotFound
    return _out(row)


@router.patch(
    "/webhooks/{int:webhook_id}",
    auth=WRITE,
    response=answers(schemas.Webhook, NotFound, InvalidFields),
    operation_id="update_webhook",
)
@written
def update_webhook(request: HttpRequest, webhook_id: int, body: schemas.WebhookChange) -> schemas.Webhook:
    """What it is told, and whether it is."""
    change = WebhookPatch.model_validate(body.given())
    return _out(subscriptions.update(key_of(request).created_by, webhook_id, change))


@router.post(
    "/webhooks/{int:webhook_id}/secret",
    auth=WRITE,
    response=answers(schemas.WebhookMade, NotFound),
    operation_id="rotate_webhook_secret",
)
@written
def rotate_webhook_secret(request: HttpRequest, webhook_id: int) -> schemas.WebhookMade:
    """Another secret; the former one signs too for a day: messages bear both signatures."""
    row, secret = subscriptions.rotate(key_of(request).created_by, webhook_id)
    return schemas.WebhookMade(webhook=_out(row), secret=secret)


@router.post(
    "/webhooks/{int:webhook_id}/test",
    auth=WRITE,
    response=answers(schemas.WebhookDeliveryDetail, NotFound, WebhookDisabled),
    operation_id="test_webhook",
)
@written
def test_webhook(request: HttpRequest, webhook_id: int) -> schemas.WebhookDeliveryDetail:
    """Send it `webhook.test`, once; its delivery says how it went, a second or two later."""
    return _delivery(subscriptions.try_out(key_of(request).created_by, webhook_id).pk)


@router.get("/deliveries", response=answers(schemas.WebhookDeliveryPage, InvalidCursor), operation_id="list_deliveries")
def list_deliveries(
    request: HttpRequest, filters: Query[schemas.WebhookDeliveryFilters]
) -> schemas.WebhookDeliveryPage:
    """What was sent, and how it went, for 90 days."""
    found = selectors.deliveries(DeliveryListFilters.model_validate(filters.model_dump()))
    names = set(schemas.WebhookDelivery.model_fields)
    items = [schemas.WebhookDelivery(**row.model_dump(include=names)) for row in found.items]
    return schemas.WebhookDeliveryPage(items=items, next_cursor=found.next_cursor)


@router.get(
    "/deliveries/{int:delivery_id}",
    response=answers(schemas.WebhookDeliveryDetail, NotFound),
    operation_id="get_delivery",
)
def get_delivery(request: HttpRequest, delivery_id: int) -> schemas.WebhookDeliveryDetail:
    """One, with every try."""
    return _delivery(delivery_id)


@router.post(
    "/deliveries/{int:delivery_id}/send-again",
    auth=WRITE,
    response=answers(schemas.WebhookDeliveryDetail, NotFound, NothingToSend, WebhookDisabled),
    operation_id="send_delivery_again",
)
@written
def send_delivery_again(request: HttpRequest, delivery_id: int) -> schemas.WebhookDeliveryDetail:
    """Once more, under the same `webhook-id`; its body is kept for 7 days."""
    return _delivery(subscriptions.send_again(key_of(request).created_by, delivery_id).pk)


@router.delete(
    "/webhooks/{int:webhook_id}", auth=WRITE, response=answers(None, NotFound), operation_id="delete_webhook"
)
@written
def delete_webhook(request: HttpRequest, webhook_id: int) -> Status[None]:
    """With what it was still to be told."""
    subscriptions.remove(key_of(request).created_by, webhook_id)
    return Status(204, None)


def _delivery(delivery_id: int) -> schemas.WebhookDeliveryDetail:
    row = selectors.delivery(delivery_id)
    return schemas.WebhookDeliveryDetail(**row.model_dump(include=set(schemas.WebhookDeliveryDetail.model_fields)))


def _out(row: Webhook) -> schemas.Webhook:
    return schemas.Webhook.model_validate({name: getattr(row, name) for name in schemas.Webhook.model_fields})

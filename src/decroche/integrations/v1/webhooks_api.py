"""/api/v1: the key itself, and the addresses to tell of events."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router, Status

from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import InvalidCursor, cut, decode_cursor
from decroche.integrations.auth import KeyAuth, key_of, scope
from decroche.integrations.errors import AddressRefused
from decroche.integrations.models import Webhook
from decroche.integrations.schemas import WebhookIn
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
    last = decode_cursor(filters.cursor, int)[0] if filters.cursor else 0
    found = Webhook.objects.filter(pk__gt=last).order_by("pk")
    rows, following = cut(list(found[: filters.limit + 1]), filters.limit, lambda row: (row.pk,))
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


@router.delete(
    "/webhooks/{int:webhook_id}", auth=WRITE, response=answers(None, NotFound), operation_id="delete_webhook"
)
@written
def delete_webhook(request: HttpRequest, webhook_id: int) -> Status[None]:
    """With what it was still to be told."""
    subscriptions.remove(key_of(request).created_by, webhook_id)
    return Status(204, None)


def _out(row: Webhook) -> schemas.Webhook:
    return schemas.Webhook.model_validate({name: getattr(row, name) for name in schemas.Webhook.model_fields})

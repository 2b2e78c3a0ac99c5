"""Reading keys, addresses and deliveries for the administrators' screens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import NotFound
from decroche.common.pagination import cut, decode_cursor
from decroche.integrations.models import ApiKey, Attempt, Delivery, Webhook
from decroche.integrations.schemas import (
    ApiKeyOut,
    AttemptOut,
    DeliveryDetail,
    DeliveryListFilters,
    DeliveryOut,
    DeliveryPage,
    WebhookOut,
)

CLOCK = SystemClock()
SAME_NAME = (
    "id", "message_id", "webhook_id", "event_type", "event_at", "state", "attempts", "next_at", "last_status",
    "last_error", "last_duration_ms", "last_attempt_at",
)  # fmt: skip


def api_keys(clock: Clock = CLOCK) -> list[ApiKeyOut]:
    """The newest first."""
    now = clock.now()
    return [api_key_out(key, now) for key in ApiKey.objects.select_related("created_by")]


def api_key_out(key: ApiKey, now: datetime) -> ApiKeyOut:
    """Without its secret."""
    names = ("id", "name", "scopes", "requests_per_minute", "created_at", "last_used_at", "expires_at", "revoked_at")
    return ApiKeyOut.model_validate(
        {
            **{name: getattr(key, name) for name in names},
            "prefix": f"dck_{key.prefix}_",
            "state": _state(key, now),
            "created_by": key.created_by.display_name,
        }
    )


def _state(key: ApiKey, now: datetime) -> str:
    if key.revoked_at is not None:
        return "revoked"
    if key.expires_at is not None and key.expires_at <= now:
        return "expired"
    return "active" if key.created_by.is_active and key.created_by.is_admin else "owner_disabled"


def webhooks() -> list[WebhookOut]:
    """In the order in which they were made."""
    return [webhook_out(one) for one in Webhook.objects.select_related("created_by")]


def webhook_out(one: Webhook) -> WebhookOut:
    """Without its secret."""
    names = set(WebhookOut.model_fields) - {"created_by"}
    facts = {name: getattr(one, name) for name in names}
    return WebhookOut.model_validate({**facts, "created_by": one.created_by.display_name})


def deliveries(filters: DeliveryListFilters) -> DeliveryPage:
    """The newest first. Raises InvalidCursor."""
    found = _with_address()
    if filters.webhook_id is not None:
        found = found.filter(webhook=filters.webhook_id)
    if filters.state is not None:
        found = found.filter(state=filters.state)
    if filters.cursor:
        (before,) = decode_cursor(filters.cursor, int, of="deliveries")
        found = found.filter(pk__lt=before)
    found = found.order_by("-pk")[: filters.limit + 1]
    rows, following = cut(list(found), filters.limit, lambda row: (row.pk,), of="deliveries")
    return DeliveryPage(items=[delivery_out(row) for row in rows], next_cursor=following)


def delivery(delivery_id: int) -> DeliveryDetail:
    """One, with its tries. Raises NotFound."""
    row = _with_address().filter(pk=delivery_id).first()
    if row is None:
        raise NotFound
    return DeliveryDetail(**delivery_out(row).model_dump(), body=row.body, tries=_tries(row.tries.all()))


def delivery_out(row: Delivery) -> DeliveryOut:
    """A line of the log."""
    facts = {name: getattr(row, name) for name in SAME_NAME}
    again = bool(row.body) and row.webhook.enabled
    if row.next_at and row.webhook.held_until:
        facts["next_at"] = max(row.next_at, row.webhook.held_until)
    return DeliveryOut.model_validate({**facts, "url": row.webhook.url, "can_be_sent_again": again})


def _with_address() -> QuerySet[Delivery]:
    return Delivery.objects.select_related("webhook")


def _tries(found: Iterable[Attempt]) -> list[AttemptOut]:
    return [AttemptOut.model_validate({name: getattr(one, name) for name in AttemptOut.model_fields}) for one in found]

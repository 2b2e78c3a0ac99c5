"""Where events are sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from decroche.common.pagination import Page
from decroche.common.schemas import Body, left_out
from decroche.integrations.schemas import DeliveryError, DeliveryState, Url
from decroche.integrations.scopes import EventCode
from decroche.integrations.v1.schemas.base import Filters, Flag, IdFilter


class WebhookWrite(Body):
    """An https:// address, and what it is told."""

    url: Url
    description: Annotated[str, Field(max_length=120)] = ""
    events: Annotated[list[EventCode], Field(min_length=1, max_length=20)]


class WebhookChange(Body):
    """Any subset. The address itself is changed on the screen, or by a new webhook."""

    description: Annotated[str, Field(max_length=120)] = left_out()
    events: Annotated[list[EventCode], Field(min_length=1, max_length=20)] = left_out()
    enabled: Flag = left_out()
    """Enabled again, it is sent what still waited; what happened meanwhile is to be read from the lists."""


class Webhook(Schema):
    """An address. Disabled after three days of failures, or by an administrator."""

    id: int
    url: str
    description: str
    events: list[EventCode]
    enabled: bool
    failing_since: datetime | None
    created_at: datetime


class WebhookMade(Schema):
    """`secret` is shown this once; messages are signed with it (Standard Webhooks)."""

    webhook: Webhook
    secret: str


class Try(Schema):
    """One try of a delivery. `error` is empty where a status was answered and good."""

    at: datetime
    status: int | None
    error: DeliveryError
    duration_ms: int


class WebhookDelivery(Schema):
    """One event for one address: `message_id` is the header `webhook-id`."""

    id: int
    message_id: str
    webhook_id: int
    event_type: str
    event_at: datetime
    state: DeliveryState
    attempts: int
    next_at: datetime | None
    last_status: int | None
    last_error: DeliveryError
    last_attempt_at: datetime | None
    can_be_sent_again: bool


class WebhookDeliveryDetail(WebhookDelivery):
    """With its tries."""

    tries: list[Try]


class WebhookDeliveryPage(Page[WebhookDelivery]):
    """The newest first."""


class WebhookDeliveryFilters(Filters):
    """All that is given must hold."""

    webhook_id: IdFilter | None = None
    state: DeliveryState | None = None


class WebhookPage(Page[Webhook]):
    """By id."""

"""Where events are sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from decroche.common.pagination import Page
from decroche.common.schemas import Body
from decroche.integrations.scopes import EventCode


class WebhookWrite(Body):
    """An https:// address, and what it is told."""

    url: Annotated[str, Field(min_length=1, max_length=500)]
    description: Annotated[str, Field(max_length=120)] = ""
    events: Annotated[list[EventCode], Field(min_length=1, max_length=20)]


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


class WebhookPage(Page[Webhook]):
    """By id."""

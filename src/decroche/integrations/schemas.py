"""What the administrators' screens exchange about keys, webhooks and their deliveries."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from decroche.common.pagination import Limit, Page
from decroche.common.schemas import Body, Label80, Text120, left_out
from decroche.integrations.scopes import EventCode, ScopeCode

DeliveryState = Literal["pending", "delivered", "failed"]
DeliveryError = Literal[
    "", "timeout", "refused", "unresolved", "private_address", "tls", "broken", "bad_status", "redirect"
]
Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Scopes = Annotated[list[ScopeCode], Field(min_length=1, max_length=20)]
Events = Annotated[list[EventCode], Field(min_length=1, max_length=20)]


class ApiKeyIn(Body):
    """A new key. It acts for the administrator who makes it, within its scopes."""

    name: Label80
    scopes: Scopes
    requests_per_minute: Annotated[int, Field(ge=1, le=6000)] = 600
    expires_at: AwareDatetime | None = None


class ApiKeyOut(Schema):
    """A key without its secret. `prefix` is how it begins: enough to recognise it."""

    id: int
    name: str
    prefix: str
    scopes: list[ScopeCode]
    requests_per_minute: int
    state: Literal["active", "expired", "revoked", "owner_disabled"]
    created_by: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None


class ApiKeyCreated(Schema):
    """`text` is shown this once."""

    key: ApiKeyOut
    text: str


class ApiKeyPage(Page[ApiKeyOut]):
    """All of them, the newest first."""


class WebhookIn(Body):
    """An address to tell. `private_host_allowed`: it may lead to the local network, for this webhook."""

    url: Url
    description: Text120 = ""
    events: Events
    private_host_allowed: bool = False


class WebhookPatch(Body):
    """Any subset."""

    url: Url = left_out()
    description: Text120 = left_out()
    events: Events = left_out()
    private_host_allowed: bool = left_out()
    enabled: bool = left_out()


class WebhookOut(Schema):
    """An address without its secret. `former_until`: a replaced secret signs too until then."""

    id: int
    url: str
    description: str
    events: list[EventCode]
    private_host_allowed: bool
    enabled: bool
    disabled_because: Literal["", "failing"]
    failing_since: datetime | None
    former_until: datetime | None
    created_by: str
    created_at: datetime


class WebhookSecret(Schema):
    """`secret` is shown this once."""

    webhook: WebhookOut
    secret: str


class WebhookPage(Page[WebhookOut]):
    """All of them."""


class DeliveryOut(Schema):
    """One event for one address. `last_error` is empty where a status was answered and good."""

    id: int
    message_id: str
    webhook_id: int
    url: str
    event_type: str
    event_at: datetime
    state: DeliveryState
    attempts: int
    next_at: datetime | None
    last_status: int | None
    last_error: DeliveryError
    last_duration_ms: int | None
    last_attempt_at: datetime | None
    can_be_sent_again: bool


class AttemptOut(Schema):
    """One try."""

    at: datetime
    status: int | None
    error: DeliveryError
    duration_ms: int


class DeliveryDetail(DeliveryOut):
    """With its tries and what was sent, while it is kept."""

    body: str
    tries: list[AttemptOut]


class DeliveryPage(Page[DeliveryOut]):
    """The newest first."""


class DeliveryListFilters(Schema):
    """All that is given must hold."""

    webhook_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    state: DeliveryState | None = None
    cursor: str = ""
    limit: Limit = 50

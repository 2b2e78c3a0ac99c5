"""What the API says of callbacks."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from decroche.common.pagination import Page
from decroche.contacts.schemas import CampaignRef, ContactRef, PersonRef


class CallbackOut(Schema):
    """A promise. `late`: scheduled, and past its time. `owner` null: whoever of the campaign is free."""

    id: int
    contact: ContactRef
    campaign: CampaignRef
    due_at: datetime
    late: bool
    owner: PersonRef | None
    note: str
    state: Literal["scheduled", "done", "cancelled"]
    origin: str
    """agent, or cut: made because our line failed."""
    created_by: PersonRef | None
    created_at: datetime
    made_in_call_id: UUID | None
    kept_in_call_id: UUID | None


class CallbackPage(Page[CallbackOut]):
    """Soonest first for scheduled ones, else latest first; `total` counts them all."""


class CallbackPatch(Schema):
    """Move or hand over; what is left out stays. `owner_id` null: to the whole campaign."""

    due_at: datetime | None = None
    owner_id: int | None = None
    note: Annotated[str, Field(max_length=500)] | None = None

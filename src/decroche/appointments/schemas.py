"""What the API says of appointments."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

from decroche.common.pagination import Page
from decroche.contacts.schemas import CampaignRef, ContactRef, PersonRef

Minutes = Annotated[int, Field(ge=5, le=24 * 60)]


class AppointmentOut(Schema):
    """A dated meeting."""

    id: int
    contact: ContactRef
    campaign: CampaignRef | None
    call_id: UUID | None
    starts_at: datetime
    duration_min: int
    place: str
    note: str
    cancelled_at: datetime | None
    created_by: PersonRef | None
    created_at: datetime
    updated_at: datetime


class AppointmentPage(Page[AppointmentOut]):
    """In the order of their time."""


class AppointmentIn(Schema):
    """A new meeting."""

    contact_id: int
    campaign_id: int | None = None
    call_id: UUID | None = None
    starts_at: datetime
    duration_min: Minutes = 60
    place: Annotated[str, Field(max_length=200)] = ""
    note: Annotated[str, Field(max_length=5000)] = ""


class AppointmentPatch(Schema):
    """Any subset; `cancelled` true cancels, false takes it back."""

    starts_at: datetime | None = None
    duration_min: Minutes | None = None
    place: Annotated[str, Field(max_length=200)] | None = None
    note: Annotated[str, Field(max_length=5000)] | None = None
    cancelled: bool | None = None

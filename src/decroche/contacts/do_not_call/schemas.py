"""What the API says of the do-not-call list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Field, Schema

from decroche.common.pagination import Page
from decroche.contacts.schemas import CampaignRef, PersonRef


class DoNotCallOut(Schema):
    """A number never to dial; `campaign` null: everywhere."""

    id: int
    e164: str
    is_prefix: bool
    """All numbers that begin like this."""
    campaign: CampaignRef | None
    origin: str
    note: str
    contact_id: int | None
    contact_name: str
    created_by: PersonRef | None
    created_at: datetime


class DoNotCallPage(Page[DoNotCallOut]):
    """Newest first."""


class DoNotCallIn(Schema):
    """A number in any form; or, with `is_prefix`, the beginning of numbers (0899, +44)."""

    number: Annotated[str, Field(max_length=60)]
    is_prefix: bool = False
    campaign_id: int | None = None
    note: Annotated[str, Field(max_length=200)] = ""
    contact_id: int | None = None


class DoNotCallRefused(Schema):
    """A line of an imported list that holds no number."""

    line: int
    value: str
    reason: str


class DoNotCallImported(Schema):
    """What an imported list brought; `refused` holds the first hundred."""

    added: int
    already_there: int
    repeated: int
    """Numbers that stood higher in the file already."""
    refused_count: int
    refused: list[DoNotCallRefused]

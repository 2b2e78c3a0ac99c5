"""What the API says of a contact's documents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema

from decroche.contacts.schemas import PersonRef


class DocumentOut(Schema):
    """A file kept with a contact; `kind` is its ending ("pdf", "jpg")."""

    id: UUID
    name: str
    kind: str
    size_bytes: int
    added_by: PersonRef | None
    added_at: datetime

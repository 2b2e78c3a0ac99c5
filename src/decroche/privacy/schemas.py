"""What the API says of persons' data."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema

from decroche.common.pagination import Page
from decroche.common.schemas import Body, TextSection
from decroche.contacts.schemas import PersonRef
from decroche.privacy.retention.kinds import Key

AccessStatus = Literal["queued", "done", "failed", "expired"]


class RetentionFirst(Schema):
    """One of the first to go. `contact_id` where its contact is there."""

    at: datetime
    contact_id: int | None
    name: str


class RetentionDue(Schema):
    """A kind of data and what of it is past its time. `kept_days`: chosen here, below the law's `months`."""

    kind: Key
    rule: str
    source: str
    months: int
    kept_days: int | None
    before: datetime
    count: int
    oldest: datetime | None
    first: list[RetentionFirst]


class RetentionPreview(Schema):
    """All kinds, and whether a removal is under way."""

    kinds: list[RetentionDue]
    running: bool


class RetentionRunOut(Schema):
    """One kind gone through. `held`: could not go just then, and will the next night. `source`: of the rule.

    `nothing`: of the whole pass, no kind had anything to remove; its other kinds have no line.
    """

    id: int
    kind: str
    row: str
    source: str
    kept_days: int | None
    before: datetime
    asked_by: PersonRef | None
    asked_at: datetime
    finished_at: datetime | None
    removed: int
    held: int
    nothing: bool


class RetentionRunPage(Page[RetentionRunOut]):
    """Newest first."""


class AccessRequestIn(Body):
    """Of one contact, or of all that a number leads to."""

    contact_id: int | None = None
    number: Annotated[str, Field(max_length=40)] = ""


class AccessRequestOut(Schema):
    """An archive, or where it stands."""

    id: UUID
    status: AccessStatus
    records: int
    rows: int
    size_bytes: int
    downloads: int
    created_by: PersonRef | None
    created_at: datetime
    expires_at: datetime | None


class RegisterOut(Schema):
    """The register of processing, in the reader's language."""

    sections: list[TextSection]


class NoticeOut(Schema):
    """A text to be copied: said to who is called, written for him, or for agents."""

    code: Literal["spoken", "written", "agents"]
    text: str

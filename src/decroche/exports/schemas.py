"""What the API says of exports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from decroche.common.pagination import Page
from decroche.common.schemas import Body, Label80, left_out
from decroche.contacts.schemas import CampaignRef, PersonRef

SubjectCode = Literal["contacts", "calls", "appointments", "callbacks", "answers"]
FormatCode = Literal["csv", "xlsx"]
DatesCode = Literal["local", "iso"]
StatusCode = Literal["queued", "running", "done", "failed", "cancelled", "expired"]
GroupCode = Literal["identity", "place", "numbers", "origin", "queue", "answers", "calls", "call", "promise", "custom"]
Columns = Annotated[list[Annotated[str, Field(min_length=1, max_length=80)]], Field(min_length=1, max_length=300)]


class ExportColumn(Schema):
    """A column that a file of the subject may have; `usual` ones are chosen at first."""

    key: str
    label: str
    group: GroupCode
    usual: bool


class ExportIn(Body):
    """`filters` as the subject's list takes them; `campaign_id`: whose queue and answers are a contact's columns."""

    subject: SubjectCode
    format: FormatCode = "csv"
    dates: DatesCode = "local"
    columns: Columns
    filters: dict[str, Any] = {}
    campaign_id: int | None = None


class ExportCountIn(Body):
    """The rows of a file to come."""

    subject: SubjectCode
    filters: dict[str, Any] = {}


class CountOut(Schema):
    """How many rows the file would have."""

    rows: int


class ExportErrorOut(Schema):
    """Why it failed."""

    code: str
    message: str


class ExportOut(Schema):
    """A file, or where it stands. `progress` from 0 to 1; rows are written before the file is closed."""

    id: UUID
    subject: SubjectCode
    format: FormatCode
    dates: DatesCode
    status: StatusCode
    file_name: str
    columns: list[str]
    filters: dict[str, Any]
    campaign: CampaignRef | None
    rows_total: int
    rows_done: int
    progress: float
    size_bytes: int
    sheets: int
    cut_cells: int
    downloads: int
    error: ExportErrorOut | None
    created_by: PersonRef | None
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    can_cancel: bool
    can_download: bool


class ExportPage(Page[ExportOut]):
    """Newest first."""


class LayoutOut(Schema):
    """A choice of columns under a name; "" is the asker's last. `mine`: he made it, and may change it."""

    id: int
    subject: SubjectCode
    name: str
    columns: list[str]
    shared: bool
    mine: bool
    created_by: PersonRef | None


class LayoutIn(Body):
    """A new one; the same name of the same maker replaces."""

    subject: SubjectCode
    name: Label80
    columns: Columns
    shared: bool = False


class LayoutPatch(Body):
    """Any subset."""

    name: Label80 = left_out()
    columns: Columns = left_out()
    shared: bool = left_out()

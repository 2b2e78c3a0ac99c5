"""What the API says of imports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from decroche.common.pagination import Page
from decroche.contacts.custom_fields.schemas import FieldKindCode
from decroche.contacts.schemas import CampaignRef, PersonRef

ImportStatusCode = Literal["draft", "queued", "running", "done", "failed", "cancelled", "rolling_back", "rolled_back"]
EncodingCode = Literal["utf-8", "utf-16", "cp1252"]
SeparatorCode = Literal[";", ",", "\t", "|"]
DuplicatesCode = Literal["ignore", "fill", "update", "keep"]
MatchCode = Literal["phone", "client_code"]


class ColumnOut(Schema):
    """A column of the file: its header (made up where it was empty), first values, and what it seems to hold."""

    index: int
    header: str
    samples: list[str]
    suggested: str | None
    """A target of `ColumnTarget`, or null: no idea."""


class PreviewOut(Schema):
    """The file as it would be read now; `rows` are the first 50 after the header."""

    columns: list[ColumnOut]
    rows: list[list[str]]
    rows_total: int
    warnings: list[str]
    """Sentences in the user's language: cut cells, unreadable characters, lines with too few or too many cells…"""


class ImportCounts(Schema):
    """How the rows ended: new + updated + duplicate + refused + empty + do_not_call = rows_total."""

    new: int = 0
    updated: int = 0
    duplicate: int = 0
    refused: int = 0
    empty: int = 0
    """Lines without any value."""
    do_not_call: int = 0
    """Left out: all their numbers are on the do-not-call list. They are among the refused rows to download."""
    queued: int = 0
    """Places given in the campaign's queue."""
    dropped_numbers: int = 0
    """Numbers that cannot be, left out of contacts that have another one."""


class RollBackCounts(Schema):
    """What a roll-back did."""

    removed: int = 0
    restored: int = 0
    kept_called: int = 0
    """Kept: somebody called them since."""
    kept_worked: int = 0
    """Kept: notes, answers, callbacks or appointments since."""
    kept_changed: int = 0
    """Not restored, or kept: changed by hand since, or brought again by a later batch."""
    dequeued: int = 0


class ImportErrorOut(Schema):
    """Why it failed, in the user's language."""

    code: str
    message: str


class ImportOut(Schema):
    """A batch. `progress` is from 0 to 1."""

    id: int
    name: str
    file_name: str
    size_bytes: int
    status: ImportStatusCode
    format: Literal["csv", "xlsx"]
    encoding: str
    separator: str
    sheet: str
    sheets: list[str]
    header_row: int
    duplicates: DuplicatesCode
    match_by: list[MatchCode]
    campaign: CampaignRef | None
    rows_total: int
    rows_done: int
    progress: float
    counts: ImportCounts
    roll_back: RollBackCounts | None
    error: ImportErrorOut | None
    created_by: PersonRef | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    can_cancel: bool
    can_roll_back: bool


class ColumnTarget(Schema):
    """Where a column goes.

    `target`: civility, first_name, last_name, full_name, company, address, address2, postal_code, city, country,
    client_code, email, phone, mobile, office, fax, custom:<key of a custom field>. Columns not named are left out.
    """

    column: Annotated[int, Field(ge=0)]
    target: str


class ImportDetail(ImportOut):
    """A batch with its preview (while it is a draft) and its mapping (once started)."""

    preview: PreviewOut | None
    mapping: list[ColumnTarget]


class ImportPage(Page[ImportOut]):
    """Batches, newest first."""


class ImportPatch(Schema):
    """Read the file otherwise; what is left out stays. `header_row` counts from 1; 0: the file has no header."""

    encoding: EncodingCode | None = None
    separator: SeparatorCode | None = None
    sheet: str | None = None
    header_row: Annotated[int, Field(ge=0, le=1000)] | None = None


class NewCustomField(Schema):
    """Make a custom field and fill it from this column."""

    column: Annotated[int, Field(ge=0)]
    label: Annotated[str, Field(min_length=1, max_length=120)]
    kind: FieldKindCode = "text"


class ImportStart(Schema):
    """Import. `duplicates`, for rows whose contact is there already (in the base, or earlier in the file).

    ignore: leave out the row; fill: fill the contact's empty fields; update: replace them by the file's;
    keep: bring a second contact.
    """

    name: Annotated[str, Field(max_length=200)] = ""
    mapping: list[ColumnTarget]
    new_custom_fields: list[NewCustomField] = Field(default=[])
    duplicates: DuplicatesCode = "ignore"
    match_by: list[MatchCode] = Field(default=["phone", "client_code"])
    campaign_id: int | None = None
    """Feed this campaign's queue with the batch's contacts."""


class RefusedRowOut(Schema):
    """A row that was not imported; `reason` is a sentence in the user's language, `code` is for programs."""

    row_number: int
    code: str
    reason: str
    cells: list[str]


class RefusedPage(Page[RefusedRowOut]):
    """In the order of the file."""

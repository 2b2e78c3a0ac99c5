"""Files of contacts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from decroche.common.pagination import Page
from decroche.common.schemas import Body
from decroche.contacts.imports.schemas import (
    AgainstCode,
    DuplicatesCode,
    ImportCounts,
    ImportErrorOut,
    ImportStatusCode,
    MatchCode,
    RollBackCounts,
    TidyCode,
)
from decroche.integrations.v1.schemas.base import Filters, Id


class ImportOptions(Body):
    """How to import. `columns`: title of a column of the file → field; left out: as the titles and contents suggest.

    Fields: civility, first_name, last_name, full_name, company, address, address2, postal_code, city, country,
    client_code, email, siret, phone, mobile, office, fax, custom:<key>. `duplicates`: leave out the row (ignore), fill
    the contact's empty fields (fill), replace them (update), bring a second contact (keep). `against`: duplicates of
    all of the base, or of the campaign's contacts only. `tidy`: what is put right on the way in.
    """

    name: Annotated[str, Field(max_length=200)] = ""
    columns: Annotated[dict[str, str], Field(max_length=2000)] | None = None
    duplicates: DuplicatesCode = "ignore"
    match_by: list[MatchCode] = Field(default=["phone", "client_code"])
    against: AgainstCode = "base"
    tidy: list[TidyCode] = Field(default=[])
    campaign_id: Id | None = None


class Import(Schema):
    """A batch. `progress` is from 0 to 1."""

    id: int
    name: str
    file_name: str
    status: ImportStatusCode
    campaign_id: int | None
    rows_total: int
    rows_done: int
    progress: float
    counts: ImportCounts
    roll_back: RollBackCounts | None
    error: ImportErrorOut | None
    can_cancel: bool
    can_roll_back: bool
    can_roll_forward: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ImportPage(Page[Import]):
    """The newest first."""


class ImportFilters(Filters):
    """All that is given must hold."""

    campaign_id: Id | None = None


class RefusedRow(Schema):
    """A row that was not imported."""

    row_number: int
    code: str
    reason: str
    cells: list[str]


class RefusedPage(Page[RefusedRow]):
    """In the order of the file."""

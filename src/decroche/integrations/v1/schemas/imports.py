"""Files of contacts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

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
from decroche.integrations.v1.schemas.base import Filters, Id, IdFilter
from decroche.ledger.schemas import ChannelCode, ProofKindCode


class ImportConsent(Body):
    """What the rows' consents have in common. Each of `object`, `wording`, `wording_version`, `channel` and `act` is
    given here or by a column; a column says when each was given. `siren` is the principal's.
    """

    siren: Annotated[str, Field(max_length=14)]
    kind: ProofKindCode = "consent"
    object: Annotated[str, Field(max_length=300)] = ""
    wording: Annotated[str, Field(max_length=10_000)] = ""
    wording_version: Annotated[str, Field(max_length=60)] = ""
    channel: ChannelCode | Literal[""] = ""
    act: Annotated[str, Field(max_length=200)] = ""
    third_party: Annotated[str, Field(max_length=200)] = ""


class ImportOptions(Body):
    """How to import. `columns`: title of a column of the file → field; left out: as the titles and contents suggest.

    Fields: civility, first_name, last_name, full_name, company, address, address2, postal_code, city, country,
    client_code, email, siret, phone, mobile, office, fax, custom:<key>; of a consent: consent_at, consent_given,
    consent_expires, consent_number, consent_slot_start, consent_slot_end, consent_channel, consent_object,
    consent_wording, consent_version, consent_act, consent_third_party, consent_reference. `consent` is asked for where
    a column goes to one. `duplicates`: leave out the row (ignore), fill
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
    consent: ImportConsent | None = None


class ImportedConsents(Schema):
    """What became of a file's consents: written down, or in the ledger already; `refused`: of rows, by reason."""

    recorded: int
    known: int
    refused: dict[str, int]


class Import(Schema):
    """A batch. `progress` is from 0 to 1. `consents`: null where no column went to one."""

    id: int
    name: str
    file_name: str
    status: ImportStatusCode
    campaign_id: int | None
    rows_total: int
    rows_done: int
    progress: float
    counts: ImportCounts
    consents: ImportedConsents | None
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

    campaign_id: IdFilter | None = None


class RefusedRow(Schema):
    """A row that was not imported."""

    row_number: int
    code: str
    reason: str
    cells: list[str]


class RefusedPage(Page[RefusedRow]):
    """In the order of the file."""

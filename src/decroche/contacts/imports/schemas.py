"""What the API says of imports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import StringConstraints

from decroche.campaigns.outlook.schemas import OutlookOut
from decroche.common.pagination import Page
from decroche.contacts.custom_fields.schemas import FieldKindCode
from decroche.contacts.schemas import CampaignRef, PersonRef
from decroche.ledger.schemas import ChannelCode, ProofKindCode

ImportStatusCode = Literal["draft", "queued", "running", "done", "failed", "cancelled", "rolling_back", "rolled_back"]
EncodingCode = Literal["utf-8", "utf-16", "cp1252", "mixed"]
"""mixed: UTF-8, and what is not is read as cp1252."""
SeparatorCode = Literal[";", ",", "\t", "|"]
TidyCode = Literal["civility", "names", "towns"]
DuplicatesCode = Literal["ignore", "fill", "update", "keep"]
MatchCode = Literal["phone", "email", "client_code", "siret", "name"]
AgainstCode = Literal["base", "campaign"]


class NumberKinds(Schema):
    """Numbers of a column's first values, by kind; `several`: cells that hold more than one."""

    fixed: int
    mobile: int
    special: int
    """Toll-free and shared cost."""
    overseas: int
    foreign: int
    impossible: int
    several: int


class ColumnOut(Schema):
    """A column of the file: its header (made up where it was empty), first values, and what it seems to hold."""

    index: int
    header: str
    samples: list[str]
    suggested: str | None
    """A target of `ColumnTarget`, or null: no idea."""
    kind: FieldKindCode
    """The type of a new custom field that would hold the first values."""
    numbers: NumberKinds | None
    """Of a column that seems to hold telephone numbers."""


class PreviewOut(Schema):
    """The file as it would be read now; `rows` are the first 50 below the header that hold something."""

    columns: list[ColumnOut]
    lines: list[int]
    rows: list[list[str]]
    rows_total: int
    warnings: list[str]
    """Sentences in the user's language: cut cells, unreadable characters, lines with too few or too many cells…"""


class ImportCounts(Schema):
    """How the rows ended: new + updated + duplicate + refused + empty + do_not_call = rows_total."""

    new: int = 0
    updated: int = 0
    duplicate: int = 0
    """Rows that brought no contact of their own, one being there already; listed among the reasons."""
    refused: int = 0
    empty: int = 0
    """Lines without any value."""
    do_not_call: int = 0
    """Left out: all their numbers are on the do-not-call list. They are among the refused rows to download."""
    queued: int = 0
    """Places given in the campaign's queue."""
    known_queued: int = 0
    """Duplicates of the base, left as they are, that came into the campaign's queue (`against`: campaign)."""
    dropped_numbers: int = 0
    """Numbers left out of contacts that have another one: those that cannot be, and those that found no free place."""
    dropped_sirets: int = 0
    """SIRETs that cannot be, left out of contacts that were brought all the same."""


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
    proofs: int = 0
    """Proofs of consent set aside: kept as evidence, they allow no call any more."""
    fields_removed: list[str] = Field(default=[])
    """Fields that the import had made, by their labels; rolled forward, they come back."""
    fields_kept: list[str] = Field(default=[])
    """Of these, those that contacts have values of, or that a script, a filter, a mapping… names."""


class ImportErrorOut(Schema):
    """Why it failed, in the user's language."""

    code: str
    message: str


class ReasonCount(Schema):
    """How many rows of a reason; `reason` is a sentence in the user's language, `code` is for programs."""

    code: str
    reason: str
    count: int


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
    against: AgainstCode
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
    can_roll_forward: bool


class ConsentTerms(Schema):
    """The proofs that the rows bring: what is the same for all, and what stands in for cells that are empty.

    `kind`: which legal basis they prove. Each of `object`, `wording`, `wording_version`, `channel` and `act` is given
    here or by a column.
    """

    kind: ProofKindCode = "consent"
    principal_id: int
    object: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    wording: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)] = ""
    wording_version: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] = ""
    channel: ChannelCode | Literal[""] = ""
    act: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    third_party: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    evidence_id: UUID | None = None
    """A file that shows all of them: the collector's certificate, the form."""


class ConsentReason(Schema):
    """How many rows of the file brought no proof for that reason; `reason` in the user's language."""

    code: str
    reason: str
    count: int


class ConsentResult(Schema):
    """What became of the file's consents. `known`: in the ledger already, as they are."""

    recorded: int
    known: int
    reasons: list[ConsentReason]
    """Of rows that brought none; the most frequent first."""


class ColumnTarget(Schema):
    """Where a column goes.

    `target`: civility, first_name, last_name, full_name, company, address, address2, postal_code, city, country,
    client_code, email, siret, phone, mobile, office, fax, custom:<key of a custom field>; of a consent: consent_at
    (when it was given; the others need it), consent_given (yes or no), consent_expires, consent_number,
    consent_slot_start and consent_slot_end (of one agreed time, within a day of the person's), consent_channel,
    consent_object, consent_wording, consent_version, consent_act, consent_third_party,
    consent_reference. Columns not named are left out.
    """

    column: Annotated[int, Field(ge=0)]
    target: str


class ColumnChoice(Schema):
    """What was chosen for a column of a draft. `target` as in `ColumnTarget`; "": left out; "new": a new field."""

    column: Annotated[int, Field(ge=0)]
    target: Annotated[str, Field(max_length=80)]
    label: Annotated[str, Field(max_length=120)] = ""
    kind: FieldKindCode = "text"


class ColumnsAsked(Schema):
    """Columns, and the fields chosen for them."""

    columns: Annotated[list[ColumnChoice], Field(max_length=2000)]


class Misfit(Schema):
    """A column whose field would refuse some of the values that the preview shows: their rows would be left out.

    `kind`: of the field; `looked_at`: the values that were looked at; `count`: those refused, `example` the first.
    """

    column: int
    target: str
    kind: FieldKindCode
    looked_at: int
    count: int
    example: str


class DraftChoices(Schema):
    """What was chosen so far, as in `ImportStart`, unjudged: half of it may be missing. Columns not named follow the
    suggestion.
    """

    name: Annotated[str, Field(max_length=200)] = ""
    columns: Annotated[list[ColumnChoice], Field(max_length=2000)] = Field(default=[])
    tidy: list[TidyCode] = Field(default=[])
    save_mapping_as: Annotated[str, Field(max_length=120)] = ""
    duplicates: DuplicatesCode = "ignore"
    match_by: list[MatchCode] = Field(default=["phone", "client_code"])
    against: AgainstCode = "base"
    campaign_id: int | None = None
    consent: ConsentTerms | None = None


class FedCampaign(Schema):
    """A campaign whose queue holds contacts of a batch, and where these stand there."""

    campaign: CampaignRef
    total: int
    waiting: int
    """Callable now or later, or in a call."""
    called: int
    """Called at least once."""
    finished: int
    withdrawn: int


class ImportDetail(ImportOut):
    """A batch with its preview and what was chosen so far (while it is a draft), its mapping (once started)."""

    preview: PreviewOut | None
    choices: DraftChoices | None
    mapping: list[ColumnTarget]
    tidy: list[TidyCode]
    """What is put right; while it is a draft, what was in the last file with the same columns."""
    reasons: list[ReasonCount]
    """Why rows, or numbers, were left out; the most frequent first."""
    outlook: OutlookOut | None
    """Of a batch that fed a campaign: how many of its contacts the campaign may call."""
    consent: ConsentTerms | None
    """Of its proofs; while it is a draft, those of the last file with the same columns."""
    consents: ConsentResult | None


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
    choices: Annotated[list[str], Field(max_length=100)] = Field(default=[])
    """Of a choice; left empty, they are the column's own values, 100 at most."""


class ImportStart(Schema):
    """Import. `duplicates`, for rows whose contact is there already (in the base, or earlier in the file).

    ignore: leave out the row; fill: fill the contact's empty fields; update: replace them by the file's;
    keep: bring a second contact.
    `match_by`: what they are recognised by; `name` is the name (or the company, where there is no name) with the
    postal code, accents, case and punctuation aside. `against` says which contacts count as there: all of the base,
    or those that are in the campaign: others of the base then come into its queue as they are.
    """

    name: Annotated[str, Field(max_length=200)] = ""
    mapping: list[ColumnTarget]
    new_custom_fields: list[NewCustomField] = Field(default=[])
    tidy: list[TidyCode] = Field(default=[])
    """What is put right on the way in: forms of civility, the case of names, of towns. Nothing unless asked."""
    consent: ConsentTerms | None = None
    """Asked for where a column goes to a consent."""
    save_mapping_as: Annotated[str, Field(max_length=120)] = ""
    """Keep the mapping under this name, in the place of the one of that name."""
    duplicates: DuplicatesCode = "ignore"
    match_by: list[MatchCode] = Field(default=["phone", "client_code"])
    against: AgainstCode = "base"
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


class TitleTarget(Schema):
    """A column by its title, and where it goes, as in `ColumnTarget`."""

    header: Annotated[str, Field(max_length=160)]
    target: str


class SavedMappingOut(Schema):
    """A mapping kept under a name."""

    id: int
    name: str
    targets: list[TitleTarget]
    tidy: list[TidyCode]
    consent: ConsentTerms | None
    created_by: PersonRef | None
    created_at: datetime


class SavedMappingIn(Schema):
    """A new one."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    targets: Annotated[list[TitleTarget], Field(min_length=1, max_length=1024)]
    tidy: list[TidyCode] = Field(default=[])
    consent: ConsentTerms | None = None


class SavedMappingPatch(Schema):
    """Any subset."""

    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    targets: Annotated[list[TitleTarget], Field(min_length=1, max_length=1024)] | None = None
    tidy: list[TidyCode] | None = None

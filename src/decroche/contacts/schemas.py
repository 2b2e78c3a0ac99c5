"""What the API says of contacts, their history, notes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from decroche.common.pagination import Page
from decroche.contacts.custom_fields.schemas import FieldKindCode

Limit = Annotated[int, Field(ge=1, le=200)]
PhoneKindCode = Literal["phone", "mobile", "office", "fax"]
QueueStateCode = Literal["waiting", "claimed", "finished", "withdrawn"]
ResultCode = Literal[
    "connected",
    "abandoned",
    "no_answer",
    "busy",
    "rejected",
    "unallocated",
    "congestion",
    "machine",
    "cancelled",
    "failed",
    "missed",
]


class PersonRef(Schema):
    """A user, by name."""

    id: int
    name: str


class CampaignRef(Schema):
    """A campaign, by name."""

    id: int
    name: str


class ContactRef(Schema):
    """A contact as one line of another list."""

    id: int
    civility: str
    first_name: str
    last_name: str
    company: str
    city: str
    phone: str
    """The first number to dial, E.164; empty where there is none."""


class PhoneOut(Schema):
    """One number; `do_not_call`: on the list, everywhere or for one of the contact's campaigns."""

    kind: PhoneKindCode
    e164: str
    do_not_call: bool = False


class NumberRefusal(Schema):
    """Why a number is on the do-not-call list; `campaign` null: everywhere. `prefix`: all that begin so are."""

    campaign: CampaignRef | None
    since: datetime
    origin: str
    note: str
    by: PersonRef | None
    prefix: str


class PhoneDetail(PhoneOut):
    """One number on the contact's own page: what kind of line it is, and each entry of the list that forbids it."""

    line: Literal["mobile", "fixed", "overseas_mobile", "overseas_fixed", "non_geographic", "foreign"]
    refusals: list[NumberRefusal]


class ContactRow(Schema):
    """A contact in a list."""

    id: int
    civility: str
    first_name: str
    last_name: str
    company: str
    postal_code: str
    city: str
    client_code: str
    email: str
    address: str
    custom: dict[str, Any]
    phones: list[PhoneOut]
    batch_id: int | None
    last_call_at: datetime | None
    last_result: ResultCode | None
    created_at: datetime


class ContactPage(Page[ContactRow]):
    """Contacts; `total` is given up to 10,000."""


class ContactPlace(Schema):
    """The contact's place in one campaign's queue."""

    entry_id: int
    campaign: CampaignRef
    state: QueueStateCode
    attempts: int
    not_before: datetime
    owner: PersonRef | None
    last_result: ResultCode | None
    last_call_at: datetime | None
    disposition: str | None
    finished_reason: str
    refused_reason: str
    refused_why: str
    """The sentence of `refused_reason`, in the reader's language."""


class BatchRef(Schema):
    """The batch that brought a contact."""

    id: int
    name: str


ContactKindCode = Literal["", "person", "company"]
"""A consumer, protected as such whatever the campaign; a company; or as the campaign's audience says."""


class ContactOut(Schema):
    """A contact, whole. `custom` holds this floor's own fields by key (see custom-fields for kinds and labels)."""

    id: int
    civility: str
    first_name: str
    last_name: str
    company: str
    address: str
    address2: str
    postal_code: str
    city: str
    country: str
    client_code: str
    email: str
    siret: str
    kind: ContactKindCode
    custom: dict[str, Any]
    phones: list[PhoneDetail]
    batch: BatchRef | None
    places: list[ContactPlace]
    created_at: datetime
    updated_at: datetime


class PhonesIn(Schema):
    """Numbers in any form a French person writes; null or an empty text removes one, a key left out keeps it."""

    phone: str | None = None
    mobile: str | None = None
    office: str | None = None
    fax: str | None = None


class ContactPatch(Schema):
    """Any subset of the fields: what is left out stays. `custom` likewise, key by key; null removes a value."""

    civility: Annotated[str, Field(max_length=20)] | None = None
    first_name: Annotated[str, Field(max_length=120)] | None = None
    last_name: Annotated[str, Field(max_length=120)] | None = None
    company: Annotated[str, Field(max_length=200)] | None = None
    address: Annotated[str, Field(max_length=250)] | None = None
    address2: Annotated[str, Field(max_length=250)] | None = None
    postal_code: Annotated[str, Field(max_length=12)] | None = None
    city: Annotated[str, Field(max_length=120)] | None = None
    country: Annotated[str, Field(max_length=60)] | None = None
    client_code: Annotated[str, Field(max_length=60)] | None = None
    email: Annotated[str, Field(max_length=254)] | None = None
    siret: Annotated[str, Field(max_length=40)] | None = None
    kind: ContactKindCode | None = None
    custom: dict[str, Any] | None = None
    phones: PhonesIn | None = None


class ContactIn(ContactPatch):
    """A new contact: a name, a company or a number at least. An agent must say for which of his campaigns."""

    campaign_id: int | None = None


# ── Notes and answers ────────────────────────────────────────────────────────


class NoteIn(Schema):
    """The author's note of a call. Without a call: a new note, or `note_id` to go on with one of his own."""

    call_id: UUID | None = None
    campaign_id: int | None = None
    note_id: int | None = None
    text: Annotated[str, Field(max_length=20_000)]


class NoteOut(Schema):
    """A note as kept."""

    id: int
    call_id: UUID | None
    campaign_id: int | None
    author: PersonRef | None
    text: str
    created_at: datetime
    updated_at: datetime


class AnswerIn(Schema):
    """The answer to one question of a campaign's script; null forgets it."""

    campaign_id: int
    call_id: UUID | None = None
    key: Annotated[str, Field(max_length=60)]
    value: str | float | bool | None


class AnswerOut(Schema):
    """The latest answer to one question."""

    campaign_id: int
    key: str
    value: Any
    call_id: UUID | None
    agent: PersonRef | None
    updated_at: datetime


# ── History ──────────────────────────────────────────────────────────────────


class HistoryNote(Schema):
    """A note written outside a call."""

    type: Literal["note"] = "note"
    at: datetime
    id: int
    campaign: CampaignRef | None
    author: PersonRef | None
    text: str


class HistoryAnswer(Schema):
    """An answer kept outside a call. `kind`: its question's; null where the script does not ask it any more."""

    type: Literal["answer"] = "answer"
    at: datetime
    id: int
    campaign: CampaignRef | None
    agent: PersonRef | None
    key: str
    label: str
    kind: FieldKindCode | None
    value: Any


class RecordingRef(Schema):
    """A recording that can be played."""

    id: UUID
    duration_s: float | None


class HistoryCall(Schema):
    """One attempt, or one call of his, with what was written and answered during it. Durations in seconds."""

    type: Literal["call"] = "call"
    at: datetime
    id: UUID
    campaign: CampaignRef | None
    agent: PersonRef | None
    e164: str
    phone_kind: str
    mode: str
    direction: Literal["outbound", "inbound"]
    result: ResultCode | None
    disposition: str | None
    disposition_color: str | None
    tone: Literal["positive", "negative", "neutral"] | None
    ring_s: float | None
    talk_s: float | None
    has_recording: bool
    recording: RecordingRef | None
    notes: list[HistoryNote]
    answers: list[HistoryAnswer]


class HistoryCallback(Schema):
    """A promise; `at` is when it was made."""

    type: Literal["callback"] = "callback"
    at: datetime
    id: int
    campaign: CampaignRef | None
    by: PersonRef | None
    owner: PersonRef | None
    due_at: datetime
    state: Literal["scheduled", "done", "cancelled"]
    note: str


class HistoryAppointment(Schema):
    """A meeting; `at` is when it was agreed."""

    type: Literal["appointment"] = "appointment"
    at: datetime
    id: int
    campaign: CampaignRef | None
    by: PersonRef | None
    starts_at: datetime
    duration_min: int
    place: str
    note: str
    cancelled: bool


class HistoryMail(Schema):
    """An e-mail; `at` is when it was written."""

    type: Literal["mail"] = "mail"
    at: datetime
    id: UUID
    campaign: CampaignRef | None
    by: PersonRef | None
    subject: str
    state: Literal["queued", "sent", "refused"]


HistoryType = Literal["call", "note", "answer", "callback", "appointment", "mail"]
HistoryItem = Annotated[
    HistoryCall | HistoryNote | HistoryAnswer | HistoryCallback | HistoryAppointment | HistoryMail,
    Field(discriminator="type"),
]


class HistoryPage(Schema):
    """All that happened with a contact, newest first."""

    items: list[HistoryItem]
    next_cursor: str | None = None
    total: int | None = None

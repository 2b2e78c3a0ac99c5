"""Contacts, their numbers, and the do-not-call list."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from decroche.calls.schemas import ResultCode
from decroche.common.pagination import Page
from decroche.common.schemas import Body
from decroche.contacts.custom_fields.schemas import FieldKindCode
from decroche.contacts.schemas import PhoneKindCode, QueueStateCode
from decroche.integrations.v1.schemas.base import Filters, Id, IdFilter


class Phone(Schema):
    """A number, E.164. `do_not_call`: it will not be dialed."""

    kind: PhoneKindCode
    e164: str
    do_not_call: bool


class Place(Schema):
    """The contact's place in one campaign's queue. `callback_at`: when it is promised to be called back."""

    entry_id: int
    campaign_id: int
    state: QueueStateCode
    attempts: int
    not_before: datetime
    last_result: ResultCode | None
    last_call_at: datetime | None
    callback_at: datetime | None
    finished_reason: str
    refused_reason: str


class ContactLine(Schema):
    """A contact in a list: without its places.

    `client_code` is your own identifier of it, `custom` holds this floor's own fields by key.
    """

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
    siret: str
    email: str
    custom: dict[str, Any]
    phones: list[Phone]
    batch_id: int | None
    created_at: datetime
    updated_at: datetime


class Contact(ContactLine):
    """A contact, whole: as in a list, with its places in queues."""

    places: list[Place]


class ContactPage(Page[ContactLine]):
    """By id; with `updated_since`, by the date of their last change."""


class ContactFilters(Filters):
    """All that is given must hold. `phone` in any French form, `siret` with or without spaces."""

    updated_since: AwareDatetime | None = None
    client_code: str | None = None
    siret: str | None = None
    phone: str | None = None
    email: str | None = None
    campaign_id: IdFilter | None = None
    batch_id: IdFilter | None = None


class Phones(Body):
    """Numbers in any form a French person writes; null or an empty text removes one, a key left out keeps it."""

    phone: Annotated[str, Field(max_length=60)] | None = None
    mobile: Annotated[str, Field(max_length=60)] | None = None
    office: Annotated[str, Field(max_length=60)] | None = None
    fax: Annotated[str, Field(max_length=60)] | None = None


class ContactFields(Body):
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
    email: Annotated[str, Field(max_length=254)] | None = None
    siret: Annotated[str, Field(max_length=40)] | None = None
    custom: Annotated[dict[str, Any], Field(max_length=500)] | None = None
    phones: Phones | None = None


class ContactWrite(ContactFields):
    """A contact: a name, a company or a number at least."""

    client_code: Annotated[str, Field(max_length=60)] | None = None


class OwnField(Schema):
    """A field that this floor added to its contacts. `key` is its name in `custom`, and never changes."""

    key: str
    label: str
    kind: FieldKindCode
    choices: list[str]


class OwnFieldPage(Page[OwnField]):
    """In the order of the screens."""


class DoNotCallMark(Body):
    """Where the contact must not be called: everywhere, or in one campaign."""

    campaign_id: Id | None = None
    note: Annotated[str, Field(max_length=200)] = ""


class DoNotCallWrite(DoNotCallMark):
    """A number in any form."""

    number: Annotated[str, Field(max_length=60)]


class DoNotCallEntry(Schema):
    """A number never to dial; `campaign_id` null: everywhere."""

    id: int
    e164: str
    campaign_id: int | None
    origin: str
    note: str
    contact_id: int | None
    created_at: datetime


class DoNotCallPage(Page[DoNotCallEntry]):
    """The oldest first: keep the last `next_cursor`, or the last `id` as `after`, to read on another day."""


class DoNotCallFilters(Filters):
    """`after`: only those with a greater `id`."""

    after: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0

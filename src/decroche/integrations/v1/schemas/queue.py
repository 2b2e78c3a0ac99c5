"""Campaigns, their queue, and leads to call at once."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from decroche.calls.schemas import ResultCode
from decroche.campaigns.codes import ModeCode, StatusCode
from decroche.campaigns.queueing import Placed
from decroche.common.pagination import Page
from decroche.common.schemas import Body
from decroche.contacts.schemas import QueueStateCode
from decroche.integrations.v1.schemas.base import Filters, Flag, Id, IdFilter, Priority
from decroche.integrations.v1.schemas.contacts import Contact, ContactWrite

EndKind = Literal["outcome", "reason", "refused"]


class Campaign(Schema):
    """A campaign; only an open one is dialed."""

    id: int
    name: str
    status: StatusCode
    mode: ModeCode
    audience: Literal["b2c", "b2b"]
    priority: int
    entries: int
    entries_waiting: int
    entries_finished: int
    created_at: datetime


class CampaignPage(Page[Campaign]):
    """By id."""


class CampaignFilters(Filters):
    """Archived ones only where `status` asks for them."""

    status: StatusCode | None = None


class End(Schema):
    """Places that ended, or are refused, in one way: by an outcome, by a reason's code, or by a rule's.

    `last_result`: of the last attempt, where there were too many. Its first four fields choose it for a recycling.
    """

    kind: EndKind
    disposition_id: int | None
    code: str
    last_result: str
    label: str
    """Of the outcome."""
    count: int
    recyclable: bool


class Counts(Schema):
    """Where a campaign's contacts stand: each is counted once; see the campaign's page for the words."""

    total: int
    callable: int
    later: int
    promised: int
    refused: int
    outside: int
    """They wait outside the campaign's territory."""
    in_call: int
    finished: int
    withdrawn: int
    never_called: int
    refused_by_reason: dict[str, int]
    ends: list[End]


class QueueAdd(Body):
    """Contacts to add."""

    contact_ids: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    priority: Priority = 0


class QueueAdded(Schema):
    """`added` now wait, those among them that had been taken out; `already` had their place and keep it;
    `no_number` cannot be dialed; `unknown` are no contacts."""

    added: int
    already: int
    no_number: int
    unknown: int


class Entry(Schema):
    """A contact's place in a campaign's queue. `refused_reason`: why the rules put it off, the last time.

    `callback_at`: when the contact is promised to be called back, before everybody else; null: nothing is promised.
    """

    id: int
    campaign_id: int
    contact_id: int
    state: QueueStateCode
    priority: int
    attempts: int
    not_before: datetime
    last_result: ResultCode | None
    last_call_at: datetime | None
    callback_at: datetime | None
    disposition: str | None
    finished_reason: str
    refused_reason: str


class EntryWrite(Body):
    """What a program may change of a place: the greatest `priority` is called first."""

    priority: Priority


class EntryPage(Page[Entry]):
    """By id."""


class EntryFilters(Filters):
    """All that is given must hold."""

    state: QueueStateCode | None = None
    contact_id: IdFilter | None = None


class RecycledEnd(Body):
    """One way in which places ended: the first four fields of one of the campaign's `ends`."""

    kind: EndKind
    disposition_id: Id | None = None
    code: Annotated[str, Field(max_length=40)] = ""
    last_result: Annotated[str, Field(max_length=40)] = ""


class RecyclingWrite(Body):
    """Whom to call once more. `not_before` left out: now. The law's own counts of attempts are never begun again."""

    ends: Annotated[list[RecycledEnd], Field(min_length=1, max_length=100)]
    keeps_attempts: Flag = True
    not_before: AwareDatetime | None = None


class Recycling(Schema):
    """Places put back into a queue. `kept`: called, promised or taken out since, which an undo left."""

    id: int
    campaign_id: int
    status: Literal["running", "done", "undoing", "undone"]
    keeps_attempts: bool
    not_before: datetime
    expected: int
    recycled: int
    restored: int
    kept: int
    created_at: datetime
    undone_at: datetime | None


class RecyclingPage(Page[Recycling]):
    """The newest first."""


class LeadContact(ContactWrite):
    """Whom to call: found again by `client_code`, else by one of the numbers, else made."""


class Lead(Body):
    """Somebody to call now. `priority` 100 is before everybody else."""

    campaign_id: Id
    contact: LeadContact
    priority: Priority = 100


class LeadPlaced(Schema):
    """`outcome`: added, moved to the front, reopened (it was over), promised (an agent's promise stays), in_call.

    `campaign_status` other than `open`: it waits until somebody opens the campaign.
    """

    outcome: Placed
    contact_created: bool
    campaign_status: StatusCode
    entry: Entry
    contact: Contact

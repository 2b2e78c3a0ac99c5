"""What crosses the API about a campaign's queue."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from decroche.campaigns.queue.standing import Standing
from decroche.common.pagination import Page


class QueueRefusal(Schema):
    """Entries that one rule refuses. `for_good`: they are over; otherwise they are free again between both instants."""

    code: str
    for_good: bool
    count: int
    first_free_at: datetime | None
    last_free_at: datetime | None


class Ended(Schema):
    """Entries that ended in one way: by an outcome (`disposition_id`, `label`), or by a reason's `code`.

    `last_result`: of the last attempt, where there were as many as the campaign allows. `recyclable`: they may be
    called once more.
    """

    disposition_id: int | None
    label: str
    code: str
    last_result: str
    count: int
    recyclable: bool


class Moment(Schema):
    """How many become callable in an hour of the next 24, in a day of the next fortnight, in a year beyond.

    They lie from `from_at` to just before `until_at`.
    """

    unit: Literal["hour", "day", "year"]
    from_at: datetime
    until_at: datetime
    count: int


class QueueView(Schema):
    """Where a campaign's contacts stand now: each is counted once."""

    at: datetime
    total: int
    callable: int
    """Now, in the campaign's territory; due promises included: the live floor's figure."""
    later: int
    promised: int
    """Callbacks promised for later."""
    refused: int
    outside: int
    """They wait where the campaign does not call."""
    in_call: int
    finished: int
    withdrawn: int
    never_called: int
    """Of those that wait."""
    moments: list[Moment]
    refusals: list[QueueRefusal]
    ends: list[Ended]


class QueueEntryOut(Schema):
    """One contact's place in the queue."""

    id: int
    contact_id: int
    name: str
    company: str
    postal_code: str
    city: str
    e164: str
    standing: Standing
    why: str
    outcome: str
    attempts: int
    last_result: str
    last_call_at: datetime | None
    not_before: datetime
    owner: str


class QueueEntryPage(Page[QueueEntryOut]):
    """In the order of the queue where they wait, else by their end."""

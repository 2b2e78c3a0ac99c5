"""What webhooks are told. `data` has the shapes of the API, as they were when the event was noted."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, Literal, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import Field

from decroche.integrations.v1.schemas.calls import Call
from decroche.integrations.v1.schemas.contacts import DoNotCallEntry
from decroche.integrations.v1.schemas.imports import Import

Kind = TypeVar("Kind")
Data = TypeVar("Data")


class Message(Schema, Generic[Kind, Data]):
    """The body of every message."""

    type: Kind
    version: Literal[1] = 1
    timestamp: datetime
    """Of the event."""
    data: Data


class CallTold(Schema):
    """A call that is over."""

    call: Call


class RefusedNumber(DoNotCallEntry):
    """A line of the do-not-call list, with the contact's code of yours."""

    client_code: str | None


class NumberTold(Schema):
    """A number never to dial."""

    do_not_call: RefusedNumber


class AppointmentMade(Schema):
    """An appointment that an agent has made."""

    id: int
    contact_id: int
    client_code: str
    campaign_id: int | None
    call_id: UUID | None
    starts_at: datetime
    duration_min: int
    place: str
    note: str


class AppointmentTold(Schema):
    """A meeting with the contact."""

    appointment: AppointmentMade


class ImportTold(Schema):
    """A batch, as `GET /imports/{id}` gives it."""

    batch: Import = Field(alias="import")


class TryTold(Schema):
    """Nothing."""

    message: str


class CallEndedMessage(Message[Literal["call.ended"], CallTold]):
    """A call is over. Its outcome may still be missing: `call.qualified` tells it."""


class CallQualifiedMessage(Message[Literal["call.qualified"], CallTold]):
    """An outcome was given, or changed: of several for one call, the one with the greatest `outcome_at` counts."""


class DoNotCallMessage(Message[Literal["contact.do_not_call"], NumberTold]):
    """A number was put on the do-not-call list, by a person or a program; not by an imported list."""


class AppointmentCreatedMessage(Message[Literal["appointment.created"], AppointmentTold]):
    """An appointment was made."""


class ImportFinishedMessage(Message[Literal["import.finished"], ImportTold]):
    """A batch was imported, stopped, refused or rolled back: its `status` says which."""


class TryMessage(Message[Literal["webhook.test"], TryTold]):
    """Sent by hand, to try the address."""


MESSAGES: dict[str, type[Schema]] = {
    "call.ended": CallEndedMessage,
    "call.qualified": CallQualifiedMessage,
    "contact.do_not_call": DoNotCallMessage,
    "appointment.created": AppointmentCreatedMessage,
    "import.finished": ImportFinishedMessage,
    "webhook.test": TryMessage,
}
"""By event."""

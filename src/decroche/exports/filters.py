"""Which rows: the same conditions as the screens', kept with the export and read again by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from decroche.accounts.models import User
from decroche.appointments import selectors as appointments
from decroche.callbacks import selectors as callbacks
from decroche.calls import selectors as calls
from decroche.calls.schemas import CallFilters
from decroche.campaigns.models import QueueEntry
from decroche.common.errors import InvalidFields
from decroche.common.schemas import Body
from decroche.common.validation import field_sentences
from decroche.contacts.access import visible_contacts
from decroche.contacts.filters.query import contacts_matching
from decroche.contacts.filters.schema import Node
from decroche.contacts.models import ScriptAnswer
from decroche.contacts.search import matching
from decroche.exports.models import Subject

PRIVATE = frozenset(("q", "number", "filter", "ids", "except_ids"))
"""Conditions that may hold a person's data, or are long: in the audit log by their name only."""


Ids = Annotated[list[Annotated[int, Field(ge=1, lt=2**63)]], Field(max_length=10_000)]


class ContactConditions(Body):
    """As the list of contacts takes them; `filter` is the advanced search's tree, `ids` the ticked lines."""

    q: str = ""
    campaign_id: int | None = None
    batch_id: int | None = None
    filter: Node | None = None
    ids: Ids | None = None
    except_ids: Ids = []


class CallConditions(CallFilters):
    """As the call log takes them."""

    model_config = ConfigDict(extra="forbid")


class AppointmentConditions(Body):
    """`starts_to` is excluded."""

    starts_from: AwareDatetime | None = None
    starts_to: AwareDatetime | None = None
    campaign_id: int | None = None
    contact_id: int | None = None
    with_cancelled: bool = False


class CallbackConditions(Body):
    """`due_to` is excluded."""

    state: callbacks.StateFilter = "all"
    campaign_id: int | None = None
    owner_id: int | None = None
    contact_id: int | None = None
    due_from: AwareDatetime | None = None
    due_to: AwareDatetime | None = None


class AnswerConditions(Body):
    """`until` is excluded."""

    campaign_id: int | None = None
    agent_id: int | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None


CONDITIONS: dict[str, type[BaseModel]] = {
    Subject.CONTACTS: ContactConditions,
    Subject.CALLS: CallConditions,
    Subject.APPOINTMENTS: AppointmentConditions,
    Subject.CALLBACKS: CallbackConditions,
    Subject.ANSWERS: AnswerConditions,
}


def checked(subject: str, filters: dict[str, Any]) -> dict[str, Any]:
    """The conditions as they are kept: JSON. Raises InvalidFields."""
    try:
        read = CONDITIONS[subject].model_validate(filters)
    except ValidationError as error:
        found = [{**one, "loc": ("filters", *one["loc"])} for one in error.errors()]
        french, english = (field_sentences(found, language) for language in ("fr", "en"))
        raise InvalidFields(**{f"filters.{name}": (french[name], english[name]) for name in french}) from error
    return read.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)


def rows(viewer: User, subject: str, filters: dict[str, Any], now: datetime) -> QuerySet[Any]:
    """The rows that the viewer asked for, in no order. Raises InvalidFields where a filter is no longer possible."""
    read: Any = CONDITIONS[subject].model_validate(filters)
    return _ROWS[subject](viewer, read, now).order_by()


def _contacts(viewer: User, wanted: ContactConditions, _now: datetime) -> QuerySet[Any]:
    found = matching(visible_contacts(viewer), wanted.q)
    if wanted.campaign_id is not None:
        found = found.filter(Exists(QueueEntry.objects.filter(contact=OuterRef("pk"), campaign=wanted.campaign_id)))
    if wanted.batch_id is not None:
        found = found.filter(batch=wanted.batch_id)
    if wanted.ids is not None:
        found = found.filter(pk__in=wanted.ids)
    if wanted.except_ids:
        found = found.exclude(pk__in=wanted.except_ids)
    return found if wanted.filter is None else contacts_matching(wanted.filter, found)


def _calls(viewer: User, wanted: CallConditions, _now: datetime) -> QuerySet[Any]:
    return calls.filtered(viewer, wanted)


def _appointments(viewer: User, wanted: AppointmentConditions, _now: datetime) -> QuerySet[Any]:
    conditions = appointments.Wanted(**wanted.model_dump())
    return appointments.filtered(viewer, conditions).select_related(None)


def _callbacks(viewer: User, wanted: CallbackConditions, now: datetime) -> QuerySet[Any]:
    return callbacks.filtered(viewer, callbacks.Wanted(**wanted.model_dump()), now).select_related(None)


def _answers(_viewer: User, wanted: AnswerConditions, _now: datetime) -> QuerySet[Any]:
    given = {
        "campaign": wanted.campaign_id,
        "agent": wanted.agent_id,
        "updated_at__gte": wanted.since,
        "updated_at__lt": wanted.until,
    }
    return ScriptAnswer.objects.filter(**{name: value for name, value in given.items() if value is not None})


_ROWS: dict[str, Callable[[User, Any, datetime], QuerySet[Any]]] = {
    Subject.CONTACTS: _contacts,
    Subject.CALLS: _calls,
    Subject.APPOINTMENTS: _appointments,
    Subject.CALLBACKS: _callbacks,
    Subject.ANSWERS: _answers,
}


def fields_of(model: type[Model]) -> list[str]:
    """Every column of a table, by Django's name."""
    return [one.attname for one in model._meta.concrete_fields]

"""What is said of an event: `{type, version, timestamp, data}`, with the shapes of the public API."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from ninja import Schema

from decroche.appointments.models import Appointment
from decroche.calls.models import Call
from decroche.common.errors import Language
from decroche.contacts.imports import selectors as imports
from decroche.contacts.models import DoNotCall, ImportBatch
from decroche.dispositions.models import Disposition
from decroche.integrations.models import Event
from decroche.integrations.v1.calls_api import call_out
from decroche.integrations.v1.contacts_api import do_not_call_out
from decroche.integrations.v1.imports_api import import_out
from decroche.integrations.v1.schemas import events as said


def body_of(event: Event, language: Language) -> str | None:
    """None where what it told of is not there any more. `language`: of its sentences."""
    data = READERS[event.type](event, language)
    if data is None:
        return None
    whole = {"type": event.type, "timestamp": event.at, "data": data.model_dump(by_alias=True)}
    return said.MESSAGES[event.type].model_validate(whole).model_dump_json(by_alias=True)


def _call(event: Event, language: Language) -> Schema | None:
    row = Call.objects.select_related("contact", "agent", "disposition").filter(pk=UUID(event.ids["call"])).first()
    return said.CallTold(call=call_out(row)) if row else None


def _qualified(event: Event, language: Language) -> Schema | None:
    """The outcome as it was given then, and when, though the agent may have changed it since."""
    row = Call.objects.select_related("contact", "agent").filter(pk=UUID(event.ids["call"])).first()
    if row is None:
        return None
    row.disposition = Disposition.objects.filter(pk=event.ids["disposition"]).first()
    row.disposed_at = event.at
    return said.CallTold(call=call_out(row))


def _do_not_call(event: Event, language: Language) -> Schema | None:
    row = DoNotCall.objects.select_related("contact").filter(pk=event.ids["row"]).first()
    if row is None:
        return None
    code = row.contact.client_code if row.contact else None
    return said.NumberTold(
        do_not_call=said.RefusedNumber(**do_not_call_out(row).model_dump(), client_code=code),
    )


def _appointment(event: Event, language: Language) -> Schema | None:
    row = Appointment.objects.select_related("contact").filter(pk=event.ids["appointment"]).first()
    if row is None:
        return None
    names = ("id", "contact_id", "campaign_id", "call_id", "starts_at", "duration_min", "place", "note")
    facts = {name: getattr(row, name) for name in names}
    return said.AppointmentTold(appointment=said.AppointmentMade(**facts, client_code=row.contact.client_code))


def _import(event: Event, language: Language) -> Schema | None:
    row = ImportBatch.objects.select_related("campaign", "created_by").filter(pk=event.ids["batch"]).first()
    return (
        said.ImportTold.model_validate({"import": import_out(imports.batch_out(row, language), row.consent_counts)})
        if row
        else None
    )


def _test(event: Event, language: Language) -> Schema | None:
    return said.TryTold(message="Décroche")


READERS: dict[str, Callable[[Event, Language], Schema | None]] = {
    "call.ended": _call,
    "call.qualified": _qualified,
    "contact.do_not_call": _do_not_call,
    "appointment.created": _appointment,
    "import.finished": _import,
    "webhook.test": _test,
}

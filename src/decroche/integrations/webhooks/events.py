"""What is said of an event: `{type, version, timestamp, data}`, with the shapes of the public API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from decroche.accounts.models import User
from decroche.appointments.models import Appointment
from decroche.calls.models import Call
from decroche.contacts.imports import selectors as imports
from decroche.contacts.models import DoNotCall, ImportBatch
from decroche.dispositions.models import Disposition
from decroche.integrations.models import Event
from decroche.integrations.v1.calls_api import call_out
from decroche.integrations.v1.contacts_api import do_not_call_out
from decroche.integrations.v1.imports_api import import_out

VERSION = 1
Data = dict[str, Any]


def body_of(event: Event, owner: User) -> str | None:
    """None where what it told of is not there any more. `owner`: in whose language sentences are."""
    data = READERS[event.type](event.ids, owner)
    if data is None:
        return None
    said = {"type": event.type, "version": VERSION, "timestamp": event.at.isoformat(), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _call(ids: Data, owner: User) -> Data | None:
    row = Call.objects.select_related("contact", "agent", "disposition").filter(pk=UUID(ids["call"])).first()
    return {"call": call_out(row).model_dump(mode="json")} if row else None


def _qualified(ids: Data, owner: User) -> Data | None:
    """The outcome as it was given then, though the agent may have changed it since."""
    row = Call.objects.select_related("contact", "agent").filter(pk=UUID(ids["call"])).first()
    if row is None:
        return None
    row.disposition = Disposition.objects.filter(pk=ids["disposition"]).first()
    return {"call": call_out(row).model_dump(mode="json")}


def _do_not_call(ids: Data, owner: User) -> Data | None:
    row = DoNotCall.objects.select_related("contact").filter(pk=ids["row"]).first()
    if row is None:
        return None
    code = row.contact.client_code if row.contact else None
    return {"do_not_call": {**do_not_call_out(row).model_dump(mode="json"), "client_code": code}}


def _appointment(ids: Data, owner: User) -> Data | None:
    row = Appointment.objects.select_related("contact").filter(pk=ids["appointment"]).first()
    if row is None:
        return None
    return {
        "appointment": {
            "id": row.pk,
            "contact_id": row.contact_id,
            "client_code": row.contact.client_code,
            "campaign_id": row.campaign_id,
            "call_id": str(row.call_id) if row.call_id else None,
            "starts_at": row.starts_at.isoformat(),
            "duration_min": row.duration_min,
            "place": row.place,
            "note": row.note,
        }
    }


def _import(ids: Data, owner: User) -> Data | None:
    row = ImportBatch.objects.select_related("campaign", "created_by").filter(pk=ids["batch"]).first()
    return {"import": import_out(imports.batch_out(row, owner)).model_dump(mode="json")} if row else None


def _test(ids: Data, owner: User) -> Data | None:
    return {"message": "Décroche"}


READERS: dict[str, Callable[[Data, User], Data | None]] = {
    "call.ended": _call,
    "call.qualified": _qualified,
    "contact.do_not_call": _do_not_call,
    "appointment.created": _appointment,
    "import.finished": _import,
    "webhook.test": _test,
}

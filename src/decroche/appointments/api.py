"""Appointments: agents see those of their campaigns' contacts and change their own; supervisors all."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import AGENT, actor
from decroche.appointments import selectors, services
from decroche.appointments.schemas import AppointmentIn, AppointmentOut, AppointmentPage, AppointmentPatch
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.contacts.schemas import Limit

router = Router(auth=AGENT, tags=["appointments"])


@router.get("/appointments", response=answers(AppointmentPage, InvalidFields), operation_id="list_appointments")
def list_appointments(
    request: HttpRequest,
    starts_from: datetime | None = None,
    starts_to: datetime | None = None,
    mine: bool = False,
    campaign_id: int | None = None,
    contact_id: int | None = None,
    with_cancelled: bool = False,
    cursor: str = "",
    limit: Limit = 50,
) -> AppointmentPage:
    """Meetings that begin from `starts_from` on and before `starts_to`; without bounds: from now on."""
    return selectors.list_appointments(
        actor(request),
        selectors.Wanted(starts_from, starts_to, mine, campaign_id, contact_id, with_cancelled),
        cursor=cursor,
        limit=limit,
    )


@router.post(
    "/appointments",
    response=answers(AppointmentOut, InvalidFields, NotFound, status=201),
    operation_id="create_appointment",
)
def create_appointment(request: HttpRequest, body: AppointmentIn) -> Status[AppointmentOut]:
    """Make a meeting with a contact."""
    user = actor(request)
    return Status(201, selectors.appointment_out(services.make(user, body).pk, user))


@router.patch(
    "/appointments/{appointment_id}",
    response=answers(AppointmentOut, InvalidFields, NotFound),
    operation_id="update_appointment",
)
def update_appointment(request: HttpRequest, appointment_id: int, body: AppointmentPatch) -> AppointmentOut:
    """Move, change, cancel a meeting or take the cancelling back."""
    user = actor(request)
    services.change(user, appointment_id, body)
    return selectors.appointment_out(appointment_id, user)

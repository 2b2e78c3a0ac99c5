"""Making and changing appointments; audited, told to the floor."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.appointments.models import Appointment
from decroche.appointments.schemas import AppointmentIn, AppointmentPatch
from decroche.appointments.selectors import visible_appointments
from decroche.calls.models import Call
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.notify import notify_floor
from decroche.contacts.access import get_campaign, get_contact

CLOCK = SystemClock()


@transaction.atomic
def make(user: User, body: AppointmentIn, clock: Clock = CLOCK) -> Appointment:
    """Raises NotFound, InvalidFields where it is in the past."""
    contact = get_contact(user, body.contact_id)
    campaign = None if body.campaign_id is None else get_campaign(user, body.campaign_id)
    call = None
    if body.call_id is not None:
        call = Call.objects.filter(pk=body.call_id, contact=contact).first()
        if call is None:
            raise NotFound
    _refuse_past(body.starts_at, clock)
    appointment = Appointment.objects.create(
        contact=contact,
        campaign_id=campaign.pk if campaign else call.campaign_id if call else None,
        call=call,
        starts_at=body.starts_at,
        duration_min=body.duration_min,
        place=body.place.strip(),
        note=body.note.replace("\x00", ""),
        created_by=user,
    )
    record(user, "appointment.create", appointment, contact_id=contact.pk, starts_at=body.starts_at.isoformat())
    notify_floor("contact_changed", id=contact.pk)
    return appointment


@transaction.atomic
def change(user: User, appointment_id: int, body: AppointmentPatch, clock: Clock = CLOCK) -> None:
    """Raises NotFound, InvalidFields."""
    appointment = visible_appointments(user).filter(pk=appointment_id).select_for_update(of=("self",)).first()
    if appointment is None:
        raise NotFound
    given = {name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None}
    cancelled = given.pop("cancelled", None)
    if "starts_at" in given and given["starts_at"] != appointment.starts_at:
        _refuse_past(given["starts_at"], clock)
    if cancelled is not None:
        given["cancelled_at"] = (appointment.cancelled_at or clock.now()) if cancelled else None
    given = {name: value for name, value in given.items() if getattr(appointment, name) != value}
    if not given:
        return
    for name, value in given.items():
        setattr(appointment, name, value)
    appointment.save(update_fields=[*given, "updated_at"])
    record(user, "appointment.update", appointment, fields=sorted(given))
    notify_floor("contact_changed", id=appointment.contact_id)


def _refuse_past(starts_at: datetime, clock: Clock) -> None:
    if starts_at.tzinfo is None:
        raise InvalidFields(starts_at=("Il manque le fuseau horaire.", "The time zone is missing."))
    if starts_at < clock.now():
        raise InvalidFields(starts_at=("Cette date est déjà passée.", "This date is past already."))

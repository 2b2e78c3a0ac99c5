"""Reading appointments for screens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from decroche.accounts.models import User
from decroche.appointments.models import Appointment
from decroche.appointments.schemas import AppointmentOut, AppointmentPage
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import NotFound
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.access import campaign_ids_of
from decroche.contacts.records import campaign_ref, contact_refs, person
from decroche.contacts.schemas import ContactRef

CLOCK = SystemClock()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a list; None and False leave them out. `starts_to` is excluded."""

    starts_from: datetime | None = None
    starts_to: datetime | None = None
    mine: bool = False
    campaign_id: int | None = None
    contact_id: int | None = None
    with_cancelled: bool = False


def visible_appointments(user: User) -> QuerySet[Appointment]:
    """Supervisors: all. Agents: those that they made, and those of their campaigns."""
    appointments = Appointment.objects.select_related("contact", "campaign", "created_by")
    if user.is_supervisor:
        return appointments
    return appointments.filter(Q(created_by=user) | Q(campaign__in=campaign_ids_of(user)))


def list_appointments(user: User, wanted: Wanted, *, cursor: str, limit: int, clock: Clock = CLOCK) -> AppointmentPage:
    """In the order of their time; from now on where no bound is given, unless for one contact."""
    if wanted.starts_from is None and wanted.starts_to is None and wanted.contact_id is None:
        wanted = replace(wanted, starts_from=clock.now())
    found = filtered(user, wanted)
    total = None if cursor else found.count()
    if cursor:
        starts_at, pk = decode_cursor(cursor, datetime.fromisoformat, int)
        found = found.filter(Q(starts_at__gt=starts_at) | Q(starts_at=starts_at, pk__gt=pk))
    rows = list(found.order_by("starts_at", "pk")[: limit + 1])
    page, next_cursor = cut(rows, limit, lambda one: (one.starts_at.isoformat(), one.pk))
    refs = contact_refs(one.contact for one in page)
    items = [row_out(one, refs[one.contact_id]) for one in page]
    return AppointmentPage(items=items, next_cursor=next_cursor, total=total)


def filtered(user: User, wanted: Wanted) -> QuerySet[Appointment]:
    """Those that the user may see and asked for, in no order."""
    given = {
        "starts_at__gte": wanted.starts_from,
        "starts_at__lt": wanted.starts_to,
        "created_by": user.pk if wanted.mine else None,
        "campaign": wanted.campaign_id,
        "contact": wanted.contact_id,
        "cancelled_at__isnull": None if wanted.with_cancelled else True,
    }
    return visible_appointments(user).filter(**{name: value for name, value in given.items() if value is not None})


def appointment_out(appointment_id: int, user: User) -> AppointmentOut:
    """One appointment. Raises NotFound."""
    found = visible_appointments(user).filter(pk=appointment_id).first()
    if found is None:
        raise NotFound
    return row_out(found, contact_refs([found.contact])[found.contact_id])


def row_out(one: Appointment, contact: ContactRef) -> AppointmentOut:
    """An appointment as shown."""
    return AppointmentOut(
        id=one.pk,
        contact=contact,
        campaign=campaign_ref(one.campaign),
        call_id=one.call_id,
        starts_at=one.starts_at,
        duration_min=one.duration_min,
        place=one.place,
        note=one.note,
        cancelled_at=one.cancelled_at,
        created_by=person(one.created_by),
        created_at=one.created_at,
        updated_at=one.updated_at,
    )

"""Reading the do-not-call list."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from decroche.common.pagination import cut, decode_cursor
from decroche.contacts import phones
from decroche.contacts.do_not_call.schemas import DoNotCallOut, DoNotCallPage
from decroche.contacts.models import DoNotCall
from decroche.contacts.records import campaign_ref, person

PARIS = ZoneInfo("Europe/Paris")


def list_do_not_call(
    *,
    q: str,
    origin: str,
    campaign_id: int | None,
    added_from: date | None,
    added_to: date | None,
    cursor: str,
    limit: int,
) -> DoNotCallPage:
    """A page, the latest day first (imports bring old ones), with the count of all that match."""
    rows = DoNotCall.objects.select_related("campaign", "contact", "created_by")
    if q.strip():
        rows = rows.filter(_matching(q.strip()))
    if origin:
        rows = rows.filter(origin=origin)
    if campaign_id is not None:
        rows = rows.filter(campaign=campaign_id)
    if added_from is not None:
        rows = rows.filter(created_at__gte=_midnight(added_from))
    if added_to is not None:
        rows = rows.filter(created_at__lt=_midnight(added_to + timedelta(days=1)))
    total = None if cursor else rows.count()
    if cursor:
        at, last = decode_cursor(cursor, datetime.fromisoformat, int)
        rows = rows.filter(Q(created_at__lte=at) & (Q(created_at__lt=at) | Q(pk__lt=last)))
    # The index `do_not_call_by_day`, read backwards.
    found = list(rows.order_by("-created_at", "-pk")[: limit + 1])
    page, next_cursor = cut(found, limit, lambda one: (one.created_at.isoformat(), one.pk))
    return DoNotCallPage(items=[row_out(one) for one in page], next_cursor=next_cursor, total=total)


def do_not_call_out(row_id: int) -> DoNotCallOut:
    """One row."""
    return row_out(DoNotCall.objects.select_related("campaign", "contact", "created_by").get(pk=row_id))


def row_out(one: DoNotCall) -> DoNotCallOut:
    """A row as shown."""
    contact = one.contact
    name = f"{contact.first_name} {contact.last_name}".strip() or contact.company if contact else ""
    return DoNotCallOut(
        id=one.pk,
        e164=one.e164,
        is_prefix=one.is_prefix,
        campaign=campaign_ref(one.campaign),
        origin=one.origin,
        note=one.note,
        contact_id=one.contact_id,
        contact_name=name,
        created_by=person(one.created_by),
        created_at=one.created_at,
    )


def _matching(q: str) -> Q:
    whole = phones.normalise(q)
    if isinstance(whole, str):
        return Q(e164=whole)
    digits = "".join(c for c in q if c.isascii() and c.isdigit())
    text = Q(note__icontains=q) | Q(contact__last_name__icontains=q) | Q(contact__company__icontains=q)
    if len(digits) < 2 or any(c.isalpha() for c in q):
        return text
    return text | Q(e164__contains=digits.removeprefix("0"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, PARIS)

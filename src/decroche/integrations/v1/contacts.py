"""Reading contacts for other programs: one whole, or all of them, page by page, none missed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from decroche.accounts.models import User
from decroche.callbacks.selectors import promised_to
from decroche.campaigns.models import QueueEntry
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts import phones, records, values
from decroche.contacts.models import Contact, ContactPhone
from decroche.contacts.records import TEXT_FIELDS
from decroche.integrations.v1 import schemas

BEHIND = timedelta(seconds=1)
"""A row's date is taken a little before its transaction begins."""

# What is written and not committed yet bears an earlier date than what can be read: a reader that goes on from the last
# date he saw would miss it. So changes are listed up to the oldest transaction (or import, which dates by its start).
HORIZON = """
SELECT least(
    now(),
    (SELECT min(xact_start) FROM pg_stat_activity
      WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()),
    (SELECT min(coalesce(started_at, created_at)) FROM contacts_importbatch WHERE status = 'running' AND %(imports)s)
)
"""


def one(contact_id: int, user: User) -> schemas.Contact:
    """Raises NotFound."""
    whole = records.contact_out(contact_id, user)
    promised = promised_to([contact_id])
    return schemas.Contact(
        **whole.model_dump(exclude={"phones", "batch", "places"}),
        phones=[schemas.Phone(**phone.model_dump()) for phone in whole.phones],
        batch_id=whole.batch.id if whole.batch else None,
        places=[
            schemas.Place(
                campaign_id=place.campaign.id,
                callback_at=promised.get((contact_id, place.campaign.id)),
                **place.model_dump(include=set(schemas.Place.model_fields)),
            )
            for place in whole.places
        ],
    )


def page(filters: schemas.ContactFilters) -> schemas.ContactPage:
    """By id, or by last change where `updated_since` is given. Raises InvalidCursor."""
    found = _matching(filters)
    if filters.updated_since is None:
        if filters.cursor:
            (last,) = decode_cursor(filters.cursor, int, of="contacts")
            found = found.filter(pk__gt=last)
        found = found.order_by("pk")[: filters.limit + 1]
        rows, following = cut(list(found), filters.limit, lambda row: (row.pk,), of="contacts")
    else:
        since = filters.updated_since
        found = found.filter(updated_at__lt=horizon(imports=True))
        if filters.cursor:
            at, last = decode_cursor(filters.cursor, datetime.fromisoformat, int, of="changes")
            found = found.filter(Q(updated_at__gte=at) & (Q(updated_at__gt=at) | Q(pk__gt=last)))
        found = found.filter(updated_at__gte=since).order_by("updated_at", "pk")[: filters.limit + 1]
        rows, following = cut(
            list(found), filters.limit, lambda row: (row.updated_at.isoformat(), row.pk), of="changes"
        )
    return schemas.ContactPage(items=_lines(rows), next_cursor=following)


def horizon(*, imports: bool = False) -> datetime:
    """Everything dated before is there to be read; `imports`: those that run date what they bring by their start."""
    with connection.cursor() as cursor:
        cursor.execute(HORIZON, {"imports": imports})
        at: datetime = cursor.fetchone()[0]
    return at - BEHIND


def _matching(filters: schemas.ContactFilters) -> QuerySet[Contact]:
    found = Contact.objects.filter(erased_at=None)
    if filters.client_code is not None:
        found = found.filter(client_code=values.kept(filters.client_code))
    if filters.siret is not None:
        siret = values.siret(filters.siret)
        found = found.filter(siret=siret) if siret else found.none()
    if filters.email is not None:
        found = found.filter(email=values.kept(filters.email))
    if filters.batch_id is not None:
        found = found.filter(batch=filters.batch_id)
    if filters.campaign_id is not None:
        found = found.filter(Exists(QueueEntry.objects.filter(contact=OuterRef("pk"), campaign=filters.campaign_id)))
    if filters.phone is not None:
        number = phones.normalise(filters.phone)
        e164 = number if isinstance(number, str) else ""
        found = found.filter(pk__in=ContactPhone.objects.filter(e164=e164).values("contact"))
    return found


def _lines(rows: Sequence[Contact]) -> list[schemas.ContactLine]:
    numbers = records.phones_out(row.pk for row in rows)
    return [
        schemas.ContactLine(
            id=row.pk,
            **{name: getattr(row, name) for name in TEXT_FIELDS},
            custom=row.custom,
            phones=[schemas.Phone(**phone.model_dump()) for phone in numbers.get(row.pk, [])],
            batch_id=row.batch_id,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    ]

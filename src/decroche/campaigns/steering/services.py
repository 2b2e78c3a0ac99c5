"""Changing a campaign's order and filter while it runs, and what that makes of its queue."""

from __future__ import annotations

import secrets

from django.db import connection, transaction
from django.utils import timezone

from decroche.accounts.models import AuditEntry, User
from decroche.campaigns import selectors, services
from decroche.campaigns.models import Campaign
from decroche.campaigns.steering import admission
from decroche.campaigns.steering.fitting import criteria, found_by, found_by_kept, predicate, predicate_of
from decroche.campaigns.steering.in_force import rule_in_force, streams_of
from decroche.campaigns.steering.kept import kept
from decroche.campaigns.steering.order import CUSTOM, STANDARD_FIELDS, Order, Reads, read_order
from decroche.campaigns.steering.rule import SteeringRule
from decroche.campaigns.steering.schema import (
    FilterIn,
    KeptNow,
    OrderField,
    OrderIn,
    OrderOut,
    Progress,
    SteeringOut,
)
from decroche.campaigns.steering.shares import Stream
from decroche.campaigns.territory import Range
from decroche.common.errors import InvalidFields
from decroche.contacts.filters.schema import plain
from decroche.contacts.models import CustomField

FILTERED = "campaign.filter"


def order_fields() -> list[OrderField]:
    """The standard ones, then this floor's own."""
    found = [
        OrderField(id=name, label=label, reads="number" if name == "created_at" else "text")
        for name, label in STANDARD_FIELDS.items()
    ]
    for own in CustomField.objects.all():
        reads: Reads = "number" if own.kind == CustomField.Kind.NUMBER else "text"
        found.append(OrderField(id=CUSTOM + own.key, label=own.label, reads=reads))
    return found


def get(campaign_id: int) -> SteeringOut:
    """Raises NotFound."""
    return _out(selectors.get(campaign_id))


def put_order(actor: User, campaign_id: int, body: OrderIn) -> SteeringOut:
    """The next call obeys. Promises and due times stay. Raises NotFound, CampaignArchived, InvalidFields."""
    return _out(_put_order(actor, campaign_id, body))  # counted once the change is committed: calls do not wait for it


@transaction.atomic
def _put_order(actor: User, campaign_id: int, body: OrderIn) -> Campaign:
    row = services.lock(campaign_id)
    before, order = row.order, _order(body)
    if order.kind == "random" or before != order.kept():
        row.order = order.kept()
        renew(row)
        services.changed(actor, row, "campaign.order", changes={"order": [read_order(before).label, order.label]})
    return row


def put_filter(actor: User, campaign_id: int, body: FilterIn | None) -> SteeringOut:
    """Restrict it; None: everybody. The next call obeys. Raises NotFound, CampaignArchived, InvalidFields."""
    return _out(_put_filter(actor, campaign_id, body))


@transaction.atomic
def _put_filter(actor: User, campaign_id: int, body: FilterIn | None) -> Campaign:
    row = services.lock(campaign_id)
    before = [row.filter, row.filter_label]
    if body is None or not criteria(body.filter):
        row.filter, row.filter_label = None, ""
    else:
        predicate(body.filter)
        row.filter, row.filter_label = plain(body.filter), body.label or _criteria_label(criteria(body.filter))
    if before != [row.filter, row.filter_label]:
        if before[0] != row.filter:
            renew(row)
        services.changed(actor, row, FILTERED, changes={"filter": [before[1], row.filter_label]})
    return row


def preview_filter(campaign_id: int, body: FilterIn) -> KeptNow:
    """What such a filter would keep of the queue now, within the territory. Raises NotFound, InvalidFields."""
    row = selectors.get(campaign_id)
    return kept(row.pk, found_by(body.filter), _ranges(row), timezone.now())


def _criteria_label(count: int) -> str:
    return f"{count} critère{'s' if count > 1 else ''}"


def renew(row: Campaign) -> None:
    """What steers it has changed: a new number, the first entries admitted under it, the rest by the worker.

    The row is locked, and saved by the caller.
    """
    from decroche.campaigns.tasks import admit_entries

    order, streams = read_order(row.order), _streams(row)
    if order.is_usual and row.filter is None and not streams:
        row.steering, row.steering_progress = 0, None
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('campaigns_steering')")
        row.steering = int(cursor.fetchone()[0])
    rule = rule_of_row(row)
    assert rule is not None
    admission.admit_first(row.pk, rule, timezone.now())
    row.steering_progress = {"done": 0, "total": 0}
    admit_entries.defer(campaign_id=row.pk)


def rule_of_row(row: Campaign) -> SteeringRule | None:
    """What is in force."""
    facts = {"steering": row.steering, "order": row.order, "territory_ranges": row.territory_ranges}
    return rule_in_force(facts, _streams(row), predicate_of(row.filter))


def _streams(row: Campaign) -> tuple[Stream, ...]:
    return streams_of(list(row.lists.order_by("id").values_list("id", "priority", "share")))


def _order(body: OrderIn) -> Order:
    if body.kind != "field":
        return Order(body.kind, seed=secrets.randbelow(2**31) if body.kind == "random" else 0)
    found = next((one for one in order_fields() if one.id == body.field), None)
    if found is None:
        both = (
            "Ce champ n'existe pas ou n'existe plus : choisissez-en un autre.",
            "This field does not exist, or no longer does: choose another.",
        )
        raise InvalidFields(field=both)
    return Order("field", found.id, found.reads, body.descending, found.label)


def _out(row: Campaign) -> SteeringOut:
    order = read_order(row.order)
    log = AuditEntry.objects.filter(action=FILTERED, object_type="campaign", object_id=str(row.pk))
    last = log.select_related("actor").first()
    return SteeringOut(
        order=OrderOut(kind=order.kind, field=order.field, descending=order.descending, label=order.label),
        filter=row.filter,
        filter_label=row.filter_label,
        filter_set_by=last.actor.display_name if last and last.actor else "",
        filter_set_at=last.at if last else None,
        progress=Progress(**row.steering_progress) if row.steering_progress is not None else None,
        kept=kept(row.pk, found_by_kept(row.filter), _ranges(row), timezone.now()),
    )


def _ranges(row: Campaign) -> list[Range]:
    return [(first, last) for first, last in row.territory_ranges]

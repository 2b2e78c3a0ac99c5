"""/api/v1: calls that are over, and their outcomes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router

from decroche.calls import models
from decroche.calls.selectors import ENDED, seconds
from decroche.common.errors import NotFound
from decroche.common.http import answers
from decroche.common.pagination import InvalidCursor, cut, decode_cursor
from decroche.integrations.auth import scope
from decroche.integrations.v1 import schemas
from decroche.integrations.v1.contacts import horizon

router = Router(tags=["calls"], auth=scope("calls:read"))
SAME_NAME = (
    "id", "campaign_id", "contact_id", "agent_id", "mode", "direction", "e164", "presented", "claimed_at",
    "answered_at", "ended_at", "hold_s",
)  # fmt: skip


@router.get("/calls", response=answers(schemas.CallPage, InvalidCursor), operation_id="list_calls")
def list_calls(request: HttpRequest, filters: Query[schemas.CallFilters]) -> schemas.CallPage:
    """Attempts by their beginning, up to the oldest one that still lives: nothing shows later behind the cursor.

    An outcome may still be missing just after a call: `/outcomes` lists them as they are given.
    """
    limit = horizon()
    first_live = models.Call.objects.exclude(state=ENDED).aggregate(at=Min("claimed_at"))["at"]
    found = _matching(filters, "claimed_at").filter(state=ENDED, claimed_at__lt=min(first_live or limit, limit))
    if filters.cursor:
        at, last = decode_cursor(filters.cursor, datetime.fromisoformat, UUID, of="calls")
        found = found.filter(Q(claimed_at__gte=at) & (Q(claimed_at__gt=at) | Q(pk__lt=last)))
    # The index `call_log` read backwards.
    rows, following = cut(
        list(found.order_by("claimed_at", "-pk")[: filters.limit + 1]),
        filters.limit,
        lambda row: (row.claimed_at.isoformat(), row.pk),
        of="calls",
    )
    return schemas.CallPage(items=[call_out(row) for row in rows], next_cursor=following)


@router.get("/outcomes", response=answers(schemas.CallPage, InvalidCursor), operation_id="list_outcomes")
def list_outcomes(request: HttpRequest, filters: Query[schemas.CallFilters]) -> schemas.CallPage:
    """Calls by when their outcome was given; one that was changed comes again. `since` and `until` are of that time."""
    found = _matching(filters, "disposed_at").filter(disposed_at__lt=horizon())
    if filters.cursor:
        at, last = decode_cursor(filters.cursor, datetime.fromisoformat, UUID, of="outcomes")
        found = found.filter(Q(disposed_at__gte=at) & (Q(disposed_at__gt=at) | Q(pk__gt=last)))
    rows, following = cut(
        list(found.order_by("disposed_at", "pk")[: filters.limit + 1]),
        filters.limit,
        lambda row: (row.disposed_at.isoformat() if row.disposed_at else "", row.pk),
        of="outcomes",
    )
    return schemas.CallPage(items=[call_out(row) for row in rows], next_cursor=following)


@router.get("/calls/{uuid:call_id}", response=answers(schemas.Call, NotFound), operation_id="get_call")
def get_call(request: HttpRequest, call_id: UUID) -> schemas.Call:
    """One call; 404 while it lives."""
    row = _named(models.Call.objects.filter(pk=call_id, state=ENDED)).first()
    if row is None:
        raise NotFound
    return call_out(row)


def _matching(filters: schemas.CallFilters, time: str) -> QuerySet[models.Call]:
    wanted = {
        f"{time}__gte": filters.since,
        f"{time}__lt": filters.until,
        "campaign_id": filters.campaign_id,
        "contact_id": filters.contact_id,
    }
    return _named(models.Call.objects.filter(**{name: value for name, value in wanted.items() if value is not None}))


def _named(found: QuerySet[models.Call]) -> QuerySet[models.Call]:
    return found.select_related("contact", "agent", "disposition")


def call_out(row: models.Call) -> schemas.Call:
    """A call, for programs."""
    outcome = None
    if row.disposition is not None:
        names = schemas.Outcome.model_fields
        outcome = schemas.Outcome.model_validate({name: getattr(row.disposition, name) for name in names})
    return schemas.Call.model_validate(
        {
            **{name: getattr(row, name) for name in SAME_NAME},
            "entry_id": row.queue_entry_id,
            "client_code": row.contact.client_code if row.contact else None,
            "agent_name": row.agent.display_name if row.agent else None,
            "result": row.result or None,
            "ring_s": seconds(row.placed_at, row.answered_at or row.ended_at),
            "talk_s": seconds(row.bridged_at, row.ended_at),
            "outcome": outcome,
            "outcome_at": row.disposed_at,
        }
    )

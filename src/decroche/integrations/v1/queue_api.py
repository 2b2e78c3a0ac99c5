"""/api/v1: campaigns, who waits in their queues, and leads to call at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest
from ninja import Query, Router, Status

from decroche.callbacks.selectors import promised_to
from decroche.campaigns import feeding, queueing, selectors
from decroche.campaigns.codes import StatusCode
from decroche.campaigns.errors import CampaignArchived
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.queue import counts as queue
from decroche.campaigns.queue.schemas import QueueView
from decroche.campaigns.recycling.choice import FOR_EVER
from decroche.campaigns.schemas import FeedIn
from decroche.campaigns.services import lock
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import InvalidCursor, cut, decode_cursor
from decroche.contacts.live import ContactInCall
from decroche.contacts.models import ContactPhone
from decroche.contacts.places import services as places
from decroche.integrations.auth import key_of, scope
from decroche.integrations.errors import NoSuchCampaign, SeveralContacts
from decroche.integrations.v1 import contacts, schemas, upsert
from decroche.integrations.written import written

router = Router(tags=["campaigns"], auth=scope("campaigns:read"))
READ = scope("queue:read")
WRITE = scope("queue:write")
NO_OUTCOME: dict[str, Any] = {"disposition_id": None, "last_result": "", "label": ""}


@router.get("/campaigns", response=answers(schemas.CampaignPage, InvalidCursor), operation_id="list_campaigns")
def list_campaigns(request: HttpRequest, filters: Query[schemas.CampaignFilters]) -> schemas.CampaignPage:
    """All but the archived ones, unless asked for."""
    last = decode_cursor(filters.cursor, int, of="campaigns")[0] if filters.cursor else 0
    found = selectors.campaigns(key_of(request).created_by, status=filters.status)
    later = sorted((row for row in found if row.id > last), key=lambda row: row.id)
    rows, following = cut(later[: filters.limit + 1], filters.limit, lambda row: (row.id,), of="campaigns")
    items = [schemas.Campaign(**row.model_dump(include=set(schemas.Campaign.model_fields))) for row in rows]
    return schemas.CampaignPage(items=items, next_cursor=following)


@router.get("/campaigns/{int:campaign_id}", response=answers(schemas.Campaign, NotFound), operation_id="get_campaign")
def get_campaign(request: HttpRequest, campaign_id: int) -> schemas.Campaign:
    """One campaign."""
    row = selectors.get(campaign_id)
    counts = queue.view(row.pk)
    return schemas.Campaign(
        **{name: getattr(row, name) for name in ("id", "name", "status", "mode", "audience", "priority", "created_at")},
        entries=counts.total,
        entries_waiting=counts.total - counts.finished - counts.withdrawn,
        entries_finished=counts.finished,
    )


@router.get(
    "/campaigns/{int:campaign_id}/counts",
    response=answers(schemas.Counts, NotFound),
    operation_id="get_campaign_counts",
)
def get_campaign_counts(request: HttpRequest, campaign_id: int) -> schemas.Counts:
    """Where its contacts stand."""
    view = queue.view(campaign_id)
    same = set(schemas.Counts.model_fields) - {"refused_by_reason", "ends"}
    reasons: dict[str, int] = {}
    for one in view.refusals:
        reasons[one.code] = reasons.get(one.code, 0) + one.count
    return schemas.Counts(**view.model_dump(include=same), refused_by_reason=reasons, ends=_ends(view, reasons))


def _ends(view: QueueView, refused: dict[str, int]) -> list[schemas.End]:
    ended = [schemas.End(kind="outcome" if one.disposition_id else "reason", **one.model_dump()) for one in view.ends]
    rules = [
        schemas.End(kind="refused", code=code, count=count, recyclable=code not in FOR_EVER, **NO_OUTCOME)
        for code, count in refused.items()
    ]
    return ended + rules


@router.get(
    "/campaigns/{int:campaign_id}/queue",
    auth=READ,
    response=answers(schemas.EntryPage, NotFound, InvalidCursor),
    operation_id="list_queue",
    tags=["queue"],
)
def list_queue(request: HttpRequest, campaign_id: int, filters: Query[schemas.EntryFilters]) -> schemas.EntryPage:
    """Every contact that has a place in it, those that are over too."""
    selectors.get(campaign_id)
    of = f"queue/{campaign_id}"
    last = decode_cursor(filters.cursor, int, of=of)[0] if filters.cursor else 0
    found = QueueEntry.objects.filter(campaign=campaign_id, pk__gt=last).select_related("disposition").order_by("pk")
    if filters.state is not None:
        found = found.filter(state=filters.state)
    if filters.contact_id is not None:
        found = found.filter(contact=filters.contact_id)
    rows, following = cut(list(found[: filters.limit + 1]), filters.limit, lambda row: (row.pk,), of=of)
    return schemas.EntryPage(items=entries_out(rows), next_cursor=following)


@router.post(
    "/campaigns/{int:campaign_id}/queue",
    auth=WRITE,
    response=answers(schemas.QueueAdded, NotFound, CampaignArchived),
    operation_id="add_to_queue",
    tags=["queue"],
)
@written
def add_to_queue(request: HttpRequest, campaign_id: int, body: schemas.QueueAdd) -> schemas.QueueAdded:
    """Add contacts; those that have their place keep it, those that were taken out come back."""
    ids = sorted(set(body.contact_ids))
    fed = feeding.feed(key_of(request).created_by, campaign_id, FeedIn(contact_ids=ids, priority=body.priority))
    added = fed.added + fed.back
    known = added + fed.already + fed.no_number
    return schemas.QueueAdded(added=added, already=fed.already, no_number=fed.no_number, unknown=len(ids) - known)


@router.get(
    "/queue/{int:entry_id}",
    auth=READ,
    response=answers(schemas.Entry, NotFound),
    operation_id="get_queue_entry",
    tags=["queue"],
)
def get_queue_entry(request: HttpRequest, entry_id: int) -> schemas.Entry:
    """Where a contact stands in a campaign."""
    return entry_out(_entry(entry_id))


@router.patch(
    "/queue/{int:entry_id}",
    auth=WRITE,
    response=answers(schemas.Entry, NotFound, CampaignArchived),
    operation_id="update_queue_entry",
    tags=["queue"],
)
@written
def update_queue_entry(request: HttpRequest, entry_id: int, body: schemas.EntryWrite) -> schemas.Entry:
    """Its priority: it moves in its queue, and keeps its attempts and the instant before which it is not called."""
    return entry_out(queueing.prioritise(key_of(request).created_by, entry_id, body.priority))


@router.post(
    "/queue/{int:entry_id}/put-back",
    auth=WRITE,
    response=answers(schemas.Entry, NotFound, ContactInCall, CampaignArchived),
    operation_id="put_back_queue_entry",
    tags=["queue"],
)
@written
def put_back_queue_entry(request: HttpRequest, entry_id: int) -> schemas.Entry:
    """Into the queue again, to be called when its turn comes; its attempts stay counted. Nothing where it waits."""
    row = _entry(entry_id)
    user = key_of(request).created_by
    lock(row.campaign_id)
    places.put_back(user, row.contact_id, row.pk)
    return entry_out(_entry(entry_id))


@router.post(
    "/queue/{int:entry_id}/withdraw",
    auth=WRITE,
    response=answers(schemas.Entry, NotFound, ContactInCall),
    operation_id="withdraw_queue_entry",
    tags=["queue"],
)
@written
def withdraw_queue_entry(request: HttpRequest, entry_id: int) -> schemas.Entry:
    """Out of the queue, with the promise to call back where there is one. Nothing happens where it is over already."""
    row = _entry(entry_id)
    places.withdraw(key_of(request).created_by, row.contact_id, row.pk)
    return entry_out(_entry(entry_id))


@router.post(
    "/leads",
    auth=WRITE,
    response={
        **answers(schemas.LeadPlaced, NoSuchCampaign, SeveralContacts, InvalidFields),
        201: schemas.LeadPlaced,
    },
    operation_id="push_lead",
    tags=["queue"],
)
@written
def push_lead(request: HttpRequest, body: schemas.Lead) -> Status[schemas.LeadPlaced]:
    """Have somebody called now: the contact is found or made, and put before everybody else in the campaign's queue.

    A free agent of a progressive campaign is given the call at once; opening hours, the do-not-call list and all other
    rules hold. 201 where the contact is new.
    """
    user = key_of(request).created_by
    campaign = Campaign.objects.filter(pk=body.campaign_id).first()
    if campaign is None:
        raise NoSuchCampaign
    try:
        contact_id, made = upsert.by_code_or_number(user, body.contact)
    except InvalidFields as error:
        raise error.below("contact") from error
    if not ContactPhone.objects.filter(contact=contact_id, kind__in=upsert.DIALED).exists():
        raise InvalidFields(**{"contact.phones": ("Il faut un numéro à appeler.", "A number to call is needed.")})
    place = queueing.call_now(user, campaign.pk, contact_id, priority=body.priority)
    placed = schemas.LeadPlaced(
        outcome=place.outcome,
        contact_created=made,
        campaign_status=cast("StatusCode", campaign.status),
        entry=entry_out(place.entry),
        contact=contacts.one(contact_id, user),
    )
    return Status(201 if made else 200, placed)


def _entry(entry_id: int) -> QueueEntry:
    row = QueueEntry.objects.select_related("disposition").filter(pk=entry_id).first()
    if row is None:
        raise NotFound
    return row


def entry_out(row: QueueEntry) -> schemas.Entry:
    """A place in a queue."""
    return entries_out([row])[0]


def entries_out(rows: Sequence[QueueEntry]) -> list[schemas.Entry]:
    """Places, for programs."""
    promised = promised_to([row.contact_id for row in rows])
    return [_entry_out(row, promised.get((row.contact_id, row.campaign_id))) for row in rows]


def _entry_out(row: QueueEntry, callback_at: datetime | None) -> schemas.Entry:
    return schemas.Entry.model_validate(
        {
            **{
                name: getattr(row, name)
                for name in ("id", "campaign_id", "contact_id", "state", "priority", "attempts", "not_before",
                             "last_call_at", "finished_reason", "refused_reason")
            },
            "last_result": row.last_result or None,
            "callback_at": callback_at,
            "disposition": row.disposition.label if row.disposition else None,
        }
    )  # fmt: skip

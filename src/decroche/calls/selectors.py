"""Reading the call log: quick at any depth, an agent's own calls only."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from decroche.accounts.models import AuditEntry, User
from decroche.calls.models import Call, Recording
from decroche.calls.schemas import (
    CallDetail,
    CallEventOut,
    CallFilters,
    CallItem,
    CallListFilters,
    CallNote,
    CallPage,
    Listening,
    RecordingOut,
)
from decroche.common.errors import NotFound
from decroche.common.pagination import cut, decode_cursor

ENDED = "ended"
LISTENED = ("recording.play", "recording.download")
SAME_NAME = [
    "id",
    "campaign_id",
    "contact_id",
    "agent_id",
    "mode",
    "direction",
    "e164",
    "phone_kind",
    "presented",
    "state",
    "claimed_at",
    "placed_at",
    "ringing_at",
    "answered_at",
    "bridged_at",
    "ended_at",
    "hold_s",
    "disposition_id",
    "hung_up_by",
    "cut",
]


def visible(viewer: User) -> QuerySet[Call]:
    """A supervisor sees all calls, an agent his own."""
    return Call.objects.all() if viewer.is_supervisor else Call.objects.filter(agent=viewer)


def filtered(viewer: User, filters: CallFilters) -> QuerySet[Call]:
    """The latest first, in the order of the index `call_log`."""
    found = visible(viewer).filter(**_equalities(filters))
    if filters.result:
        found = found.filter(result__in=filters.result)
    if filters.number:
        found = found.filter(_number(filters.number))
    if filters.live is not None:
        found = found.exclude(state=ENDED) if filters.live else found.filter(state=ENDED)
    if filters.has_recording is not None:
        ready = Exists(Recording.objects.filter(call=OuterRef("pk"), status=Recording.Status.READY))
        found = found.filter(ready if filters.has_recording else ~ready)
    return found.order_by("-claimed_at", "id")


def page(viewer: User, filters: CallListFilters) -> CallPage:
    """Raises InvalidCursor."""
    found = with_names(filtered(viewer, filters)).prefetch_related("recordings")
    if filters.cursor:
        at, last = decode_cursor(filters.cursor, datetime.fromisoformat, UUID)
        found = found.filter(Q(claimed_at__lte=at) & (Q(claimed_at__lt=at) | Q(id__gt=last)))
    rows, next_cursor = cut(list(found[: filters.limit + 1]), filters.limit, _key)
    return CallPage(items=[CallItem(**item(row)) for row in rows], next_cursor=next_cursor)


def detail(viewer: User, call_id: UUID) -> CallDetail:
    """Raises NotFound, for an agent also where the call is another's."""
    row = with_names(visible(viewer)).select_related("trunk").filter(pk=call_id).first()
    if row is None:
        raise NotFound
    return CallDetail(
        **item(row),
        trunk_id=row.trunk_id,
        trunk_name=row.trunk.name if row.trunk else None,
        cause=row.cause,
        sip_code=row.sip_code,
        why=row.why,
        events=[CallEventOut.from_orm(event) for event in row.events.all()],
        recordings=[RecordingOut.from_orm(one) for one in row.recordings.order_by("started_at")],
        recording_refused_at=row.recording_refused_at,
        listenings=listenings(row) if viewer.is_admin else None,
        notes=[
            CallNote(
                author_name=note.author.display_name if note.author else None,
                text=note.text,
                updated_at=note.updated_at,
            )
            for note in row.notes.select_related("author").order_by("id")
            if note.text
        ],
    )


def listenings(row: Call) -> list[Listening]:
    """Who heard or downloaded its recordings, from the audit log."""
    ids = [str(one.pk) for one in row.recordings.all()]
    found = AuditEntry.objects.filter(
        at__gte=row.claimed_at, action__in=LISTENED, object_type="recording", object_id__in=ids
    )
    return [
        Listening(
            recording_id=UUID(entry.object_id),
            at=entry.at,
            by_name=entry.actor.display_name if entry.actor else "",
            download=entry.action == "recording.download",
        )
        for entry in found.select_related("actor")
    ]


def with_names(found: QuerySet[Call]) -> QuerySet[Call]:
    """With what `item` shows of other tables."""
    return found.select_related("campaign", "contact", "agent", "disposition")


def item(row: Call) -> dict[str, Any]:
    """The fields of `CallItem`."""
    recordings = sorted(row.recordings.all(), key=lambda one: one.started_at)
    return {
        **{name: getattr(row, name) for name in SAME_NAME},
        "campaign_name": row.campaign.name if row.campaign else None,
        "contact_name": contact_name(row),
        "agent_name": row.agent.display_name if row.agent else None,
        "result": row.result or None,
        "ring_s": seconds(row.placed_at, row.answered_at or row.ended_at),
        "silence_s": seconds(row.answered_at, row.bridged_at),
        "talk_s": seconds(row.bridged_at, row.ended_at),
        "wrap_up_s": seconds(row.ended_at, row.wrap_up_ended_at),
        "disposition_label": row.disposition.label if row.disposition else None,
        "disposition_color": row.disposition.color if row.disposition else None,
        "recording": RecordingOut.from_orm(recordings[-1]) if recordings else None,
    }


def contact_name(row: Call) -> str | None:
    """First and last name, else the company."""
    contact = row.contact
    if contact is None:
        return None
    return f"{contact.first_name} {contact.last_name}".strip() or contact.company


def seconds(start: datetime | None, end: datetime | None) -> float | None:
    """Between two instants, never below zero: clocks of two machines may disagree by a little."""
    return max((end - start).total_seconds(), 0.0) if start and end else None


def _equalities(filters: CallFilters) -> dict[str, Any]:
    wanted = {
        "campaign_id": filters.campaign_id,
        "agent_id": filters.agent_id,
        "contact_id": filters.contact_id,
        "disposition_id": filters.disposition_id,
        "mode": filters.mode,
        "direction": filters.direction,
        "claimed_at__gte": filters.since,
        "claimed_at__lt": filters.until,
        "disposition__reached": filters.reached,
        "disposition__pitched": filters.pitched,
        "disposition__tone": filters.tone,
    }
    return {name: value for name, value in wanted.items() if value is not None}


def _number(text: str) -> Q:
    """A whole number or its beginning as French people write it (06 39…), or any run of its digits."""
    digits = re.sub(r"[^0-9+]", "", text)[:20]
    if digits.startswith("00"):
        return Q(e164__startswith="+" + digits[2:])
    if digits.startswith("+"):
        return Q(e164__startswith=digits)
    if digits.startswith("0"):
        return Q(e164__startswith="+33" + digits[1:])
    return Q(e164__contains=digits) if digits else Q(pk=None)


def _key(row: Call) -> tuple[object, ...]:
    return row.claimed_at.isoformat(), row.pk

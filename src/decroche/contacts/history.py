"""All that happened with a contact: one query finds a page's keys in six tables, then each is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

from decroche.accounts.models import User
from decroche.appointments.models import Appointment
from decroche.callbacks.models import Callback
from decroche.calls.models import Call, Recording
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.access import get_contact
from decroche.contacts.models import ContactNote, ScriptAnswer
from decroche.contacts.questions import Questions
from decroche.contacts.records import campaign_ref, person
from decroche.contacts.schemas import (
    HistoryAnswer,
    HistoryAppointment,
    HistoryCall,
    HistoryCallback,
    HistoryItem,
    HistoryMail,
    HistoryNote,
    HistoryPage,
    RecordingRef,
)
from decroche.messages.models import Mail

Key = tuple[datetime, str, str]
"""When, which table, which row: sorts and names an item."""


def contact_history(contact_id: int, user: User, *, cursor: str, limit: int, only: str = "") -> HistoryPage:
    """A page, newest first; `only`: one type. Raises NotFound where the user may not see the contact."""
    contact_id = get_contact(user, contact_id).pk
    before = decode_cursor(cursor, datetime.fromisoformat, str, str) if cursor else None
    keys = _keys(contact_id, before, limit + 1, only)
    page, next_cursor = cut(keys, limit, lambda key: (key[0].isoformat(), key[1], key[2]))
    read: dict[str, Callable[[list[str]], dict[str, HistoryItem]]] = {
        "call": _calls,
        "note": _notes,
        "answer": _answers,
        "callback": _callbacks,
        "appointment": _appointments,
        "mail": _mails,
    }
    found = {kind: get([key[2] for key in page if key[1] == kind]) for kind, get in read.items()}
    items = [found[kind][pk] for _, kind, pk in page if pk in found[kind]]
    return HistoryPage(items=items, next_cursor=next_cursor)


def _keys(contact_id: int, before: Key | None, count: int, only: str) -> list[Key]:
    """Each table gives at most `count` rows, by its index on the contact; the union is sorted again."""
    sources: list[tuple[str, QuerySet[Any], str]] = [
        ("call", Call.objects.all(), "claimed_at"),
        ("note", ContactNote.objects.filter(call=None).exclude(text=""), "created_at"),
        ("answer", ScriptAnswer.objects.filter(call=None), "updated_at"),
        ("callback", Callback.objects.all(), "created_at"),
        ("appointment", Appointment.objects.all(), "created_at"),
        ("mail", Mail.objects.all(), "created_at"),
    ]
    keys: list[Key] = []
    parts = []
    for kind, rows, at in sources:
        if only not in ("", kind):
            continue
        if before is not None:
            rows = rows.filter(**{f"{at}__lte": before[0]})
        parts.append(
            rows.filter(contact=contact_id)
            .order_by(f"-{at}")
            .values_list(at, Value(kind, CharField()), Cast("pk", CharField()))[: count + 50]
        )
    union = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    keys = sorted(((at, kind, pk) for at, kind, pk in union), reverse=True)
    return [key for key in keys if before is None or key < tuple(before)][:count]


def _calls(keys: list[str]) -> dict[str, HistoryItem]:
    ids = [UUID(key) for key in keys]
    ready = Recording.objects.filter(call__in=ids, status=Recording.Status.READY).order_by("started_at")
    recorded = {one.call_id: RecordingRef(id=one.pk, duration_s=one.duration_s) for one in ready}
    notes = _by_call(ContactNote.objects.filter(call__in=ids).exclude(text=""), _note)
    questions = Questions()
    answers = _by_call(ScriptAnswer.objects.filter(call__in=ids), lambda one: _answer(one, questions))
    calls = Call.objects.filter(pk__in=ids).select_related("campaign", "agent", "disposition")
    return {
        str(one.pk): HistoryCall.model_validate(
            {
                "at": one.claimed_at,
                "id": one.pk,
                "campaign": campaign_ref(one.campaign),
                "agent": person(one.agent),
                "e164": one.e164,
                "phone_kind": one.phone_kind,
                "mode": one.mode,
                "direction": one.direction,
                "result": one.result or None,
                "disposition": one.disposition.label if one.disposition else None,
                "disposition_color": one.disposition.color if one.disposition else None,
                "tone": one.disposition.tone if one.disposition else None,
                "ring_s": _seconds(one.ringing_at, one.answered_at or one.ended_at),
                "talk_s": _seconds(one.bridged_at, one.ended_at),
                "has_recording": one.pk in recorded,
                "recording": recorded.get(one.pk),
                "notes": notes.get(one.pk, []),
                "answers": answers.get(one.pk, []),
            }
        )
        for one in calls
    }


def _notes(ids: list[str]) -> dict[str, HistoryItem]:
    rows = ContactNote.objects.filter(pk__in=ids).select_related("author", "campaign")
    return {str(one.pk): _note(one) for one in rows}


def _note(one: ContactNote) -> HistoryNote:
    return HistoryNote(
        at=one.created_at, id=one.pk, campaign=campaign_ref(one.campaign), author=person(one.author), text=one.text
    )


def _answers(ids: list[str]) -> dict[str, HistoryItem]:
    questions = Questions()
    rows = ScriptAnswer.objects.filter(pk__in=ids).select_related("agent", "campaign")
    return {str(one.pk): _answer(one, questions) for one in rows}


def _answer(one: ScriptAnswer, questions: Questions) -> HistoryAnswer:
    asked = questions.of(one.campaign_id, one.question_key)
    return HistoryAnswer(
        at=one.updated_at,
        id=one.pk,
        campaign=campaign_ref(one.campaign),
        agent=person(one.agent),
        key=one.question_key,
        label=asked.label,
        kind=asked.kind,
        value=one.value,
    )


def _callbacks(ids: list[str]) -> dict[str, HistoryItem]:
    rows = Callback.objects.filter(pk__in=ids).select_related("campaign", "owner", "created_by")
    return {
        str(one.pk): HistoryCallback.model_validate(
            {
                "at": one.created_at,
                "id": one.pk,
                "campaign": campaign_ref(one.campaign),
                "by": person(one.created_by),
                "owner": person(one.owner),
                "due_at": one.due_at,
                "state": one.state,
                "note": one.note,
            }
        )
        for one in rows
    }


def _appointments(ids: list[str]) -> dict[str, HistoryItem]:
    rows = Appointment.objects.filter(pk__in=ids).select_related("campaign", "created_by")
    return {
        str(one.pk): HistoryAppointment(
            at=one.created_at,
            id=one.pk,
            campaign=campaign_ref(one.campaign),
            by=person(one.created_by),
            starts_at=one.starts_at,
            duration_min=one.duration_min,
            place=one.place,
            note=one.note,
            cancelled=one.cancelled_at is not None,
        )
        for one in rows
    }


def _mails(keys: list[str]) -> dict[str, HistoryItem]:
    rows = Mail.objects.filter(pk__in=[UUID(key) for key in keys]).select_related("campaign", "author").defer("text")
    return {
        str(one.pk): HistoryMail.model_validate(
            {
                "at": one.created_at,
                "id": one.pk,
                "campaign": campaign_ref(one.campaign),
                "by": person(one.author),
                "subject": one.subject,
                "state": one.state,
            }
        )
        for one in rows
    }


def _by_call(rows: Iterable[Any], make: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    out: dict[Any, list[Any]] = {}
    for one in rows:
        out.setdefault(one.call_id, []).append(make(one))
    return out


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else max(0.0, (end - start).total_seconds())

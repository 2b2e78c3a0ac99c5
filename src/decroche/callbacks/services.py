"""Promises: made, moved, handed over, cancelled. The floor and the API both come through here.

A queue entry that waits follows its promise at once; one that is in a call follows when the call is settled. A promise
is kept for its owner until 15 minutes after its time, then any agent of the campaign may keep it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from decroche.accounts.models import User
from decroche.callbacks.errors import CallbackInPast, CallbackOver
from decroche.callbacks.models import Callback
from decroche.campaigns.models import QueueEntry
from decroche.campaigns.settlement import PROMISE_KEPT_FOR_OWNER
from decroche.common.notify import notify_floor


@transaction.atomic
def make(
    *,
    contact_id: int,
    campaign_id: int,
    due_at: datetime,
    now: datetime,
    owner: User | None,
    note: str = "",
    origin: str = "agent",
    made_in_call: UUID | None = None,
    created_by: User | None = None,
) -> Callback:
    """A contact has one promise at a time in a campaign: a new one replaces it. Raises `CallbackInPast`."""
    if due_at <= now:
        raise CallbackInPast
    for former in _scheduled(contact_id, campaign_id):
        former.state = Callback.State.CANCELLED
        former.save(update_fields=["state", "updated_at"])
    callback = Callback.objects.create(
        contact_id=contact_id,
        campaign_id=campaign_id,
        due_at=due_at,
        owner=owner,
        note=note[:500],
        origin=origin,
        made_in_call_id=made_in_call,
        created_by=created_by,
    )
    _entry_follows(callback)
    notify_floor("queue_changed", campaign_id=campaign_id)
    return callback


@transaction.atomic
def owe(
    *, contact_id: int, campaign_id: int, due_at: datetime, now: datetime, owner: User | None, note: str,
    made_in_call: UUID,
) -> Callback:  # fmt: skip
    """He called us and reached nobody. A promise that he has stays the only one, brought forward where it is later.

    Its own words are kept: the agent reads when he had wanted to be called. Raises `CallbackInPast`.
    """
    former = min(_scheduled(contact_id, campaign_id), key=lambda one: one.due_at, default=None)
    if former is None:
        return make(
            contact_id=contact_id, campaign_id=campaign_id, due_at=due_at, now=now, owner=owner, note=note,
            origin="return", made_in_call=made_in_call,
        )  # fmt: skip
    if former.due_at <= due_at:
        return former
    local = timezone.localtime(former.due_at)
    agreed = f"{note} Rendez-vous d'appel pris pour le {local:%d/%m à %H:%M}."
    return change(former.pk, now=now, due_at=due_at, note=" ".join((agreed, former.note)).strip())


@transaction.atomic
def change(
    callback_id: int, *, now: datetime, due_at: datetime | None = None, owner: User | None = None,
    to_team: bool = False, note: str | None = None,
) -> Callback:  # fmt: skip
    """Move, hand over (`owner`, or `to_team`), note; None leaves as is. Raises `CallbackOver`, `CallbackInPast`."""
    callback = Callback.objects.select_for_update().get(pk=callback_id)
    if callback.state != Callback.State.SCHEDULED:
        raise CallbackOver
    if due_at is not None and due_at != callback.due_at:
        if due_at <= now:
            raise CallbackInPast
        callback.due_at = due_at
        callback.kept_in_call = None
    if to_team or owner is not None:
        callback.owner = None if to_team else owner
    if note is not None:
        callback.note = note[:500]
    callback.save()
    _entry_follows(callback)
    notify_floor("queue_changed", campaign_id=callback.campaign_id)
    return callback


@transaction.atomic
def cancel(callback_id: int, *, now: datetime) -> Callback:
    """The contact goes back to the ordinary queue, now. Raises `CallbackOver`."""
    callback = Callback.objects.select_for_update().get(pk=callback_id)
    if callback.state != Callback.State.SCHEDULED:
        raise CallbackOver
    callback.state = Callback.State.CANCELLED
    callback.save(update_fields=["state", "updated_at"])
    QueueEntry.objects.filter(
        campaign_id=callback.campaign_id, contact_id=callback.contact_id, state=QueueEntry.State.WAITING,
        owner_until__isnull=False,
    ).update(owner=None, owner_until=None, not_before=now)  # fmt: skip
    notify_floor("queue_changed", campaign_id=callback.campaign_id)
    return callback


@transaction.atomic
def cancel_made_in(call_id: UUID) -> None:
    """The agent changed his mind within the call: what he had promised in it is withdrawn."""
    Callback.objects.filter(made_in_call_id=call_id, state=Callback.State.SCHEDULED).update(
        state=Callback.State.CANCELLED
    )


def cancel_all_of(contact_id: int) -> None:
    """The contact never wants to be called again."""
    Callback.objects.filter(contact_id=contact_id, state=Callback.State.SCHEDULED).update(
        state=Callback.State.CANCELLED
    )


def _scheduled(contact_id: int, campaign_id: int) -> list[Callback]:
    return list(
        Callback.objects.select_for_update().filter(
            contact_id=contact_id, campaign_id=campaign_id, state=Callback.State.SCHEDULED
        )
    )


def _entry_follows(callback: Callback) -> None:
    """A claimed entry is left alone: its call's settlement looks for the promise."""
    entry, _ = QueueEntry.objects.get_or_create(
        campaign_id=callback.campaign_id,
        contact_id=callback.contact_id,
        defaults={"state": QueueEntry.State.FINISHED, "not_before": callback.due_at},
    )
    QueueEntry.objects.filter(
        pk=entry.pk, state__in=[QueueEntry.State.WAITING, QueueEntry.State.FINISHED, QueueEntry.State.WITHDRAWN]
    ).update(
        state=QueueEntry.State.WAITING,
        not_before=callback.due_at,
        owner=callback.owner,
        owner_until=callback.due_at + PROMISE_KEPT_FOR_OWNER if callback.owner_id else callback.due_at,
        finished_reason="",
        refused_reason="",
    )

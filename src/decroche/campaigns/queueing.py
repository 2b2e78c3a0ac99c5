"""One contact's place in a queue, moved to the front of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.models import QueueEntry
from decroche.campaigns.services import lock
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import NotFound
from decroche.common.notify import notify_floor

CLOCK: Clock = SystemClock()
SKEW = timedelta(seconds=5)
"""Clocks of two machines may disagree by a little: what is to be called now is due for the floor too."""
State = QueueEntry.State
Placed = Literal["added", "moved", "reopened", "promised", "in_call"]
"""`promised`: an agent promised to call, which stays as it is; `in_call`: it is being called now."""

CHANGED = ("state", "priority", "not_before", "refused_reason", "attempts", "attempts_by_result", "phone_position",
           "finished_reason", "owner", "owner_until")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """The entry, and what became of it."""

    entry: QueueEntry
    outcome: Placed


@transaction.atomic
def call_now(actor: User, campaign_id: int, contact_id: int, *, priority: int) -> Place:
    """Have a contact called as soon as the rules and a free agent allow. Raises NotFound, CampaignArchived.

    One that is over or was withdrawn starts again, with no attempt behind it; the rules count its past calls still.
    """
    campaign = lock(campaign_id)
    now = CLOCK.now() - SKEW
    entry, added = QueueEntry.objects.select_for_update().get_or_create(
        campaign=campaign, contact_id=contact_id, defaults={"priority": priority, "not_before": now}
    )
    outcome: Placed = "added" if added else _bring_forward(entry, priority)
    if outcome in ("moved", "reopened"):
        entry.state, entry.priority, entry.not_before, entry.refused_reason = State.WAITING, priority, now, ""
        entry.save(update_fields=CHANGED)
    record(actor, "queue.call_now", entry, campaign_id=campaign.pk, outcome=outcome)
    notify_floor("queue_changed", campaign_id=campaign.pk)
    entry.refresh_from_db()
    return Place(entry, outcome)


@transaction.atomic
def prioritise(actor: User, entry_id: int, priority: int) -> QueueEntry:
    """Move a place in its queue. Raises NotFound, CampaignArchived."""
    entry = QueueEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    campaign = lock(entry.campaign_id)
    if QueueEntry.objects.filter(pk=entry_id).exclude(priority=priority).update(priority=priority):
        record(actor, "queue.prioritise", entry, campaign_id=campaign.pk, priority=priority)
        notify_floor("queue_changed", campaign_id=campaign.pk)
    return QueueEntry.objects.select_related("disposition").get(pk=entry_id)


def _bring_forward(entry: QueueEntry, priority: int) -> Placed:
    if entry.state == State.CLAIMED:
        return "in_call"
    if entry.state == State.WAITING:
        return "moved" if entry.owner_until is None else "promised"
    entry.attempts, entry.attempts_by_result, entry.phone_position = 0, {}, 0
    entry.finished_reason, entry.owner, entry.owner_until = "", None, None
    return "reopened"

"""Taking a contact out of a campaign's queue, and putting it back."""

from __future__ import annotations

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.callbacks.models import Callback
from decroche.campaigns.models import QueueEntry
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import NotFound
from decroche.common.notify import notify_floor
from decroche.contacts.access import get_contact
from decroche.contacts.live import ContactInCall

CLOCK = SystemClock()
State = QueueEntry.State


@transaction.atomic
def withdraw(user: User, contact_id: int, entry_id: int) -> None:
    """Nobody calls it for this campaign any more; a promise is cancelled. Raises NotFound, ContactInCall."""
    entry = _locked(user, contact_id, entry_id)
    if entry.state != State.WAITING:
        return
    promises = Callback.objects.filter(contact=entry.contact_id, campaign=entry.campaign_id)
    promises.filter(state=Callback.State.SCHEDULED).update(state=Callback.State.CANCELLED)
    entry.state, entry.owner, entry.owner_until = State.WITHDRAWN, None, None
    _saved(user, entry, "contact.withdraw")


@transaction.atomic
def put_back(user: User, contact_id: int, entry_id: int, clock: Clock = CLOCK) -> None:
    """It may be called at once; its attempts stay counted. Raises NotFound, ContactInCall."""
    entry = _locked(user, contact_id, entry_id)
    if entry.state == State.WAITING:
        return
    entry.state, entry.not_before = State.WAITING, clock.now()
    entry.finished_reason = entry.refused_reason = ""
    _saved(user, entry, "contact.put_back")


def _locked(user: User, contact_id: int, entry_id: int) -> QueueEntry:
    contact = get_contact(user, contact_id)
    entry = QueueEntry.objects.select_for_update().filter(pk=entry_id, contact=contact).first()
    if entry is None:
        raise NotFound
    if entry.state == State.CLAIMED:
        raise ContactInCall
    return entry


def _saved(user: User, entry: QueueEntry, action: str) -> None:
    entry.save(update_fields=["state", "owner", "owner_until", "not_before", "finished_reason", "refused_reason"])
    record(user, action, entry.contact, campaign_id=entry.campaign_id)
    notify_floor("queue_changed", campaign_id=entry.campaign_id)
    notify_floor("contact_changed", id=entry.contact_id)

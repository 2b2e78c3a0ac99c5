"""The agent's outcome for a call, and what it does: now (do-not-call, promise), or at the settlement (close, retry).

Everything here is committed before the agent is told that it is done. The queue entry itself is settled by the
floor when the wrap-up is over, so that an outcome may be changed until then without undoing anything in the queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from decroche.accounts.models import User
from decroche.callbacks import services as callbacks
from decroche.calls.models import Call
from decroche.common.notify import notify_floor
from decroche.contacts.models import ContactPhone, DoNotCall
from decroche.dispositions.errors import CallbackTimeMissing, DispositionUnknown
from decroche.dispositions.models import Disposition

ORIGIN = "agent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an agent chose. `callback_at` is needed where the disposition's effect is a callback."""

    disposition_id: int
    callback_at: datetime | None = None
    callback_mine: bool = True
    callback_note: str = ""


@transaction.atomic
def dispose(call_id: UUID, outcome: Outcome, *, agent: User, now: datetime) -> Disposition:
    """Give the outcome, or another one. Raises `DispositionUnknown`, `CallbackTimeMissing`, `CallbackInPast`."""
    call = Call.objects.select_for_update().get(pk=call_id)
    disposition = Disposition.objects.filter(
        pk=outcome.disposition_id, campaign_id=call.campaign_id or 0, active=True
    ).first()
    if disposition is None:
        raise DispositionUnknown
    if disposition.effect == Disposition.Effect.CALLBACK and outcome.callback_at is None:
        raise CallbackTimeMissing
    _withdraw_former(call)
    call.disposition = disposition
    call.disposed_at = now
    call.save(update_fields=["disposition", "disposed_at"])
    if disposition.effect == Disposition.Effect.CALLBACK:
        _promise(call, outcome, agent, now)
    elif disposition.effect == Disposition.Effect.DO_NOT_CALL:
        _never_again(call, agent, now)
    return disposition


def _withdraw_former(call: Call) -> None:
    """What another outcome did in this same call. A refusal that an earlier call recorded stays."""
    if call.disposition is None:
        return
    if call.disposition.effect == Disposition.Effect.CALLBACK:
        callbacks.cancel_made_in(call.pk)
    elif call.disposition.effect == Disposition.Effect.DO_NOT_CALL and call.disposed_at is not None:
        DoNotCall.objects.filter(origin=ORIGIN, contact_id=call.contact_id or 0, created_at=call.disposed_at).delete()


def _promise(call: Call, outcome: Outcome, agent: User, now: datetime) -> None:
    assert outcome.callback_at is not None
    if call.contact_id is None or call.campaign_id is None:
        raise DispositionUnknown
    callbacks.make(
        contact_id=call.contact_id,
        campaign_id=call.campaign_id,
        due_at=outcome.callback_at,
        now=now,
        owner=agent if outcome.callback_mine else None,
        note=outcome.callback_note,
        made_in_call=call.pk,
        created_by=agent,
    )


def _never_again(call: Call, agent: User, now: datetime) -> None:
    """Everywhere, and on all of the contact's numbers: it is the person who refuses, not the telephone."""
    numbers = {call.e164}
    if call.contact_id is not None:
        numbers |= set(ContactPhone.objects.filter(contact_id=call.contact_id).values_list("e164", flat=True))
        callbacks.cancel_all_of(call.contact_id)
    DoNotCall.objects.bulk_create(
        [
            DoNotCall(e164=number, origin=ORIGIN, contact_id=call.contact_id, created_by=agent, created_at=now)
            for number in sorted(numbers)
        ],
        ignore_conflicts=True,
    )
    if call.contact_id is not None:
        notify_floor("contact_changed", id=call.contact_id)
        notify_floor("contact_refused", id=call.contact_id)

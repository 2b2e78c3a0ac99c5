"""Taking a merge back: two records again, each with what was its own."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.callbacks.models import Callback
from decroche.calls.models import Call
from decroche.campaigns import reconsider
from decroche.campaigns.models import QueueEntry
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import NotFound
from decroche.common.notify import notify_floor
from decroche.contacts.access import get_contact
from decroche.contacts.changes import journal
from decroche.contacts.changes.values import values_of, write
from decroche.contacts.do_not_call import erased
from decroche.contacts.live import ContactInCall, in_call
from decroche.contacts.merging import before as kept_before
from decroche.contacts.merging.before import Before
from decroche.contacts.merging.errors import MergeFollowed, MergeTooOld, MergeWorkedOn
from decroche.contacts.models import Contact, ContactChange, DoNotCall, MergedContact, MergeUndo, ScriptAnswer

CLOCK = SystemClock()
OF_THE_PLACE = (
    "state", "priority", "not_before", "attempts", "attempts_by_result", "owner", "owner_until", "last_result",
    "last_call_at", "disposition", "finished_reason", "refused_reason",
)  # fmt: skip
"""What says where an entry stands; the rest the database keeps by itself."""
OF_THE_REFUSAL = ("e164", "campaign", "origin", "note", "created_at")


@transaction.atomic
def undo(user: User, contact_id: int, former_id: int, clock: Clock = CLOCK) -> Contact:
    """Values changed since, and what was added since, stay with the record that stayed.

    Raises NotFound, MergeTooOld, MergeFollowed, ContactInCall, MergeWorkedOn.
    """
    kept = get_contact(user, contact_id, lock=True)
    merged = MergedContact.objects.select_for_update().filter(former_id=former_id, contact=kept).first()
    if merged is None:
        raise NotFound
    known = MergeUndo.objects.filter(merged=merged).first()
    if known is None:
        raise MergeTooOld
    before: Before = known.before
    _check(kept, merged, before)
    kept_before.put_back(before["contact"])
    former = Contact.objects.get(pk=former_id)
    _journal(before, kept, former)
    changes = write(kept, _wanted(before, values_of(kept)))
    now = clock.now()
    journal.note(kept.pk, changes, actor=user, source=journal.Source.ROLL_BACK, at=now)
    ContactChange.objects.create(
        contact=kept, at=now, actor=user, source=journal.Source.ROLL_BACK, field="*", former_id=former_id
    )
    kept_before.give_back(before["followed"], former)
    _places(before, former)
    theirs = [one["pk"] for one in before["rows"] if one["fields"]["contact"] == former_id]
    ScriptAnswer.objects.filter(contact=kept, pk__in=theirs).update(contact=former)  # one answer to a question
    kept_before.put_back(before["rows"])
    _promises(before, merged)
    merged.delete()
    _refusals(before, kept, former)
    record(user, "contact.unmerge", kept, clock=clock, former=former_id, fields=sorted(changes))
    for pk in (kept.pk, former_id):
        notify_floor("contact_changed", id=pk)
    campaigns = QueueEntry.objects.filter(contact__in=[kept, former]).values_list("campaign", flat=True)
    for campaign_id in sorted(set(campaigns)):
        notify_floor("queue_changed", campaign_id=campaign_id)
    return kept


def _check(kept: Contact, merged: MergedContact, before: Before) -> None:
    later = MergedContact.objects.filter(contact=kept, at__gt=merged.at)
    if before["kept"] != kept.pk or later.exists():
        raise MergeFollowed
    if in_call([kept.pk]):
        raise ContactInCall
    called = Call.objects.filter(contact=kept, claimed_at__gt=merged.at)
    answered = ScriptAnswer.objects.filter(contact=kept, updated_at__gt=merged.at)
    if called.exists() or answered.exists() or _places_moved_on(before):
        raise MergeWorkedOn


def _places_moved_on(before: Before) -> bool:
    """Whether a place that the merge changed stands elsewhere since: nobody can say which half of it moved."""
    was = {one["pk"]: one for one in before["places"]}
    changed = [one for one in before["places_after"] if not _alike(one, was.get(one["pk"]), OF_THE_PLACE)]
    there = QueueEntry.objects.in_bulk([one["pk"] for one in changed])
    return any(
        (place := there.get(one["pk"])) is not None and not kept_before.same(place, one, OF_THE_PLACE)
        for one in changed
    )


def _alike(one: dict[str, Any], other: dict[str, Any] | None, fields: tuple[str, ...]) -> bool:
    return other is None or all(one["fields"][name] == other["fields"][name] for name in fields)


def _wanted(before: Before, now: dict[str, Any]) -> dict[str, Any]:
    """Former values, of fields that are still as the merge left them."""
    was, became = before["values"], before["values_after"]
    return {
        field: was.get(field)
        for field in {*was, *became}
        if now.get(field) == became.get(field) and was.get(field) != became.get(field)
    }


def _journal(before: Before, kept: Contact, former: Contact) -> None:
    """Its rows go back; what the merge told of the other record, here, goes with it."""
    about_other = ContactChange.objects.filter(contact=kept, pk__in=before["journal_made"])
    about_other.exclude(former_id=None).delete()
    about_other.filter(field__startswith="answers.").delete()
    ContactChange.objects.filter(contact=kept, pk__in=before["journal_own"]).update(former_id=None)
    ContactChange.objects.filter(contact=kept, pk__in=before["journal"]).update(contact=former)


def _places(before: Before, former: Contact) -> None:
    after = {one["pk"]: one for one in before["places_after"]}
    for one in before["places"]:
        place = QueueEntry.objects.filter(pk=one["pk"])
        became = after.get(one["pk"])
        if became is None or not _alike(became, one, OF_THE_PLACE):
            kept_before.put_back([one])
            place.update(admitted=0)  # its campaign may be steered otherwise by now
        elif one["fields"]["contact"] == former.pk:
            place.update(contact=former, phone_position=one["fields"]["phone_position"])
    for entry_id, call_id in before["calls"]:
        if QueueEntry.objects.filter(pk=entry_id).exists():
            Call.objects.filter(pk=call_id).update(queue_entry=entry_id)


def _promises(before: Before, merged: MergedContact) -> None:
    """Those that the merge gave up hold again."""
    given_up = Callback.objects.filter(pk__in=before["promises"], state=Callback.State.CANCELLED, updated_at=merged.at)
    given_up.update(state=Callback.State.SCHEDULED)


def _refusals(before: Before, kept: Contact, former: Contact) -> None:
    """The refusals of the one hold no more for the numbers of the other; those of the person, or told since, stay."""
    made = {one["pk"]: one for one in before["refusals_made"]}
    for row in DoNotCall.objects.filter(pk__in=made):
        if kept_before.same(row, made[row.pk], OF_THE_REFUSAL):
            erased.forget(row)
            row.delete()
    reconsider.of_contacts([kept.pk, former.pk], reconsider.LISTED)

"""How the rows of the record that goes come to the one that stays. A test holds this list against Django's models."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.db.models.fields.reverse_related import ForeignObjectRel

from decroche.accounts.models import User
from decroche.callbacks.models import Callback
from decroche.callbacks.services import change as change_callback
from decroche.calls.models import Call
from decroche.campaigns.models import QueueEntry
from decroche.contacts.changes import journal
from decroche.contacts.changes.selectors import imported
from decroche.contacts.merging.places import Place, united
from decroche.contacts.models import BatchChange, Contact, ContactChange, DoNotCall, ScriptAnswer


@dataclass(frozen=True, slots=True)
class Union:
    """The merge under way: `other` goes, `kept` stays; both are locked."""

    kept: Contact
    other: Contact
    user: User
    now: datetime


Step = Callable[[Union, type[Any], str], None]


def move(union: Union, model: type[Any], field: str) -> None:
    """They follow, nothing else to say."""
    model.objects.filter(**{field: union.other}).update(**{field: union.kept})


def leave(union: Union, model: type[Any], field: str) -> None:
    """The numbers are written as they were chosen; what is left is removed."""
    model.objects.filter(**{field: union.other}).delete()


def former_values(union: Union, model: type[Any], field: str) -> None:
    """What a bulk action gave the record that goes is not taken back from the one that stays."""
    model.objects.filter(**{field: union.other}).delete()


def changes(union: Union, model: type[Any], field: str) -> None:
    """They follow, and say on which record they were made."""
    rows = ContactChange.objects.filter(contact=union.other)
    rows.filter(former_id=None).update(former_id=union.other.pk)
    rows.update(contact=union.kept)


def import_changes(union: Union, model: type[Any], field: str) -> None:
    """Into the journal: a later roll-back of that batch cannot restore a record that is no more."""
    ContactChange.objects.bulk_create(
        [
            ContactChange(
                contact=union.other, at=one.key[0], actor=one.actor, source=one.source, batch=one.batch,
                field=one.field[:80], before=one.before, after=one.after,
            )
            for one in imported(union.other)
        ]
    )  # fmt: skip
    BatchChange.objects.filter(contact=union.other).delete()


def refusals(union: Union, model: type[Any], field: str) -> None:
    """Kept; and since it is the person who refuses, they hold for all the numbers of both."""
    for row in refusals_to_add(union.kept, union.other):
        row.created_by, row.created_at, row.contact = union.user, union.now, union.kept
        row.save(force_insert=True)
    DoNotCall.objects.filter(contact=union.other).update(contact=union.kept)


def refusals_to_add(kept: Contact, other: Contact) -> list[DoNotCall]:
    """Unsaved rows: each number of both, in each scope where the person refused on another number, not there yet."""
    numbers = set(kept.phones.values_list("e164", flat=True)) | set(other.phones.values_list("e164", flat=True))
    # A manager forbids one number at a time; all the other ways are the person's own word.
    said = DoNotCall.objects.filter(Q(contact=kept) | Q(contact=other)).exclude(origin="manual").order_by("pk")
    scopes = {one.campaign_id: one.origin for one in said}
    there = set(DoNotCall.objects.filter(e164__in=numbers).values_list("e164", "campaign_id"))
    return [
        DoNotCall(e164=e164, campaign_id=campaign_id, origin=origin)
        for campaign_id, origin in scopes.items()
        for e164 in sorted(numbers)
        if (e164, campaign_id) not in there
    ]


def answers(union: Union, model: type[Any], field: str) -> None:
    """One answer to a question: the latest; the other is in the journal."""
    mine = {(one.campaign_id, one.question_key): one for one in ScriptAnswer.objects.filter(contact=union.kept)}
    gone: dict[str, tuple[Any, Any]] = {}
    for theirs in ScriptAnswer.objects.filter(contact=union.other):
        key = (theirs.campaign_id, theirs.question_key)
        if (own := mine.get(key)) is not None:
            later, earlier = (theirs, own) if theirs.updated_at > own.updated_at else (own, theirs)
            gone[f"answers.{key[0]}.{key[1]}"] = (earlier.value, later.value)
            earlier.delete()
    # Not by save(): the day on which it was answered stays.
    ScriptAnswer.objects.filter(contact=union.other).update(contact=union.kept)
    journal.note(union.kept.pk, gone, actor=union.user, source=journal.Source.MERGE, at=union.now)


def callbacks(union: Union, model: type[Any], field: str) -> None:
    """One promise at a time in a campaign: the last one given holds, as when an agent makes a new one."""
    both = Callback.objects.filter(Q(contact=union.kept) | Q(contact=union.other), state=Callback.State.SCHEDULED)
    held: set[int] = set()
    for one in both.select_for_update().order_by("-created_at", "-pk"):
        if one.campaign_id in held:
            Callback.objects.filter(pk=one.pk).update(state=Callback.State.CANCELLED, updated_at=union.now)
        held.add(one.campaign_id)
    Callback.objects.filter(contact=union.other).update(contact=union.kept)


def places(union: Union, model: type[Any], field: str) -> None:
    """One place a campaign; calls made from the one that goes belong to the one that stays."""
    mine = {one.campaign_id: one for one in QueueEntry.objects.filter(contact=union.kept)}
    for theirs in QueueEntry.objects.filter(contact=union.other):
        own = mine.get(theirs.campaign_id)
        if own is None:
            # The numbers are others': the next one to dial is the first again.
            QueueEntry.objects.filter(pk=theirs.pk).update(contact=union.kept, phone_position=0)
            continue
        place = united(place_of(own), place_of(theirs))
        Call.objects.filter(queue_entry=theirs).update(queue_entry=own)
        theirs.delete()
        QueueEntry.objects.filter(pk=own.pk).update(
            state=place.state, priority=place.priority, not_before=place.not_before, attempts=place.attempts,
            attempts_by_result=place.by_result, owner=place.owner_id, owner_until=place.owner_until,
            last_result=place.last_result, last_call_at=place.last_call_at, disposition=place.disposition_id,
            finished_reason=place.finished_reason, refused_reason=place.refused_reason, phone_position=0,
        )  # fmt: skip
    for promise in Callback.objects.filter(contact=union.kept, state=Callback.State.SCHEDULED):
        change_callback(promise.pk, now=union.now)  # its place waits for it


def place_of(entry: QueueEntry) -> Place:
    """Its facts, for the pure rule."""
    return Place(
        state=entry.state, priority=entry.priority, not_before=entry.not_before, attempts=entry.attempts,
        by_result=entry.attempts_by_result, owner_id=entry.owner_id, owner_until=entry.owner_until,
        last_result=entry.last_result, last_call_at=entry.last_call_at, disposition_id=entry.disposition_id,
        finished_reason=entry.finished_reason, refused_reason=entry.refused_reason,
    )  # fmt: skip


STEPS: Mapping[str, Step] = {
    "contacts.BatchChange.contact": import_changes,
    "contacts.ContactChange.contact": changes,
    "contacts.DoNotCall.contact": refusals,
    "ledger.Proof.contact": move,
    "contacts.ContactPhone.contact": leave,
    "contacts.BulkItem.contact": former_values,
    "contacts.ContactNote.contact": move,
    "contacts.ScriptAnswer.contact": answers,
    "contacts.ContactDocument.contact": move,
    "contacts.MergedContact.contact": move,
    "calls.Call.contact": move,
    "callbacks.Callback.contact": callbacks,
    "appointments.Appointment.contact": move,
    "messages.Mail.contact": move,
    "campaigns.QueueEntry.contact": places,
}
"""Relation ("app.Model.field") → what is done, in this order."""


def run(union: Union) -> None:
    """All of them, and a relation that nobody thought of follows: nothing goes with the record that goes."""
    for name, step in {**STEPS, **{name: move for name in relations() if name not in STEPS}}.items():
        step(union, *model_of(name))


def model_of(name: str) -> tuple[type[Any], str]:
    """The model and the field of a relation's name."""
    label, field = name.rsplit(".", 1)
    return apps.get_model(label), field


def relations() -> list[str]:
    """Every relation to Contact that Django knows, as "app.Model.field"."""
    found = Contact._meta.get_fields(include_hidden=True)
    return sorted(
        f"{one.related_model._meta.label}.{one.field.name}" for one in found if isinstance(one, ForeignObjectRel)
    )

"""The merge itself: one transaction, both records and all their places locked, or nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.notify import notify_floor
from decroche.contacts.access import get_contact, visible_contacts
from decroche.contacts.changes import journal
from decroche.contacts.changes.values import values_of, write
from decroche.contacts.live import in_call
from decroche.contacts.merging.before import add_after, take
from decroche.contacts.merging.errors import MergeInCall, SameContact
from decroche.contacts.merging.relations import Union, run
from decroche.contacts.merging.schemas import MergeIn
from decroche.contacts.merging.selectors import field_choices, numbers_of, proposed_numbers
from decroche.contacts.models import Contact, ContactChange, MergedContact, MergeUndo, PhoneKind

CLOCK = SystemClock()


@transaction.atomic
def merge(user: User, contact_id: int, body: MergeIn, clock: Clock = CLOCK) -> Contact:
    """The other contact becomes part of this one. Raises NotFound, SameContact, MergeInCall, InvalidFields."""
    kept, other = _locked(user, contact_id, body.other_id)
    if in_call([kept.pk, other.pk]):
        raise MergeInCall
    wanted = {
        choice.field: choice.other if body.sides.get(choice.field, choice.proposed) == "other" else choice.kept
        for choice in field_choices(kept, other)
    }
    numbers = _numbers(kept, other, body)
    union = Union(kept=kept, other=other, user=user, now=clock.now())
    former, before, as_it_was = other.pk, values_of(other), take(union)
    run(union)
    changes = write(kept, {**wanted, **{f"phones.{kind}": numbers.get(kind, "") for kind in PhoneKind.values}})
    journal.note(kept.pk, changes, actor=user, source=journal.Source.MERGE, at=union.now)
    _note_given_up(union, before)
    as_it_was = add_after(as_it_was, union)
    if not changes:
        kept.save(update_fields=["updated_at"])  # a roll-back of the batch that brought it must not take it away
    other.delete()
    merged = MergedContact.objects.create(former_id=former, contact=kept, at=union.now, by=user)
    MergeUndo.objects.create(merged=merged, before=as_it_was)
    record(user, "contact.merge", kept, clock=clock, former=former, fields=sorted(changes))
    for pk in (kept.pk, former):
        notify_floor("contact_changed", id=pk)
    for campaign_id in kept.queue_entries.values_list("campaign", flat=True):
        notify_floor("queue_changed", campaign_id=campaign_id)
    return kept


def _locked(user: User, contact_id: int, other_id: int) -> tuple[Contact, Contact]:
    """In the order of their numbers, so that two merges of the same pair wait instead of blocking each other."""
    kept, other = get_contact(user, contact_id), get_contact(user, other_id)
    if kept.pk == other.pk:
        raise SameContact
    both = visible_contacts(user).filter(pk__in=[kept.pk, other.pk])
    rows = {one.pk: one for one in both.order_by("pk").select_for_update(of=("self",))}
    if len(rows) != 2:  # merged or erased by somebody else in between
        raise NotFound
    return rows[kept.pk], rows[other.pk]


def _numbers(kept: Contact, other: Contact, body: MergeIn) -> dict[str, str]:
    if body.numbers is None:
        return proposed_numbers(kept, other)
    known = {*numbers_of(kept).values(), *numbers_of(other).values()}
    chosen = {str(kind): e164 for kind, e164 in body.numbers.items() if e164}
    if not known.issuperset(chosen.values()) or len(set(chosen.values())) != len(chosen):
        raise InvalidFields(
            numbers=(
                "Les numéros ont changé entre-temps, ou l'un est choisi deux fois : rechargez la page.",
                "The numbers have changed meanwhile, or one is chosen twice: reload the page.",
            )
        )
    return chosen


def _note_given_up(union: Union, before: dict[str, Any]) -> None:
    """That it was merged, and each value of the record that goes which the other does not have now.

    So that a choice made too quickly is mended with one click, long after.
    """
    after = values_of(union.kept)
    numbers = {value for field, value in after.items() if field.startswith("phones.")}
    gone = {
        field: value
        for field, value in before.items()
        if value not in (None, "")
        and value != after.get(field)
        and not (field.startswith("phones.") and value in numbers)
    }
    facts: dict[str, Any] = {"contact": union.kept, "at": union.now, "actor": union.user, "former_id": union.other.pk}
    ContactChange.objects.bulk_create(
        [
            ContactChange(**facts, source=journal.Source.MERGE, field=field[:80], before=value, after=after.get(field))
            for field, value in [("*", None), *gone.items()]
        ]
    )

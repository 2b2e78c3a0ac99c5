"""Bringing one former value back."""

from __future__ import annotations

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import DomainError, NotFound
from decroche.common.notify import notify_floor
from decroche.contacts.access import get_contact
from decroche.contacts.changes import journal
from decroche.contacts.changes.selectors import find, restorable
from decroche.contacts.changes.values import values_of, write
from decroche.contacts.models import CustomField

CLOCK = SystemClock()


class NothingToRestore(DomainError):
    """The value before is gone, its field is gone, or the contact has it already."""

    code = "nothing_to_restore"
    fr = "Cette valeur ne peut plus être rétablie : la fiche l'a déjà, ou le champ n'existe plus. Rechargez la page."
    en = "This value cannot be restored: the contact already has it, or the field is gone. Reload the page."


@transaction.atomic
def restore(user: User, contact_id: int, change_id: str, clock: Clock = CLOCK) -> None:
    """Give the field its value before that change. Raises NotFound, NothingToRestore."""
    contact = get_contact(user, contact_id, lock=True)
    change = find(contact, change_id)
    if change is None:
        raise NotFound
    custom = set(CustomField.objects.values_list("key", flat=True))
    if not restorable(change, values_of(contact), custom):
        raise NothingToRestore
    changes = write(contact, {change.field: change.before})
    journal.note(contact.pk, changes, actor=user, source=journal.Source.ROLL_BACK, at=clock.now())
    record(user, "contact.restore", contact, clock=clock, fields=sorted(changes), change=change.id)
    notify_floor("contact_changed", id=contact.pk)

"""Erasing contacts. Their rows stay, empty and marked, since calls and figures lead to them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.calls.models import Recording
from decroche.calls.playback import path_of as recording_path
from decroche.common.clock import Clock, SystemClock
from decroche.common.notify import notify_floor
from decroche.contacts.access import visible_contacts
from decroche.contacts.do_not_call import erased
from decroche.contacts.documents.files import path_of as document_path
from decroche.contacts.erasing.relations import GONE
from decroche.contacts.live import ContactInCall, in_call
from decroche.contacts.models import Contact, ContactDocument
from decroche.contacts.records import TEXT_FIELDS
from decroche.ledger.erasing import forget_numbers

CLOCK = SystemClock()


@transaction.atomic
def erase(user: User, ids: Sequence[int], clock: Clock = CLOCK) -> int:
    """Erase those that the user may see; how many. Raises ContactInCall where one is in a call: nothing is done."""
    found = visible_contacts(user).filter(pk__in=ids).order_by("pk").select_for_update(of=("self",))
    contacts = [one.pk for one in found]
    if in_call(contacts):
        raise ContactInCall
    return _empty(user, contacts, clock)


@transaction.atomic
def erase_due(ids: Sequence[int], clock: Clock = CLOCK) -> int:
    """Erase those whose time is over, but for those in a call; how many. Nobody asked: the machine is the actor."""
    found = Contact.objects.filter(pk__in=ids, erased_at=None).order_by("pk").select_for_update(of=("self",))
    contacts = [one.pk for one in found]
    calling = in_call(contacts)
    return _empty(None, [pk for pk in contacts if pk not in calling], clock)


def _empty(user: User | None, contacts: list[int], clock: Clock) -> int:
    voices = list(Recording.objects.filter(call__contact__in=contacts).values_list("pk", flat=True))
    papers = list(ContactDocument.objects.filter(contact__in=contacts).values_list("pk", flat=True))
    now = clock.now()
    erased.keep(contacts, now)
    forget_numbers(contacts)
    with connection.cursor() as cursor:
        for statement in GONE.values():
            cursor.execute(statement, {"ids": contacts, "now": now})
        # Words of the audit log as it was written before changes had their own journal.
        cursor.execute(
            "UPDATE accounts_auditentry SET detail = detail - 'changes'"
            " WHERE object_type = 'contact' AND detail ? 'changes' AND object_id = ANY(%s)",
            [[str(pk) for pk in contacts]],
        )
    Recording.objects.filter(pk__in=voices).update(status=Recording.Status.DELETED)
    empty = {name: "FR" if name == "country" else "" for name in TEXT_FIELDS}
    Contact.objects.filter(pk__in=contacts).update(**empty, custom={}, erased_at=now, updated_at=now)
    for contact in contacts:
        record(user, "contact.erase", Contact(pk=contact), clock=clock)
        notify_floor("contact_changed", id=contact)
    transaction.on_commit(lambda: _forget(voices, papers))
    return len(contacts)


def _forget(voices: list[UUID], papers: list[UUID]) -> None:
    for voice in voices:
        recording_path(voice).unlink(missing_ok=True)
    for paper in papers:
        document_path(paper).unlink(missing_ok=True)

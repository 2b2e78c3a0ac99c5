"""A contact's places, changed by supervisors; and the record itself, erased by them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import SUPERVISOR, actor
from decroche.common.errors import NotFound
from decroche.common.http import answers
from decroche.contacts import records
from decroche.contacts.access import get_contact
from decroche.contacts.erasing.services import erase
from decroche.contacts.live import ContactInCall
from decroche.contacts.places import services
from decroche.contacts.schemas import ContactOut

router = Router(auth=SUPERVISOR, tags=["contacts"])
CHANGED = answers(ContactOut, NotFound, ContactInCall)


@router.post(
    "/contacts/{int:contact_id}/places/{int:entry_id}/withdraw", response=CHANGED, operation_id="withdraw_contact"
)
def withdraw_contact(request: HttpRequest, contact_id: int, entry_id: int) -> ContactOut:
    """Out of this campaign's queue; a promised callback is cancelled."""
    user = actor(request)
    services.withdraw(user, contact_id, entry_id)
    return records.contact_out(contact_id, user)


@router.post(
    "/contacts/{int:contact_id}/places/{int:entry_id}/put-back", response=CHANGED, operation_id="put_contact_back"
)
def put_contact_back(request: HttpRequest, contact_id: int, entry_id: int) -> ContactOut:
    """Back into this campaign's queue, to be called at once."""
    user = actor(request)
    services.put_back(user, contact_id, entry_id)
    return records.contact_out(contact_id, user)


@router.post(
    "/contacts/{int:contact_id}/erase", response=answers(None, NotFound, ContactInCall), operation_id="erase_contact"
)
def erase_contact(request: HttpRequest, contact_id: int) -> Status[None]:
    """At the person's request: values, numbers, notes, recordings and documents go for good; refusals stay."""
    user = actor(request)
    erase(user, [get_contact(user, contact_id).pk])
    return Status(204, None)

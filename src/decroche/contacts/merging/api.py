"""Duplicates and the merge, for supervisors."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import SUPERVISOR, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.contacts import records
from decroche.contacts.live import ContactInCall
from decroche.contacts.merging import selectors, services
from decroche.contacts.merging.duplicates import possible_duplicates
from decroche.contacts.merging.errors import MergeFollowed, MergeInCall, MergeTooOld, MergeWorkedOn, SameContact
from decroche.contacts.merging.schemas import Comparison, DuplicateOut, MergeIn
from decroche.contacts.merging.undo import undo
from decroche.contacts.schemas import ContactOut

router = Router(auth=SUPERVISOR, tags=["contacts"])


@router.get(
    "/contacts/{int:contact_id}/duplicates",
    response=answers(list[DuplicateOut], NotFound),
    operation_id="list_contact_duplicates",
)
def list_contact_duplicates(request: HttpRequest, contact_id: int) -> list[DuplicateOut]:
    """Contacts with the same number, the same e-mail, or the same name at the same postal code."""
    return possible_duplicates(contact_id, actor(request))


@router.get(
    "/contacts/{int:contact_id}/merge/{int:other_id}",
    response=answers(Comparison, NotFound, SameContact),
    operation_id="compare_contacts",
)
def compare_contacts(request: HttpRequest, contact_id: int, other_id: int) -> Comparison:
    """Both side by side, and what they propose to become."""
    return selectors.compare(contact_id, other_id, actor(request))


@router.post(
    "/contacts/{int:contact_id}/merge",
    response=answers(ContactOut, NotFound, SameContact, MergeInCall, InvalidFields),
    operation_id="merge_contacts",
)
def merge_contacts(request: HttpRequest, contact_id: int, body: MergeIn) -> ContactOut:
    """The other contact becomes part of this one; its address leads here from now on."""
    user = actor(request)
    kept = services.merge(user, contact_id, body)
    return records.contact_out(kept.pk, user)


@router.post(
    "/contacts/{int:contact_id}/merges/{int:former_id}/undo",
    response=answers(ContactOut, NotFound, MergeTooOld, MergeFollowed, ContactInCall, MergeWorkedOn),
    operation_id="undo_merge",
)
def undo_merge(request: HttpRequest, contact_id: int, former_id: int) -> ContactOut:
    """Two contacts again; what was changed or added since stays with the one that stayed."""
    user = actor(request)
    return records.contact_out(undo(user, contact_id, former_id).pk, user)

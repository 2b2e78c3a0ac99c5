"""A contact's changes, and former values brought back. Who may edit a contact may see and restore."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import AGENT, actor
from decroche.common.errors import NotFound
from decroche.common.http import answers
from decroche.contacts import records
from decroche.contacts.changes import selectors, services
from decroche.contacts.changes.schemas import ChangePage
from decroche.contacts.schemas import ContactOut, Limit

router = Router(auth=AGENT, tags=["contacts"])


@router.get(
    "/contacts/{int:contact_id}/changes", response=answers(ChangePage, NotFound), operation_id="list_contact_changes"
)
def list_contact_changes(request: HttpRequest, contact_id: int, cursor: str = "", limit: Limit = 30) -> ChangePage:
    """Who changed what and when, imports included, newest first."""
    return selectors.contact_changes(contact_id, actor(request), cursor=cursor, limit=limit)


@router.post(
    "/contacts/{int:contact_id}/changes/{change_id}/restore",
    response=answers(ContactOut, NotFound, services.NothingToRestore),
    operation_id="restore_contact_value",
)
def restore_contact_value(request: HttpRequest, contact_id: int, change_id: str) -> ContactOut:
    """Give a field the value that it had before this change."""
    user = actor(request)
    services.restore(user, contact_id, change_id)
    return records.contact_out(contact_id, user)

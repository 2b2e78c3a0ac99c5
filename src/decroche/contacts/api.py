"""Contacts, their history, notes and answers. Agents see and edit the contacts of the campaigns they work on."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import AGENT, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.contacts import history, records, search, services
from decroche.contacts.schemas import (
    AnswerIn,
    AnswerOut,
    ContactIn,
    ContactOut,
    ContactPage,
    ContactPatch,
    HistoryPage,
    HistoryType,
    Limit,
    NoteIn,
    NoteOut,
)

router = Router(auth=AGENT, tags=["contacts"])
router.add_router("", "decroche.contacts.custom_fields.api.router")
router.add_router("", "decroche.contacts.do_not_call.api.router")
router.add_router("", "decroche.contacts.bulk.api.router")
router.add_router("", "decroche.contacts.filters.api.router")
router.add_router("", "decroche.contacts.saved_searches.api.router")
router.add_router("", "decroche.contacts.imports.api.router")
router.add_router("", "decroche.contacts.changes.api.router")
router.add_router("", "decroche.contacts.documents.api.router")
router.add_router("", "decroche.contacts.merging.api.router")
router.add_router("", "decroche.contacts.places.api.router")
router.add_router("", "decroche.contacts.verdicts.api.router")


@router.get("/contacts", response=answers(ContactPage, InvalidFields), operation_id="list_contacts")
def list_contacts(
    request: HttpRequest,
    q: str = "",
    campaign_id: int | None = None,
    batch_id: int | None = None,
    cursor: str = "",
    limit: Limit = 50,
) -> ContactPage:
    """Search by name, company, client code, postal code, e-mail, or a number or its end; accents do not matter."""
    user = actor(request)
    return search.search_contacts(user, q=q, campaign_id=campaign_id, batch_id=batch_id, cursor=cursor, limit=limit)


@router.post(
    "/contacts", response=answers(ContactOut, InvalidFields, NotFound, status=201), operation_id="create_contact"
)
def create_contact(request: HttpRequest, body: ContactIn) -> Status[ContactOut]:
    """Make a contact, and give it a place in a campaign's queue where one is named."""
    user = actor(request)
    contact = services.create_contact(user, body)
    return Status(201, records.contact_out(contact.pk, user))


@router.get("/contacts/{contact_id}", response=answers(ContactOut, NotFound), operation_id="get_contact")
def get_contact(request: HttpRequest, contact_id: int) -> ContactOut:
    """A contact, whole."""
    return records.contact_out(contact_id, actor(request))


@router.patch(
    "/contacts/{contact_id}", response=answers(ContactOut, InvalidFields, NotFound), operation_id="update_contact"
)
def update_contact(request: HttpRequest, contact_id: int, body: ContactPatch) -> ContactOut:
    """Change any subset of the fields; a change that changes nothing writes nothing."""
    user = actor(request)
    services.update_contact(user, contact_id, body)
    return records.contact_out(contact_id, user)


@router.get(
    "/contacts/{contact_id}/history", response=answers(HistoryPage, NotFound), operation_id="get_contact_history"
)
def get_contact_history(
    request: HttpRequest, contact_id: int, only: HistoryType | None = None, cursor: str = "", limit: Limit = 30
) -> HistoryPage:
    """Calls, notes, answers, callbacks, appointments and e-mails, or `only` one type of them, newest first."""
    return history.contact_history(contact_id, actor(request), cursor=cursor, limit=limit, only=only or "")


@router.put(
    "/contacts/{contact_id}/note", response=answers(NoteOut, InvalidFields, NotFound), operation_id="put_contact_note"
)
def put_contact_note(request: HttpRequest, contact_id: int, body: NoteIn) -> NoteOut:
    """Write the author's note of a call, again and again while he types."""
    return records.note_out(services.put_note(actor(request), contact_id, body))


@router.get(
    "/contacts/{contact_id}/answers", response=answers(list[AnswerOut], NotFound), operation_id="list_contact_answers"
)
def list_contact_answers(request: HttpRequest, contact_id: int, campaign_id: int) -> list[AnswerOut]:
    """The latest answer to each question of one campaign's script."""
    return records.answers_out(contact_id, campaign_id, actor(request))


@router.put(
    "/contacts/{contact_id}/answers",
    response=answers(list[AnswerOut], InvalidFields, NotFound),
    operation_id="put_contact_answer",
)
def put_contact_answer(request: HttpRequest, contact_id: int, body: AnswerIn) -> list[AnswerOut]:
    """Keep one answer; answers with all those of the campaign."""
    user = actor(request)
    services.put_answer(user, contact_id, body)
    return records.answers_out(contact_id, body.campaign_id, user)

"""/api/v1: contacts, and whom never to call."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Status

from decroche.callbacks import services as callbacks
from decroche.campaigns.models import Campaign
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import InvalidCursor, cut, decode_cursor
from decroche.contacts import services, values
from decroche.contacts.access import get_contact as contact_row
from decroche.contacts.changes.journal import Source
from decroche.contacts.do_not_call import services as do_not_call
from decroche.contacts.do_not_call.schemas import DoNotCallIn
from decroche.contacts.models import ContactPhone, CustomField, DoNotCall
from decroche.contacts.schemas import ContactIn, ContactPatch
from decroche.integrations.auth import key_of, scope
from decroche.integrations.errors import NoSuchCampaign, SeveralContacts
from decroche.integrations.v1 import contacts, schemas, upsert
from decroche.integrations.written import written

router = Router(tags=["contacts"], auth=scope("contacts:read"))
WRITE = scope("contacts:write")


@router.get("/contacts", response=answers(schemas.ContactPage, InvalidCursor), operation_id="list_contacts")
def list_contacts(request: HttpRequest, filters: Query[schemas.ContactFilters]) -> schemas.ContactPage:
    """All contacts, or those changed since a date. A change shows once everything dated before it is committed."""
    return contacts.page(filters)


@router.get("/custom-fields", response=answers(schemas.OwnFieldPage, InvalidCursor), operation_id="list_custom_fields")
def list_custom_fields(request: HttpRequest, filters: Query[schemas.Filters]) -> schemas.OwnFieldPage:
    """The fields that this floor added: what `custom` may hold."""
    found = CustomField.objects.order_by("position", "pk")
    if filters.cursor:
        position, last = decode_cursor(filters.cursor, int, int, of="custom-fields")
        found = found.filter(Q(position__gt=position) | Q(position=position, pk__gt=last))
    found = found[: filters.limit + 1]
    rows, following = cut(list(found), filters.limit, lambda row: (row.position, row.pk), of="custom-fields")
    names = schemas.OwnField.model_fields
    items = [schemas.OwnField.model_validate({name: getattr(row, name) for name in names}) for row in rows]
    return schemas.OwnFieldPage(items=items, next_cursor=following)


@router.post(
    "/contacts", auth=WRITE, response=answers(schemas.Contact, InvalidFields, status=201), operation_id="create_contact"
)
@written
def create_contact(request: HttpRequest, body: schemas.ContactWrite) -> Status[schemas.Contact]:
    """A new contact, whether or not one is like it. To find it again rather than make it twice: the upsert below."""
    user = key_of(request).created_by
    made = services.create_contact(user, ContactIn.model_validate(body.given()))
    return Status(201, contacts.one(made.pk, user))


@router.get("/contacts/{int:contact_id}", response=answers(schemas.Contact, NotFound), operation_id="get_contact")
def get_contact(request: HttpRequest, contact_id: int) -> schemas.Contact:
    """A contact with its places in the campaigns' queues."""
    return contacts.one(contact_id, key_of(request).created_by)


@router.patch(
    "/contacts/{int:contact_id}",
    auth=WRITE,
    response=answers(schemas.Contact, NotFound, InvalidFields),
    operation_id="update_contact",
)
@written
def update_contact(request: HttpRequest, contact_id: int, body: schemas.ContactWrite) -> schemas.Contact:
    """Any subset of the fields; a change that changes nothing writes nothing."""
    user = key_of(request).created_by
    services.update_contact(user, contact_id, ContactPatch.model_validate(body.given()), source=Source.API)
    return contacts.one(contact_id, user)


@router.put(
    "/contacts/by-client-code/{path:client_code}",
    auth=WRITE,
    response={
        **answers(schemas.Contact, SeveralContacts, InvalidFields),
        201: schemas.Contact,
    },
    operation_id="upsert_contact",
)
@written
def upsert_contact(request: HttpRequest, client_code: str, body: schemas.ContactFields) -> Status[schemas.Contact]:
    """The contact that has this code of yours is changed (200), or made (201). 409 where several have it."""
    code = values.kept(client_code)
    if not code or len(code) > 60:
        raise InvalidFields(client_code=("De 1 à 60 caractères.", "1 to 60 characters."))
    user = key_of(request).created_by
    contact_id, made = upsert.by_client_code(user, code, body)
    return Status(201 if made else 200, contacts.one(contact_id, user))


@router.post(
    "/contacts/{int:contact_id}/do-not-call",
    auth=WRITE,
    response=answers(schemas.Contact, NotFound, NoSuchCampaign),
    operation_id="refuse_calls",
)
@written
def refuse_calls(request: HttpRequest, contact_id: int, body: schemas.DoNotCallMark) -> schemas.Contact:
    """Never call this contact again: all its numbers go on the list, and promises to call it back are cancelled."""
    user = key_of(request).created_by
    contact_row(user, contact_id)
    _need_campaign(body)
    for e164 in ContactPhone.objects.filter(contact=contact_id).order_by("e164").values_list("e164", flat=True):
        facts = {"number": e164, "campaign_id": body.campaign_id, "note": body.note, "contact_id": contact_id}
        do_not_call.add_number(user, DoNotCallIn.model_validate(facts))
    if body.campaign_id is None:
        callbacks.cancel_all_of(contact_id)
    return contacts.one(contact_id, user)


@router.get("/do-not-call", response=answers(schemas.DoNotCallPage, InvalidCursor), operation_id="list_do_not_call")
def list_do_not_call(request: HttpRequest, filters: Query[schemas.DoNotCallFilters]) -> schemas.DoNotCallPage:
    """The list, the oldest first, with what agents, supervisors and imports put on it."""
    last = filters.after
    if filters.cursor:
        last = max(last, *decode_cursor(filters.cursor, int, of="do-not-call"))
    found = DoNotCall.objects.filter(pk__gt=last).order_by("pk")[: filters.limit + 1]
    rows, following = cut(list(found), filters.limit, lambda row: (row.pk,), of="do-not-call")
    return schemas.DoNotCallPage(items=[do_not_call_out(row) for row in rows], next_cursor=following)


@router.post(
    "/do-not-call",
    auth=WRITE,
    response={**answers(schemas.DoNotCallEntry, NoSuchCampaign, InvalidFields), 201: schemas.DoNotCallEntry},
    operation_id="add_do_not_call",
)
@written
def add_do_not_call(request: HttpRequest, body: schemas.DoNotCallWrite) -> Status[schemas.DoNotCallEntry]:
    """Never call this number: 201, or 200 where it was on the list already. Only a person takes it off."""
    _need_campaign(body)
    row, added = do_not_call.add_number(key_of(request).created_by, DoNotCallIn.model_validate(body.given()))
    return Status(201 if added else 200, do_not_call_out(row))


def _need_campaign(body: schemas.DoNotCallMark) -> None:
    if body.campaign_id is not None and not Campaign.objects.filter(pk=body.campaign_id).exists():
        raise NoSuchCampaign


def do_not_call_out(row: DoNotCall) -> schemas.DoNotCallEntry:
    """A line of the list, for programs."""
    return schemas.DoNotCallEntry(
        id=row.pk,
        e164=row.e164,
        campaign_id=row.campaign_id,
        origin=row.origin,
        note=row.note,
        contact_id=row.contact_id,
        created_at=row.created_at,
    )

"""A contact's documents: who may edit the contact adds, reads and deletes them."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import File, Router, Status
from ninja.files import UploadedFile

from decroche.accounts.access import AGENT, actor
from decroche.common.errors import NotFound
from decroche.common.http import answers
from decroche.contacts.access import get_contact
from decroche.contacts.documents import services
from decroche.contacts.documents.errors import DocumentRefused, DocumentTooBig, TooManyDocuments
from decroche.contacts.documents.schemas import DocumentOut
from decroche.contacts.models import ContactDocument
from decroche.contacts.records import person

router = Router(auth=AGENT, tags=["contacts"])


@router.get(
    "/contacts/{int:contact_id}/documents",
    response=answers(list[DocumentOut], NotFound),
    operation_id="list_contact_documents",
)
def list_contact_documents(request: HttpRequest, contact_id: int) -> list[DocumentOut]:
    """The latest first."""
    contact = get_contact(actor(request), contact_id)
    return [_out(one) for one in contact.documents.select_related("added_by")]


@router.post(
    "/contacts/{int:contact_id}/documents",
    response=answers(DocumentOut, NotFound, DocumentTooBig, DocumentRefused, TooManyDocuments, status=201),
    operation_id="add_contact_document",
)
def add_contact_document(request: HttpRequest, contact_id: int, file: File[UploadedFile]) -> Status[DocumentOut]:
    """PDF, image, office file or text, up to 20 MB."""
    return Status(201, _out(services.add(actor(request), contact_id, file)))


@router.get(
    "/contacts/{int:contact_id}/documents/{uuid:document_id}",
    response=answers(None, NotFound, status=404),
    operation_id="get_contact_document",
    openapi_extra={
        "responses": {
            200: {
                "description": "OK",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def get_contact_document(request: HttpRequest, contact_id: int, document_id: UUID) -> FileResponse:
    """The file, to be saved; each reading is in the audit log."""
    return services.download(actor(request), contact_id, document_id)


@router.delete(
    "/contacts/{int:contact_id}/documents/{uuid:document_id}",
    response=answers(None, NotFound),
    operation_id="delete_contact_document",
)
def delete_contact_document(request: HttpRequest, contact_id: int, document_id: UUID) -> Status[None]:
    """For good."""
    services.delete(actor(request), contact_id, document_id)
    return Status(204, None)


def _out(one: ContactDocument) -> DocumentOut:
    return DocumentOut(
        id=one.pk, name=one.name, kind=one.kind, size_bytes=one.size_bytes, added_by=person(one.added_by),
        added_at=one.added_at,
    )  # fmt: skip

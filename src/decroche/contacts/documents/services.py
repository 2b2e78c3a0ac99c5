"""Adding, serving and deleting a contact's documents."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import NotFound
from decroche.contacts.access import get_contact
from decroche.contacts.documents.errors import DocumentRefused, DocumentTooBig, TooManyDocuments
from decroche.contacts.documents.files import keep, path_of
from decroche.contacts.documents.kinds import KINDS, kind_of
from decroche.contacts.models import ContactDocument

CLOCK = SystemClock()
LARGEST_BYTES = 20 << 20
MOST = 100
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@transaction.atomic
def add(user: User, contact_id: int, file: UploadedFile[Any], clock: Clock = CLOCK) -> ContactDocument:
    """Raises NotFound, DocumentTooBig, DocumentRefused, TooManyDocuments; then nothing is kept."""
    contact = get_contact(user, contact_id, lock=True)
    if (file.size or 0) > LARGEST_BYTES:
        raise DocumentTooBig(max_mb=LARGEST_BYTES >> 20)
    if contact.documents.count() >= MOST:
        raise TooManyDocuments(most=MOST)
    name, identifier = display_name(file.name or ""), uuid4()
    path = keep(identifier, file.chunks())
    try:
        if (kind := kind_of(name, path)) is None:
            raise DocumentRefused
        document = ContactDocument.objects.create(
            id=identifier, contact=contact, name=name, kind=kind, size_bytes=path.stat().st_size,
            added_by=user, added_at=clock.now(),
        )  # fmt: skip
        record(user, "contact.document_add", contact, clock=clock, document=str(identifier))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return document


@transaction.atomic
def delete(user: User, contact_id: int, document_id: UUID) -> None:
    """The row now, the file once that is certain. Raises NotFound."""
    contact = get_contact(user, contact_id, lock=True)
    removed, _ = ContactDocument.objects.filter(contact=contact, pk=document_id).delete()
    if not removed:
        raise NotFound
    record(user, "contact.document_delete", contact, document=str(document_id))
    transaction.on_commit(lambda: path_of(document_id).unlink(missing_ok=True))


def download(user: User, contact_id: int, document_id: UUID) -> FileResponse:
    """To be saved, never shown in our own address: nothing that it holds may run there. Raises NotFound."""
    contact = get_contact(user, contact_id)
    document = ContactDocument.objects.filter(contact=contact, pk=document_id).first()
    if document is None or not path_of(document.pk).is_file():
        raise NotFound
    record(user, "contact.document_read", contact, document=str(document.pk))
    answer = FileResponse(
        path_of(document.pk).open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type=KINDS[document.kind].media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


def display_name(name: str) -> str:
    """As data: never a path, nothing invisible, its ending kept."""
    last = _NOT_SHOWN.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip()
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: 195 - len(ending)]}.{ending}" if dot and stem and len(ending) <= 10 else last[:200] or "document"

"""Imports: supervisors upload, look, map, start, follow, cancel and roll back."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from decroche.accounts.access import SUPERVISOR, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.contacts.imports import refused, selectors, services
from decroche.contacts.imports.errors import CannotCancel, CannotRollBack, FileRefused, NotADraft
from decroche.contacts.imports.schemas import (
    ImportDetail,
    ImportOut,
    ImportPage,
    ImportPatch,
    ImportStart,
    RefusedPage,
)
from decroche.contacts.schemas import Limit

router = Router(auth=SUPERVISOR, tags=["imports"])


@router.post("/imports", response=answers(ImportDetail, FileRefused, status=201), operation_id="create_import")
def create_import(request: HttpRequest, file: File[UploadedFile]) -> Status[ImportDetail]:
    """Upload a .csv, .txt or .xlsx file; answers with how it was read, its first rows, and a suggested mapping."""
    user = actor(request)
    batch = services.upload(user, file)
    return Status(201, selectors.import_detail(batch.pk, user))


@router.get("/imports", response=answers(ImportPage, InvalidFields), operation_id="list_imports")
def list_imports(
    request: HttpRequest, campaign_id: int | None = None, cursor: str = "", limit: Limit = 50
) -> ImportPage:
    """Batches, newest first."""
    return selectors.list_imports(actor(request), campaign_id=campaign_id, cursor=cursor, limit=limit)


@router.get("/imports/{batch_id}", response=answers(ImportDetail, NotFound), operation_id="get_import")
def get_import(request: HttpRequest, batch_id: int) -> ImportDetail:
    """A batch: preview while it is a draft, then its progress and counts."""
    return selectors.import_detail(batch_id, actor(request))


@router.patch(
    "/imports/{batch_id}",
    response=answers(ImportDetail, InvalidFields, NotFound, NotADraft),
    operation_id="update_import",
)
def update_import(request: HttpRequest, batch_id: int, body: ImportPatch) -> ImportDetail:
    """Read the file with another encoding, separator, sheet or header row; answers with the new preview."""
    user = actor(request)
    services.read_otherwise(batch_id, body)
    return selectors.import_detail(batch_id, user)


@router.delete("/imports/{batch_id}", response=answers(None, NotFound, NotADraft), operation_id="delete_import")
def delete_import(request: HttpRequest, batch_id: int) -> Status[None]:
    """Throw away an upload that was not started."""
    services.discard(actor(request), batch_id)
    return Status(204, None)


@router.post(
    "/imports/{batch_id}/start",
    response=answers(ImportOut, InvalidFields, NotFound, NotADraft),
    operation_id="start_import",
)
def start_import(request: HttpRequest, batch_id: int, body: ImportStart) -> ImportOut:
    """Hand the batch to the worker."""
    user = actor(request)
    services.start(user, batch_id, body)
    return selectors.import_detail(batch_id, user)


@router.post(
    "/imports/{batch_id}/cancel", response=answers(ImportOut, NotFound, CannotCancel), operation_id="cancel_import"
)
def cancel_import(request: HttpRequest, batch_id: int) -> ImportOut:
    """Stop an import that is not done; nothing of it stays."""
    user = actor(request)
    services.cancel(user, batch_id)
    return selectors.import_detail(batch_id, user)


@router.post(
    "/imports/{batch_id}/roll-back",
    response=answers(ImportOut, NotFound, CannotRollBack),
    operation_id="roll_back_import",
)
def roll_back_import(request: HttpRequest, batch_id: int) -> ImportOut:
    """Take back what the batch brought, except contacts that were called or worked on since."""
    user = actor(request)
    services.start_roll_back(user, batch_id)
    return selectors.import_detail(batch_id, user)


@router.get("/imports/{batch_id}/refused", response=answers(RefusedPage, NotFound), operation_id="list_refused_rows")
def list_refused_rows(request: HttpRequest, batch_id: int, cursor: str = "", limit: Limit = 50) -> RefusedPage:
    """Rows that were not imported, each with its reason."""
    return refused.list_refused(actor(request), batch_id, cursor=cursor, limit=limit)


@router.get("/imports/{batch_id}/refused.csv", operation_id="download_refused_rows", include_in_schema=False)
def download_refused_rows(request: HttpRequest, batch_id: int) -> StreamingHttpResponse:
    """The same as a file for Excel: the file's own columns and the reason."""
    return refused.refused_csv(actor(request), batch_id)

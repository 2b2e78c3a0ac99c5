"""Persons' data, for administrators: what goes at the end of its time, what a person asks for."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router, Status

from decroche.accounts.access import ADMIN, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import PDF, answers, language_of, pdf_file
from decroche.common.pagination import InvalidCursor, Limit
from decroche.privacy import tasks
from decroche.privacy.access import selectors as access
from decroche.privacy.access import services as asking
from decroche.privacy.errors import NoArchive, RetentionUnderWay
from decroche.privacy.register import document
from decroche.privacy.retention import selectors as retention
from decroche.privacy.retention import services as removing
from decroche.privacy.schemas import (
    AccessRequestIn,
    AccessRequestOut,
    NoticeOut,
    RegisterOut,
    RetentionPreview,
    RetentionRunPage,
)

router = Router(auth=ADMIN, tags=["privacy"])


@router.get("/privacy/retention", response=RetentionPreview, operation_id="preview_retention")
def preview_retention(request: HttpRequest) -> RetentionPreview:
    """What is past its time now, by kind."""
    return RetentionPreview(kinds=retention.due(), running=retention.is_running())


@router.post(
    "/privacy/retention/run", response=answers(None, RetentionUnderWay, status=204), operation_id="run_retention"
)
def run_retention(request: HttpRequest) -> Status[None]:
    """Remove it now rather than tonight. It cannot be undone."""
    with transaction.atomic():
        removing.ask(actor(request))
        transaction.on_commit(lambda: tasks.retention.defer())
    return Status(204, None)


@router.get(
    "/privacy/retention/runs", response=answers(RetentionRunPage, InvalidCursor), operation_id="list_retention_runs"
)
def list_retention_runs(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> RetentionRunPage:
    """What went, by kind and by night."""
    return retention.runs(cursor, limit)


@router.get("/privacy/access-requests", response=list[AccessRequestOut], operation_id="list_access_requests")
def list_access_requests(request: HttpRequest) -> list[AccessRequestOut]:
    """Archives asked for, newest first; those that have expired keep their line."""
    return access.latest()


@router.post(
    "/privacy/access-requests",
    response=answers(AccessRequestOut, NotFound, InvalidFields, status=201),
    operation_id="create_access_request",
)
def create_access_request(request: HttpRequest, body: AccessRequestIn) -> Status[AccessRequestOut]:
    """Ask for everything that is known of a person: the worker makes the archive."""
    return Status(201, access.out(asking.ask(actor(request), body)))


@router.delete(
    "/privacy/access-requests/{uuid:request_id}",
    response=answers(None, NotFound),
    operation_id="delete_access_request",
)
def delete_access_request(request: HttpRequest, request_id: UUID) -> Status[None]:
    """The archive and its line; the audit log keeps who took it."""
    asking.delete(actor(request), request_id)
    return Status(204, None)


@router.get(
    "/privacy/access-requests/{uuid:request_id}/file",
    operation_id="download_access_request",
    response=answers(None, NotFound, NoArchive, status=410),
    openapi_extra={
        "responses": {
            200: {
                "description": "The archive",
                "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def download_access_request(request: HttpRequest, request_id: UUID) -> HttpResponseBase:
    """The archive, while its link lasts. Each download is in the audit log."""
    path = asking.fetch(actor(request), request_id)
    answer = FileResponse(path.open("rb"), as_attachment=True, filename="vos-donnees.zip")
    answer["Cache-Control"] = "private, no-store"
    return answer


@router.get("/privacy/register", response=RegisterOut, operation_id="get_register")
def get_register(request: HttpRequest) -> RegisterOut:
    """The register of processing activities, filled from the configuration."""
    return document.shown(language_of(request))


@router.get("/privacy/register.pdf", response={200: None}, operation_id="get_register_document", openapi_extra=PDF)
def get_register_document(request: HttpRequest) -> HttpResponse:
    """The same, to be kept or shown to the CNIL."""
    return pdf_file(document.pdf(actor(request), language_of(request)), "registre-des-traitements.pdf")


@router.get("/privacy/notices", response=list[NoticeOut], operation_id="list_notices")
def list_notices(request: HttpRequest, siren: str = "") -> list[NoticeOut]:
    """Texts for who is called and for agents; `siren`: of the principal for whom calls are made."""
    return document.notices_for(siren, language_of(request))

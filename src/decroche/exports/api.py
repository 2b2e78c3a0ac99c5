"""Exports: supervisors ask for files of what the floor holds, follow, fetch and delete them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from ninja import Router, Status

from decroche.accounts.access import SUPERVISOR, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import Limit
from decroche.exports import selectors, services
from decroche.exports.errors import ExportOver, ExportUnderWay, NoFile
from decroche.exports.run import path_of
from decroche.exports.schemas import (
    CountOut,
    ExportColumn,
    ExportCountIn,
    ExportIn,
    ExportOut,
    ExportPage,
    LayoutIn,
    LayoutOut,
    LayoutPatch,
    SubjectCode,
)

router = Router(auth=SUPERVISOR, tags=["exports"])
CHUNK = 256 * 1024
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@router.get("/exports", response=answers(ExportPage, InvalidFields), operation_id="list_exports")
def list_exports(request: HttpRequest, cursor: str = "", limit: Limit = 50) -> ExportPage:
    """Files asked for, newest first; those that have expired keep their line."""
    return selectors.list_exports(actor(request), cursor=cursor, limit=limit)


@router.post("/exports", response=answers(ExportOut, InvalidFields, status=201), operation_id="create_export")
def create_export(request: HttpRequest, body: ExportIn) -> Status[ExportOut]:
    """Ask for a file: the worker makes it. In the audit log, as is each download."""
    user = actor(request)
    export = services.ask(user, body)
    return Status(201, selectors.export_detail(export.pk, user))


@router.get("/exports/columns", response=list[ExportColumn], operation_id="list_export_columns")
def list_export_columns(
    request: HttpRequest, subject: SubjectCode, campaign_id: int | None = None
) -> list[ExportColumn]:
    """What a file may hold; a contact's queue and answers are columns where a campaign is named."""
    return selectors.columns_of(actor(request), subject, campaign_id)


@router.post("/exports/count", response=answers(CountOut, InvalidFields), operation_id="count_export")
def count_export(request: HttpRequest, body: ExportCountIn) -> CountOut:
    """How many rows the file would have."""
    return CountOut(rows=selectors.count(actor(request), body.subject, body.filters))


@router.get("/exports/{uuid:export_id}", response=answers(ExportOut, NotFound), operation_id="get_export")
def get_export(request: HttpRequest, export_id: UUID) -> ExportOut:
    """Where it stands."""
    return selectors.export_detail(export_id, actor(request))


@router.post(
    "/exports/{uuid:export_id}/cancel", response=answers(ExportOut, NotFound, ExportOver), operation_id="cancel_export"
)
def cancel_export(request: HttpRequest, export_id: UUID) -> ExportOut:
    """Stop it; no file stays."""
    user = actor(request)
    services.cancel(user, str(export_id))
    return selectors.export_detail(export_id, user)


@router.delete(
    "/exports/{uuid:export_id}", response=answers(None, NotFound, ExportUnderWay), operation_id="delete_export"
)
def delete_export(request: HttpRequest, export_id: UUID) -> Status[None]:
    """Remove the file and its line; the audit log keeps who took what away."""
    services.delete(actor(request), str(export_id))
    return Status(204, None)


@router.get(
    "/exports/{uuid:export_id}/file",
    operation_id="download_export",
    response=answers(None, NotFound, NoFile, status=410),
    openapi_extra={
        "responses": {
            200: {
                "description": "The file",
                "content": {
                    name.split(";")[0]: {"schema": {"type": "string", "format": "binary"}} for name in TYPES.values()
                },
            }
        }
    },
)
def download_export(request: HttpRequest, export_id: UUID) -> HttpResponseBase:
    """The file, under its French name. Each download is in the audit log."""
    export = services.fetch(actor(request), str(export_id))
    path = path_of(export)
    answer = StreamingHttpResponse(_read(path), content_type=TYPES[export.format])
    answer["Content-Length"] = str(path.stat().st_size)
    answer["Content-Disposition"] = f'attachment; filename="{export.file_name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


@router.get("/export-layouts", response=list[LayoutOut], operation_id="list_export_layouts")
def list_export_layouts(request: HttpRequest, subject: SubjectCode) -> list[LayoutOut]:
    """Choices of columns: the asker's own and the shared ones."""
    return selectors.layouts(actor(request), subject)


@router.post(
    "/export-layouts", response=answers(LayoutOut, InvalidFields, status=201), operation_id="create_export_layout"
)
def create_export_layout(request: HttpRequest, body: LayoutIn) -> Status[LayoutOut]:
    """Keep a choice of columns under a name; the asker's own of that name is replaced."""
    user = actor(request)
    return Status(201, selectors.layout_out(services.keep_layout(user, body), user))


@router.patch(
    "/export-layouts/{layout_id}",
    response=answers(LayoutOut, InvalidFields, NotFound),
    operation_id="update_export_layout",
)
def update_export_layout(request: HttpRequest, layout_id: int, body: LayoutPatch) -> LayoutOut:
    """Rename, share, change: one's own only."""
    user = actor(request)
    return selectors.layout_out(services.change_layout(user, layout_id, body), user)


@router.delete("/export-layouts/{layout_id}", response=answers(None, NotFound), operation_id="delete_export_layout")
def delete_export_layout(request: HttpRequest, layout_id: int) -> Status[None]:
    """One's own only."""
    services.drop_layout(actor(request), layout_id)
    return Status(204, None)

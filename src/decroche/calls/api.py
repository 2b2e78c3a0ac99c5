"""The call log, its recordings and its export."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from decroche.accounts.access import AGENT, SUPERVISOR, actor
from decroche.calls import export, playback, selectors
from decroche.calls.errors import NoRecording
from decroche.calls.schemas import CallDetail, CallFilters, CallListFilters, CallPage
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers, language_of

router = Router(tags=["calls"], auth=AGENT)


@router.get("/calls", response=answers(CallPage, InvalidFields), operation_id="list_calls")
def list_calls(request: HttpRequest, filters: Query[CallListFilters]) -> CallPage:
    """The latest first. An agent sees his own."""
    return selectors.page(actor(request), filters)


@router.get(
    "/calls/export.csv",
    auth=SUPERVISOR,
    operation_id="export_calls",
    openapi_extra={"responses": {200: {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}},
)
def export_calls(request: HttpRequest, filters: Query[CallFilters]) -> HttpResponseBase:
    """The filtered log for a spreadsheet: UTF-8 with its mark, semicolons, streamed."""
    return export.response(actor(request), filters, language_of(request))


@router.get("/calls/{uuid:call_id}", response=answers(CallDetail, NotFound), operation_id="get_call")
def get_call(request: HttpRequest, call_id: UUID) -> CallDetail:
    """One call, whole. An agent sees his own."""
    return selectors.detail(actor(request), call_id)


@router.get(
    "/calls/{uuid:call_id}/recording",
    operation_id="get_call_recording",
    response=answers(None, NotFound, NoRecording, status=404),
    openapi_extra={
        "responses": {
            200: {"description": "OK", "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}}},
            206: {
                "description": "A range",
                "content": {"audio/wav": {"schema": {"type": "string", "format": "binary"}}},
            },
        }
    },
)
def get_call_recording(request: HttpRequest, call_id: UUID, recording_id: UUID | None = None) -> HttpResponseBase:
    """The latest recording of the call, or the one named; HTTP ranges. Each playback is in the audit log."""
    return playback.response(request, actor(request), call_id, recording_id)

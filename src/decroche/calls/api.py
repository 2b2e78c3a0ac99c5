"""The call log and its recordings."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from decroche.accounts.access import AGENT, actor
from decroche.calls import playback, selectors
from decroche.calls.errors import NoRecording
from decroche.calls.schemas import CallDetail, CallListFilters, CallPage
from decroche.common.errors import Forbidden, InvalidFields, NotFound
from decroche.common.http import answers

router = Router(tags=["calls"], auth=AGENT)


@router.get("/calls", response=answers(CallPage, InvalidFields), operation_id="list_calls")
def list_calls(request: HttpRequest, filters: Query[CallListFilters]) -> CallPage:
    """The latest first. An agent sees his own."""
    return selectors.page(actor(request), filters)


@router.get("/calls/{uuid:call_id}", response=answers(CallDetail, NotFound), operation_id="get_call")
def get_call(request: HttpRequest, call_id: UUID) -> CallDetail:
    """One call, whole. An agent sees his own."""
    return selectors.detail(actor(request), call_id)


@router.get(
    "/calls/{uuid:call_id}/recording",
    operation_id="get_call_recording",
    response=answers(None, NotFound, NoRecording, Forbidden, status=404),
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
def get_call_recording(
    request: HttpRequest, call_id: UUID, recording_id: UUID | None = None, download: bool = False
) -> HttpResponseBase:
    """The latest recording of the call, or the one named; HTTP ranges. Each playback is in the audit log.

    `download`: as a file to keep, for supervisors; in the audit log as such.
    """
    return playback.response(request, actor(request), call_id, recording_id, download=download)

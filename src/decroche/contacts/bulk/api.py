"""Bulk actions: supervisors start, follow, cancel and undo."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import SUPERVISOR, actor
from decroche.campaigns.errors import CampaignArchived
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.contacts.bulk import services
from decroche.contacts.bulk.errors import CannotUndo, NothingSelected, SelectionChanged
from decroche.contacts.bulk.schemas import BulkIn, BulkOut

router = Router(auth=SUPERVISOR, tags=["contacts"])


@router.post(
    "/bulk-actions",
    response=answers(BulkOut, InvalidFields, NotFound, CampaignArchived, NothingSelected, SelectionChanged, status=201),
    operation_id="start_bulk_action",
)
def start_bulk_action(request: HttpRequest, body: BulkIn) -> Status[BulkOut]:
    """Do one thing to many contacts: at once where they are few, by the worker where they are many."""
    user = actor(request)
    return Status(201, services.action_out(services.start(user, body), user))


@router.get("/bulk-actions", response=list[BulkOut], operation_id="list_bulk_actions")
def list_bulk_actions(request: HttpRequest) -> list[BulkOut]:
    """The last fifty."""
    user = actor(request)
    return [services.action_out(one, user) for one in services.recent_actions()]


@router.get("/bulk-actions/{action_id}", response=answers(BulkOut, NotFound), operation_id="get_bulk_action")
def get_bulk_action(request: HttpRequest, action_id: int) -> BulkOut:
    """How far it is."""
    return services.action_out(services.get_action(action_id), actor(request))


@router.post("/bulk-actions/{action_id}/cancel", response=answers(BulkOut, NotFound), operation_id="cancel_bulk_action")
def cancel_bulk_action(request: HttpRequest, action_id: int) -> BulkOut:
    """Stop after the portion under way."""
    user = actor(request)
    services.cancel(user, action_id)
    return services.action_out(services.get_action(action_id), user)


@router.post(
    "/bulk-actions/{action_id}/undo", response=answers(BulkOut, NotFound, CannotUndo), operation_id="undo_bulk_action"
)
def undo_bulk_action(request: HttpRequest, action_id: int) -> BulkOut:
    """Take it back, as far as nobody has worked on it since."""
    user = actor(request)
    return services.action_out(services.undo(user, action_id), user)

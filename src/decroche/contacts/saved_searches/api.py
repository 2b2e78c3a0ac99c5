"""Saved searches: everybody keeps his own; supervisors share them."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import AGENT, actor
from decroche.common.errors import Forbidden, InvalidFields, NotFound
from decroche.common.http import answers
from decroche.contacts.saved_searches import services
from decroche.contacts.saved_searches.schemas import SavedSearchIn, SavedSearchOut, SavedSearchPatch

router = Router(auth=AGENT, tags=["contacts"])


@router.get("/saved-searches", response=list[SavedSearchOut], operation_id="list_saved_searches")
def list_saved_searches(request: HttpRequest) -> list[SavedSearchOut]:
    """The user's own and those shared with him, by name."""
    return services.list_searches(actor(request))


@router.post(
    "/saved-searches",
    response=answers(SavedSearchOut, InvalidFields, Forbidden, status=201),
    operation_id="create_saved_search",
)
def create_saved_search(request: HttpRequest, body: SavedSearchIn) -> Status[SavedSearchOut]:
    """Keep a filter under a name."""
    user = actor(request)
    return Status(201, services.search_out(services.save_search(user, body), user))


@router.patch(
    "/saved-searches/{search_id}",
    response=answers(SavedSearchOut, InvalidFields, NotFound, Forbidden),
    operation_id="update_saved_search",
)
def update_saved_search(request: HttpRequest, search_id: int, body: SavedSearchPatch) -> SavedSearchOut:
    """Rename, share, or replace the filter."""
    user = actor(request)
    return services.search_out(services.change_search(user, search_id, body), user)


@router.delete(
    "/saved-searches/{search_id}", response=answers(None, NotFound, Forbidden), operation_id="delete_saved_search"
)
def delete_saved_search(request: HttpRequest, search_id: int) -> Status[None]:
    """Forget it; the contacts stay."""
    services.delete_search(actor(request), search_id)
    return Status(204, None)

"""Callbacks: agents see and move their own and those of nobody in their campaigns; supervisors all."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import AGENT, actor
from decroche.accounts.audit import record
from decroche.callbacks import selectors, services
from decroche.callbacks.errors import CallbackOver
from decroche.callbacks.schemas import CallbackOut, CallbackPage, CallbackPatch
from decroche.common.clock import SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers
from decroche.contacts.schemas import Limit

CLOCK = SystemClock()
router = Router(auth=AGENT, tags=["callbacks"])


@router.get("/callbacks", response=answers(CallbackPage, InvalidFields), operation_id="list_callbacks")
def list_callbacks(
    request: HttpRequest,
    mine: bool = False,
    state: Literal["scheduled", "done", "cancelled", "late", "all"] = "scheduled",
    campaign_id: int | None = None,
    owner_id: int | None = None,
    contact_id: int | None = None,
    due_from: datetime | None = None,
    due_to: datetime | None = None,
    cursor: str = "",
    limit: Limit = 50,
) -> CallbackPage:
    """Promises by state; `late` are the scheduled ones past their time; `due_to` is excluded."""
    return selectors.list_callbacks(
        actor(request),
        selectors.Wanted(mine, state, campaign_id, owner_id, contact_id, due_from, due_to),
        cursor=cursor,
        limit=limit,
    )


@router.patch(
    "/callbacks/{callback_id}",
    response=answers(CallbackOut, InvalidFields, NotFound, CallbackOver),
    operation_id="update_callback",
)
def update_callback(request: HttpRequest, callback_id: int, body: CallbackPatch) -> CallbackOut:
    """Move a promise, hand it over, or change its note."""
    user = actor(request)
    callback = selectors.get_callback(user, callback_id)
    owner = None if body.owner_id is None else selectors.future_owner(body.owner_id)
    services.change(
        callback.pk,
        now=CLOCK.now(),
        due_at=body.due_at,
        owner=owner,
        to_team="owner_id" in body.model_fields_set and owner is None,
        note=body.note,
    )
    record(user, "callback.update", callback, fields=sorted(body.model_fields_set))
    return selectors.callback_out(callback_id, user)


@router.post(
    "/callbacks/{callback_id}/cancel",
    response=answers(CallbackOut, NotFound, CallbackOver),
    operation_id="cancel_callback",
)
def cancel_callback(request: HttpRequest, callback_id: int) -> CallbackOut:
    """Cancel a promise; the contact goes back to the ordinary queue."""
    user = actor(request)
    callback = selectors.get_callback(user, callback_id)
    services.cancel(callback.pk, now=CLOCK.now())
    record(user, "callback.cancel", callback)
    return selectors.callback_out(callback_id, user)

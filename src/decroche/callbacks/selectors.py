"""Reading callbacks for screens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Q, QuerySet

from decroche.accounts.models import User
from decroche.callbacks.models import Callback
from decroche.callbacks.schemas import CallbackOut, CallbackPage
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.access import campaign_ids_of
from decroche.contacts.records import campaign_ref, contact_refs, person
from decroche.contacts.schemas import CampaignRef, ContactRef

CLOCK = SystemClock()
StateFilter = Literal["scheduled", "done", "cancelled", "late", "all"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters of a list; None and False leave them out. `due_to` is excluded."""

    mine: bool = False
    state: StateFilter = "scheduled"
    campaign_id: int | None = None
    owner_id: int | None = None
    contact_id: int | None = None
    due_from: datetime | None = None
    due_to: datetime | None = None


def visible_callbacks(user: User) -> QuerySet[Callback]:
    """Supervisors: all. Agents: their own, and those of their campaigns that nobody owns."""
    callbacks = Callback.objects.select_related("contact", "campaign", "owner", "created_by")
    if user.is_supervisor:
        return callbacks
    return callbacks.filter(Q(owner=user) | Q(owner=None, campaign__in=campaign_ids_of(user)))


def get_callback(user: User, callback_id: int) -> Callback:
    """Raises NotFound."""
    callback = visible_callbacks(user).filter(pk=callback_id).first()
    if callback is None:
        raise NotFound
    return callback


def promised_to(contact_ids: Collection[int]) -> dict[tuple[int, int], datetime]:
    """(contact, campaign) → when it is promised to be called back; without those that are promised nothing."""
    found = Callback.objects.filter(contact__in=contact_ids, state=Callback.State.SCHEDULED).order_by("-due_at")
    return {(one.contact_id, one.campaign_id): one.due_at for one in found}


def future_owner(owner_id: int) -> User:
    """Who may be given a promise: anybody who can sign in. Raises InvalidFields."""
    owner = User.objects.filter(pk=owner_id, is_active=True).first()
    if owner is None:
        raise InvalidFields(owner_id=("Cette personne n'est plus là.", "This person is no longer here."))
    return owner


def list_callbacks(user: User, wanted: Wanted, *, cursor: str, limit: int, clock: Clock = CLOCK) -> CallbackPage:
    """Scheduled ones soonest first, others latest first."""
    now = clock.now()
    found = filtered(user, wanted, now)
    soonest = wanted.state in ("scheduled", "late")
    total = None if cursor else found.count()
    if cursor:
        due_at, pk = decode_cursor(cursor, datetime.fromisoformat, int)
        found = found.filter(
            Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=pk)
            if soonest
            else Q(due_at__lt=due_at) | Q(due_at=due_at, pk__lt=pk)
        )
    ordered = found.order_by("due_at", "pk") if soonest else found.order_by("-due_at", "-pk")
    page, next_cursor = cut(list(ordered[: limit + 1]), limit, lambda one: (one.due_at.isoformat(), one.pk))
    refs = contact_refs(one.contact for one in page)
    items = [row_out(one, refs[one.contact_id], now) for one in page]
    return CallbackPage(items=items, next_cursor=next_cursor, total=total)


def filtered(user: User, wanted: Wanted, now: datetime) -> QuerySet[Callback]:
    """Those that the user may see and asked for, in no order."""
    found = visible_callbacks(user)
    if wanted.state == "late":
        found = found.filter(state=Callback.State.SCHEDULED, due_at__lt=now)
    elif wanted.state != "all":
        found = found.filter(state=wanted.state)
    given = {
        "owner": user.pk if wanted.mine else wanted.owner_id,
        "campaign": wanted.campaign_id,
        "contact": wanted.contact_id,
        "due_at__gte": wanted.due_from,
        "due_at__lt": wanted.due_to,
    }
    return found.filter(**{name: value for name, value in given.items() if value is not None})


def callback_out(callback_id: int, user: User, clock: Clock = CLOCK) -> CallbackOut:
    """One callback, even where the user has just given it to somebody else. Raises NotFound."""
    found = Callback.objects.select_related("contact", "campaign", "owner", "created_by").filter(pk=callback_id).first()
    if found is None:
        raise NotFound
    return row_out(found, contact_refs([found.contact])[found.contact_id], clock.now())


def row_out(one: Callback, contact: ContactRef, now: datetime) -> CallbackOut:
    """A callback as shown."""
    return CallbackOut.model_validate(
        {
            "id": one.pk,
            "contact": contact,
            "campaign": campaign_ref(one.campaign) or CampaignRef(id=one.campaign_id, name=""),
            "due_at": one.due_at,
            "late": one.state == Callback.State.SCHEDULED and one.due_at < now,
            "owner": person(one.owner),
            "note": one.note,
            "state": one.state,
            "origin": one.origin,
            "created_by": person(one.created_by),
            "created_at": one.created_at,
            "made_in_call_id": one.made_in_call_id,
            "kept_in_call_id": one.kept_in_call_id,
        }
    )

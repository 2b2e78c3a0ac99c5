"""Starting, cancelling and undoing bulk actions. Few contacts are done at once; many are the worker's."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.models import Campaign
from decroche.campaigns.outlook.selectors import outlook_out
from decroche.campaigns.services import lock
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts import values
from decroche.contacts.bulk.errors import BY_CODE, CannotUndo, NothingSelected, SelectionChanged
from decroche.contacts.bulk.run import run_action, run_undo
from decroche.contacts.bulk.schemas import BulkIn, BulkOut
from decroche.contacts.bulk.selection import Selection, kept, selected
from decroche.contacts.models import BulkAction, Contact, CustomField
from decroche.contacts.records import TEXT_FIELDS, campaign_ref, person

CLOCK = SystemClock()
Status = BulkAction.Status
AT_ONCE = 500
RECENT = 50
CANNOT_UNDO = ("erase",)
NEVER_CHANGED = ("email", "client_code", "siret")
"""They tell one contact from another: never the same for many."""


def start(user: User, body: BulkIn, clock: Clock = CLOCK) -> BulkAction:
    """Raises InvalidFields, NotFound, CampaignArchived, NothingSelected, SelectionChanged (of an erasure)."""
    what = _what(body)
    selection = _chosen(body)
    if same := _under_way(body, selection, what):
        return get_action(same.pk)
    count = selected(user, selection).count()
    if not count:
        raise NothingSelected
    if body.kind == "erase" and count != body.expected:
        raise SelectionChanged(expected=body.expected, contacts=count)
    with transaction.atomic():
        action = BulkAction.objects.create(
            kind=body.kind,
            selection=selection,
            what=what,
            campaign_id=body.campaign_id,
            expected=body.expected,
            total=count,
            created_by=user,
            created_at=clock.now(),
        )
        record(user, f"bulk.{body.kind}", action, contacts=count, campaign_id=body.campaign_id, field=body.field)
        if count > AT_ONCE:
            _defer("bulk_action", action.pk)
    if count <= AT_ONCE:
        run_action(action.pk, clock=clock)
    return get_action(action.pk)


def _defer(task: str, action_id: int) -> None:
    from decroche.contacts import tasks

    getattr(tasks, task).defer(action_id=action_id)


def _under_way(body: BulkIn, selection: dict[str, Any], what: dict[str, Any]) -> BulkAction | None:
    """The very same, asked for a moment ago: a button pressed twice, or in two tabs."""
    alive = BulkAction.objects.filter(status__in=(Status.QUEUED, Status.RUNNING), cancel_requested=False)
    return alive.filter(kind=body.kind, campaign=body.campaign_id, selection=selection, what=what).first()


def _chosen(body: BulkIn) -> dict[str, Any]:
    """As plain data. Raises InvalidFields."""
    if body.feed is not None and (body.selection is not None or body.kind != "assign"):
        raise InvalidFields(feed=("Un seul choix de fiches à la fois.", "One choice of contacts at a time."))
    if body.feed is not None:
        return {"feed": body.feed.model_dump(mode="json", by_alias=True, exclude_none=True)}
    return kept(body.selection or Selection())


def _what(body: BulkIn) -> dict[str, Any]:
    """The facts of the act, checked."""
    if body.kind in ("assign", "withdraw"):
        if body.campaign_id is None:
            raise InvalidFields(campaign_id=("Choisissez une campagne.", "Choose a campaign."))
        with transaction.atomic():
            lock(body.campaign_id, editable=body.kind == "assign")
        return _place(body) if body.kind == "assign" else {}
    if body.campaign_id is not None and not Campaign.objects.filter(pk=body.campaign_id).exists():
        raise NotFound
    return {"field": body.field, "value": value_for(body.field, body.value)} if body.kind == "change" else {}


def _place(body: BulkIn) -> dict[str, Any]:
    """Where in the queue."""
    if body.feed is None:
        return {"priority": body.priority}
    return {"priority": body.feed.priority, "batch_id": body.feed.batch_id, "list_name": body.feed.list_name}


def value_for(name: str, value: Any) -> Any:
    """The value as a contact keeps it. Raises InvalidFields."""
    if name.startswith("custom."):
        known = CustomField.objects.filter(key=name.removeprefix("custom.")).first()
        if known is None:
            raise InvalidFields(field=_NO_FIELD)
        try:
            return None if value in (None, "") else values.custom_value(known.kind, known.choices, value)
        except ValueError as error:
            raise InvalidFields(value=error.args[0]) from error
    if name not in TEXT_FIELDS or name in NEVER_CHANGED:
        raise InvalidFields(field=_NO_FIELD)
    text = values.clean(str(value or ""))
    if name == "country":
        text = values.country(text or "FR") or ""
        if not text:
            raise InvalidFields(value=values.UNKNOWN_COUNTRY)
    longest = Contact._meta.get_field(name).max_length or 0  # type: ignore[union-attr]
    if len(text) > longest:
        raise InvalidFields(value=(f"{longest} caractères au plus.", f"{longest} characters at most."))
    return text


_NO_FIELD = (
    "Ce champ ne peut pas être changé pour plusieurs fiches.",
    "This field cannot be changed for many contacts.",
)


def get_action(action_id: int) -> BulkAction:
    """Raises NotFound."""
    action = BulkAction.objects.select_related("campaign", "created_by", "outlook").filter(pk=action_id).first()
    if action is None:
        raise NotFound
    return action


def recent_actions() -> list[BulkAction]:
    """Newest first."""
    return list(BulkAction.objects.select_related("campaign", "created_by", "outlook")[:RECENT])


@transaction.atomic
def cancel(user: User, action_id: int) -> None:
    """Stop after the portion under way; what is done stays, and may be undone. Raises NotFound."""
    action = BulkAction.objects.select_for_update().filter(pk=action_id).first()
    if action is None:
        raise NotFound
    if action.status in (Status.QUEUED, Status.RUNNING) and not action.cancel_requested:
        action.cancel_requested = True
        action.save(update_fields=["cancel_requested"])
        record(user, "bulk.cancel", action)


def undo(user: User, action_id: int, clock: Clock = CLOCK) -> BulkAction:
    """Take an action back. Raises NotFound, CannotUndo."""
    with transaction.atomic():
        action = BulkAction.objects.select_for_update().filter(pk=action_id).first()
        if action is None:
            raise NotFound
        if not can_undo(action):
            raise CannotUndo
        changed = action.items.filter(before__isnull=False).count()
        action.status, action.total, action.done, action.finished_at = Status.UNDOING, changed, 0, None
        action.save(update_fields=["status", "total", "done", "finished_at"])
        record(user, "bulk.undo", action, contacts=changed)
        if changed > AT_ONCE:
            _defer("bulk_undo", action.pk)
    if changed <= AT_ONCE:
        run_undo(action.pk, clock=clock)
    return get_action(action.pk)


def can_undo(action: BulkAction) -> bool:
    """Whether it did something that can be taken back."""
    over = action.status in (Status.DONE, Status.CANCELLED, Status.FAILED)
    return over and action.kind not in CANNOT_UNDO and action.items.filter(before__isnull=False).exists()


def action_out(action: BulkAction, user: User) -> BulkOut:
    """As the API shows it."""
    error = BY_CODE.get(action.error)
    facts = {"expected": action.expected, "contacts": action.total}
    return BulkOut(
        id=action.pk,
        kind=action.kind,  # type: ignore[arg-type]
        status=action.status,  # type: ignore[arg-type]
        campaign=campaign_ref(action.campaign),
        field=action.what.get("field", ""),
        total=action.total,
        done=action.done,
        counts=action.counts,
        outlook=outlook_out(outlook, user) if (outlook := getattr(action, "outlook", None)) else None,
        error=error(**facts).sentence("en" if user.language == "en" else "fr") if error else "",
        can_cancel=action.status in (Status.QUEUED, Status.RUNNING) and not action.cancel_requested,
        can_undo=can_undo(action),
        created_by=person(action.created_by),
        created_at=action.created_at,
        finished_at=action.finished_at,
    )

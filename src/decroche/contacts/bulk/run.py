"""Carrying a bulk action out: the contacts are written down, then done a portion at a time, each in a transaction.

So progress survives a reload and a lost worker: who takes it up again goes on with those that are left.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog
from django.db import connection, transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.feeding import admit
from decroche.campaigns.outlook import services as outlooks
from decroche.campaigns.tasks import settle_soon
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import DomainError
from decroche.common.notify import notify_floor
from decroche.contacts.bulk.acts import ACTS, UNDOS, Before
from decroche.contacts.bulk.errors import BulkFailed, NothingSelected, SelectionChanged
from decroche.contacts.bulk.selection import selected
from decroche.contacts.models import BulkAction, BulkItem, Contact, MergeUndo

log = structlog.get_logger()
CLOCK = SystemClock()
Status = BulkAction.Status
PORTION = 2000
UNDO_KEPT = timedelta(days=30)
TOLD_ONE_BY_ONE = 500
"""Up to so many contacts the desktops are told of each; beyond, they see it as they open a record."""


def never() -> bool:
    return False


def run_action(action_id: int, *, should_stop: Callable[[], bool] = never, clock: Clock = CLOCK) -> None:
    """Do what is left of an action; nothing where it is over."""
    action = BulkAction.objects.filter(pk=action_id, status__in=[Status.QUEUED, Status.RUNNING]).first()
    if action is None or action.created_by is None:
        return
    try:
        if action.status == Status.QUEUED:
            _write_down(action, action.created_by)
        while not should_stop() and _portion(action, action.created_by, clock):
            pass
        if should_stop():  # the next worker goes on
            return
    except DomainError as error:
        _end(action, Status.FAILED, clock, error.code)
    except Exception:
        log.exception("bulk_failed", action=action.pk)
        _end(action, Status.FAILED, clock, BulkFailed.code)


def _locked(action: BulkAction) -> BulkAction:
    """Two workers never do the same portion."""
    return BulkAction.objects.select_for_update().get(pk=action.pk)


@transaction.atomic
def _write_down(action: BulkAction, user: User) -> None:
    if _locked(action).status != Status.QUEUED:  # somebody else has
        return
    sql, values = selected(user, action.selection).values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO contacts_bulkitem (action_id, contact_id, done) SELECT %s, id, FALSE FROM ({sql}) f (id)",  # noqa: S608
            [action.pk, *values],
        )
        action.total = cursor.rowcount
    if not action.total:
        raise NothingSelected
    if action.kind == BulkAction.Kind.ERASE and action.total != action.expected:
        raise SelectionChanged(expected=action.expected, contacts=action.total)
    action.status = Status.RUNNING
    action.save(update_fields=["status", "total"])


@transaction.atomic
def _portion(action: BulkAction, user: User, clock: Clock) -> bool:
    """Do some; whether more are left."""
    action = _locked(action)
    if action.status != Status.RUNNING:
        return False
    if action.cancel_requested:
        _end(action, Status.CANCELLED, clock)
        if action.kind == BulkAction.Kind.ASSIGN and action.done:
            settle_soon(action.campaign_id)
        return False
    items = list(BulkItem.objects.filter(action=action, done=False).order_by("contact_id")[:PORTION])
    if not items:
        _end(action, Status.DONE, clock)
        if action.kind == BulkAction.Kind.ASSIGN:
            outlooks.of_action(action, clock)
        return False
    there = Contact.objects.filter(pk__in=[one.contact_id for one in items], erased_at=None)
    ids = sorted(there.values_list("pk", flat=True))
    done = ACTS[action.kind](action, user, ids, clock)
    if len(ids) < len(items):
        done.counts["gone"] += len(items) - len(ids)
    _note(items, done.before)
    action.done += len(items)
    action.counts = dict(Counter(action.counts) + done.counts)
    action.save(update_fields=["done", "counts"])
    _tell(action, ids)
    return True


def _note(items: Sequence[BulkItem], before: Before) -> None:
    """One statement: Django's own takes longer for it than the act itself."""
    kept = [json.dumps(before[one.contact_id]) if one.contact_id in before else None for one in items]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE contacts_bulkitem i SET done = TRUE, before = noted.before::jsonb"
            " FROM unnest(%s::bigint[], %s::text[]) AS noted (id, before) WHERE i.id = noted.id",
            [[one.pk for one in items], kept],
        )


def run_undo(action_id: int, *, should_stop: Callable[[], bool] = never, clock: Clock = CLOCK) -> None:
    """Take back what is left to take back."""
    action = BulkAction.objects.filter(pk=action_id, status=Status.UNDOING).first()
    if action is None or action.created_by is None:
        return
    try:
        while not should_stop() and _portion_back(action, action.created_by, clock):
            pass
    except Exception:
        log.exception("bulk_undo_failed", action=action.pk)
        _end(action, Status.FAILED, clock, BulkFailed.code)


@transaction.atomic
def _portion_back(action: BulkAction, user: User, clock: Clock) -> bool:
    action = _locked(action)
    if action.status != Status.UNDOING:
        return False
    items = list(BulkItem.objects.filter(action=action, before__isnull=False).order_by("contact_id")[:PORTION])
    if not items:
        _end(action, Status.UNDONE, clock)
        return False
    counts = UNDOS[action.kind](action, user, {one.contact_id: one.before or {} for one in items}, clock)
    BulkItem.objects.filter(pk__in=[one.pk for one in items]).update(before=None)
    action.done += len(items)
    action.counts = dict(Counter(action.counts) + counts)
    action.save(update_fields=["done", "counts"])
    _tell(action, [one.contact_id for one in items])
    return True


def forget_before(clock: Clock = CLOCK) -> None:
    """Values that were there before are kept as long as an action may be undone, no longer."""
    old = BulkAction.objects.filter(created_at__lt=clock.now() - UNDO_KEPT)
    BulkItem.objects.filter(action__in=old).delete()
    MergeUndo.objects.filter(merged__at__lt=clock.now() - UNDO_KEPT).delete()


def _tell(action: BulkAction, ids: list[int]) -> None:
    if action.campaign_id and action.kind in ("assign", "withdraw"):
        notify_floor("queue_changed", campaign_id=action.campaign_id)
    elif action.total <= TOLD_ONE_BY_ONE:
        for pk in ids:
            notify_floor("contact_changed", id=pk)


def _end(action: BulkAction, status: BulkAction.Status, clock: Clock, error: str = "") -> None:
    action.status, action.error, action.finished_at = status, error, clock.now()
    action.save(update_fields=["status", "error", "finished_at"])
    record(action.created_by, f"bulk.{status}", action, kind=action.kind, contacts=action.done, **action.counts)
    if action.kind == BulkAction.Kind.ASSIGN and action.campaign is not None:
        admit(action.campaign)

"""Jobs of the worker: imports, roll-backs, and taking up again what a lost worker left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from decroche.contacts.bulk.run import forget_before, run_action, run_undo
from decroche.contacts.imports.roll_back import run_roll_back
from decroche.contacts.imports.run import clean_uploads, run_import
from decroche.contacts.models import BulkAction, ImportBatch

log = structlog.get_logger()
LATELY = timedelta(minutes=1)
"""What a request has just begun itself is not lost."""


# One at a time: two imports side by side would not see each other's duplicates.
@app.task(name="import_batch", queue="imports", lock="imports", pass_context=True)
def import_batch(context: JobContext, batch_id: int) -> None:
    """Import a queued batch."""
    run_import(batch_id, should_stop=context.should_abort)


@app.task(name="roll_back_batch", queue="imports", lock="imports")
def roll_back_batch(batch_id: int) -> None:
    """Take a batch back."""
    run_roll_back(batch_id)


@app.task(name="bulk_action", queue="bulk", pass_context=True)
def bulk_action(context: JobContext, action_id: int) -> None:
    """Do one thing to many contacts."""
    run_action(action_id, should_stop=context.should_abort)


@app.task(name="bulk_undo", queue="bulk", pass_context=True)
def bulk_undo(context: JobContext, action_id: int) -> None:
    """Take it back."""
    run_undo(action_id, should_stop=context.should_abort)


@app.periodic(cron="20 3 * * *")
@app.task(name="clean_uploads", queue="recovery", queueing_lock="clean_uploads")
def clean_uploads_nightly(timestamp: int) -> None:
    """Files of prospects do not lie about."""
    clean_uploads()


@app.periodic(cron="40 3 * * *")
@app.task(name="forget_before", queue="recovery", queueing_lock="forget_before")
def forget_before_nightly(timestamp: int) -> None:
    """Nor do former values."""
    forget_before()


def redefer_orphans() -> list[int]:
    """Batches that wait or run while no job is there for them (it failed, or was aborted with its worker)."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    alive = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), queue_name="imports")
    with_job = {job.args.get("batch_id") for job in alive}
    orphans: list[int] = []
    statuses: dict[str, Any] = {
        ImportBatch.Status.QUEUED: import_batch,
        ImportBatch.Status.RUNNING: import_batch,
        ImportBatch.Status.ROLLING_BACK: roll_back_batch,
    }
    for batch in ImportBatch.objects.filter(status__in=list(statuses)).exclude(pk__in=with_job):
        log.warning("batch_without_job", batch=batch.pk)
        statuses[batch.status].defer(batch_id=batch.pk)
        orphans.append(batch.pk)
    return orphans + _redefer_actions()


def _redefer_actions() -> list[int]:
    """Bulk actions likewise."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    alive = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), queue_name="bulk")
    with_job = {job.args.get("action_id") for job in alive}
    status = BulkAction.Status
    lost = BulkAction.objects.filter(
        status__in=[status.QUEUED, status.RUNNING, status.UNDOING], created_at__lt=timezone.now() - LATELY
    ).exclude(pk__in=with_job)
    orphans = list(lost)
    for action in orphans:
        log.warning("bulk_action_without_job", action=action.pk)
        (bulk_undo if action.status == status.UNDOING else bulk_action).defer(action_id=action.pk)
    return [action.pk for action in orphans]

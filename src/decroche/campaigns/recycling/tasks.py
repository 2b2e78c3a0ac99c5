"""Jobs of the worker: long recyclings, their undoing, and taking up again what a lost worker left."""

from __future__ import annotations

from procrastinate.contrib.django import app

from decroche.campaigns.recycling import run
from decroche.campaigns.recycling.models import Recycling

UNDO_FOR_DAYS = 90


@app.task(name="recycle_entries", queue="recycling")
def recycle_entries(recycling_id: int) -> None:
    """Put back what is left to put back."""
    run.run(recycling_id)


@app.task(name="undo_recycling", queue="recycling")
def undo_recycling(recycling_id: int) -> None:
    """Take back what is left to take back."""
    run.undo(recycling_id)


@app.periodic(cron="40 3 * * *")
@app.task(name="forget_recyclings", queue="recovery", queueing_lock="forget_recyclings")
def forget_recyclings(timestamp: int) -> None:
    """An undo is for the days after; what entries were before does not pile up."""
    run.forget(UNDO_FOR_DAYS)


def redefer_recyclings() -> list[int]:
    """Recyclings under way that no job is there for."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    alive = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), queue_name="recycling")
    with_job = {job.args.get("recycling_id") for job in alive}
    jobs = {Recycling.Status.RUNNING: recycle_entries, Recycling.Status.UNDOING: undo_recycling}
    orphans = []
    for row in Recycling.objects.filter(status__in=list(jobs)).exclude(pk__in=with_job):
        jobs[Recycling.Status(row.status)].defer(recycling_id=row.pk)
        orphans.append(row.pk)
    return orphans

"""Jobs of the worker: exports, the end of their time, and taking up again what a lost worker left."""

from __future__ import annotations

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app

from decroche.exports.models import Export
from decroche.exports.run import clean_exports, run_export

log = structlog.get_logger()


@app.task(name="make_export", queue="exports", pass_context=True)
def make_export(context: JobContext, export_id: str) -> None:
    """Write a queued export's file."""
    run_export(export_id, should_stop=context.should_abort)


@app.periodic(cron="40 * * * *")
@app.task(name="clean_exports", queue="recovery", queueing_lock="clean_exports")
def clean_exports_hourly(timestamp: int) -> None:
    """Files of persons do not lie about."""
    clean_exports()


def defer(export: Export) -> None:
    """One file at a time for a person: the next waits its turn."""
    make_export.configure(lock=f"exports-{export.created_by_id}").defer(export_id=str(export.pk))


def redefer_orphans() -> list[str]:
    """Exports that wait or run while no job is there for them (it failed, or was aborted with its worker)."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    alive = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), queue_name="exports")
    with_job = {job.args.get("export_id") for job in alive}
    waiting = Export.objects.filter(status__in=(Export.Status.QUEUED, Export.Status.RUNNING))
    orphans = [one for one in waiting if str(one.pk) not in with_job]
    for export in orphans:
        log.warning("export_without_job", export=str(export.pk))
        defer(export)
    return [str(one.pk) for one in orphans]

"""Jobs of the worker: the end of data's time, each night and when asked."""

from __future__ import annotations

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app

from decroche.privacy.access import run as access
from decroche.privacy.errors import RetentionUnderWay
from decroche.privacy.models import AccessRequest, RetentionRun
from decroche.privacy.retention import services

log = structlog.get_logger()


@app.task(name="retention", queue="retention", lock="retention", pass_context=True)
def retention(context: JobContext) -> None:
    """Remove what is past its time, as far as it was asked."""
    services.work(should_stop=context.should_abort)


@app.periodic(cron="10 2 * * *")
@app.task(name="retention_nightly", queue="retention", lock="retention", queueing_lock="retention", pass_context=True)
def retention_nightly(context: JobContext, timestamp: int) -> None:
    """Each night; one that was left in the middle goes on first."""
    services.work(should_stop=context.should_abort)
    try:
        services.ask(None)
    except RetentionUnderWay:
        return
    services.work(should_stop=context.should_abort)


@app.task(name="access_request", queue="access")
def access_request(request_id: str) -> None:
    """Make one person's archive."""
    access.make(request_id)


@app.periodic(cron="50 * * * *")
@app.task(name="clean_access", queue="recovery", queueing_lock="clean_access")
def clean_access_hourly(timestamp: int) -> None:
    """A person's whole life does not lie about."""
    access.clean()


def defer_access(asked: AccessRequest) -> None:
    """For the worker, at once."""
    access_request.defer(request_id=str(asked.pk))


def redefer_orphans() -> list[int]:
    """A removal that was asked and is not finished, an archive that waits, while no job is there for them."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    making = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), queue_name="access")
    with_job = {job.args.get("request_id") for job in making}
    for asked in AccessRequest.objects.filter(status=AccessRequest.Status.QUEUED):
        if str(asked.pk) not in with_job:
            log.warning("access_request_without_job", request=str(asked.pk))
            defer_access(asked)

    waiting = list(RetentionRun.objects.filter(finished_at=None).values_list("pk", flat=True))
    alive = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), queue_name="retention")
    if not waiting or alive.exists():
        return []
    log.warning("retention_without_job", runs=len(waiting))
    retention.defer()
    return waiting

"""Jobs of the worker: counting, and forgetting old counts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from decroche.campaigns.outlook import services
from decroche.campaigns.outlook.models import Outlook

KEPT = timedelta(days=30)


@app.task(name="count_outlook", queue="outlook")
def count_outlook(outlook_id: int) -> None:
    """Count contacts by what the rules say of them."""
    services.run(outlook_id)


@app.periodic(cron="40 3 * * *")
@app.task(name="forget_outlooks", queue="recovery", queueing_lock="forget_outlooks")
def forget_outlooks(timestamp: int) -> None:
    """Counts made before an assignment are for the moment; those of batches stay with them."""
    Outlook.objects.filter(batch=None, created_at__lt=timezone.now() - KEPT).delete()


def redefer_orphans() -> list[int]:
    """Counts under way that no job is there for: whoever looks at them would wait for ever."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    alive = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), queue_name="outlook")
    with_job = [job.args.get("outlook_id") for job in alive]
    orphans = list(
        Outlook.objects.filter(status=Outlook.Status.COUNTING).exclude(pk__in=with_job).values_list("pk", flat=True)
    )
    for pk in orphans:
        count_outlook.defer(outlook_id=pk)
    return orphans

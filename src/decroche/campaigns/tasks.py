"""Jobs of the worker: entries are admitted to their campaign's steering, and the hopeless leave the queue."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from decroche.campaigns import settling
from decroche.campaigns.models import Campaign
from decroche.campaigns.steering import admission, services
from decroche.common.jobs import within
from decroche.common.notify import notify_floor
from decroche.compliance.numbers import MAINLAND

log = structlog.get_logger()


@app.task(name="admit_entries", queue="steering", lock="steering")
def admit_entries(campaign_id: int) -> None:
    """All that wait find their place in what steers the campaign now."""
    row = Campaign.objects.filter(pk=campaign_id).first()
    rule = services.rule_of_row(row) if row is not None else None
    if rule is not None:
        written = admission.admit_all(campaign_id, rule, timezone.now())
        log.info("entries_admitted", campaign=campaign_id, entries=written)


@app.periodic(cron="*/2 * * * *")
@app.task(name="admit_again", queue="steering", queueing_lock="admit_again")
def admit_again(timestamp: int) -> None:
    """What fits a filter changes with time, calls and notes: each ten minutes, whoever fits now comes in.

    Sooner where more came in or came due than claims judge by themselves: an import, the night's retries.
    """
    is_sweep = timestamp // 60 % 10 < 2
    for campaign_id in Campaign.objects.filter(steering__gt=0, status="open").values_list("pk", flat=True):
        if is_sweep or admission.is_behind(campaign_id, timezone.now()):
            admit_entries.defer(campaign_id=campaign_id)


@app.periodic(cron="1 * * * *")
@app.task(name="renew_days", queue="steering", queueing_lock="renew_days")
def renew_days(timestamp: int) -> None:
    """Just after midnight, "the last 7 days" of a filter are others: the floor reads it again."""
    if timezone.now().astimezone(ZoneInfo(MAINLAND)).hour == 0:
        for campaign_id in Campaign.objects.filter(filter__isnull=False, status="open").values_list("pk", flat=True):
            notify_floor("campaign_changed", id=campaign_id)


@app.task(name="settle_queue", queue="settling", lock="settling")
def settle_queue(campaign_id: int) -> None:
    """Take the hopeless out of a campaign's queue."""
    settled = settling.settle(campaign_id)
    log.info("queue_settled", campaign=campaign_id, over=settled.over, later=settled.later, again=settled.again)


def settle_soon(campaign_id: int | None = None) -> None:
    """After a change that concerns many: of one campaign, or of all that are open. Once, however often it is asked."""
    open_ones = Campaign.objects.filter(status=Campaign.Status.OPEN).values_list("pk", flat=True)
    for pk in list(open_ones) if campaign_id is None else [campaign_id]:
        try:
            with transaction.atomic():
                within(settle_queue.configure(queueing_lock=f"settle_queue-{pk}")).defer(campaign_id=pk)
        except AlreadyEnqueued:
            continue


@app.periodic(cron="10 4 * * *")
@app.task(name="settle_queues", queue="settling", queueing_lock="settle_queues")
def settle_queues(timestamp: int) -> None:
    """Each night: consents end, and what waited for one's end may be called."""
    settle_soon()

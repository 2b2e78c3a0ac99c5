"""Procrastinate's worker on Django's database, ended gracefully by SIGTERM.

A job in progress has `GRACE_S` to finish; then it is asked to stop, undoes itself, and is for the next worker. Beside
the jobs, webhooks are delivered.
"""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from procrastinate import App

CONCURRENCY = 4
GRACE_S = 8.0
HEARTBEAT_S = 5.0
LOST_AFTER_S = 20
"""Without a sign of life for so long, a worker is taken for dead."""
WATCH_EVERY_S = 10

log = structlog.get_logger()


def run() -> int:
    """Work until SIGTERM or SIGINT; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decroche.config.settings.production")
    import django

    django.setup()
    asyncio.run(_work())
    return 0


async def _work() -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from decroche.integrations.webhooks.loop import Deliverer

    connector = app.connector
    if not isinstance(connector, DjangoConnector):  # pragma: no cover
        raise TypeError("Procrastinate is not on Django's database")
    with app.replace_connector(connector.get_worker_connector()):
        async with app.open_async():
            beside = [asyncio.create_task(_watch(app)), asyncio.create_task(Deliverer().run())]
            log.info("worker_ready", concurrency=CONCURRENCY)
            try:
                await app.run_worker_async(
                    name="decroche",
                    concurrency=CONCURRENCY,
                    shutdown_graceful_timeout=GRACE_S,
                    update_heartbeat_interval=HEARTBEAT_S,
                    fetch_job_polling_interval=5,
                    delete_jobs="successful",
                )
            finally:
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)
    log.info("worker_stopped")


async def _watch(app: App) -> None:
    """Again and again: give the jobs of workers that died to whoever is free, queue what waits without a job."""
    from asgiref.sync import sync_to_async

    from decroche.campaigns.outlook import tasks as outlooks
    from decroche.campaigns.recycling.tasks import redefer_recyclings
    from decroche.contacts import tasks as imports
    from decroche.exports import tasks as exports
    from decroche.messages import tasks as messages
    from decroche.privacy import tasks as privacy

    while True:
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=LOST_AFTER_S):
                log.warning("job_of_lost_worker", task=job.task_name, job=job.id)
                await app.job_manager.retry_job(job)
            for orphans in (
                imports.redefer_orphans,
                redefer_recyclings,
                outlooks.redefer_orphans,
                exports.redefer_orphans,
                messages.redefer_orphans,
                privacy.redefer_orphans,
            ):
                await sync_to_async(orphans)()
        except Exception:  # the database may be away for a moment; another worker may have been quicker
            log.warning("watch_failed", exc_info=True)
        await asyncio.sleep(WATCH_EVERY_S)

"""Procrastinate's worker on Django's database, ended gracefully by SIGTERM.

A job in progress has `GRACE_S` to finish; then it is asked to stop, undoes itself, and is for the next worker.
"""

from __future__ import annotations

import asyncio
import os

import structlog

CONCURRENCY = 4
GRACE_S = 8.0
HEARTBEAT_S = 5.0

log = structlog.get_logger()


def run() -> int:
    """Work until SIGTERM or SIGINT; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decroche.config.settings.production")
    import django

    django.setup()
    asyncio.run(_work())
    return 0


async def _work() -> None:
    from asgiref.sync import sync_to_async
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    from decroche.contacts.tasks import redefer_orphans, retry_stalled

    connector = app.connector
    if not isinstance(connector, DjangoConnector):  # pragma: no cover
        raise TypeError("Procrastinate is not on Django's database")
    with app.replace_connector(connector.get_worker_connector()):
        async with app.open_async():
            await retry_stalled()
            await sync_to_async(redefer_orphans)()
            log.info("worker_ready", concurrency=CONCURRENCY)
            await app.run_worker_async(
                name="decroche",
                concurrency=CONCURRENCY,
                shutdown_graceful_timeout=GRACE_S,
                update_heartbeat_interval=HEARTBEAT_S,
                fetch_job_polling_interval=5,
                delete_jobs="successful",
            )
    log.info("worker_stopped")

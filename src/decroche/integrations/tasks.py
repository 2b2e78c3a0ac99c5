"""Jobs of the worker: what was kept for other programs does not lie about."""

from __future__ import annotations

from procrastinate.contrib.django import app

from decroche.integrations import retention


@app.periodic(cron="40 3 * * *")
@app.task(name="forget_integrations", queue="recovery", queueing_lock="forget_integrations")
def forget_nightly(timestamp: int) -> None:
    """Once a night."""
    retention.forget()

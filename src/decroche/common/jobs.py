"""Jobs that belong to the transaction that asks for them: nobody sees them before it ends, none if it fails."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager


def within(job: JobDeferrer) -> JobDeferrer:
    """The same job (of `task.configure()`), deferred over Django's own connection.

    Inside a worker, Procrastinate has a connection beside: another job may take it up before what it is about is there.
    """
    job.job_manager = JobManager(DjangoConnector())
    return job


def defer(task: Any, **facts: Any) -> None:
    """One of `task`'s jobs with these arguments, with the transaction."""
    within(task.configure()).defer(**facts)

"""Jobs of the worker: e-mails, and taking up again those without a job."""

from __future__ import annotations

from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from decroche.common.jobs import within
from decroche.messages.models import Mail

log = structlog.get_logger()


@app.task(name="send_mail", queue="mails")
def send_mail(mail_id: str) -> None:
    """One attempt; it asks for the next one itself."""
    from decroche.messages.sending import send  # which puts off to a later job itself

    send(UUID(mail_id))


def defer(mail: Mail) -> None:
    """In the transaction of the row: at once, or when the next attempt is due. One attempt at a time."""
    job = within(send_mail.configure(lock=f"mail-{mail.pk}", schedule_at=mail.next_at))
    job.defer(mail_id=str(mail.pk))


def redefer_orphans() -> list[str]:
    """E-mails that wait while no job is there for them (it failed, or was aborted with its worker)."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    alive = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), queue_name="mails")
    with_job = {job.args.get("mail_id") for job in alive}
    orphans = [one for one in Mail.objects.filter(state=Mail.State.QUEUED) if str(one.pk) not in with_job]
    for mail in orphans:
        log.warning("mail_without_job", mail=str(mail.pk))
        defer(mail)
    return [str(one.pk) for one in orphans]

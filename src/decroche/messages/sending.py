"""The worker's part: one attempt at one e-mail, and what follows from it.

The row is locked while the server is spoken to, so that two workers never send the same one. The beginning of an
attempt is written down before: where a worker dies in the middle, nobody knows whether the server has the e-mail, and
it is for a person to send it again.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import structlog
from django.db import transaction

from decroche.common.clock import Clock, SystemClock
from decroche.messages import tasks
from decroche.messages.models import Mail
from decroche.messages.problems import Fault
from decroche.messages.smtp import Letter, deliver

log = structlog.get_logger()
CLOCK = SystemClock()
AGAIN_AFTER = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=3),
)  # fmt: skip
"""After what passes; the attempt after the last of them is the last one."""


def send(mail_id: UUID, clock: Clock = CLOCK) -> None:
    """Does nothing where it was sent, refused or removed meanwhile."""
    if not _begin(mail_id, clock):
        return
    with transaction.atomic():
        mail = _locked(mail_id)
        if mail is not None:
            _settle(mail, _attempt(mail), clock)


@transaction.atomic
def _begin(mail_id: UUID, clock: Clock) -> bool:
    mail = _locked(mail_id)
    if mail is None:
        return False
    if mail.trying_since is not None:
        _settle(mail, Fault("unconfirmed"), clock)
        return False
    mail.trying_since, mail.attempts = clock.now(), mail.attempts + 1
    mail.save(update_fields=["trying_since", "attempts"])
    return True


def _locked(mail_id: UUID) -> Mail | None:
    mails = Mail.objects.select_for_update(of=("self",)).select_related("sender")
    return mails.filter(pk=mail_id, state=Mail.State.QUEUED).first()


def _attempt(mail: Mail) -> Fault | None:
    if mail.sender is None or not mail.sender.enabled:
        return Fault("no_sender")
    return deliver(mail.sender, Letter(mail.message_id, mail.to_address, mail.subject, mail.text))


def _settle(mail: Mail, fault: Fault | None, clock: Clock) -> None:
    now = clock.now()
    mail.trying_since = mail.next_at = None
    mail.problem = fault.problem if fault else ""
    mail.answer, mail.answer_code = (fault.answer, fault.code) if fault else ("", None)
    if fault is not None and fault.passing and mail.attempts <= len(AGAIN_AFTER):
        mail.next_at = now + AGAIN_AFTER[mail.attempts - 1]
        tasks.defer(mail)
    else:
        mail.state, mail.ended_at = Mail.State.REFUSED if fault else Mail.State.SENT, now
    mail.save()
    log.info("mail", mail=str(mail.pk), state=mail.state, problem=mail.problem, attempts=mail.attempts)

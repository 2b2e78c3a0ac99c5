"""An agent says that he has read the notice: who, when, which words. Never taken back, never changed."""

from __future__ import annotations

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.agents.listening.errors import NoticeChanged
from decroche.agents.listening.selectors import in_force
from decroche.agents.models import ListeningAcknowledgment, ListeningNotice
from decroche.common.clock import Clock, SystemClock

CLOCK = SystemClock()


@transaction.atomic
def acknowledge(user: User, version: str, clock: Clock = CLOCK) -> None:
    """Safe to repeat. Raises NoticeChanged where these words are no longer in force."""
    words, now = in_force(), clock.now()
    if version != words.version:
        raise NoticeChanged
    notice, _ = ListeningNotice.objects.get_or_create(
        version=version, defaults={"fr": words.fr, "en": words.en, "since": now}
    )
    _, made = ListeningAcknowledgment.objects.get_or_create(user=user, notice=notice, defaults={"at": now})
    if made:
        record(user, "listening.acknowledge", user, clock=clock, version=version)

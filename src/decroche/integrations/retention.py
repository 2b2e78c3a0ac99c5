"""How long answers and messages to other programs are kept: they hold personal data."""

from __future__ import annotations

from datetime import timedelta

from decroche.common.clock import Clock, SystemClock
from decroche.integrations.models import Delivery, Event, KeptAnswer

CLOCK = SystemClock()
ANSWERS_KEPT = timedelta(hours=48)
"""An `Idempotency-Key` is known for so long."""
BODIES_KEPT = timedelta(days=7)
LOG_KEPT = timedelta(days=90)


def forget(clock: Clock = CLOCK) -> None:
    """Answers, events told, bodies of messages (not of those still to be sent), and at last the log itself."""
    now = clock.now()
    KeptAnswer.objects.filter(created_at__lt=now - ANSWERS_KEPT).delete()
    Event.objects.filter(sent_out_at__lt=now - BODIES_KEPT).delete()
    old = Delivery.objects.filter(created_at__lt=now - BODIES_KEPT)
    old.exclude(state=Delivery.State.PENDING).exclude(body="").update(body="")
    # Of a disabled address: nobody will send them.
    stale = old.filter(state=Delivery.State.PENDING, webhook__enabled=False)
    stale.update(state=Delivery.State.FAILED, next_at=None, body="")
    Delivery.objects.filter(created_at__lt=now - LOG_KEPT).delete()

"""The audit log's only writer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Model

from decroche.accounts.models import AuditEntry, User
from decroche.common.clock import Clock, SystemClock

_CLOCK = SystemClock()
_through: ContextVar[dict[str, object]] = ContextVar("through", default={})  # noqa: B039 — never changed in place


@contextmanager
def through(**means: object) -> Iterator[None]:
    """What is recorded inside was done by the actor's program, not by himself: `means` (`api_key=3`) is kept too."""
    token = _through.set(means)
    try:
        yield
    finally:
        _through.reset(token)


def record(
    actor: User | None, action: str, thing: Model | None = None, *, clock: Clock = _CLOCK, **detail: object
) -> None:
    """Note that `actor` (None: nobody signed in, or the machine) did `action` ("campaign.open") to `thing`.

    `detail` must be JSON and hold no personal data of contacts; identifiers say whom.
    """
    AuditEntry.objects.create(
        at=clock.now(),
        actor=actor,
        action=action,
        object_type=thing._meta.model_name or "" if thing is not None else "",
        object_id=str(thing.pk) if thing is not None else "",
        detail={**detail, **_through.get()},
    )

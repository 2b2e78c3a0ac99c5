"""Removing what is past its time, by pieces: a worker that is lost is followed by one that goes on."""
# ruff: noqa: S608 - what is put together are statements of kinds.py; values are parameters

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F

from decroche.accounts import selectors as accounts
from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.common.clock import Clock, SystemClock
from decroche.privacy.errors import RetentionUnderWay
from decroche.privacy.models import RetentionRun
from decroche.privacy.retention.kinds import KINDS, Kind
from decroche.privacy.retention.terms import term_of

CLOCK = SystemClock()
CHUNK = 500
log = structlog.get_logger()


@transaction.atomic
def ask(user: User | None, clock: Clock = CLOCK) -> None:
    """A line for each kind, to be gone through by the worker. Raises RetentionUnderWay."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE privacy_retentionrun IN SHARE ROW EXCLUSIVE MODE")
    if RetentionRun.objects.filter(finished_at=None).exists():
        raise RetentionUnderWay
    settings, now = accounts.settings(), clock.now()
    terms = {kind.key: term_of(kind, settings, now) for kind in KINDS.values()}
    RetentionRun.objects.bulk_create(
        RetentionRun(
            kind=key, row=term.row.id, kept_days=term.days, before=term.before, asked_by=user, asked_at=now
        )
        for key, term in terms.items()
    )  # fmt: skip
    record(user, "retention.run", clock=clock, before={key: term.before.isoformat() for key, term in terms.items()})


def work(*, should_stop: Callable[[], bool] = lambda: False, clock: Clock = CLOCK) -> None:
    """Go through all that was asked and is not finished; stops between two pieces where it is told to."""
    for run in RetentionRun.objects.filter(finished_at=None).order_by("pk"):
        if not _go_through(run, should_stop, clock):
            return


def _go_through(run: RetentionRun, should_stop: Callable[[], bool], clock: Clock) -> bool:
    kind = KINDS.get(run.kind)
    RetentionRun.objects.filter(pk=run.pk, started_at=None).update(started_at=clock.now())
    held: list[Any] = []
    while kind is not None:
        if should_stop():
            return False
        with transaction.atomic():
            ids = _next(kind, run, held)
            if not ids:
                break
            gone = kind.remove(ids)
            RetentionRun.objects.filter(pk=run.pk).update(removed=F("removed") + gone)
        if gone < len(ids):
            held += _still(kind, run, ids)
    RetentionRun.objects.filter(pk=run.pk).update(finished_at=clock.now(), held=len(held))
    log.info("retention", kind=run.kind, run=run.pk, held=len(held))
    return True


def _next(kind: Kind, run: RetentionRun, held: list[Any]) -> list[Any]:
    return _ids(
        f"SELECT d.id FROM ({kind.due}) d WHERE NOT (d.id = ANY(%(held)s::{kind.id_type}[])) LIMIT {CHUNK}",
        before=run.before,
        held=held,
    )


def _still(kind: Kind, run: RetentionRun, ids: list[Any]) -> list[Any]:
    """Of those just taken, the ones that are there all the same."""
    return _ids(
        f"SELECT d.id FROM ({kind.due}) d WHERE d.id = ANY(%(ids)s::{kind.id_type}[])", before=run.before, ids=ids
    )


def _ids(statement: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [one for (one,) in cursor.fetchall()]

"""What would go now, and what went."""
# ruff: noqa: S608 - what is put together are statements of kinds.py; values are parameters

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from decroche.accounts import selectors as accounts
from decroche.common.clock import Clock, SystemClock
from decroche.common.pagination import cut, decode_cursor
from decroche.compliance.rulebook import ROWS
from decroche.contacts.models import Contact
from decroche.contacts.records import person
from decroche.ledger.services import name_of
from decroche.privacy.models import RetentionRun
from decroche.privacy.retention.kinds import KINDS, Kind
from decroche.privacy.retention.terms import term_of
from decroche.privacy.schemas import RetentionDue, RetentionFirst, RetentionRunOut, RetentionRunPage

CLOCK = SystemClock()
FIRST = 5
_SOURCES = {row.id: row.source for row in ROWS}


def due(clock: Clock = CLOCK) -> list[RetentionDue]:
    """For each kind: how many are past their time, the oldest, and the first of them."""
    settings, now = accounts.settings(), clock.now()
    out = []
    for kind in KINDS.values():
        term = term_of(kind, settings, now)
        count, oldest = _count(kind, term.before)
        out.append(
            RetentionDue(
                kind=kind.key,
                rule=kind.rule,
                source=term.row.source,
                months=term.row.value.months,
                kept_days=term.days,
                before=term.before,
                count=count,
                oldest=oldest,
                first=_first(kind, term.before) if count else [],
            )
        )
    return out


def _count(kind: Kind, before: datetime) -> tuple[int, datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), min(d.at) FROM ({kind.due}) d", {"before": before})
        count, oldest = cursor.fetchone()
    return count, oldest


def _first(kind: Kind, before: datetime) -> list[RetentionFirst]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.at, d.contact_id FROM ({kind.due}) d ORDER BY d.at, d.id LIMIT %(first)s",
            {"before": before, "first": FIRST},
        )
        rows = cursor.fetchall()
    people = Contact.objects.filter(erased_at=None).in_bulk([contact for _, contact in rows if contact])
    return [
        RetentionFirst(
            at=at, contact_id=contact if contact in people else None,
            name=name_of(people[contact]) if contact in people else "",
        )
        for at, contact in rows
    ]  # fmt: skip


_FOUND = Q(finished_at=None) | Q(removed__gt=0) | Q(held__gt=0)


def runs(cursor: str, limit: int) -> RetentionRunPage:
    """What went, newest first: kinds that are under way or found something; one line of a pass that found nothing."""
    same = RetentionRun.objects.filter(asked_at=OuterRef("asked_at"))
    rows = RetentionRun.objects.select_related("asked_by").annotate(
        found=Exists(same.filter(_FOUND)), is_first=~Exists(same.filter(pk__lt=OuterRef("pk")))
    )
    rows = rows.filter(_FOUND | Q(found=False, is_first=True))
    if cursor:
        (last,) = decode_cursor(cursor, int)
        rows = rows.filter(pk__lt=last)
    page, following = cut(list(rows.order_by("-pk")[: limit + 1]), limit, lambda one: (one.pk,))
    return RetentionRunPage(items=[_run_out(one) for one in page], next_cursor=following)


def is_running() -> bool:
    """Whether something is still to be gone through."""
    return RetentionRun.objects.filter(finished_at=None).exists()


def _run_out(one: RetentionRun) -> RetentionRunOut:
    return RetentionRunOut(
        id=one.pk,
        kind=one.kind,
        row=one.row,
        source=_SOURCES.get(one.row, ""),
        kept_days=one.kept_days,
        before=one.before,
        asked_by=person(one.asked_by),
        asked_at=one.asked_at,
        finished_at=one.finished_at,
        removed=one.removed,
        held=one.held,
        nothing=one.finished_at is not None and one.removed + one.held == 0,
    )

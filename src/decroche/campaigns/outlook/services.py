"""Counting: at once where contacts are few, by the worker where they are many; in one statement in both cases."""
# ruff: noqa: S608 - what is put together are texts of our own services; values are parameters

from __future__ import annotations

from typing import Any

import structlog
from django.db import connection, transaction

from decroche.accounts.models import User
from decroche.campaigns import feeding, selectors, settling
from decroche.campaigns.outlook.models import Outlook
from decroche.campaigns.outlook.schemas import OutlookIn
from decroche.campaigns.prefilter import prefilter
from decroche.campaigns.schemas import FeedIn
from decroche.campaigns.settling import Condition
from decroche.common import jobs
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts.bulk.selection import kept, selected
from decroche.contacts.models import BulkAction, ImportBatch

log = structlog.get_logger()
CLOCK = SystemClock()
AT_ONCE = 2000
Status = Outlook.Status


def ask(user: User, campaign_id: int, body: OutlookIn, clock: Clock = CLOCK) -> Outlook:
    """Before anything is done. Raises NotFound, InvalidFields."""
    campaign = selectors.get(campaign_id)
    if (body.feed is None) == (body.selection is None):
        both = ("Choisissez des fiches, un lot ou un filtre.", "Choose contacts, a batch or a filter.")
        raise InvalidFields(selection=both)
    if body.feed is not None:
        what: dict[str, Any] = {"feed": body.feed.model_dump(mode="json", by_alias=True, exclude_none=True)}
    else:
        assert body.selection is not None
        what = {"selection": kept(body.selection)}
    row = Outlook(campaign=campaign, what=what, created_by=user, created_at=clock.now())
    sql, params = _of(row)
    row.save()
    some = f"SELECT FROM contacts_contact c WHERE {sql} LIMIT {AT_ONCE + 1}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({some}) few", params)
        (found,) = cursor.fetchone()
    if found <= AT_ONCE:
        count(row, clock)
    else:
        _defer(row)
    return row


@transaction.atomic
def of_batch(batch: ImportBatch, clock: Clock = CLOCK) -> None:
    """After an import that feeds a campaign: its places are settled and counted by a job."""
    if batch.campaign_id is not None:
        Outlook.objects.filter(batch=batch).delete()
        _begin(Outlook(campaign_id=batch.campaign_id, batch=batch, created_by=batch.created_by, created_at=clock.now()))


@transaction.atomic
def of_action(action: BulkAction, clock: Clock = CLOCK) -> None:
    """After an assignment."""
    if action.campaign_id is not None:
        Outlook.objects.filter(action=action).delete()
        _begin(
            Outlook(campaign_id=action.campaign_id, action=action, created_by=action.created_by, created_at=clock.now())
        )


def _begin(row: Outlook) -> None:
    row.save()
    _defer(row)


def _defer(row: Outlook) -> None:
    from decroche.campaigns.outlook.tasks import count_outlook

    jobs.defer(count_outlook, outlook_id=row.pk)


def run(outlook_id: int, clock: Clock = CLOCK) -> None:
    """The job: what came into a queue is settled first, so that figures and queue say the same."""
    row = Outlook.objects.filter(pk=outlook_id, status=Status.COUNTING).first()
    if row is None:
        return
    try:
        if row.what is None:
            settling.settle(row.campaign_id, clock, _of(row))
        count(row, clock)
    except Exception:
        log.exception("outlook_failed", outlook=outlook_id)
        Outlook.objects.filter(pk=outlook_id).update(status=Status.FAILED, counted_at=clock.now())


@transaction.atomic
def count(row: Outlook, clock: Clock = CLOCK) -> None:
    """One statement, whatever the number."""
    now = clock.now()
    sql, params = _of(row)
    asked = prefilter(row.campaign, now, f"c.erased_at IS NULL AND {sql}", params)
    with connection.cursor() as cursor:
        asked.gather(cursor)
        cursor.execute(f"SELECT code, count(*) FROM ({asked.sql}) told GROUP BY code", asked.params)
        found: dict[str | None, int] = dict(cursor.fetchall())
    row.callable = found.pop(None, 0)
    row.reasons, row.status, row.counted_at = found, Status.DONE, now
    row.save(update_fields=["callable", "reasons", "status", "counted_at"])


def _of(row: Outlook) -> Condition:
    """Whom it is about. Raises InvalidFields."""
    if row.batch_id is not None:
        its_places = "campaigns_queueentry q WHERE q.campaign_id = %(campaign)s AND q.batch_id = %(batch)s"
        return f"c.id IN (SELECT q.contact_id FROM {its_places})", {"campaign": row.campaign_id, "batch": row.batch_id}
    if row.action_id is not None:
        return "c.id IN (SELECT contact_id FROM contacts_bulkitem WHERE action_id = %(action)s)", {
            "action": row.action_id
        }
    what = row.what or {}
    if "feed" in what:
        return _named(*feeding.condition(FeedIn.model_validate(what["feed"])))
    if row.created_by is None:
        raise NotFound
    found = selected(row.created_by, what["selection"]).values("pk")
    sql, values = found.query.sql_with_params()
    return _named(f"c.id IN ({sql})", list(values))


def _named(sql: str, values: list[Any]) -> Condition:
    """The same with its parameters by name: %s, one after the other, as Django writes them."""
    parts = sql.split("%s")
    text = parts[0] + "".join(f"%(value_{index})s{part}" for index, part in enumerate(parts[1:]))
    return text, {f"value_{index}": value for index, value in enumerate(values)}

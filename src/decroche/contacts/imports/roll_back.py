"""Taking a batch back: what it brought and nobody worked on goes, what it changed and nobody changed since comes back.

A contact is kept where it was called, where somebody wrote (a note, an e-mail), answered, promised, met or joined a
document, where it was merged or changed since, or where its number is being dialed this very moment.
"""
# ruff: noqa: S608 - what is put together are names of our own tables and columns; values are parameters

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.db import transaction

from decroche.accounts.audit import record
from decroche.common.clock import Clock, SystemClock
from decroche.common.notify import notify_floor
from decroche.contacts.do_not_call import erased
from decroche.contacts.imports import errors, own_fields
from decroche.contacts.imports.rows import STANDARD
from decroche.contacts.imports.run import ADVISORY
from decroche.contacts.imports.sql import run
from decroche.contacts.imports.trusted import references, unchecked
from decroche.contacts.models import ImportBatch
from decroche.ledger.imported import withdraw_batch

log = structlog.get_logger()
CLOCK = SystemClock()

CALLED = "EXISTS (SELECT 1 FROM campaigns_queueentry q WHERE q.contact_id = c.id AND q.state = 'claimed')"
GOES_WITH_IT = ("contacts_contactphone", "campaigns_queueentry", "contacts_batchchange", "contacts_contactchange")
"""What refers to a contact and is no work on it."""
STAYS_WITHOUT_IT = ("contacts_donotcall",)
KNOWN_BY_BATCH = ("ledger_proof",)
"""Where what the batch itself brought is no work on it. A proof is evidence: it stays, withdrawn."""

UNDONE = """
EXISTS (SELECT 1 FROM contacts_contactchange x WHERE x.contact_id = c.id AND x.at >= %(stamp)s)
AND NOT EXISTS (SELECT 1 FROM contacts_batchchange b WHERE b.contact_id = c.id AND b.batch_id <> %(batch)s)
AND NOT EXISTS (
    SELECT 1 FROM (
        SELECT field, erased, first_value(before) OVER by_field AS was, last_value(after) OVER by_field AS became
        FROM contacts_contactchange x WHERE x.contact_id = c.id AND x.at >= %(stamp)s
        WINDOW by_field AS (
            PARTITION BY field ORDER BY at, id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        )
    ) f
    WHERE field = '*' OR erased OR coalesce(was, 'null') IS DISTINCT FROM coalesce(became, 'null')
)
"""
"""Changed since, and changed back: it is as the batch left it."""


def run_roll_back(batch_id: int, clock: Clock = CLOCK) -> None:
    """In one transaction; does nothing where the batch is not to be rolled back any more."""
    try:
        _roll_back(batch_id, clock)
    except Exception:
        log.exception("roll_back_failed", batch=batch_id)
        ImportBatch.objects.filter(pk=batch_id).update(
            status=ImportBatch.Status.DONE, error=errors.RollBackFailed.code, error_facts={}
        )


@transaction.atomic
def _roll_back(batch_id: int, clock: Clock) -> None:
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id, status=ImportBatch.Status.ROLLING_BACK).first()
    if batch is None:
        return
    run("SELECT pg_advisory_xact_lock(%(space)s, %(id)s)", {"space": ADVISORY, "id": batch.pk})
    stamp: datetime = batch.started_at or batch.created_at
    counts: dict[str, Any] = {**_judge(batch.pk, stamp), **_restore(batch.pk, stamp)}
    counts["removed"] = _remove()
    counts["dequeued"] = _dequeue(batch.pk)
    counts["proofs"] = withdraw_batch(batch.created_by, batch, clock)
    counts.update(own_fields.take_back(batch))
    batch.status, batch.roll_back, batch.error = ImportBatch.Status.ROLLED_BACK, counts, ""
    batch.finished_at = clock.now()
    batch.save(update_fields=["status", "roll_back", "error", "finished_at", "new_fields"])
    record(batch.created_by, "import.rolled_back", batch, clock=clock, **counts)
    if batch.campaign_id is not None:
        notify_floor("queue_changed", campaign_id=batch.campaign_id)


def _judge(batch_id: int, stamp: datetime) -> dict[str, int]:
    """rolled: every contact of the batch, new or changed, and why it is kept, if it is."""
    # Waiting entries are locked first: the floor skips them, so that nothing is claimed between judging and removing.
    # Then the contacts: from now on nothing can refer to one of them that does not already, and is seen below.
    for locked in (
        "campaigns_queueentry WHERE state <> 'claimed'"
        " AND contact_id IN (SELECT id FROM contacts_contact WHERE batch_id = %(batch)s)",
        "contacts_contact WHERE batch_id = %(batch)s",
    ):
        run(f"SELECT count(*) FROM (SELECT 1 FROM {locked} ORDER BY id FOR UPDATE) locked", {"batch": batch_id})
    called: list[str] = [CALLED]
    worked: list[str] = []
    for table, column in references("contacts_contact"):
        if table not in (*GOES_WITH_IT, *STAYS_WITHOUT_IT):
            other = " AND x.batch_id IS DISTINCT FROM %(batch)s" if table in KNOWN_BY_BATCH else ""
            refers = f"EXISTS (SELECT 1 FROM {table} x WHERE x.{column} = c.id{other})"
            (called if table == "calls_call" else worked).append(refers)
    for table, column in references("campaigns_queueentry"):
        entries = f"SELECT q.contact_id FROM {table} x JOIN campaigns_queueentry q ON q.id = x.{column}"
        called.append(f"c.id IN ({entries})")
    run(
        f"""
        CREATE TEMP TABLE rolled ON COMMIT DROP AS
        SELECT c.id, (c.batch_id IS NOT DISTINCT FROM %(batch)s) AS is_new, CASE
            WHEN {" OR ".join(called)} THEN 'called' WHEN {" OR ".join(worked)} THEN 'worked'
            WHEN c.updated_at <> %(stamp)s AND NOT ({UNDONE}) THEN 'changed' ELSE ''
        END AS kept
        FROM contacts_contact c WHERE c.batch_id = %(batch)s
        OR c.id IN (SELECT contact_id FROM contacts_batchchange WHERE batch_id = %(batch)s)
        """,
        {"batch": batch_id, "stamp": stamp},
    )
    run("CREATE INDEX ON rolled (id)")
    run("ANALYZE rolled")
    found = dict(run("SELECT kept, count(*) FROM rolled WHERE kept <> '' GROUP BY kept"))
    return {f"kept_{kept}": int(found.get(kept, 0)) for kept in ("called", "worked", "changed")}


def _restore(batch_id: int, stamp: datetime) -> dict[str, int]:
    """Contacts that were there before get their values back."""
    # Of a batch that was rolled forward, what the last time changed.
    run(
        """
        CREATE TEMP TABLE changed ON COMMIT DROP AS SELECT DISTINCT ON (contact_id) contact_id, before
        FROM contacts_batchchange WHERE batch_id = %(batch)s ORDER BY contact_id, id DESC
        """,
        {"batch": batch_id},
    )
    values = ", ".join(f"{name} = coalesce(b.before->>'{name}', c.{name})" for name in STANDARD)
    restored = run(
        f"""
        UPDATE contacts_contact c SET {values},
            custom = b.before->'custom', updated_at = (b.before->>'updated_at')::timestamptz
        FROM changed b JOIN rolled r ON r.id = b.contact_id
        WHERE c.id = b.contact_id AND NOT r.is_new AND r.kept = '' RETURNING c.id
        """,
        {"batch": batch_id},
    )
    run(
        """
        DELETE FROM contacts_contactphone p USING rolled r
        WHERE p.contact_id = r.id AND NOT r.is_new AND r.kept = ''
        """
    )
    back = run(
        """
        INSERT INTO contacts_contactphone (contact_id, kind, e164)
        SELECT r.id, n.key, n.value FROM rolled r
        JOIN changed b ON b.contact_id = r.id, jsonb_each_text(b.before->'phones') n
        WHERE NOT r.is_new AND r.kept = '' RETURNING e164
        """
    )
    erased.restore(number for (number,) in back)
    run(
        "DELETE FROM contacts_batchchange b USING rolled r"
        " WHERE b.batch_id = %(batch)s AND r.id = b.contact_id AND NOT r.is_new AND r.kept = ''",
        {"batch": batch_id},
    )
    return {"restored": len(restored)}


def _remove() -> int:
    gone = "(SELECT id FROM rolled WHERE is_new AND kept = '')"
    for table in (*STAYS_WITHOUT_IT, *KNOWN_BY_BATCH):
        run(f"UPDATE {table} SET contact_id = NULL WHERE contact_id IN {gone}")
    with unchecked("delete", (*GOES_WITH_IT, "contacts_contact")):
        for table in GOES_WITH_IT:
            run(f"DELETE FROM {table} WHERE contact_id IN {gone}")
        deleted = f"DELETE FROM contacts_contact WHERE id IN {gone} RETURNING 1"
        rows = run(f"WITH gone AS ({deleted}) SELECT count(*) FROM gone")
    return int(rows[0][0])


def _dequeue(batch_id: int) -> int:
    """Places that the batch gave to contacts that stay: nobody is called because of it any more, promises apart."""
    rows = run(
        """
        UPDATE campaigns_queueentry q SET state = 'withdrawn' WHERE batch_id = %(batch)s AND state = 'waiting'
        AND NOT EXISTS (
            SELECT 1 FROM callbacks_callback k
            WHERE k.contact_id = q.contact_id AND k.campaign_id = q.campaign_id AND k.state = 'scheduled'
        ) RETURNING id
        """,
        {"batch": batch_id},
    )
    return len(rows)

"""A million contacts judged in one statement, a million consents of a file written down: against bare work on the rows.

    .venv/bin/python -m bench.contacts --only contacts_rules

The base is in one campaign to consumers; two thirds consented to its principal, a tenth was called lately. "bare" reads
the same queue with its contacts and numbers once; for proofs, it is their COPY into a table with the same indexes.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction

from decroche.campaigns.models import Campaign
from decroche.campaigns.outlook.models import Outlook
from decroche.campaigns.outlook.services import count
from decroche.campaigns.settling import settle
from decroche.contacts.models import ImportBatch
from decroche.ledger.imported import Terms, record_staged
from decroche.ledger.models import Principal

_QUEUE = """
INSERT INTO campaigns_queueentry (campaign_id, contact_id, batch_id, state, priority, not_before, attempts,
  attempts_by_result, phone_position, last_result, finished_reason, refused_reason)
SELECT %(campaign)s, id, %(batch)s, 'waiting', 0, now(), 0, '{}', 0, '', '', '' FROM contacts_contact ORDER BY id
"""
_CALLS = """
INSERT INTO calls_call (id, campaign_id, contact_id, mode, e164, phone_kind, presented, state, result, hung_up_by,
  claimed_at, floor, why, hold_s, cut)
SELECT gen_random_uuid(), %(campaign)s, p.contact_id, 'predictive', p.e164, 'phone', '', 'ended', 'no_answer', '',
  now() - (n || ' days')::interval, 'main', '{}', 0, FALSE
FROM contacts_contactphone p, generate_series(1, 4) n WHERE p.kind = 'phone' AND p.contact_id %% 10 = 0
"""
_BARE = """
SELECT count(*) FROM campaigns_queueentry q JOIN contacts_contact c ON c.id = q.contact_id
JOIN contacts_contactphone p ON p.contact_id = c.id WHERE q.campaign_id = %(campaign)s AND c.kind = '' AND p.e164 <> ''
"""
_STAGED = """
SELECT row_number() OVER (ORDER BY c.id)::int AS row_number, c.id AS contact_id, p.e164 AS phone, p.e164, '' AS problem,
  (now() - interval '1 day')::timestamp AS given, TRUE AS given_utc, NULL::timestamp AS expires, FALSE AS expires_utc,
  NULL::timestamp AS slot_start, FALSE AS slot_start_utc, NULL::timestamp AS slot_end, FALSE AS slot_end_utc,
  '' AS channel, '' AS object, '' AS wording, '' AS wording_version, '' AS act, '' AS third_party, '' AS reference
FROM contacts_contact c JOIN contacts_contactphone p ON p.contact_id = c.id AND p.kind = 'phone' WHERE c.id %% 3 <> 0
"""


def figures(db_url: str, rows: int) -> Iterator[str]:
    """Lines as they are measured."""
    principal = Principal.objects.create(name="Bench", siren="123456782")
    campaign = Campaign.objects.create(name="Bench rules", principal=principal)
    batch = ImportBatch.objects.create(name="Bench", file_name="bench.csv", stored_as="bench", campaign=campaign)
    facts = {"campaign": campaign.pk, "batch": batch.pk}
    _run(_QUEUE, facts)
    _run(_CALLS, facts)
    _run("VACUUM ANALYZE")
    terms = Terms(
        "consent", principal.pk, "santé", "J'accepte d'être appelé au sujet de ma santé.", "1", "web_form", "x"
    )
    written, counts = _timed(lambda: _record(batch, terms))
    bare = _bare_proofs()
    yield f"{counts['']:,} proofs of a file: {written:.1f} s; bare COPY {bare:.1f} s; ratio {written / bare:.2f}"
    _run("VACUUM ANALYZE")
    reading, _ = _timed(lambda: _run(_BARE, facts))
    outlook = Outlook.objects.create(campaign=campaign, batch=batch, created_at=batch.created_at)
    counting, _ = _timed(lambda: count(outlook))
    yield f"{rows:,} contacts counted by reason: {counting:.1f} s; bare {reading:.1f} s; ratio {counting / reading:.2f}"
    yield f"  {outlook.callable:,} callable, {outlook.reasons}"
    settling, settled = _timed(lambda: settle(campaign.pk))
    yield f"the same queue settled: {settling:.1f} s; ratio {settling / reading:.2f}; {settled}"
    again, settled = _timed(lambda: settle(campaign.pk))
    yield f"settled once more: {again:.1f} s; ratio {again / reading:.2f}; {settled}"


@transaction.atomic
def _record(batch: ImportBatch, terms: Terms) -> dict[str, int]:
    return record_staged(batch, terms, _STAGED, lambda part: None)


@transaction.atomic
def _bare_proofs() -> float:
    """How long the same rows take; reading them out is not counted."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_proof (LIKE ledger_proof INCLUDING ALL)")
        with cursor.copy("COPY ledger_proof TO STDOUT") as copy:
            lines = io.BytesIO(b"".join(bytes(some) for some in copy))
        start = time.perf_counter()
        with cursor.copy("COPY bare_proof FROM STDIN") as copy:
            while some := lines.read(1 << 20):
                copy.write(some)
        return time.perf_counter() - start


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def _run(sql: str, facts: dict[str, Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)

"""Proofs that a file brings, written down in sets; and what becomes of them when the file's import is rolled back.

A row of `staged` is one person's agreement as the file has it; what the file does not say, the import's terms do. The
rules are those of `services.record_proof`.
"""
# ruff: noqa: S608 - what is put together are texts of ours; values are parameters

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns import reconsider
from decroche.common.clock import Clock, SystemClock
from decroche.common.notify import notify_floor
from decroche.compliance import french
from decroche.compliance.numbers import MAINLAND, MAINLAND_CODE, OVERSEAS_ZONES, POSTAL_ZONES
from decroche.contacts.imports.trusted import unchecked
from decroche.contacts.models import ImportBatch
from decroche.ledger.models import Withdrawal
from decroche.ledger.services import AHEAD, KEPT_BY

CLOCK = SystemClock()
CHUNK = 50_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What is the same for all rows of a file, and what stands in where a row says nothing."""

    kind: str
    principal_id: int
    object: str = ""
    wording: str = ""
    wording_version: str = ""
    channel: str = ""
    act: str = ""
    third_party: str = ""
    evidence_id: str | None = None


def _zone() -> str:
    """As `compliance.numbers.time_zone_of`: a French address beats the number."""
    postal = " ".join(f"WHEN left(c.postal_code, 3) = '{code}' THEN '{zone}'" for code, zone in POSTAL_ZONES.items())
    dialed = " ".join(f"WHEN s.phone LIKE '{prefix}%%' THEN '{zone}'" for prefix, zone in OVERSEAS_ZONES.items())
    at_home = f"WHEN c.postal_code ~ '^{MAINLAND_CODE}$' THEN '{MAINLAND}'"
    return f"CASE {postal} {at_home} {dialed} ELSE '{MAINLAND}' END"


_TEXT = {
    name: f"COALESCE(NULLIF(s.{name}, ''), %({name})s)"
    for name in ("object", "wording", "wording_version", "channel", "act", "third_party")
}
_WHO = """left(COALESCE(NULLIF(concat_ws(', ', NULLIF(concat_ws(' ', NULLIF(c.civility, ''), NULLIF(c.first_name, ''),
  NULLIF(c.last_name, '')), ''), NULLIF(c.company, '')), ''), 'Fiche ' || c.id), 250)"""
_LATER = "(given_at AT TIME ZONE 'UTC' + %({0})s::interval) AT TIME ZONE 'UTC'"
_ISO = """to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')"""
_JUDGE = f"""
CREATE TEMP TABLE ledger_staged ON COMMIT DROP AS
SELECT *, CASE WHEN problem <> '' THEN problem
  WHEN given_at > %(latest)s THEN 'consent_future'
  WHEN expires_at <= given_at THEN 'consent_ends_before'
  WHEN expires_at <= %(now)s OR {_LATER.format("life")} <= %(now)s THEN 'consent_over'
  WHEN slot_end <= slot_start THEN 'consent_slot_ends_before'
  WHEN (slot_start AT TIME ZONE zone)::date <> ((slot_end - interval '1 second') AT TIME ZONE zone)::date
    THEN 'consent_slot_long'
  WHEN '' IN (object, wording, wording_version, channel, act) THEN 'consent_incomplete'
  WHEN row_number() OVER (PARTITION BY contact_id, e164, given_at, wording_version, slots, problem
      ORDER BY row_number) > 1
    OR EXISTS (SELECT FROM ledger_proof f WHERE f.contact_id = t.contact_id AND f.principal_id = %(principal)s
      AND f.kind = %(kind)s AND f.e164 = t.e164 AND f.given_at = t.given_at AND f.wording_version = t.wording_version
      AND f.slots @> t.slots
      AND NOT EXISTS (SELECT FROM ledger_withdrawal w WHERE w.proof_id = f.id)) THEN 'consent_known'
  ELSE '' END AS reason
FROM (
  SELECT *, CASE WHEN slot_start IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_array({_ISO.format("slot_start")},
    {_ISO.format("slot_end")})) END AS slots FROM (
  SELECT s.row_number, c.id AS contact_id, {_WHO} AS who, s.e164, {", ".join(f"{t} AS {n}" for n, t in _TEXT.items())},
    s.reference, zone, CASE WHEN c.id IS NULL THEN 'consent_no_contact' ELSE s.problem END AS problem,
    s.given AT TIME ZONE CASE WHEN s.given_utc THEN 'UTC' ELSE zone END AS given_at,
    s.expires AT TIME ZONE CASE WHEN s.expires_utc THEN 'UTC' ELSE zone END AS expires_at,
    s.slot_start AT TIME ZONE CASE WHEN s.slot_start_utc THEN 'UTC' ELSE zone END AS slot_start,
    s.slot_end AT TIME ZONE CASE WHEN s.slot_end_utc THEN 'UTC' ELSE zone END AS slot_end
  FROM ({{staged}}) s LEFT JOIN contacts_contact c ON c.id = s.contact_id CROSS JOIN LATERAL (SELECT {_zone()}) z(zone)
) u) t
"""
_WRITE = f"""
INSERT INTO ledger_proof (principal_id, contact_id, kind, who, e164, third_party, object, wording, wording_version,
  channel, act, given_at, zone, expires_at, slots, evidence_id, reference, batch_id, recorded_by_id, recorded_at,
  archive_until)
SELECT %(principal)s, contact_id, %(kind)s, who, e164, third_party, object, wording, wording_version, channel, act,
  given_at, zone, CASE WHEN %(kind)s = 'consent' THEN LEAST(expires_at, CASE WHEN expires_at IS NOT NULL
    THEN {_LATER.format("life")} END) ELSE expires_at END,
  slots, %(evidence)s, reference, %(batch)s, %(user)s, %(now)s, {_LATER.format("kept")}
FROM ledger_staged WHERE reason = '' AND row_number > %(low)s AND row_number <= %(high)s ORDER BY row_number
"""
_HELD = """
SELECT (SELECT count(*) FROM (SELECT FROM ledger_principal WHERE id = %(principal)s FOR KEY SHARE) x)
  + (SELECT count(*) FROM (SELECT FROM contacts_importbatch WHERE id = %(batch)s FOR KEY SHARE) x)
  + (SELECT count(*) FROM (SELECT FROM accounts_user WHERE id = %(user)s FOR KEY SHARE) x)
  + (SELECT count(*) FROM (SELECT FROM ledger_evidence WHERE id = %(evidence)s FOR KEY SHARE) x)
  + 0 * (SELECT count(*) FROM (SELECT FROM contacts_contact WHERE id IN (SELECT contact_id FROM ledger_staged)
    AND batch_id IS DISTINCT FROM %(batch)s FOR KEY SHARE) x)
"""


def record_staged(
    batch: ImportBatch, terms: Terms, staged: str, advance: Callable[[float], None], clock: Clock = CLOCK
) -> dict[str, int]:
    """Reason → rows; "" are the proofs written. In the caller's transaction; `advance` may raise to stop.

    `staged`: a query that gives row_number, contact_id (NULL: the row brought none), phone (one of the contact's), and
    what `contacts.imports.consents` reads. `given`, `expires` and both ends of the agreed time are
    UTC, or the clock where the person lives.
    """
    now = clock.now()
    facts = _facts(batch, terms, now)
    with connection.cursor() as cursor:
        cursor.execute(_JUDGE.format(staged=staged), facts)
        cursor.execute("CREATE INDEX ON ledger_staged (row_number) WHERE reason = ''")
        cursor.execute("ANALYZE ledger_staged (row_number, reason)")
        cursor.execute("SELECT reason, count(*), max(row_number) FROM ledger_staged GROUP BY reason")
        counts = {reason: (count, last) for reason, count, last in cursor.fetchall()}
        cursor.execute(_HELD, facts)
        (held,) = cursor.fetchone()
        all_held = held == sum(facts[name] is not None for name in ("principal", "batch", "user", "evidence"))
        last = counts.get("", (0, 0))[1]
        with unchecked("insert", ("ledger_proof",)) if all_held else nullcontext():
            for low in range(0, last, CHUNK):
                cursor.execute(_WRITE, facts | {"low": low, "high": low + CHUNK})
                advance(min(1.0, (low + CHUNK) / last))
    written = counts.get("", (0, 0))[0]
    if written:
        record(batch.created_by, "proof.import", batch, clock=clock, proofs=written, principal_id=terms.principal_id)
        reconsider.of_batch(batch.pk)
    return {reason: count for reason, (count, _) in counts.items()}


def _facts(batch: ImportBatch, terms: Terms, now: datetime) -> dict[str, Any]:
    proof = next(row for row in french().rows if row.rule == "proof")
    kept = next(row for row in french().rows if row.rule == KEPT_BY[terms.kind])
    is_consent = terms.kind == "consent"
    return asdict(terms) | {
        "principal": terms.principal_id,
        "evidence": terms.evidence_id,
        "batch": batch.pk,
        "user": batch.created_by_id,
        "now": now,
        "latest": now + AHEAD,
        "life": f"{proof.value.consent_months} months" if is_consent else "1000 years",
        "kept": f"{kept.value.months} months",
    }


_WITHDRAW = """
INSERT INTO ledger_withdrawal (proof_id, at, channel, note, recorded_by_id, recorded_at)
SELECT f.id, %(now)s, %(channel)s, '', %(user)s, %(now)s FROM ledger_proof f
WHERE f.batch_id = %(batch)s AND NOT EXISTS (SELECT FROM ledger_withdrawal w WHERE w.proof_id = f.id)
"""
_CLAIMED = """
SELECT DISTINCT f.contact_id FROM ledger_proof f JOIN campaigns_queueentry q ON q.contact_id = f.contact_id
WHERE f.batch_id = %(batch)s AND q.state = 'claimed'
"""


def withdraw_batch(actor: User | None, batch: ImportBatch, clock: Clock = CLOCK) -> int:
    """After a roll-back nobody is called because of the batch's proofs; they stay as evidence. How many."""
    facts: dict[str, Any] = {"batch": batch.pk, "now": clock.now(), "user": actor.pk if actor else None}
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAW, facts | {"channel": Withdrawal.Channel.ROLL_BACK})
        withdrawn: int = cursor.rowcount
        cursor.execute(_CLAIMED, facts)
        for (contact,) in cursor.fetchall() if withdrawn else ():
            notify_floor("contact_refused", id=contact)
    if withdrawn:
        record(actor, "proof.withdraw_batch", batch, clock=clock, proofs=withdrawn)
    return withdrawn

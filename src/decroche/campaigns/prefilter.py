"""Who of a campaign's contacts may not be called, told in one statement: cheap, and never stricter than the judge.

For each contact a reason's code, or NULL where the judge alone can say. It knows what is lasting or known in sets
(numbers, lists, refusals, proofs, frequency, abandoned calls), and nothing of hours, days and numbers to present.
`candidate.py` reads the same facts for one claim; tests/unit/campaigns/test_prefilter.py holds both together: whom this
drops the judge refuses, on each of his numbers.
"""
# ruff: noqa: S608 - what is put together are texts of this file and of our own services; values are parameters

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.utils import CursorWrapper

from decroche.calls.results import REACHED_THE_CONTACT
from decroche.campaigns.models import Campaign
from decroche.campaigns.retry import DIALED_KINDS
from decroche.campaigns.selectors import AUTOMATIC, facts_of, lines_of
from decroche.common.fiction import E164_PREFIXES
from decroche.compliance import reasons as r
from decroche.compliance.hours import ALSACE_MOSELLE, NORTHERN_ISLANDS, after_working_days
from decroche.compliance.numbers import MAINLAND, POSTAL_ZONES, ZONES
from decroche.compliance.rulebook import Rules, french

Params = dict[str, Any]

_OF_THE_RECORD: tuple[type[r.Reason], ...] = (
    r.Erased, r.NoNumber, r.InvalidNumber, r.FictionNumber, r.RealNumberOnSimulator,
    r.DoNotCall, r.DoNotCallPrefix, r.DoNotCallCampaign, r.Objected,
    r.NoConsent, r.ConsentOtherNumber, r.ConsentWithdrawn, r.ConsentExpired, r.NoContract, r.NoRequest, r.RequestTooOld,
)  # fmt: skip
_OF_THE_CAMPAIGN: tuple[type[r.Reason], ...] = (r.BannedSector, r.NoPrincipal)
_ENDING: tuple[type[r.Reason], ...] = (r.ObjectedLately, r.NotYetConsented, r.TooManyAttempts, r.AbandonedLately)
CODES = tuple(kind.code for kind in (*_OF_THE_RECORD, *_OF_THE_CAMPAIGN, *_ENDING))
"""All that may be answered, the gravest first; those that end by themselves come last, with their end."""
CAMPAIGNS_OWN = tuple(kind.code for kind in _OF_THE_CAMPAIGN)
"""Mended by the campaign's settings: they end no entry."""
OF_LINES = (r.FictionNumber.code, r.RealNumberOnSimulator.code)
"""Mended by another carrier line: neither do they."""
ENDING = tuple(kind.code for kind in _ENDING)
TOLD_EXACTLY = tuple(
    kind.code
    for kind in _OF_THE_RECORD
    if kind not in (r.Erased, r.InvalidNumber, r.FictionNumber, r.RealNumberOnSimulator, r.RequestTooOld)
)
"""Where the judge refuses for one of these, so does the prefilter, as long as it is so."""


def _rank(kind: type[r.Reason]) -> int:
    return CODES.index(kind.code) + 1


_FIRST_ENDING = _rank(_ENDING[0])
_FICTION = f"^({'|'.join('[+]' + prefix[1:] for prefix in E164_PREFIXES)}){'[0-9]' * 4}$"


FEW = 100
"""Contacts up to which each may be looked up by itself: were it by a bad plan, that is so many readings of a table.
Beyond, whole tables are met, and a loop in a loop is never chosen."""


@dataclass(frozen=True, slots=True)
class Prefilter:
    """`sql` gives (contact, code or NULL, until or NULL) for each of the contacts that `of` names.

    It is asked after `gather`, in the same transaction.
    """

    sql: str
    params: Params
    of: str

    def gather(self, cursor: CursorWrapper) -> None:
        """Puts whom it is about, and their numbers, into tables that the planner can count.

        What it knows of the other tables may be older than an import that has just ended; a plan made on that may
        compare each number with each proof, and take hours.
        """
        cursor.execute(_FOR_SETS)
        cursor.execute(_SUBJECT.format(of=self.of), self.params)
        if cursor.rowcount <= FEW:
            cursor.execute("SET LOCAL enable_nestloop = on")
        cursor.execute(_NUMBER)
        cursor.execute("ANALYZE prefilter_subject")
        cursor.execute("ANALYZE prefilter_number")


def prefilter(row: Campaign, now: datetime, of: str, params: Params | None = None) -> Prefilter:
    """What is known at `now` of the contacts for which `of`, SQL on contacts_contact `c`, is true."""
    return Prefilter(_text(row.basis), _facts(row, now) | (params or {}), of)


def _facts(row: Campaign, now: datetime) -> Params:
    campaign, rules = facts_of(row), _rules(now)
    proof, frequency, lock = rules.get("proof"), rules.get("frequency"), rules.get("abandoned_lock")
    refusal, ban, natures = rules.get("refusal"), rules.bans.get(campaign.sector), lines_of(row)
    return {
        "codes": list(CODES),
        "now": now,
        "campaign": row.pk,
        "principal": row.principal_id,
        "consumers": campaign.audience == "b2c",
        "canvasses": campaign.basis != "not_canvassing",
        "only_fiction": natures == {True},
        "only_real": natures == {False},
        "banned": ban is not None and campaign.basis not in ban.value.but,
        "no_principal": proof is not None and not campaign.principal,
        "asks_proof": proof is not None and bool(campaign.principal),
        "consent_months": timedelta(0) if proof is None else f"{proof.value.consent_months} months",
        "requested_since": now if proof is None else _requested_since(now, proof.value.request_working_days),
        "attempts": None if frequency is None else frequency.value.attempts,
        "window": timedelta(0) if frequency is None else timedelta(days=frequency.value.days),
        "counted": [str(result) for result in REACHED_THE_CONTACT],
        "lock": None if lock is None or row.mode not in AUTOMATIC else lock.value.length,
        "refusals": refusal is not None,
        "refused_for": None if refusal is None else refusal.value.length,
    }


def _rules(now: datetime) -> Rules:
    """Those in force wherever a contact may live: the night on which a rule changes, the judge alone says."""
    everywhere = [french().on(now.astimezone(ZoneInfo(zone)).date()) for zone in ZONES]
    first = everywhere[0]
    rows = {name: row for name, row in first.rows.items() if all(one.get(name) == row for one in everywhere)}
    bans = {name: row for name, row in first.bans.items() if all(one.bans.get(name) == row for one in everywhere)}
    return Rules(first.day, rows, bans, first.until)


@lru_cache(maxsize=64)
def _requested_since(now: datetime, working_days: int) -> datetime:
    """Requests for a call-back from before are too old, whatever the days off where the person lives."""
    places = [
        *((zone, "") for zone in ZONES),
        *((MAINLAND, code + "000") for code in ALSACE_MOSELLE),
        *((POSTAL_ZONES[code[:3]], code) for code in NORTHERN_ISLANDS),
    ]
    oldest = now
    for zone, code in places:
        day = now
        while after_working_days(day, working_days, zone, code) > now:
            day -= timedelta(days=1)
        oldest = min(oldest, day)
    return oldest


# A proof holds for one number, or for all of the person's (e164 = ''). It is found by the record, or by any of its
# numbers. `valid`: it would allow a call now; `here`: it holds for the number `n`.
_VALID = {
    "contract": "f.given_at <= %(now)s AND COALESCE(%(now)s < LEAST(f.expires_at, w.at), TRUE)",
    "callback_request": "f.given_at BETWEEN %(requested_since)s AND %(now)s"
    " AND COALESCE(%(now)s < LEAST(f.expires_at, w.at), TRUE)",
    "consent": "f.given_at <= %(now)s AND %(now)s < LEAST(f.expires_at, w.at,"
    " (f.given_at AT TIME ZONE 'UTC' + %(consent_months)s::interval) AT TIME ZONE 'UTC')",
}
_ASKED = "here AND given_at <= %(now)s AND COALESCE(%(now)s < withdrawn_at, TRUE)"
_TO_COME = "here AND given_at > %(now)s AND withdrawn_at IS NULL"
# By number. A contract is the person's, whatever its number; that he consented for another one is seen together too.
_LACKING = {
    "contract": "NULL::int",
    "callback_request": f"""CASE WHEN bool_or(valid AND here) THEN NULL WHEN bool_or({_ASKED}) THEN
      {_rank(r.RequestTooOld)} ELSE {_rank(r.NoRequest)} END""",
    "consent": f"""CASE WHEN bool_or(valid AND here) THEN NULL WHEN bool_or(here) IS NOT TRUE THEN {_rank(r.NoConsent)}
      WHEN bool_or({_TO_COME}) THEN {_rank(r.NotYetConsented)}
      WHEN bool_or(here AND withdrawn_at IS NOT NULL) THEN {_rank(r.ConsentWithdrawn)}
      ELSE {_rank(r.ConsentExpired)} END""",
}
_WITHDRAWN = "LEFT JOIN (SELECT proof_id, min(at) AS at FROM ledger_withdrawal GROUP BY 1) w ON w.proof_id = f.id"
_PROOF = """%(asks_proof)s AND n.protected AND f.principal_id = %(principal)s AND f.kind = %(kind)s"""

# Compiling such a text takes longer than a thousand contacts do.
_FOR_SETS = """SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off;
SET LOCAL client_min_messages = warning; DROP TABLE IF EXISTS prefilter_subject, prefilter_number"""
_SUBJECT = """
CREATE TEMP TABLE prefilter_subject ON COMMIT DROP AS
SELECT c.id, c.erased_at IS NOT NULL AS erased,
  %(canvasses)s AND (c.kind = 'person' OR (c.kind = '' AND %(consumers)s)) AS protected
FROM contacts_contact c WHERE {of}
"""
_NUMBER = f"""
CREATE TEMP TABLE prefilter_number ON COMMIT DROP AS
SELECT s.id, s.protected, p.e164, p.kind IN ('{"', '".join(DIALED_KINDS)}') AS dialed
FROM prefilter_subject s JOIN contacts_contactphone p ON p.contact_id = s.id
"""
# Sets meet tables, never each other: what is found is piled up and grouped, first by number, then by person. So the
# plan is linear whatever the planner makes of sets that it knows nothing of.
_TEXT = f"""
WITH often AS (
  SELECT id, claimed_at + %(window)s::interval AS until FROM (
    SELECT a.id, a.claimed_at, row_number() OVER (PARTITION BY a.id ORDER BY a.claimed_at DESC) AS n FROM (
      SELECT s.id, h.id AS call, h.claimed_at, h.campaign_id
        FROM prefilter_subject s JOIN calls_call h ON h.contact_id = s.id
        WHERE s.protected AND h.claimed_at > %(now)s - %(window)s::interval AND h.claimed_at <= %(now)s
          AND h.result = ANY(%(counted)s) AND h.direction = 'outbound'
      UNION SELECT n.id, h.id, h.claimed_at, h.campaign_id FROM prefilter_number n JOIN calls_call h ON h.e164 = n.e164
        WHERE n.protected AND h.claimed_at > %(now)s - %(window)s::interval AND h.claimed_at <= %(now)s
          AND h.result = ANY(%(counted)s) AND h.direction = 'outbound') a
    JOIN campaigns_campaign o ON o.id = a.campaign_id AND o.principal_id IS NOT DISTINCT FROM %(principal)s::bigint) a
  WHERE n = %(attempts)s::int),
found (id, e164, dialed, protected, rank, until, valid, here, given_at, withdrawn_at) AS (
  SELECT id, e164, dialed, protected, CASE
      WHEN e164 NOT LIKE '+%%' OR length(e164) NOT BETWEEN 8 AND 16 THEN {_rank(r.InvalidNumber)}
      WHEN %(only_real)s AND e164 ~ '{_FICTION}' THEN {_rank(r.FictionNumber)}
      WHEN %(only_fiction)s AND e164 !~ '{_FICTION}' THEN {_rank(r.RealNumberOnSimulator)} END,
    NULL::timestamptz, NULL::boolean, NULL::boolean, NULL::timestamptz, NULL::timestamptz FROM prefilter_number
  UNION ALL SELECT n.id, n.e164, FALSE, n.protected, CASE WHEN d.campaign_id IS NULL THEN {_rank(r.DoNotCall)}
      ELSE {_rank(r.DoNotCallCampaign)} END, NULL, NULL, NULL, NULL, NULL
    FROM prefilter_number n JOIN contacts_donotcall d ON d.e164 = n.e164 AND NOT d.is_prefix
    WHERE d.campaign_id IS NULL OR d.campaign_id = %(campaign)s
  UNION ALL SELECT n.id, n.e164, FALSE, n.protected, {_rank(r.DoNotCallPrefix)}, NULL, NULL, NULL, NULL, NULL
    FROM prefilter_number n JOIN contacts_donotcall d ON d.is_prefix AND starts_with(n.e164, d.e164)
    WHERE d.campaign_id IS NULL OR d.campaign_id = %(campaign)s
  UNION ALL SELECT n.id, n.e164, FALSE, n.protected, {_rank(r.AbandonedLately)}, max(COALESCE(h.answered_at,
      h.claimed_at)) + %(lock)s::interval, NULL, NULL, NULL, NULL
    FROM prefilter_number n JOIN calls_call h ON h.e164 = n.e164
    WHERE %(lock)s::interval IS NOT NULL AND h.result = 'abandoned' AND h.claimed_at > %(now)s - interval '4 days'
    GROUP BY 1, 2, 4 HAVING max(COALESCE(h.answered_at, h.claimed_at)) + %(lock)s::interval > %(now)s
  UNION ALL SELECT n.id, n.e164, FALSE, n.protected, NULL, NULL, {{valid}}, f.e164 IN ('', n.e164), f.given_at, w.at
    FROM prefilter_number n JOIN ledger_proof f ON f.contact_id = n.id
    {_WITHDRAWN} WHERE {_PROOF}
  UNION ALL SELECT n.id, n.e164, FALSE, n.protected, NULL, NULL, {{valid}}, TRUE, f.given_at, w.at
    FROM prefilter_number n JOIN ledger_proof f ON f.e164 = n.e164 AND f.e164 <> ''
    {_WITHDRAWN} WHERE {_PROOF}),
numbered AS (
  SELECT id, e164, bool_or(dialed) AS dialed, bool_or(valid) AS valid, count(given_at) > 0 AS given,
    min(rank) AS rank, max(until) AS until,
    CASE WHEN %(asks_proof)s AND bool_or(protected) THEN {{lacking}} END AS lacking,
    min(given_at) FILTER (WHERE {_TO_COME}) AS from_at
  FROM found GROUP BY id, e164),
piled (id, e164, rank, until, whole, given, valid, protected) AS (
  SELECT id, CASE WHEN dialed THEN e164 END, CASE WHEN dialed THEN LEAST(rank, lacking) END, CASE WHEN dialed THEN
      GREATEST(until, CASE WHEN lacking = {_rank(r.NotYetConsented)} THEN from_at END) END,
    NULL::int, given, valid, FALSE FROM numbered
  UNION ALL SELECT id, NULL, NULL, NULL, CASE WHEN erased THEN {_rank(r.Erased)}
      WHEN protected AND %(banned)s THEN {_rank(r.BannedSector)}
      WHEN protected AND %(no_principal)s THEN {_rank(r.NoPrincipal)} END, FALSE, NULL, protected FROM prefilter_subject
  UNION ALL SELECT s.id, NULL, NULL, max(d.created_at) + %(refused_for)s::interval,
      CASE WHEN %(refused_for)s::interval IS NULL THEN {_rank(r.Objected)} ELSE {_rank(r.ObjectedLately)} END,
      FALSE, NULL, FALSE
    FROM prefilter_subject s JOIN contacts_donotcall d ON d.contact_id = s.id
    WHERE %(refusals)s AND d.campaign_id IS NULL AND d.origin = 'agent' GROUP BY 1
    HAVING max(d.created_at) <= %(now)s
      AND COALESCE(max(d.created_at) + %(refused_for)s::interval > %(now)s, %(refused_for)s::interval IS NULL)
  UNION ALL SELECT id, NULL, NULL, until, {_rank(r.TooManyAttempts)}, FALSE, NULL, FALSE FROM often),
person AS (
  SELECT id, count(e164) AS numbers, LEAST(min(whole), {{whole}}) AS whole,
    max(until) FILTER (WHERE e164 IS NULL) AS whole_until,
    {{together}} AS rank, bool_or(e164 IS NOT NULL AND rank IS NULL) AS is_free,
    min(until) FILTER (WHERE e164 IS NOT NULL AND rank >= {_FIRST_ENDING}) AS until
  FROM piled GROUP BY id),
verdict AS (
  SELECT id, CASE WHEN whole = {_rank(r.Erased)} THEN whole WHEN numbers = 0 THEN {_rank(r.NoNumber)}
      ELSE LEAST(whole, CASE WHEN NOT is_free THEN rank END) END AS rank,
    CASE WHEN is_free THEN whole_until ELSE GREATEST(whole_until, until) END AS until
  FROM person)
SELECT id AS contact, (%(codes)s::text[])[rank] AS code, CASE WHEN rank >= {_FIRST_ENDING} THEN until END AS until
FROM verdict
"""
"""Of several numbers, the one that is nearest to a call speaks: what would mend it would have the person called."""


_TOGETHER = "max(rank) FILTER (WHERE e164 IS NOT NULL)"
_OTHER = f"""CASE WHEN {_TOGETHER} = {_rank(r.NoConsent)} AND bool_or(given) THEN {_rank(r.ConsentOtherNumber)}
  ELSE {_TOGETHER} END"""

_NO_CONTRACT = f"""CASE WHEN %(asks_proof)s AND bool_or(protected) AND bool_or(valid) IS NOT TRUE
  THEN {_rank(r.NoContract)} END"""


@lru_cache(maxsize=8)
def _text(basis: str) -> str:
    kind = basis if basis in _LACKING else "consent"
    together = _OTHER if kind == "consent" else _TOGETHER
    whole = _NO_CONTRACT if kind == "contract" else "NULL"
    text = _TEXT.format(valid=_VALID[kind], lacking=_LACKING[kind], together=together, whole=whole)
    return text.replace("%(kind)s", f"'{kind}'")

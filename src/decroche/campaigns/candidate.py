"""A queue entry as the rules and the agent's screen see it, read in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import dict_row

from decroche.calls.results import REACHED_THE_CONTACT
from decroche.compliance import ContactFacts, History, ListEntry, Proof

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that might be called, with everything that the rules and the agent's screen need of it."""

    entry_id: int
    campaign_id: int
    contact_id: int
    attempts: int
    attempts_by_result: Mapping[str, int]
    phone_position: int
    phones: tuple[tuple[str, str], ...]
    """(kind, e164), fax included."""
    contact: Mapping[str, Any]
    answers: Mapping[str, Any]
    kind: str
    """"person", "company", or "" where the campaign's audience says it."""
    attempts_at: tuple[datetime, ...]
    """When this person was called lately for the campaign's principal, on any of his numbers."""
    abandoned_at: Mapping[str, datetime]
    """Number → when it last answered and found no agent, lately."""
    do_not_call: tuple[tuple[str, ListEntry], ...]
    """(number, entry of a list that holds it)."""
    proofs: tuple[Proof, ...]
    """Of the ledger, for the campaign's principal; read for consumers only."""
    objected_at: datetime | None
    erased: bool
    callback_id: int | None
    callback_note: str | None
    callback_due_at: datetime | None
    stream: int = 0
    """Which list's turn it was, where the campaign has shares."""
    fits: bool = True
    """False: it was admitted by its campaign's filter and does not fit any more."""

    def facts(self) -> ContactFacts:
        """Whom, for the judge."""
        return ContactFacts(self.kind, str(self.contact["postal_code"]))  # type: ignore[arg-type]

    def history_of(self, e164: str) -> History:
        """What happened before a call to this number, for the judge."""
        return History(
            attempts_at=self.attempts_at,
            do_not_call=tuple(entry for number, entry in self.do_not_call if number == e164),
            proofs=self.proofs,
            objected_at=self.objected_at,
            abandoned_at=self.abandoned_at.get(e164),
            erased=self.erased,
        )


CONTACT_FIELDS = (
    "civility", "first_name", "last_name", "company", "address", "address2", "postal_code", "city", "country",
    "client_code", "email", "custom",
)  # fmt: skip

_NUMBERS = "(SELECT e164 FROM contacts_contactphone WHERE contact_id = c.id UNION SELECT unnest(%(also)s::text[]))"
"""All the person's numbers: those of the record, and one that somebody has just typed."""

_FACTS = """
SELECT q.id, q.campaign_id, q.contact_id, q.attempts, q.attempts_by_result, q.phone_position, q.state, q.claim,
  COALESCE(q.stream, 0) AS stream, {fits} AS fits,
  c.civility, c.first_name, c.last_name, c.company, c.address, c.address2, c.postal_code, c.city, c.country,
  c.client_code, c.email, c.custom, c.kind, c.erased_at,
  COALESCE((SELECT jsonb_agg(jsonb_build_array(p.kind, p.e164) ORDER BY p.id)
    FROM contacts_contactphone p WHERE p.contact_id = c.id), '[]') AS phones,
  COALESCE((SELECT jsonb_object_agg(a.question_key, a.value) FROM contacts_scriptanswer a
    WHERE a.contact_id = c.id AND a.campaign_id = q.campaign_id), '{{}}') AS answers,
  CASE WHEN NOT protected.so THEN '{{}}' ELSE ARRAY(SELECT t.at FROM (
      SELECT h.id, h.claimed_at AS at, h.campaign_id FROM calls_call h
        WHERE h.contact_id = c.id AND h.claimed_at > %(since)s AND h.result = ANY(%(counted)s)
          AND h.direction = 'outbound'
      UNION SELECT h.id, h.claimed_at, h.campaign_id FROM {numbers} p JOIN calls_call h ON h.e164 = p.e164
        WHERE h.claimed_at > %(since)s AND h.result = ANY(%(counted)s) AND h.direction = 'outbound') t
    JOIN campaigns_campaign o ON o.id = t.campaign_id AND o.principal_id IS NOT DISTINCT FROM k.principal_id)
    END AS attempts_at,
  COALESCE((SELECT jsonb_object_agg(a.e164, a.at) FROM (SELECT h.e164, max(COALESCE(h.answered_at, h.claimed_at)) AS at
      FROM {numbers} p JOIN calls_call h ON h.e164 = p.e164
      WHERE h.result = 'abandoned' AND h.claimed_at > %(abandoned_since)s GROUP BY h.e164) a),
    '{{}}') AS abandoned_at,
  COALESCE((SELECT jsonb_agg(jsonb_build_array(p.e164,
        CASE WHEN d.is_prefix THEN 'prefix' WHEN d.campaign_id IS NULL THEN 'everywhere' ELSE 'campaign' END,
        d.created_at, d.origin))
      FROM {numbers} p CROSS JOIN LATERAL (
        SELECT * FROM contacts_donotcall e WHERE e.e164 = p.e164 AND NOT e.is_prefix
        UNION ALL SELECT * FROM contacts_donotcall e WHERE e.is_prefix AND starts_with(p.e164, e.e164)) d
      WHERE (d.campaign_id IS NULL OR d.campaign_id = q.campaign_id)),
    '[]') AS do_not_call,
  (SELECT max(d.created_at) FROM contacts_donotcall d
    WHERE d.contact_id = c.id AND d.campaign_id IS NULL AND d.origin = 'agent') AS objected_at,
  CASE WHEN NOT protected.so THEN '[]' ELSE COALESCE((SELECT jsonb_agg(jsonb_build_array(f.kind, f.given_at, f.e164,
        f.expires_at, (SELECT min(w.at) FROM ledger_withdrawal w WHERE w.proof_id = f.id), f.slots))
      FROM ledger_proof f WHERE f.id IN (
        SELECT b.id FROM ledger_proof b WHERE b.contact_id = c.id AND b.principal_id = k.principal_id
        UNION SELECT b.id FROM {numbers} p JOIN ledger_proof b ON b.e164 = p.e164 AND b.e164 <> ''
          WHERE b.principal_id = k.principal_id)), '[]') END AS proofs,
  cb.id AS callback_id, cb.note AS callback_note, cb.due_at AS callback_due_at
FROM picked
JOIN {places}
JOIN contacts_contact c ON c.id = q.contact_id
JOIN campaigns_campaign k ON k.id = q.campaign_id
CROSS JOIN LATERAL (SELECT k.basis <> 'not_canvassing'
  AND (c.kind = 'person' OR (c.kind = '' AND k.audience = 'b2c')) AS so) protected
LEFT JOIN LATERAL (SELECT b.id, b.note, b.due_at FROM callbacks_callback b
  WHERE b.contact_id = q.contact_id AND b.campaign_id = q.campaign_id AND b.state = 'scheduled'
  ORDER BY b.due_at LIMIT 1) cb ON TRUE
ORDER BY picked.place
"""


def facts_of(fits: str = "TRUE") -> str:
    """Follows a `WITH … picked AS (SELECT id, place …)`; see `read_candidates` for its parameters.

    `fits` is SQL on `q` and `c`. A promise is kept, whatever the campaign's filter is now.
    """
    still = "TRUE" if fits == "TRUE" else f"(q.owner_until IS NOT NULL OR ({fits}) IS TRUE)"
    return _FACTS.format(fits=still, numbers=_NUMBERS, places="campaigns_queueentry q ON q.id = picked.id")


# The same facts without a place in the queue: what is known of the contact and of the campaign.
_ANYWHERE = """LATERAL (SELECT 0 AS id, picked.campaign_id, picked.contact_id, 0 AS attempts, '{}'::jsonb AS
  attempts_by_result, 0 AS phone_position, '' AS state, NULL::uuid AS claim, 0 AS stream) q ON TRUE"""
_CAMPAIGNS = """WITH picked AS (SELECT %(contact)s::bigint AS contact_id, o.id AS campaign_id, o.place
  FROM unnest(%(campaigns)s::bigint[]) WITH ORDINALITY o(id, place))"""
IN_CAMPAIGNS = _CAMPAIGNS + _FACTS.format(fits="TRUE", numbers=_NUMBERS, places=_ANYWHERE)
"""One contact as each of these campaigns sees him."""


_THIS_ONE = "WITH picked AS (SELECT %(entry)s::bigint AS id, 1 AS place)" + facts_of()


async def read_candidate(
    conn: AsyncConnection[Any], entry_id: int, *, now: datetime, also: Sequence[str] = ()
) -> Candidate | None:
    """One entry, whatever its state; None where there is none. `also`: numbers typed by hand."""
    return next(iter(await read_candidates(conn, _THIS_ONE, {"entry": entry_id, "also": list(also)}, now)), None)


async def read_candidates(conn: AsyncConnection[Any], query: str, facts: Row, now: datetime) -> list[Candidate]:
    """What a query ending in `facts_of` picked, in its order."""
    facts = instants(now) | facts
    async with conn.cursor(row_factory=dict_row) as cursor:
        rows = await (await cursor.execute(query, facts)).fetchall()
    return [candidate_of(row) for row in rows]


def instants(now: datetime) -> Row:
    """The parameters of `facts_of` that do not depend on the question."""
    return {
        "now": now,
        "since": now - timedelta(days=31),
        "abandoned_since": now - timedelta(days=4),
        "counted": [str(result) for result in REACHED_THE_CONTACT],
        "also": [],
    }


def candidate_of(row: Row) -> Candidate:
    """A row of `facts_of`."""
    return Candidate(
        entry_id=row["id"],
        campaign_id=row["campaign_id"],
        contact_id=row["contact_id"],
        attempts=row["attempts"],
        attempts_by_result=row["attempts_by_result"],
        phone_position=row["phone_position"],
        phones=tuple((kind, e164) for kind, e164 in row["phones"]),
        contact={name: row[name] for name in CONTACT_FIELDS},
        answers=row["answers"],
        kind=row["kind"],
        attempts_at=tuple(row["attempts_at"]),
        abandoned_at={e164: datetime.fromisoformat(at) for e164, at in row["abandoned_at"].items()},
        do_not_call=tuple(
            (e164, ListEntry(scope, datetime.fromisoformat(since), origin))
            for e164, scope, since, origin in row["do_not_call"]
        ),
        proofs=tuple(_proof(*one) for one in row["proofs"]),
        objected_at=row["objected_at"],
        erased=row["erased_at"] is not None,
        callback_id=row["callback_id"],
        callback_note=row["callback_note"],
        callback_due_at=row["callback_due_at"],
        stream=row["stream"],
        fits=row["fits"],
    )


def _proof(kind: Any, given: str, e164: str, expires: str | None, withdrawn: str | None, slots: list[Any]) -> Proof:
    return Proof(
        kind,
        datetime.fromisoformat(given),
        e164,
        None if expires is None else datetime.fromisoformat(expires),
        None if withdrawn is None else datetime.fromisoformat(withdrawn),
        tuple((datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in slots),
    )

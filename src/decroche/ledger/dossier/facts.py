"""What is known of one call's lawfulness, as data: `manage proof --json` writes it as it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema

from decroche.ledger.schemas import ProofOut

Again = Literal["allowed", "set_aside", "refused", "unreadable"]
When = Literal["then", "now"]


class CallFacts(Schema):
    """The call. `e164` is "" once its person was erased; the decision knows its beginning."""

    id: UUID
    claimed_at: datetime
    placed_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    result: str
    mode: str
    e164: str
    campaign_id: int | None
    campaign: str
    agent: str
    contact_id: int | None
    contact: str
    erased_at: datetime | None


class DecisionFacts(Schema):
    """What the judge was asked right before, with all that was known. `case` is a line that `manage judge` reads.

    `again`: the same case, judged today by the rules of its day; `codes`: of what refuses, where something does.
    """

    at: datetime
    rulebook: str
    until: datetime | None
    kind: str
    zone: str
    override: dict[str, Any] | None
    case: dict[str, Any]
    case_sha256: str
    again: Again
    codes: list[str]


class BasisFacts(Schema):
    """Why the campaign may call. `source`: whether it is the decision that says so, or the campaign as it is now."""

    source: Literal["decision", "campaign"]
    basis: str
    audience: str
    sector: str
    contact_kind: str
    calls_consumer: bool
    principal: str
    siren: str


class ProofFacts(Schema):
    """A proof of the ledger for this person and this principal. `known_then`: the judge had it before him."""

    known_then: bool
    sha256: str
    proof: ProofOut


class RefusalFacts(Schema):
    """A refusal, as the decision knew it or as it stands now."""

    when: When
    scope: Literal["everywhere", "campaign", "prefix", "objection", "erased"]
    since: datetime | None
    origin: str


class AttemptFacts(Schema):
    """Calls to this person for this principal before this one. `limit` None: the law sets none for this call."""

    source: Literal["decision", "log"]
    since: datetime
    days: int
    limit: int | None
    at: list[datetime]


class PresentedFacts(Schema):
    """The number shown, and which block of the numbering plan it is from. `holder`: who holds it, as of today."""

    e164: str
    range: str
    automatic: bool
    lawful: bool
    rows: list[str]
    holder: str


class RowFacts(Schema):
    """A row of the rulebook in force on the call's local day."""

    id: str
    rule: str
    source: str
    since: date | None
    until: date | None
    sourced: bool


class RecordedFacts(Schema):
    """One recording of the call."""

    status: str
    started_at: datetime
    duration_s: float | None
    deleted_for: str


class RecordingFacts(Schema):
    """Whether the call was recorded. `notice`: what the campaign has its agents say, as it is now."""

    setting: str
    purpose: str
    share: float
    notice: str
    refused_at: datetime | None
    recordings: list[RecordedFacts]


class DossierFacts(Schema):
    """All of it. `decision` None: the call is older than decisions, or its decision was removed at its term."""

    made_at: datetime
    made_by: str
    rulebook: str
    call: CallFacts
    decision: DecisionFacts | None
    basis: BasisFacts | None
    proofs: list[ProofFacts]
    refusals: list[RefusalFacts]
    attempts: AttemptFacts
    presented: PresentedFacts
    recording: RecordingFacts
    rows: list[RowFacts]

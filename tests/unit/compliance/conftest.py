"""Cases of one consumer campaign with a consent in order; a test changes the one thing that it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from decroche.compliance import CampaignFacts, ContactFacts, History, Intent, Proof, Refused, decide
from decroche.compliance.hours import read_slots
from decroche.compliance.rulebook import Rulebook

LEGAL = read_slots(
    [
        {"days": [0, 1, 2, 3, 4], "from": "10:00", "to": "13:00"},
        {"days": [0, 1, 2, 3, 4], "from": "14:00", "to": "20:00"},
    ]
)
ROUND_THE_CLOCK = read_slots([{"days": list(range(7)), "from": "00:00", "to": "24:00"}])
SIREN = "123456782"
MONDAY_11 = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""11:00 in Paris."""
MOBILE, PARIS = "+33639980011", "+33199000001"
CAMPAIGN = CampaignFacts(principal=SIREN, slots=LEGAL)
CONSENT = Proof("consent", datetime(2026, 9, 1, 8, 0, tzinfo=UTC))
WITH_CONSENT = History(proofs=(CONSENT,))


def intent(**fields: Any) -> Intent:
    """A machine calls a consumer in Paris on a Monday at 11, on the simulator; fields of campaign and contact too."""
    own = {name: fields.pop(name) for name in list(fields) if name in CampaignFacts.__dataclass_fields__}
    whom = {"postal_code": fields.pop("postal_code", "75011"), "kind": fields.pop("contact_kind", "")}
    values: dict[str, Any] = {
        "kind": "automatic", "e164": MOBILE, "at": MONDAY_11, "presented": PARIS, "on_simulator": True, **fields,
    }  # fmt: skip
    return Intent(**values, campaign=replace(CAMPAIGN, **own), contact=ContactFacts(**whom))


def codes(history: History = WITH_CONSENT, book: Rulebook | None = None, **fields: Any) -> tuple[str, ...]:
    """The codes of the verdict; none: allowed."""
    verdict = decide(intent(**fields), history, book)
    return verdict.codes if isinstance(verdict, Refused) else ()


def until(history: History = WITH_CONSENT, **fields: Any) -> datetime | None:
    """Until when the verdict holds."""
    return decide(intent(**fields), history).until

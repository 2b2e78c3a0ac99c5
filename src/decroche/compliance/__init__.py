"""Pure: receives an intent to call and its history; answers Allowed or Refused(reasons) to dialer and screens."""

from decroche.compliance.intent import CampaignFacts, ContactFacts, History, Intent, Kind, ListEntry, Proof
from decroche.compliance.judge import Allowed, Refused, Verdict, allowed_on, calling_hours, decide, of_campaign
from decroche.compliance.reasons import Reason
from decroche.compliance.rulebook import Rulebook, french

__all__ = [
    "Allowed",
    "CampaignFacts",
    "ContactFacts",
    "History",
    "Intent",
    "Kind",
    "ListEntry",
    "Proof",
    "Reason",
    "Refused",
    "Rulebook",
    "Verdict",
    "allowed_on",
    "calling_hours",
    "decide",
    "french",
    "of_campaign",
]

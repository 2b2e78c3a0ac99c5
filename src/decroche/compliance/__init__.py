"""Pure: receives an intent to call and its history; answers Allowed or Refused(reason, until) to dialer and screens."""

from decroche.compliance.reasons import Reason, sentence
from decroche.compliance.rules import Allowed, History, Intent, Refused, Rules, Verdict, allowed_on, decide, rules_for

__all__ = [
    "Allowed",
    "History",
    "Intent",
    "Reason",
    "Refused",
    "Rules",
    "Verdict",
    "allowed_on",
    "decide",
    "rules_for",
    "sentence",
]

"""The judge's yes to one call: what was asked, what was known, until when it holds. Nothing is dialed without one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from decroche.compliance import History, Intent, Refused, decide, french
from decroche.compliance.cases import write
from decroche.compliance.judge import rules_of


@dataclass(frozen=True, slots=True)
class Override:
    """A supervisor's word, given for one call dialed by hand."""

    user_id: int
    name: str
    role: str
    reason: str

    def as_row(self, refused: Refused, at: datetime) -> dict[str, Any]:
        """For the permit: what was set aside, by whom."""
        return {
            "by": self.user_id,
            "name": self.name,
            "role": self.role,
            "reason": self.reason,
            "codes": list(refused.codes),
            "at": at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Permit:
    """Made by `Claiming` alone. `override`: who set a refusal aside, and why; `relaxed`: the case without it."""

    intent: Intent
    history: History
    until: datetime | None
    override: dict[str, Any] | None = None
    relaxed: Intent | None = None

    def refused_at(self, now: datetime, *, forbidden: bool) -> Refused | None:
        """The last look, right before the order to dial: None where the call is still lawful.

        `forbidden`: the person's refusal was heard since the permit was given.
        """
        if forbidden:
            at = self.intent.at
            return _refusal(replace(self.intent, at=now), replace(self.history, objected_at=at))
        if self.until is None or now < self.until:
            return None
        return _refusal(replace(self.relaxed or self.intent, at=now), self.history)

    def as_row(self) -> dict[str, Any]:
        """For `ledger_decision`."""
        book = french()
        rules = rules_of(self.intent, book)
        return {
            "rulebook": book.version,
            "rows": sorted(row.id for row in (*rules.rows.values(), *rules.bans.values())),
            "until": None if self.until is None else self.until.isoformat(),
            "case": write(self.intent, self.history),
            "override": self.override,
        }


def _refusal(intent: Intent, history: History) -> Refused | None:
    verdict = decide(intent, history)
    return verdict if isinstance(verdict, Refused) else None

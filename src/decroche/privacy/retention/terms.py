"""How long each kind is kept here: the law's months, or the days that an administrator chose below them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from decroche.accounts.settings_schema import KEPT_AT_MOST, Settings
from decroche.compliance.judge import months_after
from decroche.compliance.rulebook import Row, french
from decroche.privacy.retention.kinds import Kind


@dataclass(frozen=True, slots=True)
class Term:
    """`days` None: as the law says. What is older than `before` goes."""

    row: Row
    days: int | None
    before: datetime


def term_of(kind: Kind, settings: Settings, now: datetime) -> Term:
    """Never later than the law's, whatever was chosen."""
    row = french().on(now.date()).rows[kind.rule]
    if kind.grace_days is not None:
        return Term(row, None, now - timedelta(days=kind.grace_days))
    longest = months_after(now, -row.value.months)
    if not kind.setting:
        return Term(row, None, longest)
    days = int(getattr(settings, kind.setting))
    if days >= KEPT_AT_MOST[kind.setting]:
        return Term(row, None, longest)
    return Term(row, days, max(longest, now - timedelta(days=days)))

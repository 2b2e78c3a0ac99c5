"""What crosses the API about the judge's answers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from decroche.contacts.schemas import CampaignRef


class VerdictReason(Schema):
    """One reason why a call is refused. `source`: of the rulebook's row; `until` null: it does not end by itself.

    `machine_only`: it forbids the dialer, not a call that somebody makes by hand.
    """

    code: str
    row: str
    source: str
    sentence: str
    until: datetime | None
    machine_only: bool


class NumberVerdict(Schema):
    """Whether this number may be called by hand now. `until`: when the answer may be another; null: not foreseeable.

    `may_be_set_aside`: a supervisor may call it all the same, by hand, and writes why.
    """

    kind: Literal["phone", "mobile", "office"]
    e164: str
    allowed: bool
    until: datetime | None
    may_be_set_aside: bool
    reasons: list[VerdictReason]


class CampaignVerdicts(Schema):
    """The answers in one campaign."""

    campaign: CampaignRef
    is_open: bool
    has_place: bool
    numbers: list[NumberVerdict]


class ContactVerdicts(Schema):
    """Each campaign where the contact has a place, else each open one of the reader. `zone`: of the hours told."""

    at: datetime
    zone: str
    rulebook: str
    campaigns: list[CampaignVerdicts]

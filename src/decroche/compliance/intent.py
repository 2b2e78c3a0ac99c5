"""The question put to the judge: who wants to call whom, for whom, and what is known of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from decroche.compliance.hours import Slot
from decroche.compliance.numbers import time_zone_of

Kind = Literal["automatic", "preview", "manual", "callback", "transfer", "test"]
"""How the call comes about. `automatic`: a machine launches it; all others: one human click each."""
Audience = Literal["b2c", "b2b"]
Basis = Literal["consent", "contract", "callback_request", "business", "not_canvassing"]
"""Why the campaign may call: prior consent, a contract in progress, a request for a call-back, prospecting among
companies, or no canvassing at all (survey, service)."""
Sector = Literal["", "energy", "home_adaptation", "training_account"]
"""What is sold, where the law names it (L223-1, L6323-8-1)."""
ContactKind = Literal["", "person", "company"]
"""A consumer, a company, or unknown: then the campaign's audience says which."""
ProofKind = Literal["consent", "contract", "callback_request"]


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What the campaign is. `principal`: the SIREN for which it calls, "" where nobody wrote it down."""

    basis: Basis = "consent"
    audience: Audience = "b2c"
    sector: Sector = ""
    principal: str = ""
    slots: tuple[Slot, ...] = ()
    on_days_off: bool = False
    """Companies only: whether it also calls on public holidays."""
    regional_days_off: bool = True
    """Whether the days off of Alsace-Moselle and of overseas count too."""


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Whom. The address decides the time zone and the days off, else the number."""

    kind: ContactKind = ""
    postal_code: str = ""


@dataclass(frozen=True)
class Intent:
    """The call that somebody wants to place at `at`. `presented` is "" where no number could be found to show.

    `holder`: SIREN of the company that holds that number, "" where nobody wrote it down.
    """

    kind: Kind
    e164: str
    at: datetime
    presented: str
    on_simulator: bool = False
    campaign: CampaignFacts = field(default_factory=CampaignFacts)
    contact: ContactFacts = field(default_factory=ContactFacts)
    holder: str = ""

    @property
    def is_automatic(self) -> bool:
        return self.kind == "automatic"

    @property
    def calls_consumer(self) -> bool:
        """Protected as a consumer: known as a person, or unknown in a campaign that calls consumers."""
        return self.contact.kind == "person" or (self.contact.kind == "" and self.campaign.audience == "b2c")

    @property
    def canvasses_consumer(self) -> bool:
        return self.calls_consumer and self.campaign.basis != "not_canvassing"

    @cached_property
    def zone(self) -> str:
        """Name of the contact's time zone."""
        return time_zone_of(self.e164, self.contact.postal_code)


@dataclass(frozen=True, slots=True)
class Proof:
    """A row of the ledger that concerns this person and this principal: see `ledger.Consent`."""

    kind: ProofKind
    given_at: datetime
    e164: str = ""
    """The number consented to; "": all of the person's."""
    expires_at: datetime | None = None
    withdrawn_at: datetime | None = None
    slots: tuple[tuple[datetime, datetime], ...] = ()
    """Precise times agreed to, outside the legal hours too (L223-1)."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of a do-not-call list that holds this number."""

    scope: Literal["everywhere", "campaign", "prefix"]
    since: datetime | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What happened before.

    `attempts_at`: instants when this person was called for this principal, any order, any campaign, any of his numbers.
    `abandoned_at`: when this number last answered and found nobody, in an automatic mode.
    `objected_at`: when the person last said that he does not want to be called.
    """

    attempts_at: tuple[datetime, ...] = ()
    do_not_call: tuple[ListEntry, ...] = ()
    proofs: tuple[Proof, ...] = ()
    objected_at: datetime | None = None
    abandoned_at: datetime | None = None
    erased: bool = False

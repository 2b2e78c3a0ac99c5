"""What crosses the API about principals and proofs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from decroche.common.pagination import Page
from decroche.common.schemas import Body, TextSection, left_out
from decroche.contacts.schemas import ContactRef, PersonRef

ProofKindCode = Literal["consent", "contract", "callback_request"]
ChannelCode = Literal["web_form", "phone", "paper", "email", "in_person", "third_party"]
WithdrawalChannelCode = Literal[
    "web_form", "phone", "paper", "email", "in_person", "third_party", "roll_back"
]  # fmt: skip
"""`roll_back`: nobody took it back, the batch that brought it was rolled back."""
ProofState = Literal["live", "to_come", "expired", "withdrawn"]
Siren = Annotated[str, StringConstraints(strip_whitespace=True, max_length=14)]
"""Nine digits, spaces allowed; the last one is a check digit (Luhn)."""


class PrincipalOut(Schema):
    """A company for which campaigns call."""

    id: int
    name: str
    siren: str
    campaigns: int
    proofs: int


class PrincipalIn(Body):
    """A new one."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
    siren: Siren


class PrincipalPatch(Body):
    """Its name; a SIREN never changes, since proofs belong to it."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)] = left_out()


class EvidenceOut(Schema):
    """A file that shows a consent."""

    id: UUID
    name: str
    size_bytes: int
    sha256: str
    added_at: datetime


class Slot(Schema):
    """A precise time agreed to."""

    start: AwareDatetime
    end: AwareDatetime


class WithdrawalOut(Schema):
    """When and how the person took it back."""

    at: datetime
    channel: WithdrawalChannelCode
    note: str
    recorded_by: PersonRef | None


class ProofOut(Schema):
    """A row of the ledger."""

    id: int
    kind: ProofKindCode
    state: ProofState
    principal: PrincipalOut
    contact: ContactRef | None
    who: str
    e164: str
    third_party: str
    object: str
    wording: str
    wording_version: str
    channel: ChannelCode
    act: str
    given_at: datetime
    zone: str
    expires_at: datetime | None
    ends_at: datetime | None
    """When it stops to allow calls, by the rules of today; None: not foreseeable."""
    slots: list[Slot]
    evidence: EvidenceOut | None
    reference: str
    """Where whoever collected it keeps its evidence: a link, a number."""
    batch_id: int | None
    call_id: UUID | None
    recorded_by: PersonRef | None
    recorded_at: datetime
    archive_until: datetime
    withdrawal: WithdrawalOut | None


class ProofIn(Body):
    """A proof to write down; it is never changed afterwards. `number` "": all of the person's."""

    kind: ProofKindCode = "consent"
    principal_id: int
    who: Annotated[str, StringConstraints(strip_whitespace=True, max_length=250)] = ""
    """Empty: the contact's name as it is now."""
    number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] = ""
    third_party: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    object: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    wording: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
    wording_version: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    channel: ChannelCode
    act: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    given_at: AwareDatetime
    expires_at: AwareDatetime | None = None
    slots: Annotated[list[Slot], Field(max_length=20)] = []
    evidence_id: UUID | None = None
    reference: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""
    call_id: UUID | None = None


class WithdrawIn(Body):
    """The person takes it back."""

    channel: ChannelCode = "phone"
    at: AwareDatetime | None = None
    """None: now."""
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""


class ConsentWordingOut(Schema):
    """A version of what agents read aloud."""

    version: int
    object: str
    text: str
    """Empty: nothing is asked since then."""
    made_by: PersonRef | None
    made_at: datetime


class ConsentWordings(Schema):
    """What is read now, and every version there was, the latest first."""

    current: ConsentWordingOut | None
    versions: list[ConsentWordingOut]


class ConsentWordingIn(Body):
    """A new version; `text` empty: agents ask for nothing any more."""

    object: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = ""
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=10_000)]


class SpokenConsentIn(Body):
    """Said yes to the campaign's wording, in a call; `slots`: precise times agreed to."""

    slots: Annotated[list[Slot], Field(max_length=20)] = []


class CallDossier(Schema):
    """Why a call was lawful, in the reader's language. `decided`: its decision is kept."""

    call_id: UUID
    decided: bool
    sections: list[TextSection]


class PrincipalPage(Page[PrincipalOut]):
    """Principals."""


class ProofPage(Page[ProofOut]):
    """Proofs, the latest first."""

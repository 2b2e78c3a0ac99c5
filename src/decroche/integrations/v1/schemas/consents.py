"""What persons agreed to."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from decroche.common.pagination import Page
from decroche.common.schemas import Body
from decroche.ledger.schemas import ChannelCode, ProofKindCode, ProofState


class AgreedTime(Body):
    """A precise time agreed to: the only thing that allows a call outside the hours of the law."""

    start: AwareDatetime
    end: AwareDatetime


class Proof(Schema):
    """What a person agreed to. `siren` is the principal's; `e164` empty: all of the person's numbers."""

    id: int
    contact_id: int | None
    siren: str
    kind: ProofKindCode
    state: ProofState
    who: str
    e164: str
    third_party: str
    object: str
    wording: str
    wording_version: str
    channel: ChannelCode
    act: str
    given_at: datetime
    expires_at: datetime | None
    ends_at: datetime | None
    """When it stops to allow calls, by the rules of today."""
    slots: list[AgreedTime]
    recorded_at: datetime
    withdrawn_at: datetime | None


class ProofPage(Page[Proof]):
    """In the order in which they were written down."""


class ProofWrite(Body):
    """A consent, a current contract or a callback request. `wording`: word for word what the person saw."""

    siren: Annotated[str, Field(max_length=14)]
    kind: ProofKindCode = "consent"
    who: Annotated[str, Field(max_length=250)] = ""
    """Empty: the contact's name."""
    number: Annotated[str, Field(max_length=40)] = ""
    third_party: Annotated[str, Field(max_length=200)] = ""
    object: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    wording: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
    wording_version: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    channel: ChannelCode = "web_form"
    act: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    given_at: AwareDatetime
    expires_at: AwareDatetime | None = None
    slots: Annotated[list[AgreedTime], Field(max_length=20)] = []

"""What the API says of duplicates and of a merge to come."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema

from decroche.contacts.schemas import CampaignRef, ContactOut, ContactRef, PhoneKindCode, QueueStateCode

SideCode = Literal["kept", "other"]


class DuplicateOut(Schema):
    """A contact that may be the same person, and what both have in common."""

    contact: ContactRef
    why: list[Literal["phone", "email", "name"]]


class FieldChoice(Schema):
    """A field that one of both has: its two values, and the side proposed. `differs`: there is something to choose."""

    field: str
    kept: Any
    other: Any
    proposed: SideCode
    differs: bool


class UnitedNumber(Schema):
    """A number of either contact; `kind` null: none is left for it, it goes unless it takes another's place."""

    e164: str
    kind: PhoneKindCode | None
    kept_as: PhoneKindCode | None
    other_as: PhoneKindCode | None
    do_not_call: bool


class UnitedPlace(Schema):
    """The one place that both will have in a campaign; `shared`: both had one."""

    campaign: CampaignRef
    state: QueueStateCode
    attempts: int
    shared: bool


class MovedCounts(Schema):
    """What the other contact brings."""

    calls: int
    notes: int
    answers: int
    callbacks: int
    appointments: int
    mails: int
    documents: int
    changes: int


class Comparison(Schema):
    """Two contacts side by side, and what they propose to become.

    `refused_too`: numbers that will be on the do-not-call list because the person refused on the other ones.
    `in_call`: one of both is on a call, so that the merge would be refused now.
    """

    kept: ContactOut
    other: ContactOut
    fields: list[FieldChoice]
    numbers: list[UnitedNumber]
    places: list[UnitedPlace]
    moved: MovedCounts
    refused_too: list[str]
    in_call: bool


class MergeIn(Schema):
    """`sides`: field → whose value (left out: the proposed one). `numbers`: kind → number, among both contacts'."""

    other_id: int
    sides: dict[str, SideCode] = {}
    numbers: dict[PhoneKindCode, str] | None = None

"""What the API says of bulk actions."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from decroche.campaigns.outlook.schemas import OutlookOut
from decroche.campaigns.schemas import FeedIn
from decroche.common.schemas import Body
from decroche.contacts.bulk.selection import Selection
from decroche.contacts.schemas import CampaignRef, PersonRef

BulkKind = Literal["assign", "withdraw", "change", "do_not_call", "erase"]
BulkStatus = Literal["queued", "running", "done", "failed", "cancelled", "undoing", "undone"]


class BulkIn(Body):
    """What to do on whom. `expected`: the number that the person was shown when he confirmed an erasure.

    `feed`: to assign, in place of `selection`: those that the campaign is to be fed with, and how. `campaign_id`: to
    assign to, withdraw from, or whose do-not-call list (none: everywhere). `field` and `value`: to change; an empty
    value clears.
    """

    kind: BulkKind
    selection: Selection | None = None
    feed: FeedIn | None = None
    expected: Annotated[int, Field(ge=0)] = 0
    campaign_id: int | None = None
    priority: Annotated[int, Field(ge=-1000, le=1000)] = 0
    field: Annotated[str, Field(max_length=80)] = ""
    value: str | float | bool | None = None


class BulkOut(Schema):
    """How far an action is, and what became of the contacts, by reason. `error`: a sentence, or empty."""

    id: int
    kind: BulkKind
    status: BulkStatus
    campaign: CampaignRef | None
    field: str
    total: int
    done: int
    counts: dict[str, int]
    outlook: OutlookOut | None
    """Of an assignment: how many of them the campaign may call."""
    error: str
    can_cancel: bool
    can_undo: bool
    created_by: PersonRef | None
    created_at: datetime
    finished_at: datetime | None

"""What crosses the API about how many contacts a campaign may call."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema

from decroche.campaigns.schemas import FeedIn
from decroche.common.schemas import Body
from decroche.contacts.bulk.selection import Selection

OutlookStatus = Literal["counting", "done", "failed"]


class OutlookIn(Body):
    """Whom to count: those that would be fed, or those of a selection. One of both."""

    feed: FeedIn | None = None
    selection: Selection | None = None


class OutlookReason(Schema):
    """`short`: in a few words and in the reader's language, "sans consentement"."""

    code: str
    short: str
    contacts: int


class OutlookOut(Schema):
    """`callable` contacts have nothing against them but hours and numbers to present; the others, by their reason.

    `counting`: a job is at it; ask again.
    """

    id: int
    status: OutlookStatus
    campaign_id: int
    total: int
    callable: int
    reasons: list[OutlookReason]
    """The most frequent first."""
    asked_at: datetime
    counted_at: datetime | None

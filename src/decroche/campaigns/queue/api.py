"""A campaign's queue: every figure, and the contacts behind it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import SUPERVISOR
from decroche.campaigns.queue import counts, entries
from decroche.campaigns.queue.schemas import QueueEntryPage, QueueView
from decroche.campaigns.queue.standing import Standing
from decroche.common.errors import NotFound
from decroche.common.http import answers
from decroche.common.pagination import InvalidCursor, Limit

router = Router(tags=["campaigns"], auth=SUPERVISOR)
PATH = "/campaigns/{int:campaign_id}"


@router.get(PATH + "/queue-counts", response=answers(QueueView, NotFound), operation_id="get_queue_counts")
def get_queue_counts(request: HttpRequest, campaign_id: int) -> QueueView:
    """Where its contacts stand now: each is counted once."""
    return counts.view(campaign_id)


@router.get(
    PATH + "/queue-entries",
    response=answers(QueueEntryPage, NotFound, InvalidCursor),
    operation_id="list_queue_entries",
)
def list_queue_entries(
    request: HttpRequest,
    campaign_id: int,
    standing: Standing,
    code: str = "",
    disposition_id: int | None = None,
    last_result: str = "",
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    cursor: str = "",
    limit: Limit = 50,
) -> QueueEntryPage:
    """The contacts behind one figure of the queue."""
    return entries.page(
        campaign_id,
        standing,
        code=code,
        disposition_id=disposition_id,
        last_result=last_result,
        from_at=from_at,
        until_at=until_at,
        cursor=cursor,
        limit=limit,
    )

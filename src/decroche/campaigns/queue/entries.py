"""The contacts behind a figure of the queue, in pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from decroche.campaigns import selectors
from decroche.campaigns.queue.schemas import QueueEntryOut, QueueEntryPage
from decroche.campaigns.queue.standing import INSIDE, OUTCOME, STANDING, WHY, Standing, facts
from decroche.common.pagination import cut, decode_cursor

# Each names the indexes' own conditions, so that a page is the head of one of them (queue_next, queue_refused,
# queue_over), whatever the length of the queue.
_CONDITIONS: dict[Standing, str] = {
    "callable": f"q.state = 'waiting' AND q.not_before <= %(now)s AND (q.owner_until IS NOT NULL OR {INSIDE})",
    "later": "q.state = 'waiting' AND q.not_before > %(now)s AND q.refused_reason = '' AND q.owner_until IS NULL"
    f" AND {INSIDE}",
    "promised": "q.state = 'waiting' AND q.not_before > %(now)s AND q.refused_reason = ''"
    " AND q.owner_until IS NOT NULL",
    "outside": f"q.state = 'waiting' AND q.owner_until IS NULL AND NOT {INSIDE}"
    " AND NOT (q.not_before > %(now)s AND q.refused_reason <> '')",
    "refused": "q.refused_reason <> '' AND (q.state = 'finished' OR q.state = 'waiting' AND q.not_before > %(now)s)",
    "in_call": "q.state = 'claimed'",
    "finished": "q.state = 'finished' AND q.refused_reason = ''",
    "withdrawn": "q.state = 'withdrawn'",
}
WAITING: tuple[Standing, ...] = ("callable", "later", "promised", "outside")

_PAGE = """
SELECT q.id, q.contact_id, concat_ws(' ', NULLIF(c.civility, ''), NULLIF(c.first_name, ''), NULLIF(c.last_name, '')),
  c.company, c.postal_code, c.city, COALESCE((SELECT p.e164 FROM contacts_contactphone p
    WHERE p.contact_id = c.id AND p.kind <> 'fax' ORDER BY p.id LIMIT 1), ''),
  {standing}, {why}, COALESCE(d.label, ''), q.attempts, q.last_result, q.last_call_at, q.not_before,
  COALESCE(NULLIF(concat_ws(' ', NULLIF(u.first_name, ''), NULLIF(u.last_name, '')), ''), u.username, ''), q.priority
FROM (SELECT * FROM campaigns_queueentry q WHERE q.campaign_id = %(campaign)s AND {conditions}
  ORDER BY {order} LIMIT %(limit)s) q
JOIN contacts_contact c ON c.id = q.contact_id
LEFT JOIN dispositions_disposition d ON d.id = q.disposition_id
LEFT JOIN accounts_user u ON u.id = q.owner_id
ORDER BY {order}
"""


def page(
    campaign_id: int,
    standing: Standing,
    *,
    code: str = "",
    disposition_id: int | None = None,
    last_result: str = "",
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    cursor: str = "",
    limit: int = 50,
) -> QueueEntryPage:
    """Raises NotFound, InvalidCursor."""
    row = selectors.get(campaign_id)
    wanted: dict[str, Any] = facts(row, timezone.now()) | {"limit": limit + 1}
    conditions = [_CONDITIONS[standing]]
    for text, name, value in (
        (f"{WHY} = %(code)s", "code", code or None),
        (f"{OUTCOME} = %(disposition)s", "disposition", disposition_id),
        ("q.last_result = %(last_result)s", "last_result", last_result or None),
        ("q.not_before >= %(from_at)s", "from_at", from_at),
        ("q.not_before < %(until_at)s", "until_at", until_at),
    ):
        if value is not None:
            conditions.append(text)
            wanted[name] = value
    in_order = standing in WAITING
    if cursor and in_order:
        wanted["priority"], wanted["after_at"], wanted["after"] = decode_cursor(
            cursor, int, datetime.fromisoformat, int
        )
        conditions.append("(-q.priority, q.not_before, q.id) > (-%(priority)s, %(after_at)s, %(after)s)")
    elif cursor:
        (wanted["after"],) = decode_cursor(cursor, int)
        conditions.append("q.id > %(after)s")
    order = "q.priority DESC, q.not_before, q.id" if in_order else "q.id"
    sql = _PAGE.format(standing=STANDING, why=WHY, conditions=" AND ".join(conditions), order=order)
    with connection.cursor() as db:
        db.execute(sql, wanted)
        rows = db.fetchall()
    kept, next_cursor = cut(rows, limit, lambda one: (one[-1], one[13], one[0]) if in_order else (one[0],))
    return QueueEntryPage(items=[_out(one) for one in kept], next_cursor=next_cursor)


def _out(row: tuple[Any, ...]) -> QueueEntryOut:
    names = list(QueueEntryOut.model_fields)
    return QueueEntryOut(**dict(zip(names, row, strict=False)))

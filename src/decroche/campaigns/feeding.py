"""Putting contacts into a campaign's queue: one statement, whatever their number."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.models import Campaign
from decroche.campaigns.schemas import ContactFilter, Fed, FeedIn
from decroche.campaigns.services import lock
from decroche.campaigns.steering import lists
from decroche.campaigns.tasks import admit_entries, settle_soon
from decroche.common import jobs
from decroche.common.errors import InvalidFields
from decroche.common.notify import notify_floor
from decroche.contacts.filters.query import sql_predicate

Condition = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""

# Those that have their place keep it: a contact is never in one queue twice, and a second feed costs nothing. Those
# that were taken out come back, with the attempts that they had.
FEED = """
WITH wanted AS (
    SELECT c.id, coalesce(%s::bigint, c.batch_id) AS batch_id, campaigns_place(c.postal_code, c.country) AS place,
        EXISTS (
            SELECT 1 FROM contacts_contactphone p WHERE p.contact_id = c.id AND p.kind IN ('phone', 'mobile', 'office')
        ) AS dialable
    FROM contacts_contact c WHERE c.erased_at IS NULL AND {conditions}
), added AS (
    INSERT INTO campaigns_queueentry
        (campaign_id, contact_id, batch_id, state, priority, not_before, attempts, attempts_by_result, phone_position,
         last_result, finished_reason, refused_reason, place, list_id)
    SELECT %s, id, batch_id, 'waiting', %s, %s, 0, '{{}}', 0, '', '', '', place, %s::bigint
    FROM wanted WHERE dialable ORDER BY id
    ON CONFLICT (campaign_id, contact_id) DO NOTHING
    RETURNING batch_id, list_id
), back AS (
    UPDATE campaigns_queueentry q SET state = 'waiting', refused_reason = '', priority = %s, not_before = %s,
        list_id = coalesce(%s::bigint, q.list_id)
    FROM wanted w
    WHERE q.campaign_id = %s AND q.contact_id = w.id AND w.dialable AND q.state = 'withdrawn'
    RETURNING 1
)
SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM back), (SELECT count(*) FROM wanted WHERE dialable),
    (SELECT count(*) FROM wanted),
    array(SELECT DISTINCT batch_id FROM added WHERE batch_id IS NOT NULL AND list_id IS NULL)
"""


_OF_BATCH = """c.id IN (
    SELECT id FROM contacts_contact WHERE batch_id = %s
    UNION ALL SELECT contact_id FROM contacts_batchchange WHERE batch_id = %s
)"""
"""Those that it brought, and those that were there and that it changed."""


@transaction.atomic
def feed(actor: User, campaign_id: int, body: FeedIn) -> Fed:
    """Raises NotFound, CampaignArchived, InvalidFields where not exactly one way of choosing was given.

    The hopeless leave the queue soon after. Of very many, `contacts/bulk` feeds a portion at a time (`put`).
    """
    row = lock(campaign_id)
    fed = put(row, body, body.batch_id)
    record(actor, "campaign.feed", row, **fed.model_dump())
    notify_floor("queue_changed", campaign_id=row.pk)
    admit(row)
    if fed.added + fed.back:
        settle_soon(row.pk)
    return fed


def put(row: Campaign, body: FeedIn, batch_id: int | None = None) -> Fed:
    """The places alone, in the caller's transaction, which holds the campaign; he tells, admits and settles at the end.

    `batch_id`: the batch that they are of; None: the one that brought each. Raises InvalidFields.
    """
    conditions, values = condition(body)
    with connection.cursor() as cursor:
        place: list[Any] = [body.priority, timezone.now(), _list(row, body)]
        cursor.execute(FEED.format(conditions=conditions), [batch_id, *values, row.pk, *place, *place, row.pk])
        added, back, dialable, wanted, batches = cursor.fetchone()
    lists.join(row.pk, batches)
    return Fed(added=added, back=back, already=dialable - added - back, no_number=wanted - dialable)


def admit(row: Campaign) -> None:
    """Those that came find their place in what steers the campaign."""
    if row.steering:
        jobs.defer(admit_entries, campaign_id=row.pk)


def _list(row: Campaign, body: FeedIn) -> int | None:
    """The list of its own that the fed entries make, where it has a name; a name that is there goes on."""
    if not body.list_name:
        return None
    return int(lists.named(row, body.list_name).pk)


def condition(body: FeedIn) -> tuple[str, list[Any]]:
    """SQL on contacts_contact `c`, true of those that would be fed, and its parameters. Raises InvalidFields."""
    conditions = _conditions(body)
    return " AND ".join(text for text, _ in conditions), [value for _, some in conditions for value in some]


def _conditions(body: FeedIn) -> list[Condition]:
    given = [way for way in (body.contact_ids, body.batch_id, body.filter, body.search) if way is not None]
    if len(given) != 1:
        both = (
            "Choisissez des fiches, un lot, un filtre ou une recherche.",
            "Choose contacts, a batch, a filter or a search.",
        )
        raise InvalidFields(contact_ids=both)
    if body.search is not None:
        sql, values = sql_predicate(body.search)
        return [(sql, tuple(values))]
    if body.contact_ids is not None:
        return [("c.id = ANY(%s)", (body.contact_ids,))]
    if body.batch_id is not None:
        return [(_OF_BATCH, (body.batch_id, body.batch_id))]
    return _filter_conditions(body.filter or ContactFilter()) or [("TRUE", ())]


def _filter_conditions(wanted: ContactFilter) -> list[Condition]:
    found: list[Condition] = []
    if wanted.batch_ids is not None:
        found.append(("c.batch_id = ANY(%s)", (wanted.batch_ids,)))
    if wanted.postal_code_prefixes:
        found.append(
            ("c.postal_code LIKE ANY(%s)", ([_literal(prefix) + "%" for prefix in wanted.postal_code_prefixes],))
        )
    if wanted.city:
        found.append(("c.city ILIKE %s", (_literal(wanted.city),)))
    if wanted.in_campaign_id is not None:
        queued = "SELECT 1 FROM campaigns_queueentry q WHERE q.contact_id = c.id AND q.campaign_id = %s"
        found.append((f"EXISTS ({queued})", (wanted.in_campaign_id,)))
    for key, value in (wanted.custom or {}).items():
        found.append(("c.custom @> jsonb_build_object(%s::text, %s::text)", (key, value)))
    return found


def _literal(text: str) -> str:
    """Without the wildcards of LIKE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

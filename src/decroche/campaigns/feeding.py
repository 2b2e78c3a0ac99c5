"""Putting contacts into a campaign's queue: one statement, whatever their number."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.schemas import ContactFilter, Fed, FeedIn
from decroche.campaigns.services import lock
from decroche.common.errors import InvalidFields
from decroche.common.notify import notify_floor

Condition = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""

# Those that have their place keep it: a contact is never in one queue twice, and a second feed costs nothing.
FEED = """
WITH wanted AS (
    SELECT c.id, c.batch_id, campaigns_place(c.postal_code, c.country) AS place, EXISTS (
        SELECT 1 FROM contacts_contactphone p WHERE p.contact_id = c.id AND p.kind IN ('phone', 'mobile', 'office')
    ) AS dialable
    FROM contacts_contact c WHERE c.erased_at IS NULL AND {conditions}
), added AS (
    INSERT INTO campaigns_queueentry
        (campaign_id, contact_id, batch_id, state, priority, not_before, attempts, attempts_by_result, phone_position,
         last_result, finished_reason, refused_reason, place)
    SELECT %s, id, batch_id, 'waiting', %s, %s, 0, '{{}}', 0, '', '', '', place FROM wanted WHERE dialable ORDER BY id
    ON CONFLICT (campaign_id, contact_id) DO NOTHING
    RETURNING 1
)
SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM wanted WHERE dialable), (SELECT count(*) FROM wanted)
"""


@transaction.atomic
def feed(actor: User, campaign_id: int, body: FeedIn) -> Fed:
    """Raises NotFound, CampaignArchived, InvalidFields where not exactly one way of choosing was given."""
    row = lock(campaign_id)
    conditions = _conditions(body)
    sql = FEED.format(conditions=" AND ".join(text for text, _ in conditions))
    values = [value for _, parameters in conditions for value in parameters]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk, body.priority, timezone.now()])
        added, dialable, wanted = cursor.fetchone()
    fed = Fed(added=added, already=dialable - added, no_number=wanted - dialable)
    record(actor, "campaign.feed", row, **fed.model_dump())
    notify_floor("queue_changed", campaign_id=row.pk)
    return fed


def _conditions(body: FeedIn) -> list[Condition]:
    given = [way for way in (body.contact_ids, body.batch_id, body.filter) if way is not None]
    if len(given) != 1:
        both = ("Choisissez des fiches, un lot ou un filtre.", "Choose contacts, a batch or a filter.")
        raise InvalidFields(contact_ids=both)
    if body.contact_ids is not None:
        return [("c.id = ANY(%s)", (body.contact_ids,))]
    if body.batch_id is not None:
        return [("c.batch_id = %s", (body.batch_id,))]
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

"""Places in the campaign's queue for the contacts that a batch brings, or finds there."""
# ruff: noqa: S608 - what is put together are our own subqueries; values are parameters

from __future__ import annotations

from decroche.contacts.imports.policy import Merged, Policy
from decroche.contacts.imports.sql import run

PLACES = """
    INSERT INTO campaigns_queueentry (
        campaign_id, contact_id, batch_id, state, priority, not_before, attempts, attempts_by_result,
        phone_position, last_result, finished_reason, refused_reason, place
    )
"""
"""The place is worked out with the entry, so that no trigger has to."""


def feed(policy: Policy, merged: Merged) -> None:
    """Known contacts come into the queue: those that the file changes, or those that the campaign does not have."""
    if policy.duplicates in ("fill", "update"):
        merged.queued += _queue(policy, "SELECT contact_id, first FROM import_merged WHERE NOT is_new")
    elif policy.duplicates == "ignore" and policy.in_campaign:
        merged.known_queued = _queue(
            policy, "SELECT contact_id, min(rank) FROM import_odd WHERE contact_id IS NOT NULL GROUP BY 1"
        )
        merged.queued += merged.known_queued
    if policy.again:
        merged.queued += _queue_again(policy)


def _queue(policy: Policy, known: str) -> int:
    """How many of `known` (contact, position in the file) can be dialed and had no place."""
    rows = run(
        f"""
        WITH placed AS (
            {PLACES} SELECT %(campaign)s::bigint, c.id, %(batch)s, 'waiting', 0, %(stamp)s, 0, '{{}}', 0, '', '', '',
                campaigns_place(c.postal_code, c.country)
            FROM ({known}) m (contact_id, position) JOIN contacts_contact c ON c.id = m.contact_id
            WHERE EXISTS (SELECT 1 FROM contacts_contactphone p WHERE p.contact_id = c.id AND p.kind <> 'fax')
            ORDER BY position
            ON CONFLICT (campaign_id, contact_id) DO NOTHING RETURNING 1
        )
        SELECT count(*) FROM placed
        """,
        {"campaign": policy.campaign_id, "batch": policy.batch_id, "stamp": policy.stamp},
    )
    return int(rows[0][0])


def _queue_again(policy: Policy) -> int:
    """The places that the roll-back took from contacts which it kept, given back."""
    rows = run(
        """
        UPDATE campaigns_queueentry SET state = 'waiting'
        WHERE batch_id = %(batch)s AND campaign_id = %(campaign)s AND state = 'withdrawn' RETURNING id
        """,
        {"campaign": policy.campaign_id, "batch": policy.batch_id},
    )
    return len(rows)

"""From the staging table to contacts, numbers, changes and queue entries: SQL on whole sets, in one transaction.

Rows that share a number or a client code (as `match_by` says), in the file or through one another, are one group; its
lowest `rank` is its master. A group that shares one with contacts that are there stands for the oldest of these.
"""
# ruff: noqa: S608 - what is put together are names of our own columns; values are parameters

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from decroche.contacts.imports.rows import STANDARD, WITHOUT_NUMBER
from decroche.contacts.imports.targets import PHONE_TARGETS

CHUNK = 20_000
DIALABLE = ("phone", "mobile", "office")

CREATE_STAGING = f"""
CREATE TEMP TABLE import_row (
    rank bigint PRIMARY KEY, row_number integer NOT NULL,
    {", ".join(f"{name} text NOT NULL" for name in (*STANDARD, *PHONE_TARGETS))},
    custom jsonb NOT NULL,
    master bigint, contact_id bigint, is_new boolean NOT NULL DEFAULT false
) ON COMMIT DROP
"""


@dataclass(frozen=True, slots=True)
class Policy:
    """How the batch is merged. All that it writes bears `stamp` as updated_at: a roll-back knows it by that."""

    batch_id: int
    stamp: datetime
    duplicates: str
    match_by: tuple[str, ...]
    campaign_id: int | None


@dataclass(slots=True)
class Merged:
    """What came of the staged rows; `refused` is row number → reason."""

    new: int = 0
    updated: int = 0
    duplicate: int = 0
    queued: int = 0
    refused: dict[int, str] | None = None


def merge(policy: Policy, advance: Callable[[float], None]) -> Merged:
    """Merge all of import_row; `advance` is told the part done, from 0 to 1, and may raise to stop."""
    run("ANALYZE import_row")
    refused = dict.fromkeys(_forbidden(policy), "do_not_call")
    run("UPDATE import_row SET master = rank")
    if policy.duplicates != "keep":
        _group(policy)
        _match(policy)
    advance(0.15)
    refused |= dict.fromkeys(_unreachable(), "phone_missing")
    staged = int(run("SELECT count(*) FROM import_row")[0][0])
    run(
        "UPDATE import_row SET is_new = true, contact_id = nextval(pg_get_serial_sequence('contacts_contact', 'id'))"
        " WHERE rank = master AND contact_id IS NULL"
    )
    run(
        "UPDATE import_row r SET contact_id = m.contact_id FROM import_row m"
        " WHERE r.contact_id IS NULL AND m.rank = r.master"
    )
    _fold_groups(policy)
    advance(0.25)
    new = _insert_new(policy, advance)
    updated = _update_existing(policy) if policy.duplicates in ("fill", "update") else 0
    advance(0.85)
    queued = _feed(policy) if policy.campaign_id is not None else 0
    advance(1.0)
    return Merged(new, updated, staged - new - updated, queued, refused)


def run(sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Execute; rows where the statement gives some."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def _forbidden(policy: Policy) -> list[int]:
    """Take out the rows whose numbers are all on the do-not-call list."""
    if not run("SELECT 1 FROM contacts_donotcall LIMIT 1"):
        return []
    rows = run(
        """
        DELETE FROM import_row r WHERE rank < %(without)s AND NOT EXISTS (
            SELECT 1 FROM unnest(ARRAY[phone, mobile, office]) AS number(e164)
            WHERE number.e164 <> '' AND NOT EXISTS (
                SELECT 1 FROM contacts_donotcall d WHERE d.e164 = number.e164
                AND (d.campaign_id IS NULL OR d.campaign_id = %(campaign)s::bigint)
            )
        ) RETURNING row_number
        """,
        {"without": WITHOUT_NUMBER, "campaign": policy.campaign_id},
    )
    return [row[0] for row in rows]


def _keys_sql(policy: Policy) -> str:
    parts = []
    if "phone" in policy.match_by:
        parts += [f"SELECT rank, {kind} AS key FROM import_row WHERE {kind} <> ''" for kind in DIALABLE]
    if "client_code" in policy.match_by:
        parts.append("SELECT rank, 'c' || client_code AS key FROM import_row WHERE client_code <> ''")
    return " UNION ALL ".join(parts) or "SELECT NULL::bigint AS rank, NULL::text AS key WHERE false"


def _group(policy: Policy) -> None:
    """Masters by shared keys, then by masters' masters until nothing moves."""
    run(f"CREATE TEMP TABLE import_key ON COMMIT DROP AS {_keys_sql(policy)}")
    run("ANALYZE import_key")
    run(
        """
        UPDATE import_row r SET master = f.first FROM (
            SELECT rank, min(first) AS first
            FROM (SELECT rank, min(rank) OVER (PARTITION BY key) AS first FROM import_key) k GROUP BY rank
        ) f WHERE f.rank = r.rank AND f.first < r.rank
        """
    )
    moved = True
    while moved:
        moved = bool(
            run(
                """
                WITH nearer AS (
                    SELECT k.rank, min(r.master) OVER (PARTITION BY k.key) AS master FROM import_key k
                    JOIN import_row r ON r.rank = k.rank
                ), jump AS (
                    SELECT n.rank, min(least(n.master, m.master)) AS master FROM nearer n
                    JOIN import_row m ON m.rank = n.master GROUP BY n.rank
                ), moved AS (
                    UPDATE import_row r SET master = j.master FROM jump j
                    WHERE j.rank = r.rank AND j.master < r.master RETURNING 1
                ) SELECT 1 FROM moved LIMIT 1
                """
            )
        )


def _match(policy: Policy) -> None:
    """Give groups the oldest contact that shares a key with them."""
    by_phone = """
        SELECT r.master, p.contact_id FROM import_key k JOIN import_row r ON r.rank = k.rank
        JOIN contacts_contactphone p ON p.e164 = k.key AND p.kind <> 'fax'
        JOIN contacts_contact c ON c.id = p.contact_id AND c.erased_at IS NULL WHERE k.key LIKE '+%%'
    """
    by_code = """
        SELECT r.master, c.id AS contact_id FROM import_row r
        JOIN contacts_contact c ON c.client_code = r.client_code AND c.client_code <> '' AND c.erased_at IS NULL
    """
    parts = [by_phone] if "phone" in policy.match_by else []
    parts += [by_code] if "client_code" in policy.match_by else []
    if parts:
        run(
            f"""
            UPDATE import_row r SET contact_id = f.contact_id FROM (
                SELECT master, min(contact_id) AS contact_id FROM ({" UNION ALL ".join(parts)}) m GROUP BY master
            ) f WHERE r.master = f.master
            """,
            {},
        )


def _unreachable() -> list[int]:
    """Take out the groups without a number that stand for no contact that is there."""
    rows = run(
        "DELETE FROM import_row WHERE contact_id IS NULL AND master >= %(without)s RETURNING row_number",
        {"without": WITHOUT_NUMBER},
    )
    return [row[0] for row in rows]


def _fold_groups(policy: Policy) -> None:
    """import_merged: one row a contact, with the values to write. fill: a group's first value counts; update: last."""
    names = (*STANDARD, *PHONE_TARGETS)
    if policy.duplicates in ("ignore", "keep"):
        run(
            f"CREATE TEMP TABLE import_merged ON COMMIT DROP AS SELECT contact_id, is_new, custom, {', '.join(names)},"
            " row_number() OVER (ORDER BY rank) AS position FROM import_row WHERE is_new"
        )
    else:
        order = "DESC" if policy.duplicates == "update" else "ASC"
        folded = ", ".join(
            f"coalesce((array_agg({name} ORDER BY rank {order}) FILTER (WHERE {name} <> ''))[1], '') AS {name}"
            for name in names
        )
        last_counts = "ASC" if policy.duplicates == "update" else "DESC"
        run(
            f"""
            CREATE TEMP TABLE import_merged ON COMMIT DROP AS
            SELECT g.*, row_number() OVER (ORDER BY g.first) AS position, coalesce(x.custom, '{{}}'::jsonb) AS custom
            FROM (
                SELECT contact_id, bool_or(is_new) AS is_new, min(rank) AS first, {folded}
                FROM import_row GROUP BY contact_id
            ) g LEFT JOIN (
                SELECT contact_id, jsonb_object_agg(e.key, e.value ORDER BY rank {last_counts}) AS custom
                FROM import_row, jsonb_each(custom) e GROUP BY contact_id
            ) x ON x.contact_id = g.contact_id
            """
        )
    run("CREATE INDEX ON import_merged (position)")
    run("ANALYZE import_merged")


def _insert_new(policy: Policy, advance: Callable[[float], None]) -> int:
    count = int(run("SELECT count(*) FROM import_merged")[0][0])
    new = int(run("SELECT count(*) FROM import_merged WHERE is_new")[0][0])
    columns = [name for name in STANDARD if name != "country"]
    for low in range(0, count, CHUNK):
        bounds = {"low": low, "high": low + CHUNK, "batch": policy.batch_id, "stamp": policy.stamp}
        run(
            f"""
            INSERT INTO contacts_contact (id, {", ".join(columns)}, country, custom, batch_id, created_at, updated_at)
            SELECT contact_id, {", ".join(columns)}, coalesce(nullif(country, ''), 'FR'), custom,
                %(batch)s, %(stamp)s, %(stamp)s
            FROM import_merged WHERE is_new AND position > %(low)s AND position <= %(high)s ORDER BY position
            """,
            bounds,
        )
        run(
            """
            INSERT INTO contacts_contactphone (contact_id, kind, e164)
            SELECT contact_id, n.kind, n.e164 FROM import_merged,
                LATERAL (VALUES ('phone', phone), ('mobile', mobile), ('office', office), ('fax', fax)) n(kind, e164)
            WHERE is_new AND n.e164 <> '' AND position > %(low)s AND position <= %(high)s
            """,
            bounds,
        )
        advance(0.25 + 0.55 * min(1.0, (low + CHUNK) / count))
    return new


def _update_existing(policy: Policy) -> int:
    """Contacts that were there: their values before are kept in BatchChange, where anything changes."""
    overwrite = policy.duplicates == "update"
    run(
        "SELECT 1 FROM contacts_contact WHERE id IN (SELECT contact_id FROM import_merged WHERE NOT is_new)"
        " ORDER BY id FOR UPDATE"
    )
    after = {
        name: f"coalesce(nullif(m.{name}, ''), c.{name})" if overwrite else f"coalesce(nullif(c.{name}, ''), m.{name})"
        for name in STANDARD
    }
    custom = "c.custom || m.custom" if overwrite else "m.custom || c.custom"
    run(
        f"""
        CREATE TEMP TABLE import_number ON COMMIT DROP AS
        SELECT m.contact_id, n.kind, n.e164 FROM import_merged m,
            LATERAL (VALUES ('phone', phone), ('mobile', mobile), ('office', office), ('fax', fax)) n(kind, e164)
        WHERE NOT m.is_new AND n.e164 <> '' AND NOT EXISTS (
            SELECT 1 FROM contacts_contactphone p
            WHERE p.contact_id = m.contact_id AND (p.e164 = n.e164 {"" if overwrite else "OR p.kind = n.kind"})
        )
        """
    )
    run(
        f"""
        CREATE TEMP TABLE import_change ON COMMIT DROP AS
        SELECT c.id, {", ".join(f"{value} AS {name}" for name, value in after.items())}, {custom} AS custom
        FROM import_merged m JOIN contacts_contact c ON c.id = m.contact_id
        WHERE NOT m.is_new AND (
            ({", ".join(f"c.{name}" for name in STANDARD)}, c.custom)
                IS DISTINCT FROM ({", ".join(after.values())}, {custom})
            OR EXISTS (SELECT 1 FROM import_number n WHERE n.contact_id = c.id)
        )
        """
    )
    before = ", ".join(f"'{name}', c.{name}" for name in STANDARD)
    run(
        f"""
        INSERT INTO contacts_batchchange (batch_id, contact_id, before)
        SELECT %(batch)s, c.id, jsonb_build_object({before}, 'custom', c.custom, 'updated_at', c.updated_at, 'phones', (
            SELECT coalesce(jsonb_object_agg(p.kind, p.e164), '{{}}') FROM contacts_contactphone p
            WHERE p.contact_id = c.id
        )) FROM import_change x JOIN contacts_contact c ON c.id = x.id
        """,
        {"batch": policy.batch_id},
    )
    run(
        f"""
        UPDATE contacts_contact c SET {", ".join(f"{name} = x.{name}" for name in STANDARD)},
            custom = x.custom, updated_at = %(stamp)s
        FROM import_change x WHERE x.id = c.id
        """,
        {"stamp": policy.stamp},
    )
    run(
        "INSERT INTO contacts_contactphone (contact_id, kind, e164) SELECT contact_id, kind, e164 FROM import_number"
        " ON CONFLICT (contact_id, kind) DO UPDATE SET e164 = excluded.e164"
    )
    return int(run("SELECT count(*) FROM import_change")[0][0])


def _feed(policy: Policy) -> int:
    """Places in the campaign's queue for the batch's contacts that can be dialed and have none."""
    rows = run(
        """
        WITH placed AS (
            INSERT INTO campaigns_queueentry (
                campaign_id, contact_id, batch_id, state, priority, not_before, attempts, attempts_by_result,
                phone_position, last_result, finished_reason, refused_reason
            )
            SELECT %(campaign)s, m.contact_id, %(batch)s, 'waiting', 0, %(stamp)s, 0, '{}', 0, '', '', ''
            FROM import_merged m WHERE EXISTS (
                SELECT 1 FROM contacts_contactphone p WHERE p.contact_id = m.contact_id AND p.kind <> 'fax'
            ) ORDER BY m.position
            ON CONFLICT (campaign_id, contact_id) DO NOTHING RETURNING 1
        ) SELECT count(*) FROM placed
        """,
        {"campaign": policy.campaign_id, "batch": policy.batch_id, "stamp": policy.stamp},
    )
    return int(rows[0][0])

"""From the staging table to contacts, numbers, changes and queue entries: SQL on whole sets, in one transaction.

Rows that share a number or a client code (as `match_by` says), in the file or through one another, are one group; its
lowest `rank` is its master. A group that shares one with contacts that are there stands for the oldest of these.
"""
# ruff: noqa: S608 - what is put together are names of our own columns; values are parameters

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from decroche.contacts.imports.rows import STANDARD, WITHOUT_NUMBER
from decroche.contacts.imports.targets import PHONE_TARGETS

CHUNK = 20_000
DIALABLE = ("phone", "mobile", "office")

# Without keys or indexes while it is filled, and never updated after: what is found out about rows is kept beside it.
CREATE_STAGING = f"""
CREATE TEMP TABLE import_row (
    rank bigint NOT NULL, row_number integer NOT NULL,
    {", ".join(f"{name} text NOT NULL" for name in (*STANDARD, *PHONE_TARGETS))},
    custom jsonb NOT NULL
) ON COMMIT DROP
"""
CREATE_BESIDE = (
    # Rows that are not simply one new contact: their group's master, and the contact that is there.
    "CREATE TEMP TABLE import_odd (rank bigint PRIMARY KEY, master bigint NOT NULL, contact_id bigint) ON COMMIT DROP",
    "CREATE TEMP TABLE import_refused (row_number integer NOT NULL, reason text NOT NULL) ON COMMIT DROP",
)
WORK_MEM = "64MB"
NEXT_ID = "nextval(pg_get_serial_sequence('contacts_contact', 'id'))"
NUMBERS = "LATERAL (VALUES ('phone', phone), ('mobile', mobile), ('office', office), ('fax', fax)) n(kind, e164)"


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
    """What came of the staged rows."""

    new: int = 0
    updated: int = 0
    duplicate: int = 0
    queued: int = 0
    forbidden: int = 0
    unreachable: int = 0


def merge(policy: Policy, advance: Callable[[float], None]) -> Merged:
    """Merge all of import_row; `advance` is told the part done, from 0 to 1, and may raise to stop."""
    # References are checked as rows are written, not all at the end: the queue of checks would grow with the file.
    run(f"SET LOCAL work_mem = '{WORK_MEM}'; SET CONSTRAINTS ALL IMMEDIATE")
    for statement in CREATE_BESIDE:
        run(statement)
    run("CREATE INDEX ON import_row (rank)")
    run("ANALYZE import_row (rank)")
    _spread_numbers()
    merged = Merged(forbidden=_forbidden(policy))
    advance(0.05)
    if policy.duplicates != "keep":
        _group(policy)
        advance(0.1)
        _match(policy)
    advance(0.15)
    merged.unreachable = _unreachable()
    staged = int(run("SELECT count(*) FROM import_row")[0][0])
    if policy.duplicates in ("fill", "update"):
        _fold_groups(policy)
    advance(0.2)
    merged.new = _insert_new(policy, advance)
    merged.queued = merged.new if policy.campaign_id is not None else 0
    if policy.duplicates in ("fill", "update"):
        merged.updated = _update_existing(policy)
        advance(0.95)
        merged.queued += _feed(policy) if policy.campaign_id is not None else 0
    merged.duplicate = staged - merged.new - merged.updated
    advance(1.0)
    return merged


def refused_by_merge() -> Iterator[tuple[int, str]]:
    """(row number, reason), in the order of the file, as they are asked for."""
    with connection.cursor() as cursor:
        cursor.execute("DECLARE refused NO SCROLL CURSOR FOR SELECT * FROM import_refused ORDER BY row_number")
        while rows := run("FETCH 5000 FROM refused"):
            yield from ((int(number), str(reason)) for number, reason in rows)


def run(sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Execute; rows where the statement gives some."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall()) if cursor.description else []


def _spread_numbers() -> None:
    """import_number: the numbers to dial, one a row."""
    run(
        """
        CREATE TEMP TABLE import_number ON COMMIT DROP AS
        SELECT rank, n.key FROM import_row, LATERAL (VALUES (phone), (mobile), (office)) n(key) WHERE n.key <> ''
        """
    )
    run("ANALYZE import_number")


def _forbidden(policy: Policy) -> int:
    """Take out the rows whose numbers are all on the do-not-call list."""
    run(
        """
        CREATE TEMP TABLE import_forbidden ON COMMIT DROP AS
        SELECT n.rank FROM import_number n LEFT JOIN (
            SELECT DISTINCT e164 FROM contacts_donotcall
            WHERE campaign_id IS NULL OR campaign_id = %(campaign)s::bigint
        ) d ON d.e164 = n.key
        WHERE n.rank IN (SELECT k.rank FROM import_number k JOIN contacts_donotcall l ON l.e164 = k.key)
        GROUP BY n.rank HAVING count(d.e164) = count(*)
        """,
        {"campaign": policy.campaign_id},
    )
    run("DELETE FROM import_number n USING import_forbidden f WHERE n.rank = f.rank")
    return _refuse("EXISTS (SELECT 1 FROM import_forbidden f WHERE f.rank = r.rank)", "do_not_call")


def _refuse(condition: str, reason: str) -> int:
    rows = run(
        f"""
        WITH gone AS (DELETE FROM import_row r WHERE {condition} RETURNING row_number),
        kept AS (INSERT INTO import_refused SELECT row_number, %(reason)s FROM gone)
        SELECT count(*) FROM gone
        """,
        {"reason": reason},
    )
    return int(rows[0][0])


def _keys_sql(policy: Policy) -> str:
    parts = []
    if "phone" in policy.match_by:
        parts.append("SELECT rank, key FROM import_number")
    if "client_code" in policy.match_by:
        parts.append("SELECT rank, 'c' || client_code AS key FROM import_row WHERE client_code <> ''")
    return " UNION ALL ".join(parts) or "SELECT NULL::bigint AS rank, NULL::text AS key WHERE false"


def _group(policy: Policy) -> None:
    """Masters by shared keys, then by masters' masters until nothing moves."""
    keys = _keys_sql(policy)
    run(
        f"""
        CREATE TEMP TABLE import_key ON COMMIT DROP AS SELECT rank, key FROM ({keys}) k
        WHERE key IN (SELECT key FROM ({keys}) k GROUP BY key HAVING count(*) > 1)
        """
    )
    run("ANALYZE import_key")
    run(
        """
        INSERT INTO import_odd (rank, master)
        SELECT rank, min(first) FROM (SELECT rank, min(rank) OVER (PARTITION BY key) AS first FROM import_key) k
        GROUP BY rank
        """
    )
    run("ANALYZE import_odd")
    moved = True
    while moved:
        moved = bool(
            run(
                """
                WITH nearer AS (
                    SELECT k.rank, min(r.master) OVER (PARTITION BY k.key) AS master FROM import_key k
                    JOIN import_odd r ON r.rank = k.rank
                ), jump AS (
                    SELECT n.rank, min(least(n.master, m.master)) AS master FROM nearer n
                    JOIN import_odd m ON m.rank = n.master GROUP BY n.rank
                ), moved AS (
                    UPDATE import_odd r SET master = j.master FROM jump j
                    WHERE j.rank = r.rank AND j.master < r.master RETURNING 1
                ) SELECT 1 FROM moved LIMIT 1
                """
            )
        )


def _match(policy: Policy) -> None:
    """Give groups the oldest contact that shares a key with them."""
    by_phone = """
        SELECT n.rank, p.contact_id FROM import_number n
        JOIN contacts_contactphone p ON p.e164 = n.key AND p.kind <> 'fax'
        JOIN contacts_contact c ON c.id = p.contact_id AND c.erased_at IS NULL
    """
    by_code = """
        SELECT r.rank, c.id AS contact_id FROM import_row r
        JOIN contacts_contact c ON c.client_code = r.client_code AND c.client_code <> '' AND c.erased_at IS NULL
    """
    parts = [by_phone] if "phone" in policy.match_by else []
    parts += [by_code] if "client_code" in policy.match_by else []
    if not parts:
        return
    run(
        f"""
        CREATE TEMP TABLE import_hit ON COMMIT DROP AS
        SELECT coalesce(o.master, h.rank) AS master, min(h.contact_id) AS contact_id
        FROM ({" UNION ALL ".join(parts)}) h LEFT JOIN import_odd o ON o.rank = h.rank GROUP BY 1
        """
    )
    run("UPDATE import_odd o SET contact_id = h.contact_id FROM import_hit h WHERE h.master = o.master")
    run(
        """
        INSERT INTO import_odd (rank, master, contact_id) SELECT master, master, contact_id FROM import_hit
        ON CONFLICT (rank) DO NOTHING
        """
    )
    run("ANALYZE import_odd")


def _unreachable() -> int:
    """Take out the groups without a number that stand for no contact that is there."""
    run(f"DELETE FROM import_odd WHERE contact_id IS NULL AND master >= {WITHOUT_NUMBER}")
    return _refuse(
        f"rank >= {WITHOUT_NUMBER} AND NOT EXISTS (SELECT 1 FROM import_odd o WHERE o.rank = r.rank)", "phone_missing"
    )


def _fold_groups(policy: Policy) -> None:
    """import_merged: one row a group or known contact, with the values to write.

    fill: a group's first value counts; update: its last.
    """
    order, last_counts = ("DESC", "ASC") if policy.duplicates == "update" else ("ASC", "DESC")
    folded = ", ".join(
        f"coalesce((array_agg({name} ORDER BY r.rank {order}) FILTER (WHERE {name} <> ''))[1], '') AS {name}"
        for name in (*STANDARD, *PHONE_TARGETS)
    )
    run(
        f"""
        CREATE TEMP TABLE import_merged ON COMMIT DROP AS
        SELECT coalesce(g.known, {NEXT_ID}) AS contact_id, g.known IS NULL AS is_new, g.*,
            coalesce(x.custom, '{{}}'::jsonb) AS custom
        FROM (
            SELECT coalesce(o.contact_id, -o.master) AS grouped, o.contact_id AS known, min(r.rank) AS first, {folded}
            FROM import_row r JOIN import_odd o ON o.rank = r.rank GROUP BY 1, 2 ORDER BY 3
        ) g LEFT JOIN (
            SELECT coalesce(o.contact_id, -o.master) AS grouped,
                jsonb_object_agg(e.key, e.value ORDER BY r.rank {last_counts}) AS custom
            FROM import_row r JOIN import_odd o ON o.rank = r.rank, jsonb_each(r.custom) e GROUP BY 1
        ) x ON x.grouped = g.grouped
        """
    )
    run("CREATE INDEX ON import_merged (first)")
    run("ANALYZE import_merged")


def _insert_new(policy: Policy, advance: Callable[[float], None]) -> int:
    """Contacts, numbers and places in the queue, some thousands of rows at a time; how many contacts."""
    values = (*STANDARD, *PHONE_TARGETS, "custom")
    fold = policy.duplicates in ("fill", "update")
    # Of a group that is not folded, the master alone is brought.
    left_out = "TRUE" if fold else "o.rank <> o.master OR o.contact_id IS NOT NULL"
    source = f"""
        SELECT rank, {", ".join(values)} FROM import_row r WHERE rank > %(low)s AND rank <= %(high)s
        AND NOT EXISTS (SELECT 1 FROM import_odd o WHERE o.rank = r.rank AND ({left_out}))
    """
    if fold:
        source += f"""
            UNION ALL SELECT first, {", ".join(values)} FROM import_merged
            WHERE is_new AND first > %(low)s AND first <= %(high)s
        """
    columns = ", ".join(name for name in STANDARD if name != "country")
    statement = f"""
        WITH fresh AS MATERIALIZED (SELECT {NEXT_ID} AS id, s.* FROM ({source} ORDER BY rank) s),
        contacts AS (
            INSERT INTO contacts_contact (id, {columns}, country, custom, batch_id, created_at, updated_at)
            SELECT id, {columns}, coalesce(nullif(country, ''), 'FR'), custom, %(batch)s, %(stamp)s, %(stamp)s
            FROM fresh
        ), numbers AS (
            INSERT INTO contacts_contactphone (contact_id, kind, e164)
            SELECT id, n.kind, n.e164 FROM fresh, {NUMBERS} WHERE n.e164 <> ''
        )
        SELECT count(*), min(id), max(id) FROM fresh
    """
    # Apart, since an entry is made from its contact. Nobody else can have queued a contact that is not committed.
    places = _places(
        "SELECT id, id FROM contacts_contact WHERE id BETWEEN %(first)s AND %(last)s AND batch_id = %(batch)s"
    )
    last = int(run(f"SELECT coalesce(max(rank), 0) FROM import_row WHERE rank < {WITHOUT_NUMBER}")[0][0])
    facts = {"batch": policy.batch_id, "stamp": policy.stamp, "campaign": policy.campaign_id}
    new = 0
    for low in range(0, last, CHUNK):
        count, first_id, last_id = run(statement, {**facts, "low": low, "high": low + CHUNK})[0]
        if count and policy.campaign_id is not None:
            run(places, {**facts, "first": first_id, "last": last_id})
        new += int(count)
        advance(0.2 + 0.7 * min(1.0, (low + CHUNK) / last))
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
        CREATE TEMP TABLE import_added ON COMMIT DROP AS
        SELECT m.contact_id, n.kind, n.e164 FROM import_merged m,
            {NUMBERS}
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
            OR EXISTS (SELECT 1 FROM import_added n WHERE n.contact_id = c.id)
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
        "INSERT INTO contacts_contactphone (contact_id, kind, e164) SELECT contact_id, kind, e164 FROM import_added"
        " ON CONFLICT (contact_id, kind) DO UPDATE SET e164 = excluded.e164"
    )
    return int(run("SELECT count(*) FROM import_change")[0][0])


def _feed(policy: Policy) -> int:
    """Places in the campaign's queue for the known contacts that can be dialed and have none."""
    dialable = """
        SELECT contact_id, first FROM import_merged m WHERE NOT is_new AND EXISTS (
            SELECT 1 FROM contacts_contactphone p WHERE p.contact_id = m.contact_id AND p.kind <> 'fax'
        )
    """
    placed = f"{_places(dialable)} ON CONFLICT (campaign_id, contact_id) DO NOTHING RETURNING 1"
    rows = run(
        f"WITH placed AS ({placed}) SELECT count(*) FROM placed",
        {"campaign": policy.campaign_id, "batch": policy.batch_id, "stamp": policy.stamp},
    )
    return int(rows[0][0])


def _places(contacts: str) -> str:
    """`contacts` gives the contact and its position."""
    return f"""
        INSERT INTO campaigns_queueentry (
            campaign_id, contact_id, batch_id, state, priority, not_before, attempts, attempts_by_result,
            phone_position, last_result, finished_reason, refused_reason
        )
        SELECT %(campaign)s, c.id, %(batch)s, 'waiting', 0, %(stamp)s, 0, '{{}}', 0, '', '', ''
        FROM ({contacts}) c (id, position) ORDER BY position
    """

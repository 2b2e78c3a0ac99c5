"""From the staging table to contacts, numbers, changes and queue entries: SQL on whole sets, in one transaction.

Rows that share a number, an e-mail, a client code, a SIRET or a name with its postal code (as `match_by` says), in the
file or through one another, are one group; its lowest `rank` is its master. A group that shares one with contacts that
are there stands for the oldest of these.
"""
# ruff: noqa: S608 - what is put together are names of our own columns; values are parameters

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext

from decroche.contacts.do_not_call import erased
from decroche.contacts.imports.duplicates import keep_duplicates
from decroche.contacts.imports.feed import PLACES, feed
from decroche.contacts.imports.keys import KEYS_AT_MOST, hits_of_rows, keys_of_rows
from decroche.contacts.imports.policy import Merged, Policy
from decroche.contacts.imports.rows import STANDARD, WITHOUT_NUMBER
from decroche.contacts.imports.search_index import sorted_beside
from decroche.contacts.imports.sql import run
from decroche.contacts.imports.targets import PHONE_TARGETS
from decroche.contacts.imports.trusted import unchecked

CHUNK = 20_000
WRITTEN = ("contacts_contact", "contacts_contactphone", "campaigns_queueentry")
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
    # What rows have in common with one another, and with contacts that are there (as one number: `keys.KEYS_AT_MOST`).
    "CREATE TEMP TABLE import_key (rank bigint NOT NULL, key text NOT NULL) ON COMMIT DROP",
    "CREATE TEMP TABLE import_hit (rank bigint NOT NULL, known bigint NOT NULL) ON COMMIT DROP",
    "CREATE TEMP TABLE import_made (rank bigint NOT NULL, contact_id bigint NOT NULL) ON COMMIT DROP",
    "CREATE TEMP TABLE import_refused (row_number integer NOT NULL, reason text NOT NULL) ON COMMIT DROP",
)
WORK_MEM = "64MB"
NEXT_ID = "nextval(pg_get_serial_sequence('contacts_contact', 'id'))"
NUMBERS = "LATERAL (VALUES ('phone', phone), ('mobile', mobile), ('office', office), ('fax', fax)) n(kind, e164)"


def merge(policy: Policy, advance: Callable[[float], None]) -> Merged:
    """Merge all of import_row; `advance` is told the part done, from 0 to 1, and may raise to stop."""
    # References are checked as rows are written, not all at the end: the queue of checks would grow with the file.
    run(f"SET LOCAL work_mem = '{WORK_MEM}'; SET CONSTRAINTS ALL IMMEDIATE")
    run(f"SET LOCAL gin_pending_list_limit = '{WORK_MEM}'")
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
    if policy.duplicates != "keep" or policy.again:
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
    if policy.campaign_id is not None:
        feed(policy, merged)
    merged.duplicate = staged - merged.new - merged.updated
    if merged.duplicate:
        keep_duplicates(policy)
    advance(1.0)
    return merged


def refused_by_merge() -> Iterator[tuple[int, str]]:
    """(row number, reason), in the order of the file, as they are asked for."""
    run("DECLARE refused NO SCROLL CURSOR FOR SELECT * FROM import_refused ORDER BY row_number")
    while rows := run("FETCH 5000 FROM refused"):
        yield from ((int(number), str(reason)) for number, reason in rows)


def _spread_numbers() -> None:
    """import_number: the numbers to dial, one a row."""
    run(
        """
        CREATE TEMP TABLE import_number ON COMMIT DROP AS
        SELECT rank, n.key FROM import_row, LATERAL (VALUES (phone), (mobile), (office)) n(key) WHERE n.key <> ''
        """
    )
    run("ANALYZE import_number")


def _brought() -> Iterator[str]:
    """The numbers to dial, by pieces."""
    run("DECLARE brought NO SCROLL CURSOR FOR SELECT DISTINCT key FROM import_number")
    while found := run(f"FETCH {CHUNK} FROM brought"):
        yield from (number for (number,) in found)
    run("CLOSE brought")


def _forbidden(policy: Policy) -> int:
    """Take out the rows whose numbers are all on the do-not-call list, also by the refusal of an erased person."""
    erased.restore(_brought())
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


def _group(policy: Policy) -> None:
    """Masters by shared keys, then by masters' masters until nothing moves."""
    keys = keys_of_rows(policy.match_by)
    if not keys:
        return
    run(
        f"""
        INSERT INTO import_key
        WITH k (rank, key) AS MATERIALIZED ({keys})
        SELECT rank, key FROM k WHERE key IN (SELECT key FROM k GROUP BY key HAVING count(*) > 1)
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
    """Give groups the oldest contact that shares a key with them; where all are brought, only the batch's own count."""
    only = "AND c.batch_id = %(batch)s" if policy.duplicates == "keep" else ""
    parts = hits_of_rows(policy.match_by, only)
    if not parts:
        return
    run(
        f"INSERT INTO import_hit SELECT rank, min(known) FROM ({' UNION ALL '.join(parts)}) h (rank, known) GROUP BY 1",
        {"batch": policy.batch_id},
    )
    run(
        f"""
        UPDATE import_odd o SET contact_id = g.known / {KEYS_AT_MOST} FROM (
            SELECT o.master, min(h.known) AS known FROM import_hit h JOIN import_odd o ON o.rank = h.rank GROUP BY 1
        ) g WHERE g.master = o.master
        """
    )
    run(
        f"""
        INSERT INTO import_odd (rank, master, contact_id) SELECT rank, rank, known / {KEYS_AT_MOST} FROM import_hit
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
        ), places AS (
            {PLACES} SELECT %(campaign)s::bigint, id, %(batch)s, 'waiting', 0, %(stamp)s, 0, '{{}}', 0, '', '', '',
                campaigns_place(postal_code, coalesce(nullif(country, ''), 'FR'))
            FROM fresh WHERE %(campaign)s::bigint IS NOT NULL
        ), made AS (
            INSERT INTO import_made SELECT rank, id FROM fresh WHERE %(with_consents)s
        )
        SELECT count(*) FROM fresh
    """
    last = int(run(f"SELECT coalesce(max(rank), 0) FROM import_row WHERE rank < {WITHOUT_NUMBER}")[0][0])
    facts = {
        "batch": policy.batch_id,
        "stamp": policy.stamp,
        "campaign": policy.campaign_id,
        "with_consents": policy.with_consents,
    }
    new = 0
    # Contacts are this transaction's own; campaign and batch cannot go before it ends.
    held = run("SELECT 1 FROM contacts_importbatch WHERE id = %(batch)s FOR KEY SHARE", facts)
    if policy.campaign_id is not None:
        held = held and run("SELECT 1 FROM campaigns_campaign WHERE id = %(campaign)s FOR KEY SHARE", facts)
    with unchecked("insert", WRITTEN) if held else nullcontext(), sorted_beside() if last > CHUNK else nullcontext():
        for low in range(0, last, CHUNK):
            new += int(run(statement, {**facts, "low": low, "high": low + CHUNK})[0][0])
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

"""Rows that brought no contact of their own, one being there already: listed by their number and why.

Their cells are not written down a second time, however many they are: whoever reads the list has them from the file,
as long as that is kept. Nor is the name of the contact that was met: it is looked up, so that an erasure takes it.
"""
# ruff: noqa: S608 - what is put together are our own subqueries; values are parameters

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import nullcontext

from decroche.contacts.imports.keys import BEGINNINGS, HITS, KEYS_AT_MOST
from decroche.contacts.imports.policy import Policy
from decroche.contacts.imports.rows import WITHOUT_NUMBER
from decroche.contacts.imports.sql import run
from decroche.contacts.imports.trusted import unchecked
from decroche.contacts.models import Contact, RefusedRow

ALL = "duplicate"
"""Asks for the rows of all these reasons."""
OF_LINE, KNOWN, MERGED, UNCHANGED = "duplicate_line", "duplicate_known", "duplicate_merged", "duplicate_unchanged"
REASONS: dict[str, tuple[str, str]] = {
    OF_LINE: ("Doublon de la ligne {line}{by}.", "Duplicate of line {line}{by}."),
    KNOWN: ("Déjà dans la base : {contact}{by}.", "Already in the base: {contact}{by}."),
    MERGED: ("Réunie à la ligne {line}{by}.", "Merged into line {line}{by}."),
    UNCHANGED: ("Déjà dans la base, rien à changer : {contact}{by}.", "Already in the base, as it is: {contact}{by}."),
}
"""Why of one row. A row that is linked to another through others only has no `by`."""
COUNTED: dict[str, tuple[str, str]] = {
    OF_LINE: ("Doublons d'une autre ligne du fichier", "Duplicates of another line of the file"),
    KNOWN: ("Fiches déjà dans la base", "Contacts that are in the base already"),
    MERGED: ("Lignes réunies à une autre ligne du fichier", "Lines merged into another line of the file"),
    UNCHANGED: ("Fiches déjà dans la base, sans rien à changer", "Contacts that are in the base already, as they are"),
}
_BY = {
    "phone": ("même numéro", "same number"),
    "client_code": ("même code client", "same client code"),
    "email": ("même e-mail", "same e-mail"),
    "siret": ("même SIRET", "same SIRET"),
    "name": ("mêmes nom et code postal", "same name and postal code"),
}
_SHARED = """
    SELECT k.rank, %(beginnings)s::jsonb ->> min(left(k.key, 1)) AS by FROM import_key k
    JOIN import_odd o ON o.rank = k.rank JOIN import_key m ON m.rank = o.master AND m.key = k.key
    WHERE k.rank <> o.master GROUP BY k.rank
"""
"""By what a row is its master's duplicate."""
_MET = f"LEFT JOIN import_hit h ON h.rank = o.rank AND h.known / {KEYS_AT_MOST} = o.contact_id"
_MET_BY = f"coalesce((%(hits)s::text[])[h.known %% {KEYS_AT_MOST} + 1], '')"
_LEFT_OUT = f"""
    SELECT o.rank, CASE WHEN t.there THEN '{KNOWN}' ELSE '{OF_LINE}' END,
        CASE WHEN t.there THEN o.contact_id ELSE o.master %% {WITHOUT_NUMBER} END,
        CASE WHEN t.there THEN {_MET_BY} ELSE coalesce(s.by, '') END
    FROM import_odd o {_MET} LEFT JOIN ({_SHARED}) s ON s.rank = o.rank,
        LATERAL (SELECT h.rank IS NOT NULL OR o.rank = o.master AS there) t
    WHERE o.contact_id IS NOT NULL OR o.rank <> o.master
"""
_FOLDED = f"""
    SELECT o.rank, CASE WHEN o.rank = m.first THEN '{UNCHANGED}' ELSE '{MERGED}' END,
        CASE WHEN o.rank = m.first THEN m.contact_id ELSE m.first %% {WITHOUT_NUMBER} END,
        CASE WHEN o.rank = m.first THEN {_MET_BY} WHEN o.master = m.first THEN coalesce(s.by, '') ELSE '' END
    FROM import_odd o JOIN import_merged m ON m.grouped = coalesce(o.contact_id, -o.master)
    {_MET} LEFT JOIN ({_SHARED}) s ON s.rank = o.rank
    WHERE o.rank <> m.first OR (NOT m.is_new AND NOT EXISTS (SELECT 1 FROM import_change x WHERE x.id = m.contact_id))
"""


def keep_duplicates(policy: Policy) -> None:
    """List the rows that the merge left out or folded into others: one statement, whatever their number."""
    facts = {"batch": policy.batch_id, "beginnings": json.dumps(BEGINNINGS), "hits": list(HITS)}
    held = run("SELECT 1 FROM contacts_importbatch WHERE id = %(batch)s FOR KEY SHARE", facts)
    with unchecked("insert", ("contacts_refusedrow",)) if held else nullcontext():
        run(
            f"""
            INSERT INTO contacts_refusedrow (batch_id, row_number, reason, detail, cells)
            SELECT %(batch)s, rank %% {WITHOUT_NUMBER}, reason, concat_ws(' ', met, nullif(by, '')), '[]'
            FROM ({_FOLDED if policy.duplicates in ("fill", "update") else _LEFT_OUT}) d (rank, reason, met, by)
            """,
            facts,
        )


def sentences(rows: Sequence[RefusedRow], language: str) -> list[str]:
    """Why each of these rows was left out, for a person; with the contacts' names of today."""
    met = [one.detail.split(" ") for one in rows]
    ids = {int(id_) for one, (id_, *_) in zip(rows, met, strict=True) if one.reason in (KNOWN, UNCHANGED)}
    names = {contact.pk: _named(contact, language) for contact in Contact.objects.filter(pk__in=ids)}
    place = 1 if language == "en" else 0
    return [
        REASONS[one.reason][place].format(
            line=id_,
            contact=names.get(int(id_)) or _gone(id_, language),
            by=f" ({_BY[by[0]][place]})" if by else "",
        )
        for one, (id_, *by) in zip(rows, met, strict=True)
    ]


def _named(contact: Contact, language: str) -> str:
    name = f"{contact.first_name} {contact.last_name}".strip()
    called = ", ".join(part for part in (name, contact.company) if part)
    return f"{'contact' if language == 'en' else 'fiche'} {contact.pk}{', ' if called else ''}{called}"


def _gone(id_: str, language: str) -> str:
    return f"contact {id_}, removed since" if language == "en" else f"fiche {id_}, retirée depuis"

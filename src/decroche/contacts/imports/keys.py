"""By what rows of a file are recognised: as one another, and as contacts that are there."""
# ruff: noqa: S608 - constants only

from __future__ import annotations

from collections.abc import Sequence

_NAME = """regexp_replace(decroche_fold(
    CASE WHEN {0}.last_name = '' THEN {0}.company ELSE {0}.last_name || ' ' || {0}.first_name END
), '[^[:alnum:]]+', '', 'g')"""
# Files say "nothing" in many ways. Such a cell is kept, and recognises nobody: all who have it would be one contact.
_NOTHING = """
n/a,na,nc,n.c,n.c.,nr,ns,neant,néant,null,none,nan,vide,aucun,aucune,sans,inconnu,inconnue,unknown,
#n/a,#ref!,#valeur!,#value!,#nom?,#name?,#div/0!,#nul!,#null!,#nombre!,#num!
"""
_ADDRESS = "{0} ~ '.@.+[.].'"
_CODE = f"""
btrim({{0}}, '0-–—_.,;:/?!*# ') <> '' AND lower({{0}}) NOT IN (
    {", ".join(f"'{word.strip()}'" for word in _NOTHING.split(","))}
)
"""
BEGINNINGS = {"+": "phone", "c": "client_code", "e": "email", "s": "siret", "n": "name"}
"""How the keys of each of `match_by` begin."""
KEYS = {
    "phone": "SELECT rank, key FROM import_number",
    "email": f"SELECT rank, 'e' || lower(email) FROM import_row WHERE {_ADDRESS.format('email')}",
    "client_code": f"SELECT rank, 'c' || client_code FROM import_row WHERE {_CODE.format('client_code')}",
    "siret": "SELECT rank, 's' || siret FROM import_row WHERE siret <> ''",
    "name": f"""
        SELECT rank, 'n' || postal_code || name FROM (
            SELECT rank, postal_code, {_NAME.format("r")} AS name FROM import_row r WHERE postal_code <> ''
        ) named WHERE name <> ''
    """,
}
"""What rows of the file have in common, by `match_by`."""
HITS = {
    "phone": """
        SELECT n.rank, c.id FROM import_number n
        JOIN contacts_contactphone p ON p.e164 = n.key AND p.kind <> 'fax'
        JOIN contacts_contact c ON c.id = p.contact_id WHERE c.erased_at IS NULL
    """,
    "email": f"""
        SELECT r.rank, c.id FROM import_row r
        JOIN contacts_contact c ON lower(c.email) = lower(r.email) AND c.email <> ''
        WHERE {_ADDRESS.format("r.email")} AND c.erased_at IS NULL
    """,
    "client_code": f"""
        SELECT r.rank, c.id FROM import_row r
        JOIN contacts_contact c ON c.client_code = r.client_code AND c.client_code <> ''
        WHERE {_CODE.format("r.client_code")} AND c.erased_at IS NULL
    """,
    "siret": """
        SELECT r.rank, c.id FROM import_row r
        JOIN contacts_contact c ON c.siret = r.siret AND c.siret <> '' WHERE c.erased_at IS NULL
    """,
    "name": f"""
        SELECT r.rank, c.id FROM import_row r
        JOIN contacts_contact c ON c.postal_code = r.postal_code AND {_NAME.format("c")} = {_NAME.format("r")}
        WHERE r.postal_code <> '' AND {_NAME.format("r")} <> '' AND c.erased_at IS NULL
    """,
}
"""What a row of the file has in common with a contact that is there, each by an index of its own."""
KEYS_AT_MOST = 8
"""A contact and what it was recognised by are one number, contact × 8 + key: the least is the oldest contact."""


def keys_of_rows(match_by: Sequence[str]) -> str:
    """One query, (rank, key), of all that rows have in common; empty where nothing is to be looked at."""
    return " UNION ALL ".join(sql for name, sql in KEYS.items() if name in match_by)


def hits_of_rows(match_by: Sequence[str], also: str = "") -> list[str]:
    """Queries, (rank, contact and key as one number); `also`: a further condition on the contact `c`."""
    return [
        f"SELECT rank, id * {KEYS_AT_MOST} + {place} FROM ({sql} {also}) found (rank, id)"
        for place, (name, sql) in enumerate(HITS.items())
        if name in match_by
    ]

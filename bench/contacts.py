"""A million contacts in, found, claimed, out again and rolled back: each figure a ratio against a bare operation.

    .venv/bin/python -m bench.contacts
    .venv/bin/python -m bench.contacts --rows 200000 --only import
    .venv/bin/python -m bench.contacts --only contacts_search,contacts_export

One run, one embedded PostgreSQL as durable as a floor's (`contacts_base`), a base of as many contacts as `--rows` says.
First `contacts_import` imports a file of as many rows and rolls it back. Then come the sections, in the order of
`SECTIONS`, on that same base: each is a module `bench/contacts_….py` with

    def figures(db_url: str, rows: int) -> Iterable[object]

which yields what to print, a line each, as it is measured. Django is set up and points at the same database. A section
finds `rows` contacts with their numbers, no campaign and no call, and may leave behind what it likes, but the contacts
themselves: who needs a campaign, a queue or users makes its own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import psycopg

from bench.contacts_base import database, fill_base, fill_list

SECTIONS = ("contacts_search", "contacts_claim", "contacts_export", "contacts_rules")


def main() -> int:
    """Print the figures as they come."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--base", type=int, default=0, help="contacts there before; as many as rows if not said")
    parser.add_argument("--listed", type=int, default=0, help="do-not-call list; a fifth of the rows if not said")
    parser.add_argument("--only", default="", help="sections, between commas: import, " + ", ".join(SECTIONS))
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else ["import", *SECTIONS]
    rows, base = options.rows, options.base or options.rows
    with database() as url, tempfile.TemporaryDirectory() as folder:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        with psycopg.connect(url) as db:
            fill_base(db, base)
            fill_list(db, options.listed or rows // 5, rows, base)
        _settle(url)
        if "import" in wanted:
            from bench.contacts_import import figures

            for figure in figures(url, rows, Path(folder), base):
                print(figure, flush=True)
            _settle(url)
        for name in SECTIONS:
            if name in wanted and find_spec(f"bench.{name}"):
                for figure in import_module(f"bench.{name}").figures(url, base):
                    print(figure, flush=True)
        print(f"load {os.getloadavg()[0]:.1f}")
    return 0


def _settle(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    sys.exit(main())

"""What the benches of contacts share: an embedded PostgreSQL, a base of made-up contacts, a file of more of them.

The PostgreSQL is as durable as a floor's. The file is cp1252, 15 columns; a twentieth of its rows is in the base
already, a fiftieth repeats an earlier row, some numbers are on a do-not-call list. Numbers are written, never dialed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from decroche.config.env import get_env, read_env
from decroche.runtime.postgres import C_UTF8, Cluster
from decroche.runtime.privileges import command_as, service_account
from decroche.runtime.testing import free_port

TITLES = (
    "Civilité;Prénom;Nom;Société;Adresse;Complément;Code postal;Ville;Code client;E-mail;Téléphone;Portable;"
    "Effectif;Secteur;Depuis le"
)
TARGETS = (
    *("civility", "first_name", "last_name", "company", "address", "address2", "postal_code", "city", "client_code"),
    *("email", "phone", "mobile", "custom:effectif", "custom:secteur", "custom:depuis"),
)
CUSTOM = {"effectif": "number", "secteur": "text", "depuis": "date"}
FIRST = ("Hélène", "Zoé", "Léa", "Max", "Rémi", "Anaïs", "Hugo", "Inès", "Noël", "Chloé", "Paul", "Éric", "Maëlle")
LAST = ("Lefèvre", "Moreau", "Garçon", "Durand", "Bérenger", "Petit", "Nguyen", "Müller", "Lœuvre", "Da Silva", "Roux")
TOWNS = ("Lyon", "Dole", "Besançon", "Saint-Étienne", "Nîmes", "Orléans", "Fère-en-Tardenois", "Paris", "Évreux")
TRADES = ("Boulangerie", "Menuiserie", "Hôtellerie", "Pharmacie", "Conseil", "Maçonnerie", "Négoce")
IN_BASE, REPEATED = 20, 50
"""One row in so many."""


def landline(n: int) -> str:
    """The n-th of a hundred million, in no order: nine digits."""
    return f"1{n * 48_271 % 99_999_989:08d}"


def mobile(n: int) -> str:
    """The n-th of ten million."""
    return f"61{n * 48_271 % 9_999_991:07d}"


def written(national: str, form: int) -> str:
    """As people and spreadsheets write it."""
    pairs = ["0" + national[0], *(national[i : i + 2] for i in range(1, 9, 2))]
    return (" ".join(pairs), "".join(pairs), national, ".".join(pairs), "+33" + national)[form % 5]


def numbers_of(row: int, first: int, count: int) -> tuple[str, str]:
    """Landline and mobile of a row: of the base (rows 0…), of an earlier row, or new (`first`…)."""
    n = first + row
    if row % IN_BASE == 1:
        n = row % first if first else row
    elif row % REPEATED == 2 and row > count // 2:
        n = first + row - count // 2
    return landline(n), mobile(n) if n % 2 else ""


def line(row: int, first: int, count: int) -> str:
    """One line of the file."""
    tel, port = numbers_of(row, first, count)
    last, town = LAST[row * 7 % len(LAST)], TOWNS[row % len(TOWNS)]
    return ";".join(
        (
            ("M.", "Mme", "madame", "")[row % 4],
            FIRST[row * 3 % len(FIRST)],
            f"{last}-{row % 9973}",
            f"{TRADES[row % len(TRADES)]} {last} n° {row}",
            f"{row % 300} rue de la République",
            "Bâtiment B" if row % 5 == 0 else "",
            f"{row % 95 + 1:02d}{row % 10}00".lstrip("0"),
            town,
            f"C{first + row:08d}",
            f"contact{row}@exemple{row % 997}.fr" if row % 3 else "",
            written(tel, row),
            written(port, row + 1) if port else "",
            str(row % 250),
            TRADES[row % len(TRADES)],
            f"{row % 28 + 1:02d}/{row % 12 + 1:02d}/20{row % 25:02d}",
        )
    )


def write_file(path: Path, count: int, first: int) -> None:
    """Line ends as Excel's."""
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(TITLES + "\r\n")
        for row in range(count):
            file.write(line(row, first, count) + "\r\n")


def fill_base(db: psycopg.Connection[Any], count: int) -> None:
    """Contacts 1… with their numbers, as an older import left them."""
    search = db.execute(
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE tablename = 'contacts_contact' AND indexdef LIKE '% USING gin %'"
    ).fetchall()
    for name, _ in search:
        db.execute(f'DROP INDEX "{name}"')
    with db.cursor().copy(
        "COPY contacts_contact (civility, first_name, last_name, company, address, address2, postal_code, city,"
        " country, client_code, email, custom, created_at, updated_at) FROM STDIN"
    ) as copy:
        for n in range(count):
            cells = line(n, 0, 1).split(";")
            copy.write_row((*cells[:6], cells[6].zfill(5), cells[7], "FR", f"B{n}", cells[9], "{}", NOW, NOW))
    db.execute("CREATE TEMP TABLE number (n bigint, kind text, e164 text)")
    with db.cursor().copy("COPY number FROM STDIN") as copy:
        for n in range(count):
            copy.write_row((n, "phone", "+33" + landline(n)))
            if n % 2:
                copy.write_row((n, "mobile", "+33" + mobile(n)))
    db.execute(
        "INSERT INTO contacts_contactphone (contact_id, kind, e164)"
        " SELECT (SELECT min(id) FROM contacts_contact) + n, kind, e164 FROM number"
    )
    db.commit()
    for _, definition in search:
        db.execute(definition)
    db.commit()


NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def fill_list(db: psycopg.Connection[Any], count: int, rows: int, first: int) -> None:
    """An eighth of the list is in the file."""
    with db.cursor().copy("COPY contacts_donotcall (e164, origin, note, created_at) FROM STDIN") as copy:
        for n in range(count):
            known = n % 8 == 0 and n < rows
            copy.write_row(("+33" + landline(first + n if known else 50_000_000 + n), "manual", "", NOW))
    db.commit()


@contextmanager
def database() -> Iterator[str]:
    """An embedded PostgreSQL with a floor's own settings, its schema made; this process's Django is pointed at it."""
    account = service_account(get_env().root)
    var = Path(tempfile.mkdtemp(prefix="bench-contacts-", dir="/tmp"))
    var.chmod(0o755)
    cluster = Cluster(var / "postgres", free_port(), "bench", account)
    cluster.prepare()
    command = command_as(cluster.argv, cluster.account, needs=[cluster.data], death_signal=signal.SIGQUIT)
    with (var / "postgres.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=C_UTF8, cwd="/", start_new_session=True)
    try:
        until = time.monotonic() + 60
        while not cluster.accepts_connections():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((var / "postgres.log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)
        url = cluster.ensure_database("decroche", "decroche", "bench")
        os.environ.update(
            DECROCHE_VAR=str(var), DATABASE_URL=url, DJANGO_SETTINGS_MODULE="decroche.config.settings.production"
        )
        get_env.cache_clear()
        read_env(os.environ)
        yield url
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(30)
        shutil.rmtree(var, ignore_errors=True)


def alone(description: str | None, figures: Callable[[str, int], Iterable[object]]) -> int:
    """A section's `main`: on a base of its own, as many contacts as `--rows` says."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    with database() as url:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        with psycopg.connect(url) as db:
            fill_base(db, options.rows)
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("VACUUM ANALYZE")
        for figure in figures(url, options.rows):
            print(figure, flush=True)
        print(f"load {os.getloadavg()[0]:.1f}")
    return 0

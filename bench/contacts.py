"""A million-row file into a base of a million: the import, and its roll-back, against a bare COPY of the same file.

One embedded PostgreSQL, as durable as a floor's. The file is cp1252, 15 columns; a twentieth of its rows is in the base
already, a fiftieth repeats an earlier row, some numbers are on a do-not-call list of 200,000. The bare table holds a
million rows before, and has the indexes that the base keeps on these columns. Numbers are written, never dialed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from decroche.config.env import get_env, read_env
from decroche.runtime.postgres import C_UTF8, Cluster
from decroche.runtime.privileges import command_as, service_account
from decroche.runtime.testing import free_port

ROOT = Path(__file__).resolve().parent.parent
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
BARE_INDEXES = (
    "CREATE INDEX ON bare (nom, prenom)",
    "CREATE INDEX ON bare (code) WHERE code <> ''",
    "CREATE INDEX ON bare (cp)",
    "CREATE INDEX ON bare (tel)",
    "CREATE INDEX ON bare (tel varchar_pattern_ops)",
    "CREATE INDEX ON bare (reverse(tel) text_pattern_ops)",
    "CREATE INDEX ON bare (mobile)",
    "CREATE INDEX ON bare (mobile varchar_pattern_ops)",
    "CREATE INDEX ON bare (reverse(mobile) text_pattern_ops)",
)
BARE_SEARCH = (
    "CREATE INDEX bare_search ON bare USING gin (decroche_haystack(nom, prenom, societe, code, email, cp, ville)"
    " gin_trgm_ops)"
)


# ── The material ─────────────────────────────────────────────────────────────


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
    db.execute("DROP INDEX contact_search")
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
    db.execute(
        "CREATE INDEX contact_search ON contacts_contact USING gin (decroche_haystack("
        "last_name, first_name, company, client_code, email, postal_code, city) gin_trgm_ops)"
    )
    db.commit()


NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def fill_list(db: psycopg.Connection[Any], count: int, rows: int, first: int) -> None:
    """An eighth of the list is in the file."""
    with db.cursor().copy("COPY contacts_donotcall (e164, origin, note, created_at) FROM STDIN") as copy:
        for n in range(count):
            known = n % 8 == 0 and n < rows
            copy.write_row(("+33" + landline(first + n if known else 50_000_000 + n), "manual", "", NOW))
    db.commit()


# ── The measures ─────────────────────────────────────────────────────────────


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


class Peak(threading.Thread):
    """Most memory of a process and of the PostgreSQL backends of our database, in bytes, watched 20 times a second."""

    def __init__(self, pid: int, url: str) -> None:
        super().__init__(daemon=True)
        self.pid, self.url, self.over = pid, url, False
        self.process = self.backends = 0

    def run(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as db:
            mine = db.info.backend_pid
            while not self.over:
                self.process = max(self.process, _memory(self.pid, "VmHWM"))
                pids = [row[0] for row in db.execute("SELECT pid FROM pg_stat_activity WHERE datname IS NOT NULL")]
                self.backends = max(self.backends, sum(_memory(pid, "RssAnon") for pid in pids if pid != mine))
                time.sleep(0.05)


def _memory(pid: int, name: str) -> int:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(one.split()[1]) << 10 for one in text.splitlines() if one.startswith(name)), 0)


def in_a_worker(what: str, batch: int, url: str) -> tuple[float, int, int]:
    """Seconds, and the most bytes of the worker and of its backends. The worker's start is not counted."""
    argv = [sys.executable, "-m", "bench.contacts", "--worker", what, "--batch", str(batch)]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        peak = Peak(process.pid, url)
        peak.start()
        assert process.stdout
        said = process.stdout.read()
        peak.over = True
        peak.join()
    if process.returncode:
        raise SystemExit("the worker failed")
    return float(said.split()[-1]), peak.process, peak.backends


def worker(what: str, batch: int) -> None:
    """In a process of its own, so that its memory is its own."""
    import django

    django.setup()
    from decroche.contacts.imports.roll_back import run_roll_back
    from decroche.contacts.imports.run import run_import

    with _statements() as spent:
        began = time.perf_counter()
        run_import(batch) if what == "import" else run_roll_back(batch)
        took = time.perf_counter() - began
    if os.environ.get("BENCH_STATEMENTS"):
        for sql, seconds in sorted(spent.items(), key=lambda one: -one[1])[:12]:
            print(f"{seconds:8.2f} s  {sql}", file=sys.stderr)
        print(f"{took - sum(spent.values()):8.2f} s  all else (reading, COPY, COMMIT)", file=sys.stderr, flush=True)
    print(took)


@contextmanager
def _statements() -> Iterator[dict[str, float]]:
    """Seconds by statement, for BENCH_STATEMENTS=1."""
    from django.db import connection

    spent: dict[str, float] = defaultdict(float)

    def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent[" ".join(str(sql).split())[:110]] += time.perf_counter() - began

    with connection.execute_wrapper(timed):
        yield spent


def bare_copy(url: str, path: Path, older: Path, search: bool) -> float:
    """Seconds of COPY of the file's bytes, as they are, into a table that holds the older rows, with its indexes."""
    names = [
        "civ",
        "prenom",
        "nom",
        "societe",
        "adresse",
        "complement",
        "cp",
        "ville",
        "code",
        "email",
        "tel",
        "mobile",
    ]
    names += ["effectif", "secteur", "depuis"]
    options = "WITH (FORMAT csv, DELIMITER ';', HEADER, ENCODING 'WIN1252')"
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"CREATE TABLE bare (id bigserial PRIMARY KEY, {', '.join(f'{one} varchar' for one in names)})")
        took = 0.0
        for source in (older, path):
            began = time.perf_counter()
            with (
                db.cursor().copy(f"COPY bare ({', '.join(names)}) FROM STDIN {options}") as copy,
                source.open("rb") as f,
            ):
                while chunk := f.read(1 << 20):
                    copy.write(chunk)
            took = time.perf_counter() - began
            if source is older:
                for index in (*BARE_INDEXES, *([BARE_SEARCH] if search else [])):
                    db.execute(index)
        db.execute("DROP TABLE bare")
    return took


def make_batch(path: Path, rows: int) -> int:
    """Uploaded, read as the upload reads it, mapped and queued; without the queue of jobs."""
    from django.conf import settings

    from decroche.campaigns.models import Campaign
    from decroche.contacts.imports import services
    from decroche.contacts.imports.sniff import sniff
    from decroche.contacts.models import CustomField, ImportBatch

    for key, kind in CUSTOM.items():
        CustomField.objects.get_or_create(key=key, defaults={"label": key, "kind": kind})
    campaign, _ = Campaign.objects.get_or_create(name="Banc")
    batch = ImportBatch(name="Banc", file_name="banc.csv", stored_as="banc", campaign=campaign)
    Path(settings.UPLOADS_DIR).mkdir(parents=True, exist_ok=True)
    shutil.copy(path, Path(settings.UPLOADS_DIR) / "banc")
    began = time.perf_counter()
    services._describe(batch, sniff(path))
    print(f"upload: recognised and measured in {time.perf_counter() - began:.1f} s ({batch.encoding})", flush=True)
    batch.mapping = {str(index): target for index, target in enumerate(TARGETS)}
    batch.status = ImportBatch.Status.QUEUED
    batch.save()
    assert batch.rows_total == rows, batch.rows_total
    return batch.pk


def main() -> int:
    """Print the figures, the ratios last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--base", type=int, default=0, help="contacts there before; as many as rows if not said")
    parser.add_argument("--listed", type=int, default=0, help="do-not-call list; a fifth of the rows if not said")
    parser.add_argument("--worker", choices=("import", "roll_back"), help=argparse.SUPPRESS)
    parser.add_argument("--batch", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        worker(options.worker, options.batch)
        return 0
    rows, base = options.rows, options.base or options.rows
    with database() as url, tempfile.TemporaryDirectory() as folder:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        path, older = Path(folder) / "new.csv", Path(folder) / "older.csv"
        write_file(path, rows, base)
        write_file(older, base, 20_000_000)
        with psycopg.connect(url) as db:
            fill_base(db, base)
            fill_list(db, options.listed or rows // 5, rows, base)
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("VACUUM ANALYZE")
        print(f"{rows} rows, {path.stat().st_size >> 20} MB; load {os.getloadavg()[0]:.1f}", flush=True)
        plain, searched = (bare_copy(url, path, older, search) for search in (False, True))
        print(f"bare COPY: {plain:.1f} s, with the trigram index of the search too: {searched:.1f} s", flush=True)
        batch_id = make_batch(path, rows)
        took, process, backends = in_a_worker("import", batch_id, url)
        from decroche.contacts.models import ImportBatch

        batch = ImportBatch.objects.get(pk=batch_id)
        print(f"import: {batch.status} {took:.1f} s, {rows / took:.0f} rows/s, {batch.counts}", flush=True)
        print(f"memory: worker {process >> 20} MB, its PostgreSQL backends {backends >> 20} MB (aim ≤ 400)", flush=True)
        ImportBatch.objects.filter(pk=batch_id).update(status=ImportBatch.Status.ROLLING_BACK)
        back, _, _ = in_a_worker("roll_back", batch_id, url)
        batch.refresh_from_db()
        print(f"roll-back: {batch.status} {back:.1f} s, {batch.roll_back}; load {os.getloadavg()[0]:.1f}")
        print(f"roll-back ÷ import: {back / took:.2f} (aim ≤ 1)")
        print(
            f"import ÷ bare COPY: {took / plain:.2f} without the search's index, {took / searched:.2f} with (aim ≤ 3)"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

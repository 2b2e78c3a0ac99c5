"""The import of the file, and its roll-back, against a bare COPY of the same file.

The bare table holds a million rows before, and has the indexes that the base keeps on these columns.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.contacts_base import CUSTOM, TARGETS, write_file

ROOT = Path(__file__).resolve().parent.parent
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


class Peak(threading.Thread):
    """Most memory of a process and of the PostgreSQL backends of our database, in bytes, watched 20 times a second."""

    def __init__(self, pid: int, url: str) -> None:
        super().__init__(daemon=True)
        self.pid, self.url, self.over = pid, url, False
        self.process = self.backends = 0
        self.cpu: dict[int, float] = {}
        """Seconds that each of them has computed."""

    def run(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as db:
            mine = db.info.backend_pid
            while not self.over:
                self.process = max(self.process, _memory(self.pid, "VmHWM"))
                pids = [row[0] for row in db.execute("SELECT pid FROM pg_stat_activity WHERE datname IS NOT NULL")]
                self.backends = max(self.backends, sum(_memory(pid, "RssAnon") for pid in pids if pid != mine))
                for pid in (self.pid, *(pid for pid in pids if pid != mine)):
                    self.cpu[pid] = max(self.cpu.get(pid, 0.0), _cpu(pid))
                time.sleep(0.05)


def _memory(pid: int, name: str) -> int:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(one.split()[1]) << 10 for one in text.splitlines() if one.startswith(name)), 0)


def _cpu(pid: int) -> float:
    try:
        facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")


def in_a_worker(what: str, batch: int, url: str) -> tuple[float, Peak]:
    """Seconds, and what was watched meanwhile. The worker's start is not counted in the seconds."""
    argv = [sys.executable, "-m", "bench.contacts_import", what, str(batch)]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        peak = Peak(process.pid, url)
        peak.start()
        assert process.stdout
        said = process.stdout.read()
        peak.over = True
        peak.join()
    if process.returncode:
        raise SystemExit("the worker failed")
    return float(said.split()[-1]), peak


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


def bare_copy(url: str, path: Path, older: Path, search: bool) -> tuple[float, float]:
    """Seconds, and seconds of computing, of COPY of the file into a table of the older rows, with its indexes."""
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
        took = spent = 0.0
        for source in (older, path):
            began, before = time.perf_counter(), _cpu(db.info.backend_pid) + time.process_time()
            with (
                db.cursor().copy(f"COPY bare ({', '.join(names)}) FROM STDIN {options}") as copy,
                source.open("rb") as f,
            ):
                while chunk := f.read(1 << 20):
                    copy.write(chunk)
            took = time.perf_counter() - began
            spent = _cpu(db.info.backend_pid) + time.process_time() - before
            if source is older:
                for index in (*BARE_INDEXES, *([BARE_SEARCH] if search else [])):
                    db.execute(index)
        db.execute("DROP TABLE bare")
    return took, spent


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


def figures(url: str, rows: int, folder: Path, base: int) -> Iterator[str]:
    """Import a file of `rows` into the base of `base`, and take it back: the base is as it was, but for its holes."""
    from decroche.contacts.models import ImportBatch

    path, older = folder / "new.csv", folder / "older.csv"
    write_file(path, rows, base)
    write_file(older, base, 20_000_000)
    yield f"{rows} rows, {path.stat().st_size >> 20} MB; load {os.getloadavg()[0]:.1f}"
    (plain, plain_cpu), (searched, searched_cpu) = (bare_copy(url, path, older, search) for search in (False, True))
    yield f"bare COPY: {plain:.1f} s, with the trigram index of the search too: {searched:.1f} s"
    yield f"  of which computing: {plain_cpu:.1f} s and {searched_cpu:.1f} s"
    yield from (f"  {'both' if one is not BARE_SEARCH else 'with'}: {one}" for one in (*BARE_INDEXES, BARE_SEARCH))
    older.unlink()
    batch_id = make_batch(path, rows)
    took, peak = in_a_worker("import", batch_id, url)
    process, backends, cpu = peak.process, peak.backends, sum(peak.cpu.values())
    batch = ImportBatch.objects.get(pk=batch_id)
    yield f"import: {batch.status} {took:.1f} s, {rows / took:.0f} rows/s, {batch.counts}"
    yield f"memory: worker {process >> 20} MB, its PostgreSQL backends {backends >> 20} MB (aim ≤ 400)"
    ImportBatch.objects.filter(pk=batch_id).update(status=ImportBatch.Status.ROLLING_BACK)
    back, peak = in_a_worker("roll_back", batch_id, url)
    back_cpu = sum(peak.cpu.values())
    batch.refresh_from_db()
    yield f"roll-back: {batch.status} {back:.1f} s, {batch.roll_back}; load {os.getloadavg()[0]:.1f}"
    yield f"roll-back ÷ import: {back / took:.2f} (aim ≤ 1)"
    yield (
        f"computing, which others on the machine do not lengthen: import {cpu:.1f} s, {cpu / plain_cpu:.2f} and"
        f" {cpu / searched_cpu:.2f} × bare COPY; roll-back {back_cpu:.1f} s"
    )
    yield f"import ÷ bare COPY: {took / plain:.2f} without the search's index, {took / searched:.2f} with (aim ≤ 3)"


if __name__ == "__main__":
    worker(sys.argv[1], int(sys.argv[2]))

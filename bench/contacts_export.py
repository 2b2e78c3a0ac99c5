"""Every contact out again: .csv against a bare COPY TO, .xlsx against XlsxWriter alone; and memory that does not grow.

    .venv/bin/python -m bench.contacts_export --rows 1000000

The columns are the usual ones with three custom fields and both numbers: 16, from three tables. The bare table holds
the same values flat. The exports run as the worker runs them, each in a process of its own, whose peak is printed for a
tenth of the contacts (those of the postal codes 0…) and for all. This section gives the contacts their custom fields.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from bench.contacts_base import alone

ROOT = Path(__file__).resolve().parent.parent
CUSTOM = {"effectif": "number", "secteur": "text", "depuis": "date"}
COLUMNS = (
    *("id", "civility", "first_name", "last_name", "company", "client_code", "email", "address", "address2"),
    *("postal_code", "city", "phone", "mobile", "custom:effectif", "custom:secteur", "custom:depuis"),
)
SOME = {"filter": {"field": "postal_code", "op": "starts", "value": "0"}}
IN_MEMORY = 10_000
"""Rows that XlsxWriter is given again and again."""


def figures(db_url: str, rows: int) -> Iterator[str]:
    """Lines as they are measured; Django points at the same database."""
    _prepare(db_url)
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        path = Path(folder) / "bare"
        flat, joined = bare_copy(db_url, path)
        yield f"bare COPY TO of {rows} contacts, {len(COLUMNS)} columns: {flat:.1f} s flat, {joined:.1f} s joined"
        alone = xlsxwriter_alone(db_url, path, rows)
        yield f"XlsxWriter alone, the same cells from memory: {alone:.1f} s"
    peaks: dict[str, list[int]] = {}
    for kind, bare, aim in (("csv", flat, 3.0), ("xlsx", alone, 1.3)):
        for filters in (SOME, {}):
            took, written, size, peak = exported(kind, filters)
            peaks.setdefault(kind, []).append(peak)
            yield f"{written} contacts to .{kind}: {took:.1f} s, {size >> 20} MB, worker's peak {peak >> 20} MB"
        against = "bare COPY TO" if kind == "csv" else "XlsxWriter alone"
        yield f".{kind}: export ÷ {against}: {took / bare:.2f} (aim ≤ {aim})"
    yield "memory, all ÷ a tenth: " + ", ".join(f".{kind} {all_ / some:.2f}" for kind, (some, all_) in peaks.items())


def _prepare(db_url: str) -> None:
    from decroche.contacts.models import CustomField

    for key, kind in CUSTOM.items():
        CustomField.objects.get_or_create(key=key, defaults={"label": key, "kind": kind})
    with psycopg.connect(db_url, autocommit=True) as db:
        db.execute(
            "UPDATE contacts_contact SET custom = jsonb_build_object('effectif', id % 250, 'secteur', company,"
            " 'depuis', to_char(date '2001-01-01' + (id % 8000)::int, 'YYYY-MM-DD'))"
        )
        db.execute("VACUUM ANALYZE contacts_contact")


def _statement() -> str:
    """The values as they are, without a cell's clothes."""
    from django.db import connection

    from decroche.exports.catalogue import catalogue
    from decroche.exports.filters import rows
    from decroche.exports.statement import plain_select

    connection.ensure_connection()
    known = catalogue("contacts")
    columns = [known.columns[key] for key in COLUMNS]
    return plain_select(rows(_boss(), "contacts", {}, datetime.now(UTC)), known, columns)


def _boss() -> Any:
    from decroche.accounts.models import User

    return User.objects.get_or_create(username="banc", defaults={"role": "supervisor"})[0]


def bare_copy(db_url: str, path: Path) -> tuple[float, float]:
    """Seconds of COPY TO a file: of a flat table of the same values, and of the SELECT that joins them."""
    select = _statement()
    with psycopg.connect(db_url, autocommit=True) as db:
        db.execute(f"CREATE UNLOGGED TABLE bare_out AS {select}".encode())
        db.execute("VACUUM ANALYZE bare_out")
        took = []
        for source in ("bare_out", f"({select})"):
            began = time.perf_counter()
            with path.open("wb") as file, db.cursor().copy(f"COPY {source} TO STDOUT (FORMAT csv)".encode()) as copy:
                for data in copy:
                    file.write(data)
            took.append(time.perf_counter() - began)
        return took[0], took[1]


def xlsxwriter_alone(db_url: str, path: Path, rows: int) -> float:
    """Seconds of a workbook in constant memory, of rows that are there already."""
    import xlsxwriter

    with psycopg.connect(db_url) as db:
        some = [
            [None if cell in (None, "") else str(cell) if place else cell for place, cell in enumerate(row)]
            for row in db.execute(f"SELECT * FROM bare_out LIMIT {IN_MEMORY}".encode())
        ]
    began = time.perf_counter()
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
    sheet = book.add_worksheet()
    text, number = sheet.write_string, sheet.write_number
    for at in range(rows):
        for place, cell in enumerate(some[at % len(some)]):
            if cell.__class__ is str:
                text(at, place, cell)
            elif cell is not None:
                number(at, place, cell)
    book.close()
    return time.perf_counter() - began


def exported(kind: str, filters: dict[str, Any]) -> tuple[float, int, int, int]:
    """Seconds, rows, size of the file and the worker's peak, in bytes."""
    from decroche.exports.models import Export
    from decroche.exports.run import remove_file

    export = Export.objects.create(
        subject="contacts",
        format=kind,
        columns=list(COLUMNS),
        filters=filters,
        created_by=_boss(),
        created_at=datetime.now(UTC),
    )
    argv = [sys.executable, "-m", "bench.contacts_export", "--worker", str(export.pk)]
    said = subprocess.run(argv, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    export.refresh_from_db()
    assert export.status == Export.Status.DONE, export.error
    remove_file(export)
    return float(said[-2]), export.rows_total, export.size_bytes, int(said[-1])


def worker(export_id: str) -> None:
    """In a process of its own, so that its memory is its own."""
    import django

    django.setup()
    from decroche.exports.run import run_export

    began = time.perf_counter()
    run_export(export_id)
    print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10)


def main() -> int:
    """Print the figures as they come; `--worker`: one export, in this process."""
    if sys.argv[1:2] == ["--worker"]:
        worker(sys.argv[2])
        return 0
    return alone(__doc__, figures)


if __name__ == "__main__":
    sys.exit(main())

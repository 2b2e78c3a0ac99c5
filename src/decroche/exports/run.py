"""One export, in the worker: claim it, write a part, give it its name. Progress goes over a connection beside.

A crash leaves a part that the next worker begins again; a cancel or a failure leaves nothing.
"""

from __future__ import annotations

import errno
import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection, transaction

from decroche.accounts.audit import record
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import DomainError, Language
from decroche.exports import errors
from decroche.exports.catalogue import catalogue
from decroche.exports.cells import Column, Dates
from decroche.exports.files import Written, write_csv, write_xlsx
from decroche.exports.filters import PRIVATE, rows
from decroche.exports.models import Export
from decroche.exports.parts import PLANNING, in_parts
from decroche.exports.statement import csv_select, xlsx_select

log = structlog.get_logger()
CLOCK = SystemClock()
ADVISORY = 0x0DEC1
MAX_ATTEMPTS = 3
KEPT = timedelta(days=7)
PART = ".part"
TELL_EVERY_S = 0.2
SHEET_NAMES: dict[str, tuple[str, str]] = {
    "contacts": ("Fiches", "Contacts"),
    "calls": ("Appels", "Calls"),
    "appointments": ("RDV", "Appointments"),
    "callbacks": ("Rappels", "Callbacks"),
    "answers": ("Réponses", "Answers"),
}
Status = Export.Status


class Cancelled(Exception):
    """Somebody asked to stop, or the worker has to."""


def path_of(export: Export) -> Path:
    """The file: its name on the disk is the identifier, and no other word."""
    return Path(settings.EXPORTS_DIR) / f"{export.pk}.{Export.Format(export.format).value}"


def run_export(export_id: str, *, should_stop: Callable[[], bool] = lambda: False, clock: Clock = CLOCK) -> None:
    """Write a queued export's file; does nothing where it is not queued any more or another worker is at it."""
    export = _claim(export_id, clock)
    if export is None:
        return
    path = path_of(export)
    part = path.with_name(path.name + PART)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _Progress(export, should_stop) as progress, transaction.atomic():
            if not _alone(export):
                return
            written = _write(export, part, progress, clock)
            part.replace(path)
            _finish(export, written, path.stat().st_size, clock)
    except Cancelled:
        _remove(export)
        _stopped(export, should_stop(), clock)
    except DomainError as error:
        _fail(export, errors.FilterGone() if error.code not in errors.KEPT else error, clock)
    except OSError as error:
        log.exception("export_failed", export=str(export_id))
        _fail(export, errors.DiskFull() if error.errno == errno.ENOSPC else errors.ExportFailed(), clock)
    except Exception:
        log.exception("export_failed", export=str(export_id))
        _fail(export, errors.ExportFailed(), clock)


@transaction.atomic
def _claim(export_id: str, clock: Clock) -> Export | None:
    waiting = (Status.QUEUED, Status.RUNNING)
    export = Export.objects.select_for_update().filter(pk=export_id, status__in=waiting).first()
    if export is None:
        return None
    if export.attempts >= MAX_ATTEMPTS:
        _fail(export, errors.WorkerLost(), clock)
        return None
    export.status, export.started_at, export.rows_done = Status.RUNNING, clock.now(), 0
    export.attempts += 1
    export.save(update_fields=["status", "started_at", "attempts", "rows_done"])
    return export


def _alone(export: Export) -> bool:
    """Whether no other worker writes this very file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [ADVISORY, str(export.pk)])
        return bool(cursor.fetchone()[0])


def _write(export: Export, path: Path, progress: _Progress, clock: Clock) -> Written:
    if export.created_by is None:
        raise errors.FilterGone
    language: Language = "en" if export.language == "en" else "fr"
    known = catalogue(export.subject, export.campaign_id)
    columns = chosen(known.columns, export.columns)
    found = rows(export.created_by, export.subject, export.filters, clock.now())
    total, parts = in_parts(found, known.order)
    progress.of(total)
    if export.format == Export.Format.CSV:
        dates: Dates = "iso" if export.dates == "iso" else "local"
        selects = [csv_select(part, known, columns, language, dates) for part in parts]
        return write_csv(path, [one.title(language) for one in columns], selects, progress.advance)
    with connection.cursor() as cursor:
        cursor.execute(PLANNING)
    name = SHEET_NAMES[export.subject][1 if language == "en" else 0]
    return write_xlsx(path, name, columns, xlsx_select(found, known, columns, language), language, progress.advance)


def chosen(columns: dict[str, Column], keys: list[str]) -> list[Column]:
    """Raises FilterGone where one of them is no longer there."""
    if missing := [key for key in keys if key not in columns]:
        raise errors.FilterGone(columns=", ".join(missing))
    return [columns[key] for key in keys]


def _finish(export: Export, written: Written, size: int, clock: Clock) -> None:
    export.status, export.error = Status.DONE, ""
    export.rows_total = export.rows_done = written.rows
    export.size_bytes, export.sheets, export.cut_cells = size, written.sheets, written.cut_cells
    export.finished_at, export.expires_at = clock.now(), clock.now() + KEPT
    export.save(
        update_fields=[
            *("status", "error", "rows_total", "rows_done", "size_bytes", "sheets", "cut_cells"),
            *("finished_at", "expires_at"),
        ]
    )
    record(export.created_by, "export.done", export, clock=clock, rows=written.rows, **facts(export))


def facts(export: Export) -> dict[str, object]:
    """What the audit log says of an export: conditions that name a person are left out, that there were some is not."""
    filters = {name: value for name, value in export.filters.items() if name not in PRIVATE}
    private = sorted(name for name in export.filters if name in PRIVATE)
    return {
        "subject": export.subject,
        "format": export.format,
        "columns": export.columns,
        "filters": filters,
        **({"filtered_by": private} if private else {}),
        **({"campaign_id": export.campaign_id} if export.campaign_id else {}),
    }


def _stopped(export: Export, by_worker: bool, clock: Clock) -> None:
    """By somebody: over. By the worker's own end: the next worker begins it again, without counting this attempt."""
    mine = Export.objects.filter(pk=export.pk)
    if by_worker and not mine.filter(cancel_requested=True).exists():
        mine.update(status=Status.QUEUED, rows_done=0, attempts=export.attempts - 1)
        return
    mine.update(status=Status.CANCELLED, rows_done=0, finished_at=clock.now())


def _fail(export: Export, error: DomainError, clock: Clock) -> None:
    _remove(export)
    Export.objects.filter(pk=export.pk).update(
        status=Status.FAILED, error=error.code, rows_done=0, finished_at=clock.now()
    )


def _remove(export: Export) -> None:
    """The file, its part, and what a workbook in the making left."""
    folder = Path(settings.EXPORTS_DIR)
    for path in folder.glob(f"{export.pk}.*") if folder.is_dir() else ():
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


def remove_file(export: Export) -> None:
    """Nothing of it stays on the disk."""
    _remove(export)


def clean_exports(clock: Clock = CLOCK) -> int:
    """Remove the files whose time is over, and those that no export knows; how many."""
    now = clock.now()
    expired = list(Export.objects.filter(status=Status.DONE, expires_at__lte=now))
    for export in expired:
        _remove(export)
    Export.objects.filter(pk__in=[one.pk for one in expired]).update(status=Status.EXPIRED)
    alive = (Status.QUEUED, Status.RUNNING, Status.DONE)
    wanted = {str(pk) for pk in Export.objects.filter(status__in=alive).values_list("pk", flat=True)}
    folder = Path(settings.EXPORTS_DIR)
    lost = [path for path in folder.iterdir() if path.name.split(".")[0] not in wanted] if folder.is_dir() else []
    for path in lost:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    return len(expired) + len(lost)


class _Progress:
    """Writes rows_done over a connection of its own, a few times a second, and sees there whether to stop."""

    def __init__(self, export: Export, should_stop: Callable[[], bool]) -> None:
        self.export, self.should_stop = export, should_stop
        self.beside = connection.copy()
        self.last = 0.0
        self.total = 0

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.beside.close()

    def of(self, total: int) -> None:
        """How many rows there will be."""
        self.total = total
        self._tell("rows_total", total)

    def advance(self, done: int) -> None:
        """Raises Cancelled."""
        if self.should_stop():
            raise Cancelled
        now = time.monotonic()
        if now - self.last < TELL_EVERY_S and done < self.total:  # the last one is said: a workbook is closed after it
            return
        self.last = now
        self._tell("rows_done", done)

    def _tell(self, name: str, count: int) -> None:
        with self.beside.cursor() as cursor:
            cursor.execute(
                f"UPDATE exports_export SET {name} = %s WHERE id = %s RETURNING cancel_requested",  # noqa: S608
                [count, self.export.pk],
            )
            row = cursor.fetchone()
        if row is None or row[0]:
            raise Cancelled

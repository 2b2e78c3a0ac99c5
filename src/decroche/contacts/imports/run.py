"""One import, in the worker: claim the batch, stage the file, merge, all in one transaction; progress goes beside it.

A crash or a cancel leaves the base as it was: the transaction is not committed, and the batch says where it stands.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from decroche.accounts.audit import record
from decroche.campaigns.outlook import services as outlooks
from decroche.campaigns.steering import lists
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import DomainError
from decroche.common.notify import notify_floor
from decroche.contacts.imports import consents, errors, own_fields, search_index
from decroche.contacts.imports.columns import ColumnReader
from decroche.contacts.imports.consents import ConsentReader
from decroche.contacts.imports.merge import CREATE_STAGING, merge, refused_by_merge
from decroche.contacts.imports.policy import Merged, Policy
from decroche.contacts.imports.rows import STAGED, CustomColumn, Refused, RowReader
from decroche.contacts.imports.sql import run
from decroche.contacts.imports.table import Reading, data_rows
from decroche.contacts.models import CustomField, ImportBatch, RefusedRow
from decroche.ledger.imported import Terms, record_staged

log = structlog.get_logger()
CLOCK = SystemClock()
CHUNK = 5_000
ADVISORY = 0x0DEC0
COPY_STAGING = f"COPY import_row ({', '.join(STAGED)}) FROM STDIN"
MAX_ATTEMPTS = 3
DRAFTS_KEPT = timedelta(days=7)
FILES_KEPT = timedelta(days=30)
"""How long a batch may be rolled forward again: its file is personal data, and goes then."""
COPY_CONSENTS = f"COPY import_consent ({', '.join(consents.STAGED)}) FROM STDIN"
STAGING_SHARE, MERGING_SHARE = 0.5, 0.3
PROOFS_FROM = STAGING_SHARE + MERGING_SHARE
"""Parts of the progress that reading the file and merging are worth; writing proofs is the rest, or merging."""


class Cancelled(Exception):
    """Somebody asked to stop, or the worker has to."""


def path_of(batch: ImportBatch) -> Path:
    """The uploaded file: its name on the disk is made by us."""
    return Path(settings.UPLOADS_DIR) / batch.stored_as


def reading_of(batch: ImportBatch) -> Reading:
    """How the batch's file is read."""
    return Reading(batch.format, batch.encoding, batch.separator, batch.quoted, batch.sheet, batch.header_row)


def run_import(batch_id: int, *, should_stop: Callable[[], bool] = lambda: False, clock: Clock = CLOCK) -> None:
    """Import a queued batch; does nothing where it is not queued any more or another worker is at it."""
    batch = _claim(batch_id, clock)
    if batch is None:
        return
    try:
        with _Progress(batch, should_stop) as progress, transaction.atomic():
            if not run("SELECT pg_try_advisory_xact_lock(%(space)s, %(id)s)", {"space": ADVISORY, "id": batch.pk})[0][
                0
            ]:
                return
            counts = _import(batch, progress)
            _finish(batch, counts, clock)
            outlooks.of_batch(batch, clock)
        search_index.settle()
    except Cancelled:
        _stopped(batch_id, should_stop(), clock)
    except DomainError as error:
        log.warning("import_refused", batch=batch_id, code=error.code)
        _fail(batch_id, error, clock)
    except Exception:
        log.exception("import_failed", batch=batch_id)
        _fail(batch_id, errors.ImportFailed(), clock)


@transaction.atomic
def _claim(batch_id: int, clock: Clock) -> ImportBatch | None:
    waiting = (ImportBatch.Status.QUEUED, ImportBatch.Status.RUNNING)
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id, status__in=waiting).first()
    if batch is None:
        return None
    if batch.attempts >= MAX_ATTEMPTS:
        _fail(batch_id, errors.WorkerLost(), clock)
        return None
    batch.status = ImportBatch.Status.RUNNING
    batch.started_at = clock.now()
    batch.attempts += 1
    batch.rows_done = 0
    batch.save(update_fields=["status", "started_at", "attempts", "rows_done"])
    return batch


def _import(batch: ImportBatch, progress: _Progress) -> dict[str, int]:
    own_fields.bring_back(batch)
    custom = _custom_columns(batch.mapping.values())
    known = {f"custom:{key}" for key in custom}  # a field may have been deleted since
    mapping = {
        int(column): target
        for column, target in batch.mapping.items()
        if not target.startswith("custom:") or target in known
    }
    rows = RowReader(mapping=mapping, headers=batch.columns, custom=custom, tidy=frozenset(batch.tidy))
    reader, consented = ColumnReader(rows), ConsentReader(mapping if batch.consent else {})
    RefusedRow.objects.filter(batch=batch).delete()  # of the time before, where it is rolled forward
    run(CREATE_STAGING)
    run(consents.CREATE_STAGING)
    total = refused = empty = 0
    path, reading = path_of(batch), reading_of(batch)
    pieces = ((chunk, reader.read(chunk)) for chunk in _chunks(data_rows(path, reading)))
    piece = next(pieces, None)
    while piece is not None:
        chunk, read = piece
        total += len(chunk)
        empty += read.empty
        with connection.cursor() as cursor, cursor.copy(COPY_STAGING) as copy:
            copy.write(read.lines)
            piece = next(pieces, None)  # while PostgreSQL, on another core, reads the lines
        if consented:
            with connection.cursor() as cursor, cursor.copy(COPY_CONSENTS) as copy:
                copy.write(consented.read(chunk))
        refused += _keep_refused(batch, read.refused)
        _keep_refused(batch, rows.left_out)
        rows.left_out.clear()
        progress.advance(STAGING_SHARE * min(1.0, total / max(1, batch.rows_total)))
    share = MERGING_SHARE if consented else 1 - STAGING_SHARE
    merged = merge(_policy(batch), lambda part: progress.advance(STAGING_SHARE + share * part))
    if batch.campaign_id is not None and merged.queued:
        lists.join(batch.campaign_id, [batch.pk])
    if batch.consent:
        batch.consent_counts = record_staged(
            batch,
            Terms(**batch.consent),
            consents.OF_CONTACTS,
            lambda part: progress.advance(PROOFS_FROM + (1 - PROOFS_FROM) * part),
        )
    for some in _batched(_cells_of(merged, path, reading)):
        _keep_refused(batch, some)
    return {
        "total": total,
        "new": merged.new,
        "updated": merged.updated,
        "duplicate": merged.duplicate,
        "refused": refused + merged.unreachable,
        "empty": empty,
        "do_not_call": merged.forbidden,
        "queued": merged.queued,
        "known_queued": merged.known_queued,
        "dropped_numbers": rows.dropped_numbers,
        "dropped_sirets": rows.dropped_sirets,
    }


def _policy(batch: ImportBatch) -> Policy:
    stamp: datetime = batch.started_at or batch.created_at
    return Policy(
        batch_id=batch.pk,
        stamp=stamp,
        duplicates=batch.duplicates,
        match_by=tuple(batch.match_by),
        campaign_id=batch.campaign_id,
        in_campaign=batch.against == "campaign",
        again=batch.roll_back is not None,
        with_consents=batch.consent is not None,
    )


def _custom_columns(targets: Iterable[str]) -> dict[str, CustomColumn]:
    keys = {target.removeprefix("custom:") for target in targets if target.startswith("custom:")}
    found = CustomField.objects.filter(key__in=keys)
    return {one.key: CustomColumn(one.key, one.label, one.kind, one.choices) for one in found}


def _chunks(rows: Iterator[tuple[int, list[str]]]) -> Iterator[list[tuple[int, list[str]]]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _batched(refused: Iterator[Refused]) -> Iterator[list[Refused]]:
    while some := list(islice(refused, CHUNK)):
        yield some


def _keep_refused(batch: ImportBatch, refused: list[Refused]) -> int:
    statement = "COPY contacts_refusedrow (batch_id, row_number, reason, detail, cells) FROM STDIN"
    if refused:
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for one in refused:
                cells = json.dumps(one.cells, ensure_ascii=False)
                copy.write_row((batch.pk, one.row_number, one.reason, one.detail[:200], cells))
    return len(refused)


def _cells_of(merged: Merged, path: Path, reading: Reading) -> Iterator[Refused]:
    """Rows refused by the merge, read once more: their cells were not staged."""
    if not merged.forbidden + merged.unreachable:
        return
    wanted = refused_by_merge()
    row_number, reason = next(wanted)
    for position, cells in data_rows(path, reading):
        if position == row_number:
            yield Refused(position, reason, "", [cell.replace("\x00", "") for cell in cells])
            row_number, reason = next(wanted, (0, ""))
            if not row_number:
                return


def _finish(batch: ImportBatch, counts: dict[str, int], clock: Clock) -> None:
    total = counts.pop("total")
    batch.status, batch.counts = ImportBatch.Status.DONE, counts
    batch.rows_total = batch.rows_done = total
    batch.finished_at, batch.error, batch.error_facts = clock.now(), "", {}
    batch.roll_back = None
    batch.save(
        update_fields=[
            *("status", "counts", "rows_total", "rows_done", "finished_at", "error", "error_facts", "roll_back"),
            *("consent_counts", "mapping"),
        ]
    )
    record(batch.created_by, "import.done", batch, clock=clock, **counts)
    if batch.campaign_id is not None and counts["queued"]:
        notify_floor("queue_changed", campaign_id=batch.campaign_id)


def _stopped(batch_id: int, by_worker: bool, clock: Clock) -> None:
    """By somebody: over. By the worker's own end: the next worker takes it up again, without counting this attempt."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if by_worker and not batch.cancel_requested:
        ImportBatch.objects.filter(pk=batch_id).update(
            status=ImportBatch.Status.QUEUED, rows_done=0, attempts=batch.attempts - 1
        )
        return
    ImportBatch.objects.filter(pk=batch_id).update(
        status=_instead(batch, ImportBatch.Status.CANCELLED), rows_done=0, finished_at=clock.now()
    )


def _instead(batch: ImportBatch, status: ImportBatch.Status) -> ImportBatch.Status:
    """A batch that was to be rolled forward, and was not, is still rolled back."""
    return status if batch.roll_back is None else ImportBatch.Status.ROLLED_BACK


def clean_uploads(clock: Clock = CLOCK) -> int:
    """Remove drafts that nobody started for a week, and files that no batch has a use for; how many files."""
    old = clock.now() - DRAFTS_KEPT
    ImportBatch.objects.filter(status=ImportBatch.Status.DRAFT, created_at__lt=old).delete()
    over = (ImportBatch.Status.DONE, ImportBatch.Status.ROLLED_BACK)
    again = Q(status__in=over, finished_at__gte=clock.now() - FILES_KEPT)
    given_up = (ImportBatch.Status.FAILED, ImportBatch.Status.CANCELLED, *over)
    wanted = set(ImportBatch.objects.filter(again | ~Q(status__in=given_up)).values_list("stored_as", flat=True))
    folder = Path(settings.UPLOADS_DIR)
    found = [path for path in folder.iterdir() if path.name not in wanted] if folder.is_dir() else []
    stale = [path for path in found if path.is_file() and path.stat().st_mtime < old.timestamp()]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _fail(batch_id: int, error: DomainError, clock: Clock) -> None:
    ImportBatch.objects.filter(pk=batch_id).update(
        status=_instead(ImportBatch.objects.get(pk=batch_id), ImportBatch.Status.FAILED),
        error=error.code,
        error_facts={name: str(value) for name, value in error.facts.items()},
        rows_done=0,
        finished_at=clock.now(),
    )


class _Progress:
    """Writes rows_done over a connection of its own, a few times a second, and sees there whether to stop."""

    def __init__(self, batch: ImportBatch, should_stop: Callable[[], bool]) -> None:
        self.batch = batch
        self.should_stop = should_stop
        self.beside = connection.copy()
        self.last = 0.0

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.beside.close()

    def advance(self, part: float) -> None:
        """Raises Cancelled."""
        if self.should_stop():
            raise Cancelled
        if (now := time.monotonic()) - self.last < 0.2:
            return
        self.last = now
        with self.beside.cursor() as cursor:
            cursor.execute(
                "UPDATE contacts_importbatch SET rows_done = %s WHERE id = %s RETURNING cancel_requested",
                [int(self.batch.rows_total * part), self.batch.pk],
            )
            row = cursor.fetchone()
        if row is not None and row[0]:
            raise Cancelled

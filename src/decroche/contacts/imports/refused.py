"""Rows that were not imported, or brought no contact of their own: as a list, and as a file for Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from decroche.common.errors import Language, NotFound
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.imports import duplicates
from decroche.contacts.imports.rows import LEFT_OUT, reason_sentence
from decroche.contacts.imports.run import path_of, reading_of
from decroche.contacts.imports.schemas import RefusedPage, RefusedRowOut
from decroche.contacts.imports.table import data_rows
from decroche.contacts.imports.targets import REPORT, titles_in, without_report
from decroche.contacts.models import ImportBatch, RefusedRow

SEARCHED = 20_000
"""Lines of the file that a page of a list is looked up in; the file of rows has them all."""
CHUNK = 2_000
_FILES = {
    LEFT_OUT: ("numeros-ecartes", "numbers-left-out"),
    duplicates.ALL: ("doublons", "duplicates"),
    "refused": ("lignes-refusees", "refused-rows"),
}


def list_refused(language: Language, batch_id: int, *, cursor: str, limit: int, code: str = "") -> RefusedPage:
    """A page, in the order of the file, of one reason or of all that left a row out. Raises NotFound."""
    batch = _batch(batch_id)
    rows = _rows(batch, code).order_by("row_number", "pk")
    total = None if cursor else rows.count()
    of = f"refused-rows/{batch_id}"
    if cursor:
        (after,) = decode_cursor(cursor, int, of=of)
        rows = rows.filter(row_number__gt=after)
    page, next_cursor = cut(list(rows[: limit + 1]), limit, lambda one: (one.row_number,), of=of)
    if _is_duplicate(code) and page and page[-1].row_number <= SEARCHED:
        page = list(_with_cells(page, batch))
    items = [
        RefusedRowOut(row_number=one.row_number, code=one.reason, reason=reason, cells=one.cells)
        for one, reason in zip(page, _sentences(page, code, language), strict=True)
    ]
    return RefusedPage(items=items, next_cursor=next_cursor, total=total)


def refused_csv(language: Language, batch_id: int, code: str = "") -> StreamingHttpResponse:
    """The same columns and the reason; corrected and sent back, it is a file to import. Raises NotFound."""
    batch = _batch(batch_id)
    response = StreamingHttpResponse(_lines(batch, language, code), content_type="text/csv; charset=utf-8")
    kind = LEFT_OUT if code == LEFT_OUT else duplicates.ALL if _is_duplicate(code) else "refused"
    name = _FILES[kind][1 if language == "en" else 0]
    response["Content-Disposition"] = f'attachment; filename="{name}-{batch.pk}.csv"'
    return response


def _is_duplicate(code: str) -> bool:
    return code == duplicates.ALL or code in duplicates.REASONS


def _rows(batch: ImportBatch, code: str) -> QuerySet[RefusedRow]:
    rows = RefusedRow.objects.filter(batch=batch)
    if code == duplicates.ALL:
        return rows.filter(reason__in=duplicates.REASONS)
    return rows.filter(reason=code) if code else rows.exclude(reason__in=(LEFT_OUT, *duplicates.REASONS))


def _sentences(rows: list[RefusedRow], code: str, language: Language) -> list[str]:
    if _is_duplicate(code):
        return duplicates.sentences(rows, language)
    return [reason_sentence(one.reason, one.detail, language) for one in rows]


def _with_cells(rows: Iterable[RefusedRow], batch: ImportBatch) -> Iterator[RefusedRow]:
    """Rows, in the order of the file, with their cells as they stand in it; without, once it is no longer kept."""
    path = path_of(batch)
    lines = data_rows(path, reading_of(batch)) if path.is_file() else iter(())
    for one in rows:
        one.cells = next((cells for position, cells in lines if position == one.row_number), [])
        yield one


def _batch(batch_id: int) -> ImportBatch:
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


def _lines(batch: ImportBatch, language: Language, code: str) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_MINIMAL)
    columns = titles_in(without_report(batch.columns), language)
    width, report = len(columns), len(batch.columns) - len(columns)
    titles = REPORT[language]
    buffer.write("\ufeff")
    writer.writerow([harmless(cell) for cell in (*columns, *titles)])
    found = _rows(batch, code).order_by("row_number").iterator(chunk_size=CHUNK)
    rows = _with_cells(found, batch) if _is_duplicate(code) else found
    while chunk := list(islice(rows, CHUNK)):
        for one, reason in zip(chunk, _sentences(chunk, code, language), strict=True):
            cells = [*one.cells[:width], *[""] * (width - len(one.cells)), *one.cells[width + report :]]
            writer.writerow([*(harmless(cell) for cell in cells), str(one.row_number), harmless(reason)])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def harmless(cell: str) -> str:
    """Never a formula: a spreadsheet computes what begins by = + - @ or a tab. A telephone number keeps its +."""
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(cell):
        return "'" + cell
    return cell


def _is_number(cell: str) -> bool:
    return cell[:1] in "+-" and cell[1:].replace(" ", "").replace(".", "").replace(",", "").isdigit()

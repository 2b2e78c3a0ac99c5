"""Rows that were not imported: as a list, and as a file for Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import StreamingHttpResponse

from decroche.accounts.models import User
from decroche.common.errors import NotFound
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.imports.rows import LEFT_OUT, reason_sentence
from decroche.contacts.imports.schemas import RefusedPage, RefusedRowOut
from decroche.contacts.models import ImportBatch, RefusedRow


def list_refused(user: User, batch_id: int, *, cursor: str, limit: int, code: str = "") -> RefusedPage:
    """A page, in the order of the file, of one reason or of all that left a row out. Raises NotFound."""
    rows = _rows(_batch(batch_id), code).order_by("row_number", "pk")
    total = None if cursor else rows.count()
    if cursor:
        (after,) = decode_cursor(cursor, int)
        rows = rows.filter(row_number__gt=after)
    page, next_cursor = cut(list(rows[: limit + 1]), limit, lambda one: (one.row_number,))
    items = [
        RefusedRowOut(
            row_number=one.row_number,
            code=one.reason,
            reason=reason_sentence(one.reason, one.detail, user.language),
            cells=one.cells,
        )
        for one in page
    ]
    return RefusedPage(items=items, next_cursor=next_cursor, total=total)


def refused_csv(user: User, batch_id: int, code: str = "") -> StreamingHttpResponse:
    """The same columns and the reason; corrected and sent back, it is a file to import. Raises NotFound."""
    batch = _batch(batch_id)
    response = StreamingHttpResponse(_lines(batch, user, code), content_type="text/csv; charset=utf-8")
    name = "numbers-left-out" if code == LEFT_OUT else "refused"
    response["Content-Disposition"] = f'attachment; filename="{name}-{batch.pk}.csv"'
    return response


def _rows(batch: ImportBatch, code: str) -> QuerySet[RefusedRow]:
    rows = RefusedRow.objects.filter(batch=batch)
    return rows.filter(reason=code) if code else rows.exclude(reason=LEFT_OUT)


def _batch(batch_id: int) -> ImportBatch:
    batch = ImportBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


def _lines(batch: ImportBatch, user: User, code: str) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_MINIMAL)
    width = len(batch.columns)
    titles = ("Line", "Reason") if user.language == "en" else ("Ligne", "Motif du refus")
    buffer.write("\ufeff")
    writer.writerow([harmless(cell) for cell in (*batch.columns, *titles)])
    for one in _rows(batch, code).order_by("row_number").iterator(chunk_size=2000):
        cells = [*one.cells, *[""] * (width - len(one.cells))]
        reason = reason_sentence(one.reason, one.detail, user.language)
        writer.writerow([*(harmless(cell) for cell in cells), str(one.row_number), harmless(reason)])
        if buffer.tell() > 1 << 16:
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

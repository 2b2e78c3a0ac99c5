"""CSV for French spreadsheets: UTF-8 with its mark, semicolons, CRLF, and no cell that would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cell: object) -> str:
    """The cell as text; a leading apostrophe keeps a spreadsheet from running it."""
    if cell is None:
        return ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return str(cell).replace(".", ",")
    text = str(cell).replace("\x00", "")
    return "'" + text if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def csv_chunks(rows: Iterable[Iterable[object]], *, rows_per_chunk: int = 500) -> Iterator[bytes]:
    """The file, piece by piece."""
    buffer = io.StringIO()
    buffer.write(BOM)
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    for number, row in enumerate(rows, 1):
        writer.writerow([safe(cell) for cell in row])
        if number % rows_per_chunk == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()

"""Writing the file row by row, with memory that does not grow: .csv as the database sends it, .xlsx sheet by sheet."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any

import xlsxwriter
from django.db import connection

from decroche.common.errors import Language
from decroche.common.spreadsheet import BOM, safe
from decroche.exports.cells import Column
from decroche.exports.parts import EVERY, copy_lines

SHEET_ROWS = 1_048_575
"""Below the titles."""
CELL_CHARS = 32_767
BUFFER = 1 << 20
Advance = Callable[[int], None]
"""Told how many rows are written; may raise to stop."""
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]+)?")


@dataclass(slots=True)
class Written:
    """What the file holds."""

    rows: int = 0
    sheets: int = 1
    cut_cells: int = 0


def write_csv(path: Path, titles: Sequence[str], selects: Sequence[str], advance: Advance) -> Written:
    """Server-side COPYs, at the same time; the parts that follow the first wait beside the file until it is whole."""
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([safe(title) for title in titles])
    with ExitStack() as kept:
        file = kept.enter_context(path.open("wb", buffering=BUFFER))
        file.write((BOM + line.getvalue()).encode())
        parts = [kept.enter_context(TemporaryFile(dir=path.parent, buffering=BUFFER)) for _ in selects[1:]]
        rows = copy_lines(selects, [one.write for one in (file, *parts)], advance)
        for part in parts:
            part.seek(0)
            shutil.copyfileobj(part, file, BUFFER)
    return Written(rows)


def write_xlsx(
    path: Path, name: str, columns: Sequence[Column], select: str, language: Language, advance: Advance
) -> Written:
    """Rows from a server-side cursor. XlsxWriter keeps one row in memory, and the sheets in a folder beside `path`."""
    with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as folder:
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": folder})
        book.use_zip64()
        sheets = _Sheets(book, name, columns, language)
        rows = 0
        with connection.chunked_cursor() as cursor:
            cursor.execute(select)
            while chunk := cursor.fetchmany(EVERY):
                sheets.write(chunk)
                rows += len(chunk)
                advance(rows)
        book.close()
    return Written(rows, len(book.worksheets()), sheets.cut_cells)


class _Sheets:
    """One sheet after another: a workbook's are limited."""

    def __init__(self, book: Any, name: str, columns: Sequence[Column], language: Language) -> None:
        self.book, self.name = book, name
        self.titles = [one.title(language) for one in columns]
        self.kinds = [one.kind for one in columns]
        self.bold = book.add_format({"bold": True})
        self.instant = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.cut_cells = 0
        self._begin()

    def _begin(self) -> None:
        number = len(self.book.worksheets()) + 1
        self.sheet = self.book.add_worksheet(self.name if number == 1 else f"{self.name} {number}")
        self.at = 0
        self.sheet.freeze_panes(1, 0)
        for place, (title, kind) in enumerate(zip(self.titles, self.kinds, strict=True)):
            self.sheet.set_column(place, place, max(len(title[:40]) + 2, WIDTHS.get(kind, 12)))
            self.sheet.write_string(0, place, title[:CELL_CHARS], self.bold)

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """A text is written as one: nothing in it runs."""
        kinds, text, number = self.kinds, self.sheet.write_string, self.sheet.write_number
        for row in rows:
            if self.at == SHEET_ROWS:
                self._begin()
                text, number = self.sheet.write_string, self.sheet.write_number
            self.at += 1
            at = self.at
            for place, value in enumerate(row):
                if value is None or value == "":
                    continue
                kind = kinds[place]
                if kind == "answer":
                    kind, value = ("day" if value[0] == "d" else "text"), value[1:]
                if kind in TEXTS:
                    if text(at, place, value):
                        self._cut(at, place, value)
                elif kind == "instant":
                    number(at, place, value, self.instant)
                elif kind == "day" and (days := _days(value)):
                    number(at, place, days, self.day)
                elif kind in NUMBERS or (kind == "number" and _NUMBER.fullmatch(value)):
                    number(at, place, float(value))
                elif text(at, place, value):
                    self._cut(at, place, value)

    def _cut(self, at: int, place: int, value: str) -> None:
        self.sheet.write_string(at, place, value[: CELL_CHARS - 1] + "…")
        self.cut_cells += 1


NUMBERS = frozenset(("whole", "seconds"))
TEXTS = frozenset(("text", "phone", "yes_no", "code"))
WIDTHS = {"instant": 19, "text": 20, "phone": 16}


def _days(text: str) -> int | None:
    """As a spreadsheet counts days; None where it is no day that it knows."""
    try:
        days = date.fromisoformat(text).toordinal() - date(1899, 12, 30).toordinal()
    except ValueError:
        return None
    return days if days > 60 else None  # before March 1900, a spreadsheet has a day that never was

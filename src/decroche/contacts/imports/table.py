"""A file as rows of text, whatever it is: the same for the preview and for the import."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import fastexcel

from decroche.contacts.imports import errors
from decroche.contacts.imports.text import codec

MAX_COLUMNS = 1024
MAX_CELL = 100_000
"""Characters; a spreadsheet's own limit is 32,767."""
MAX_UNPACKED_BYTES = 4 << 30
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00")
csv.field_size_limit(MAX_CELL)

Row = list[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is read. `header_row` counts from 1; 0: there is none."""

    format: str = "csv"
    encoding: str = "utf-8"
    separator: str = ";"
    quoted: bool = True
    sheet: str = ""
    header_row: int = 1


def rows(path: Path, reading: Reading) -> Iterator[Row]:
    """Every row from the first one, empty ones too, so that positions are the spreadsheet's own. Raises FileRefused."""
    try:
        yield from _workbook_rows(path, reading) if reading.format == "xlsx" else _text_rows(path, reading)
    except FileNotFoundError as error:
        raise errors.FileGone from error


def data_rows(path: Path, reading: Reading) -> Iterator[tuple[int, Row]]:
    """(position from 1, cells) of the rows below the header."""
    return islice(enumerate(rows(path, reading), start=1), reading.header_row, None)


def sheet_names(path: Path) -> list[str]:
    """Raises FileRefused where the workbook cannot be opened."""
    _refuse_bombs(path)
    try:
        return list(fastexcel.read_excel(path).sheet_names)
    except fastexcel.FastExcelError as error:
        raise errors.BrokenWorkbook from error


def unquote(cell: str) -> str:
    """The text of a cell in quotes, where quotes were not interpreted on reading."""
    text = cell.strip()
    return text[1:-1].replace('""', '"') if len(text) >= 2 and text[0] == text[-1] == '"' else cell


def _text_rows(path: Path, reading: Reading) -> Iterator[Row]:
    with path.open("rb") as raw:
        name = codec(reading.encoding, raw.read(4096))
    with path.open(encoding=name, errors="replace", newline="") as file:
        separator = reading.separator or ";"
        quoted = csv.reader(file, delimiter=separator)
        reader = quoted if reading.quoted else csv.reader(file, delimiter=separator, quoting=csv.QUOTE_NONE)
        try:
            for row in reader:
                if len(row) > MAX_COLUMNS:
                    raise errors.TooManyColumns(columns=len(row), max=MAX_COLUMNS)
                yield row if reading.quoted else [unquote(cell) for cell in row]
        except csv.Error as error:
            raise errors.CellTooLong(row=reader.line_num) from error


def _workbook_rows(path: Path, reading: Reading) -> Iterator[Row]:
    names = sheet_names(path)
    name = reading.sheet or (names[0] if names else "")
    if name not in names:
        raise errors.NoSuchSheet
    try:
        sheet = fastexcel.read_excel(path).load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        if sheet.width > MAX_COLUMNS:
            raise errors.TooManyColumns(columns=sheet.width, max=MAX_COLUMNS)
        frame = sheet.to_polars()
    except fastexcel.FastExcelError as error:
        raise errors.BrokenWorkbook from error
    for row in frame.iter_rows():
        yield [_cell(value) for value in row]


def _cell(value: str | None) -> str:
    if value is None:
        return ""
    # A day is read as an instant.
    return _MIDNIGHT.sub(r"\1", value) if value.endswith(" 00:00:00") else value


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise errors.FileTooBig(max_mb=MAX_UNPACKED_BYTES >> 20)
    except zipfile.BadZipFile as error:
        raise errors.BrokenWorkbook from error

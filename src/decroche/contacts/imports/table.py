"""A file as rows of text, whatever it is: the same for the preview and for the import."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from decroche.contacts.imports import errors
from decroche.contacts.imports.sheet import MAX_CELL, MAX_COLUMNS
from decroche.contacts.imports.text import codec, on_error
from decroche.contacts.imports.workbook import workbook_rows

MAX_ROW = 4_000_000
"""Characters of one row, whatever its cells: no more of the file is ever held."""
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
        yield from workbook_rows(path, reading.sheet) if reading.format == "xlsx" else _text_rows(path, reading)
    except FileNotFoundError as error:
        raise errors.FileGone from error


def data_rows(path: Path, reading: Reading) -> Iterator[tuple[int, Row]]:
    """(position from 1, cells) of the rows below the header."""
    return islice(enumerate(rows(path, reading), start=1), reading.header_row, None)


def unquote(cell: str) -> str:
    """The text of a cell in quotes, where quotes were not interpreted on reading."""
    text = cell.strip()
    return text[1:-1].replace('""', '"') if len(text) >= 2 and text[0] == text[-1] == '"' else cell


def _text_rows(path: Path, reading: Reading) -> Iterator[Row]:
    with path.open("rb") as raw:
        name = codec(reading.encoding, raw.read(4096))
    held = 0

    def lines(file: TextIO) -> Iterator[str]:
        nonlocal held
        while line := file.readline(MAX_ROW):
            held += len(line)
            if held >= MAX_ROW:
                raise errors.CellTooLong(row=reader.line_num + 1)
            yield line

    with path.open(encoding=name, errors=on_error(reading.encoding), newline="") as file:
        separator = reading.separator or ";"
        quoted = csv.reader(lines(file), delimiter=separator)
        reader = quoted if reading.quoted else csv.reader(lines(file), delimiter=separator, quoting=csv.QUOTE_NONE)
        try:
            for row in reader:
                held = 0
                if len(row) > MAX_COLUMNS and any(row[MAX_COLUMNS:]):
                    raise errors.TooManyColumns(columns=len(row), max=MAX_COLUMNS)
                yield row if reading.quoted else [unquote(cell) for cell in row]
        except csv.Error as error:
            raise errors.CellTooLong(row=reader.line_num) from error

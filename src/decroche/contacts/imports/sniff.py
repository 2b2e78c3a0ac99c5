"""How to read a file that nobody described: format, encoding, separator, quotes, header."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from decroche.contacts.imports import errors, targets
from decroche.contacts.imports.table import Reading, Row, rows
from decroche.contacts.imports.text import codec, looks_binary, sniff_encoding
from decroche.contacts.imports.workbook import sheet_names

SEPARATORS = (";", "\t", ",", "|")
LOOKED_AT = 50
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")
_MARKUP = re.compile(r"\s*<(?:[?!]|html|head|body|table|style|workbook)", re.IGNORECASE)
"""How a web page begins, or the XML of old spreadsheets: many programs "export to Excel" like that."""
_DATA = re.compile(r"^[\d\s.+()/,-]*\d[\d\s.+()/,-]*$|@")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The best reading, and the workbook's sheets where it is one."""

    reading: Reading
    sheets: tuple[str, ...] = ()


def sniff(path: Path) -> Sniffed:
    """Raises FileRefused where the file is no table."""
    with path.open("rb") as file:
        start = file.read(65536)
    if not start.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise errors.FileEmpty
    if start.startswith(b"PK\x03\x04"):
        return _workbook(path)
    if start.startswith(_OLE):
        raise errors.OldWorkbook
    if start.startswith(_OTHER_KINDS) or looks_binary(start):
        raise errors.NotATable
    encoding = sniff_encoding(path)
    text = start.decode(codec(encoding, start), errors="replace")
    if _MARKUP.match(text):
        raise errors.NotATable
    reading = Reading("csv", encoding, _separator(text))
    if _quote_never_closed(path, reading):
        reading = replace(reading, quoted=False)
    return Sniffed(replace(reading, header_row=find_header(path, reading)))


def find_header(path: Path, reading: Reading) -> int:
    """Position from 1 of the row of titles among the first ones; 0 where there is none."""
    first = list(islice(rows(path, reading), LOOKED_AT))
    filled = [sum(1 for cell in row if cell.strip()) for row in first]
    if not any(filled):
        raise errors.FileEmpty
    usual = Counter(count for count in filled if count).most_common(1)[0][0]
    for position, row in enumerate(first[:20], start=1):
        known = sum(1 for cell in row if targets.by_header(cell))
        if known >= 2 or (known == 1 and filled[position - 1] <= 2 and not _is_data(row)):
            return position
    candidates = (position for position, count in enumerate(filled, start=1) if count >= max(1, usual // 2))
    position = next(candidates, 1)
    return 0 if _is_data(first[position - 1]) else position


def _is_data(row: Row) -> bool:
    """Titles are words; numbers, telephone numbers and e-mails are data."""
    return any(_DATA.search(cell.strip()) for cell in row if cell.strip())


def _workbook(path: Path) -> Sniffed:
    names = sheet_names(path)
    for name in names:
        reading = Reading("xlsx", encoding="", separator="", sheet=name)
        if any(any(cell.strip() for cell in row) for row in islice(rows(path, reading), LOOKED_AT)):
            return Sniffed(replace(reading, header_row=find_header(path, reading)), tuple(names))
    raise errors.FileEmpty


def _separator(text: str) -> str:
    """The one that cuts the most lines into the same number of cells, more than one."""
    lines = [line for line in _without_quoted(text).splitlines() if line.strip()][:LOOKED_AT]
    best, best_score = ";", 0.0
    for separator in SEPARATORS:
        counts = Counter(line.count(separator) for line in lines)
        counts.pop(0, None)
        if counts:
            cells, lines_alike = counts.most_common(1)[0]
            # Alike on most lines first, then many cells; a comma is also a decimal mark and part of addresses.
            score = lines_alike / len(lines) + min(cells, 20) / 100
            if score > best_score + 1e-9:
                best, best_score = separator, score
    return best


def _without_quoted(text: str) -> str:
    return re.sub(r'"[^"\n]*"', "", text)


def _quote_never_closed(path: Path, reading: Reading) -> bool:
    """An odd number of quotes, and a cell over many lines: the rest of the file was swallowed by one cell."""
    with path.open("rb") as raw:
        odd = sum(chunk.count(b'"') for chunk in iter(lambda: raw.read(1 << 20), b"")) % 2 == 1
    if not odd:
        return False
    try:
        return any(cell.count("\n") > 0 for row in rows(path, reading) for cell in row)
    except errors.CellTooLong:
        return True

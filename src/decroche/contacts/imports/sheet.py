"""Cells of Excel's sheets as text: usual rows by a pattern, all others by the parser; both say the same."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from decroche.contacts.imports import errors
from decroche.contacts.imports.pieces import entities
from decroche.contacts.imports.strings import SharedStrings
from decroche.contacts.imports.xml import feed

MAX_ROWS = 1_048_576
MAX_COLUMNS = 1024
MAX_CELL = 100_000
"""Characters; a spreadsheet's own limit is 32,767."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?\s?'
    r"(?:/>|>(?:<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>))?"
    r'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>|<v/>)?</c>)'
)
_ROW = re.compile(r'<row(?:\s(?:[^<>]*?\s)?r="([0-9]{1,7})"[^<>]*|\s[^<>]*|)>')
_STRING = re.compile(r'\s*<si><t(?: xml:space="preserve")?>([^<]*)</t>')


class StringReader:
    """Handlers for the shared strings: the text of each, without its phonetic reading."""

    def __init__(self, strings: SharedStrings) -> None:
        self.strings = strings
        self.parts: list[str] = []
        self.size, self.reading, self.phonetic = 0, False, False

    def piece(self, piece: str) -> None:
        """What is before the end of a text."""
        begin = piece.rfind("<si>")
        usual = _STRING.fullmatch(piece, max(0, begin))
        if usual and len(usual[1]) <= MAX_CELL:
            self.strings.append(unescaped(entities(usual[1])))
            return
        self.parts.clear()
        self.size, self.reading, self.phonetic = 0, False, False
        for _ in feed(io.BytesIO(f"{piece[max(0, begin) :]}</si>".encode()), self.start, self.end, self.text):
            pass

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """A tag opens."""
        name = tag[tag.rfind(":") + 1 :]
        if name == "t":
            self.reading = not self.phonetic
        elif name == "si":
            self.parts.clear()
            self.size = 0
        elif name == "rPh":
            self.phonetic = True

    def end(self, tag: str) -> None:
        """A tag closes."""
        name = tag[tag.rfind(":") + 1 :]
        if name == "t":
            self.reading = False
        elif name == "si":
            self.strings.append(unescaped("".join(self.parts)))
        elif name == "rPh":
            self.phonetic = False

    def text(self, data: str) -> None:
        """Raises CellTooLong."""
        if self.reading:
            self.parts.append(data)
            self.size += len(data)
            if self.size > MAX_CELL:
                raise errors.CellTooLong(row=1)


class SheetReader:
    """Handlers for a sheet: whole rows gather in `rows`."""

    def __init__(self, strings: SharedStrings, dated: dict[str, str], epoch: datetime) -> None:
        self.strings, self.dated, self.epoch = strings, dated, epoch
        self.rows: list[list[str]] = []
        self.done = 0
        """Rows given so far."""
        self.number = 0
        self.cells: list[str] = []
        self.column, self.kind, self.style = 0, "n", ""
        self.parts: list[str] = []
        self.size, self.reading, self.phonetic = 0, False, False
        self.columns: dict[str, int] = {}

    def taken(self) -> Iterator[list[str]]:
        """The rows read since."""
        yield from self.rows
        self.rows.clear()

    def piece(self, piece: str) -> None:
        """What is before the end of a row."""
        begin = piece.rfind("<row")
        opening = _ROW.match(piece, begin) if begin >= 0 else None
        if opening is None:
            raise errors.BrokenWorkbook
        before = piece.count("<row", 0, begin)  # rows without a cell
        self.number = int(opening[1]) if opening[1] else self.number + before + 1
        found = _CELL.findall(piece, opening.end())
        if len(found) != piece.count("<c", opening.end()):
            self._by_parser(piece[begin:])
            return
        columns, strings, keep = self.columns, self.strings, self._keep
        for letters, style, kind, value, inline in found:
            raw = value or inline
            if not raw:
                continue
            self.column = columns.get(letters) or self._column(letters)
            if kind == "s":
                self._put(strings[int(raw)])
                continue
            if len(raw) > MAX_CELL:
                raise errors.CellTooLong(row=self.number)
            self.kind, self.style = kind or "n", style
            keep(entities(raw))
        self._row()

    def _by_parser(self, row: str) -> None:
        self.number -= 1  # counted again where the row does not say its number
        for _ in feed(io.BytesIO(f"{row}</row>".encode()), self.start, self.end, self.text):
            pass

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        name = tag[tag.rfind(":") + 1 :]
        if name == "c":
            reference = attributes.get("r")
            if reference is None:
                self.column += 1
            else:
                letters = reference.rstrip(_DIGITS)
                self.column = self.columns.get(letters) or self._column(letters)
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        elif name == "v":
            self.reading = True
        elif name == "t":
            self.reading = not self.phonetic
        elif name == "row":
            reference = attributes.get("r")
            self.number = int(reference) if reference else self.number + 1
            self.column = 0
        elif name == "rPh":
            self.phonetic = True

    def end(self, tag: str) -> None:
        """A tag closes. Raises TooManyColumns."""
        name = tag[tag.rfind(":") + 1 :]
        if name in ("v", "t"):
            self.reading = False
        elif name == "c":
            if self.parts:
                self._keep("".join(self.parts))
                self.parts.clear()
                self.size = 0
        elif name == "row":
            self._row()
        elif name == "rPh":
            self.phonetic = False

    def text(self, data: str) -> None:
        """Raises CellTooLong."""
        if self.reading:
            self.parts.append(data)
            self.size += len(data)
            if self.size > MAX_CELL:
                raise errors.CellTooLong(row=self.number)

    def _column(self, letters: str) -> int:
        number = 0
        for letter in letters.upper()[:4]:
            number = number * 26 + ord(letter) - 64
        self.columns[letters] = number
        return number

    def _keep(self, raw: str) -> None:
        kind = self.kind
        if kind == "s":
            text = self.strings[int(raw)]
        elif kind == "n":
            text = number_text(raw) if self.style not in self.dated else self._instant(raw)
        elif kind == "b":
            text = "true" if raw == "1" else "false"
        elif kind == "e":  # #N/A, #REF!: what the sheet could not compute is no value
            text = ""
        else:
            text = unescaped(raw)
        self._put(text)

    def _put(self, text: str) -> None:
        if not text:
            return
        missing = self.column - 1 - len(self.cells)
        if missing:
            if missing < 0 or self.column > MAX_COLUMNS:
                raise errors.TooManyColumns(columns=self.column, max=MAX_COLUMNS)
            self.cells.extend([""] * missing)
        elif self.column > MAX_COLUMNS:
            raise errors.TooManyColumns(columns=self.column, max=MAX_COLUMNS)
        self.cells.append(text)

    def _row(self) -> None:
        """Rows that the file leaves out are empty ones; those after the last filled one are none."""
        if not self.cells:
            return
        if not self.done < self.number <= MAX_ROWS:
            raise errors.BrokenWorkbook
        self.rows.extend([] for _ in range(self.number - self.done - 1))
        self.rows.append(self.cells)
        self.done, self.cells = self.number, []

    def _instant(self, raw: str) -> str:
        try:
            serial = float(raw)
        except ValueError:  # strict workbooks write the date itself
            return raw.replace("T", " ").removesuffix(" 00:00:00")
        if not 0 <= serial < 2_958_466:  # the end of the year 9999
            return number_text(raw)
        moment = self.epoch + timedelta(seconds=round(serial * 86_400))
        if self.dated[self.style] == "clock" and serial < 1:
            return f"{moment:%H:%M:%S}"
        return f"{moment:%Y-%m-%d}" if moment.time() == datetime.min.time() else f"{moment:%Y-%m-%d %H:%M:%S}"


def number_text(raw: str) -> str:
    """A number as the sheet shows it: 3.3639982011E10 is 33639982011, 0.30000000000000004 is 0.3."""
    if raw.isdigit():
        return raw
    try:
        number = float(raw)
    except ValueError:
        return raw
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


def unescaped(text: str) -> str:
    """Excel writes control characters as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text

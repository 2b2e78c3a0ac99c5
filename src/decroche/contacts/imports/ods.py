"""LibreOffice's workbooks: all sheets are in one file, read up to the one that is wanted."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from decroche.contacts.imports import errors
from decroche.contacts.imports.sheet import MAX_CELL, MAX_COLUMNS, MAX_ROWS, number_text
from decroche.contacts.imports.xml import attribute, elements, feed, local

_MANIFEST_READ = 1 << 20


class OpenDocument:
    """An open workbook."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        if "META-INF/manifest.xml" in archive.namelist():
            with archive.open("META-INF/manifest.xml") as manifest:
                if b"encryption-data" in manifest.read(_MANIFEST_READ):
                    raise errors.OldWorkbook

    def sheets(self) -> list[str]:
        """Names, in the order of the tabs."""
        with self.archive.open("content.xml") as source:
            return [attribute(attributes, "name") for tag, attributes in elements(source) if tag == "table"]

    def rows(self, sheet: str) -> Iterator[list[str]]:
        """From the first row, empty ones too."""
        reader = _TableReader(sheet)
        with self.archive.open("content.xml") as source:
            for _ in feed(source, reader.start, reader.end, reader.text):
                yield from reader.given()
                if reader.over:
                    return


class _TableReader:
    """Handlers for content.xml: rows of the wanted table, each with the number of times that it is repeated."""

    def __init__(self, sheet: str) -> None:
        self.sheet, self.inside, self.over = sheet, False, False
        self.waiting: list[tuple[int, list[str]]] = []
        self.cells: list[str] = []
        self.parts: list[str] = []
        self.size = self.paragraphs = self.note = self.blank = self.done = 0
        self.reading = False
        self.value, self.times, self.row_times = "", 1, 1

    def given(self) -> Iterator[list[str]]:
        """Rows read since; empty ones only once a filled one follows. Raises FileRefused."""
        for times, cells in self.waiting:
            if not cells:
                self.blank += times
                continue
            self.done += self.blank + times
            if self.done > MAX_ROWS:
                raise errors.BrokenWorkbook
            for _ in range(self.blank):
                yield []
            self.blank = 0
            for _ in range(times):
                yield list(cells)
        self.waiting.clear()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        name = local(tag)
        if name == "table":
            self.inside = not self.over and attribute(attributes, "name") == self.sheet
        elif not self.inside:
            return
        elif name in ("table-cell", "covered-table-cell"):
            self._open_cell(attributes)
        elif name == "table-row":
            self.row_times = _times(attribute(attributes, "number-rows-repeated"))
        elif name == "annotation":
            self.note += 1
        elif not self.note:
            self._open_text(name, attributes)

    def end(self, tag: str) -> None:
        """A tag closes."""
        if not self.inside:
            return
        name = local(tag)
        if name == "p":
            self.reading = False
        elif name in ("table-cell", "covered-table-cell"):
            self._close_cell()
        elif name == "table-row":
            while self.cells and not self.cells[-1]:
                self.cells.pop()
            self.waiting.append((self.row_times, self.cells))
            self.cells = []
        elif name == "annotation":
            self.note -= 1
        elif name == "table":
            self.inside, self.over = False, True

    def text(self, data: str) -> None:
        """Raises CellTooLong."""
        if self.reading and not self.note:
            self.parts.append(data)
            self.size += len(data)
            if self.size > MAX_CELL:
                raise errors.CellTooLong(row=self.done + self.blank + len(self.waiting) + 1)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self.parts.clear()
        self.size = self.paragraphs = 0
        self.value, kind = "", ""
        self.times = 1
        for key, value in attributes.items():
            name = local(key)
            if name == "value-type" and not kind:
                kind = value
            elif name == "number-columns-repeated":
                self.times = _times(value)
        if kind in ("float", "percentage", "currency"):
            self.value = number_text(attribute(attributes, "value"))
        elif kind == "date":
            self.value = attribute(attributes, "date-value").replace("T", " ").removesuffix(" 00:00:00")
        elif kind == "boolean":
            self.value = attribute(attributes, "boolean-value")

    def _open_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "p":
            if self.paragraphs:
                self.parts.append("\n")
            self.paragraphs += 1
            self.reading = True
        elif name == "s":
            self.text(" " * min(_times(attribute(attributes, "c")), MAX_CELL))
        elif name == "tab":
            self.text("\t")
        elif name == "line-break":
            self.text("\n")

    def _close_cell(self) -> None:
        text = self.value or "".join(self.parts)
        width = len(self.cells) + self.times
        if width > MAX_COLUMNS:
            if text:
                raise errors.TooManyColumns(columns=width, max=MAX_COLUMNS)
            return  # the empty rest of a sheet
        self.cells.extend([text] * self.times)


def _times(number: str) -> int:
    return max(1, int(number)) if number else 1

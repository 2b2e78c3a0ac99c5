"""Excel's workbooks: one sheet at a time, row by row."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from types import TracebackType

from decroche.contacts.imports.pieces import pieces, plain
from decroche.contacts.imports.sheet import SheetReader, StringReader
from decroche.contacts.imports.strings import SharedStrings
from decroche.contacts.imports.xml import attribute, elements, feed

HEAD = 4096
_STRINGS = "xl/sharedStrings.xml"
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NO_DATE = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_DAY = re.compile(r"[dyj]|m{3,}", re.IGNORECASE)
_CLOCK = re.compile(r"[hs]", re.IGNORECASE)


class Xlsx:
    """An open workbook; what is read on opening is small, whatever the sheets."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.strings: SharedStrings | None = None
        self.epoch = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
        self.paths: dict[str, str] = {}
        self._open()

    def __enter__(self) -> Xlsx:
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        if self.strings is not None:
            self.strings.close()

    def sheets(self) -> list[str]:
        """Names, in the order of the tabs."""
        return list(self.paths)

    def rows(self, sheet: str) -> Iterator[list[str]]:
        """From the first row, empty ones too."""
        if self.strings is None:
            self.strings = self._shared_strings()
        reader = SheetReader(self.strings, self._dated_styles(), self.epoch)
        path = self.paths[sheet]
        with self.archive.open(path) as source:
            usual = plain(source.read(HEAD), b"<sheetData")
        with self.archive.open(path) as source:
            if usual:
                for piece in pieces(source, b"</row>"):
                    reader.piece(piece)
                    yield from reader.taken()
                return
            for _ in feed(source, reader.start, reader.end, reader.text):
                yield from reader.taken()

    def _open(self) -> None:
        targets: dict[str, str] = {}
        with self.archive.open("xl/_rels/workbook.xml.rels") as source:
            for tag, attributes in elements(source):
                if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
                    target = attributes.get("Target", "")
                    path = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                    targets[attributes.get("Id", "")] = path
        with self.archive.open("xl/workbook.xml") as source:
            for tag, attributes in elements(source):
                if tag == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                    self.epoch = datetime(1904, 1, 1)  # noqa: DTZ001
                if tag == "sheet" and (known := targets.get(attribute(attributes, "id"))):
                    self.paths[attributes.get("name", "")] = known

    def _shared_strings(self) -> SharedStrings:
        strings = SharedStrings()
        if _STRINGS in self.archive.namelist():
            reader = StringReader(strings)
            with self.archive.open(_STRINGS) as source:
                usual = plain(source.read(HEAD), b"<si>")
            with self.archive.open(_STRINGS) as source:
                if usual:
                    for piece in pieces(source, b"</si>"):
                        reader.piece(piece)
                else:
                    for _ in feed(source, reader.start, reader.end, reader.text):
                        pass
        strings.seal()
        return strings

    def _dated_styles(self) -> dict[str, str]:
        """Number of a style → "day", "clock" or "both", for those that show a date or an hour."""
        if "xl/styles.xml" not in self.archive.namelist():
            return {}
        formats: dict[str, str] = {}
        dated: dict[str, str] = {}
        inside, number = False, 0
        with self.archive.open("xl/styles.xml") as source:
            for tag, attributes in elements(source):
                if tag == "numFmt":
                    formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
                elif tag in ("cellXfs", "cellStyles", "dxfs"):
                    inside = tag == "cellXfs"
                elif tag == "xf" and inside:
                    kind = _kind_of_format(attributes.get("numFmtId", "0"), formats)
                    if kind:
                        dated[str(number)] = kind
                    number += 1
        return dated


def _kind_of_format(number: str, formats: dict[str, str]) -> str:
    code = formats.get(number)
    if code is None:
        known = number.isdigit() and int(number) in _DATE_FORMATS
        return ("clock" if int(number) in (18, 19, 20, 21, 45, 46, 47) else "both") if known else ""
    bare = _NO_DATE.sub("", code.split(";")[0])
    if "general" in bare.lower() or "standard" in bare.lower():
        return ""
    day, clock = bool(_DAY.search(bare)), bool(_CLOCK.search(bare))
    return "both" if day else "clock" if clock else ""

"""A spreadsheet's workbook (.xlsx, .ods) as rows of text, streamed: memory does not grow with its sheets."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from decroche.contacts.imports import errors
from decroche.contacts.imports.ods import OpenDocument
from decroche.contacts.imports.xlsx import Xlsx

MAX_UNPACKED_BYTES = 2 << 30
"""About two million rows of 15 columns."""
_ENCRYPTED = 0x1


class Book(Protocol):
    """What both formats offer."""

    def sheets(self) -> list[str]:
        """Names, in the order of the tabs."""
        ...

    def rows(self, sheet: str) -> Iterator[list[str]]:
        """From the first row, empty ones too."""
        ...


def sheet_names(path: Path) -> list[str]:
    """Raises FileRefused where the workbook cannot be opened."""
    with _opened(path) as book:
        return book.sheets()


def workbook_rows(path: Path, sheet: str) -> Iterator[list[str]]:
    """Rows of the sheet, of the first one where `sheet` is empty. Raises FileRefused."""
    with _opened(path) as book:
        names = book.sheets()
        name = sheet or (names[0] if names else "")
        if name not in names:
            raise errors.NoSuchSheet
        yield from book.rows(name)


@contextmanager
def _opened(path: Path) -> Iterator[Book]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if sum(one.file_size for one in members) > MAX_UNPACKED_BYTES:
                raise errors.FileTooBig(max_mb=MAX_UNPACKED_BYTES >> 20)
            if any(one.flag_bits & _ENCRYPTED for one in members):
                raise errors.ProtectedArchive
            if "content.xml" in archive.namelist():
                yield OpenDocument(archive)
            else:
                with Xlsx(archive) as book:
                    yield book
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, ValueError) as error:
        raise errors.BrokenWorkbook from error
    except (NotImplementedError, RuntimeError, OverflowError) as error:  # a way of packing that we do not know
        raise errors.BrokenWorkbook from error

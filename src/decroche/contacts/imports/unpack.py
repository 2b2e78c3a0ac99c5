"""A file sent in a .zip takes the archive's place. Workbooks are archives too, and stay as they are."""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path

from decroche.contacts.imports import errors

_WORKBOOK = ("[Content_Types].xml", "mimetype", "content.xml", "xl/workbook.xml")
_TABLES = (".csv", ".xlsx", ".ods")


def unpack(path: Path, max_bytes: int) -> None:
    """Raises FileRefused; what the archive says of its size is not believed."""
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            return
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            files = [one for one in names if not one.endswith("/") and not one.startswith("__MACOSX/")]
            if any(one in _WORKBOOK for one in names) or not files[0].lower().endswith(_TABLES):
                return
            if len(files) > 1:
                raise errors.SeveralFiles(files=len(files))
            _extract(archive, files[0], path, max_bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, IndexError) as error:
        raise errors.BrokenWorkbook from error


def _extract(archive: zipfile.ZipFile, name: str, path: Path, max_bytes: int) -> None:
    beside = path.with_name(f"{path.name}.part")
    written = 0
    try:
        with archive.open(name) as source, os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            while chunk := source.read(1 << 20):
                written += len(chunk)
                if written > max_bytes:
                    raise errors.FileTooBig(max_mb=max_bytes >> 20)
                out.write(chunk)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)

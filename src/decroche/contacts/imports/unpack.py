"""A file sent in a .zip takes the archive's place. Workbooks are archives too, and stay as they are."""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path

from decroche.contacts.imports import errors

_WORKBOOK = ("[Content_Types].xml", "mimetype", "content.xml", "xl/workbook.xml")
_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".ods")
_ENCRYPTED = 0x1


def unpack(path: Path, max_bytes: int) -> None:
    """Raises FileRefused; what the archive says of its size is not believed, and its names are never paths."""
    with path.open("rb") as file:
        if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")
            ]
            if any(one.filename in _WORKBOOK for one in members):
                return
            tables = [one for one in members if one.filename.lower().endswith(_TABLES)]
            if not tables:
                raise errors.NoTableInArchive
            if len(tables) > 1:
                raise errors.SeveralFiles(files=len(tables))
            if tables[0].flag_bits & _ENCRYPTED:
                raise errors.ProtectedArchive
            _extract(archive, tables[0], path, max_bytes)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise errors.BrokenWorkbook from error


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, max_bytes: int) -> None:
    beside = path.with_name(f"{path.name}.part")
    written = 0
    try:
        with archive.open(member) as source, os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            while chunk := source.read(1 << 20):
                written += len(chunk)
                if written > max_bytes:
                    raise errors.FileTooBig(max_mb=max_bytes >> 20)
                out.write(chunk)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)

"""Which files may be kept, known by their ending and proven by their first bytes. Pure.

What a browser would run (HTML, SVG), and office files with macros, are not among them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 4096


@dataclass(frozen=True, slots=True)
class Kind:
    """The type to serve it as, and whether a file on the disk is one."""

    media_type: str
    is_one: Callable[[Path, bytes], bool]


def kind_of(name: str, path: Path) -> str | None:
    """The key in KINDS; None where such a file is not kept, or is not what its name says."""
    ending = name.rpartition(".")[2].lower()
    key = ALIASES.get(ending, ending)
    if key not in KINDS:
        return None
    with path.open("rb") as file:
        head = file.read(HEAD)
    return key if KINDS[key].is_one(path, head) else None


def _starts(*marks: bytes) -> Callable[[Path, bytes], bool]:
    return lambda _, head: head.startswith(marks)


def _webp(_: Path, head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _text(_: Path, head: bytes) -> bool:
    return bool(head) and b"\x00" not in head


def _office(folder: str) -> Callable[[Path, bytes], bool]:
    def is_one(path: Path, _: bytes) -> bool:
        names = _names(path)
        return any(name.startswith(folder) for name in names) and not any("vbaproject" in one.lower() for one in names)

    return is_one


def _open_document(media_type: str) -> Callable[[Path, bytes], bool]:
    # The format asks that the first member, not compressed, be the type.
    return lambda path, head: b"mimetype" + media_type.encode() in head and bool(_names(path))


def _names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as packed:
            return packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []


_OPEN = "application/vnd.oasis.opendocument."
_OFFICE = "application/vnd.openxmlformats-officedocument."
ALIASES = {"jpeg": "jpg"}
KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", _starts(b"%PDF-")),
    "jpg": Kind("image/jpeg", _starts(b"\xff\xd8\xff")),
    "png": Kind("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    "gif": Kind("image/gif", _starts(b"GIF87a", b"GIF89a")),
    "webp": Kind("image/webp", _webp),
    "docx": Kind(f"{_OFFICE}wordprocessingml.document", _office("word/")),
    "xlsx": Kind(f"{_OFFICE}spreadsheetml.sheet", _office("xl/")),
    "pptx": Kind(f"{_OFFICE}presentationml.presentation", _office("ppt/")),
    "odt": Kind(f"{_OPEN}text", _open_document(f"{_OPEN}text")),
    "ods": Kind(f"{_OPEN}spreadsheet", _open_document(f"{_OPEN}spreadsheet")),
    "odp": Kind(f"{_OPEN}presentation", _open_document(f"{_OPEN}presentation")),
    "doc": Kind("application/msword", _starts(OLE)),
    "xls": Kind("application/vnd.ms-excel", _starts(OLE)),
    "txt": Kind("text/plain; charset=utf-8", _text),
    "csv": Kind("text/csv; charset=utf-8", _text),
}

"""Bytes to text: the encodings that French files come in."""

from __future__ import annotations

import codecs
from pathlib import Path

CHUNK = 1 << 20
ENCODINGS = ("utf-8", "utf-16", "cp1252", "mixed")
_FALLBACK = "decroche-cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8, read as Windows writes it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_FALLBACK, _as_cp1252)


def sniff_encoding(path: Path) -> str:
    """UTF-16 by its mark (or its zeros), UTF-8 where the whole file is, else cp1252, which any file can be read as.

    "mixed": files glued together; most of what is not ASCII is UTF-8, the rest is not.
    """
    with path.open("rb") as file:
        start = file.read(4096)
        if _utf_16(start):
            return "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "mixed" if _mostly_utf_8(path) else "cp1252"
    return "utf-8"


def on_error(encoding: str) -> str:
    """Python's name for what is done of bytes that cannot be read."""
    return _FALLBACK if encoding == "mixed" else "replace"


def _mostly_utf_8(path: Path) -> bool:
    """More characters of several bytes than bytes that are none; French in cp1252 hardly ever looks like UTF-8."""
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk)
            wrong = text.count("\ufffd")
            bad += wrong
            good += len(text) - len(text.encode("ascii", "ignore")) - wrong
    return good > bad


def codec(encoding: str, start: bytes) -> str:
    """Python's name for `encoding`, byte order and mark included, given the file's first bytes."""
    if encoding == "utf-16":
        return _utf_16(start) or "utf-16-le"
    return "utf-8-sig" if encoding in ("utf-8", "mixed") else encoding


def decode(data: bytes) -> str:
    """A small file whole."""
    if utf_16 := _utf_16(data[:4096]):
        return data.decode(utf_16, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def looks_binary(start: bytes) -> bool:
    """Whether these first bytes are of no text: control characters that no keyboard makes."""
    if _utf_16(start):
        return False
    controls = sum(1 for byte in start if byte < 32 and byte not in b"\t\n\r\x0c\x1b")
    return controls > max(4, len(start) // 50)


def _utf_16(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    half = len(start) // 2
    if half >= 8:
        if start[1::2].count(0) > half * 0.6 and start[0::2].count(0) < half * 0.1:
            return "utf-16-le"
        if start[0::2].count(0) > half * 0.6 and start[1::2].count(0) < half * 0.1:
            return "utf-16-be"
    return ""

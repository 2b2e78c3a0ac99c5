"""XML of a stranger, streamed: no document type, so no entity; no token larger than a cell may be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from decroche.contacts.imports import errors

CHUNK = 1 << 16
MAX_TOKEN_BYTES = 1 << 20
"""A tag with its attributes, whole, is held by the parser."""

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def feed(source: IO[bytes], start: Start, end: End, text: Text) -> Iterator[None]:
    """Calls the handlers, and yields after each piece of the source. Raises BrokenWorkbook, expat.ExpatError."""
    # The standard library's expat: a document type is refused here, and external entities are never fetched by it.
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = CHUNK
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    fed = 0
    while chunk := source.read(CHUNK):
        fed += len(chunk)
        parser.Parse(chunk, False)
        if fed - parser.CurrentByteIndex > MAX_TOKEN_BYTES:
            raise errors.BrokenWorkbook
        yield
    parser.Parse(b"", True)
    yield


def elements(source: IO[bytes]) -> Iterator[tuple[str, dict[str, str]]]:
    """Start tags without their prefix, with their attributes."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((local(tag), attributes))

    for _ in feed(source, start, _nothing, _nothing):
        yield from found
        found.clear()


def local(name: str) -> str:
    """Without the prefix."""
    return name[name.rfind(":") + 1 :]


def attribute(attributes: dict[str, str], name: str) -> str:
    """By its name without a prefix."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def _refuse(*_declared: Any) -> None:
    raise errors.BrokenWorkbook


def _nothing(_: str) -> None:
    pass

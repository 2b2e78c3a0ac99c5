"""The texts that a workbook's cells share. The first ones stay at hand, the others are on the disk."""

from __future__ import annotations

import os
import tempfile
from array import array
from typing import IO

from decroche.contacts.imports import errors

AT_HAND = 400_000
AT_HAND_CHARACTERS = 16_000_000
MAX_STRINGS = 16_000_000
PAGE_BYTES = 1 << 13


class SharedStrings:
    """Appended in their order, then read by number. Close it."""

    def __init__(self) -> None:
        self.first: list[str] = []
        self.file: IO[bytes] = tempfile.TemporaryFile(buffering=1 << 20)  # noqa: SIM115 - closed by `close`
        self.ends = array("Q", [0])
        self._characters = 0
        self._page, self._page_start = b"", 0

    def append(self, text: str) -> None:
        """Raises FileTooBig where there are too many."""
        if len(self.first) < AT_HAND and self._characters < AT_HAND_CHARACTERS:
            self.first.append(text)
            self._characters += len(text)
            return
        if len(self.ends) > MAX_STRINGS:
            raise errors.FileTooBig(max_mb=300)
        data = text.encode("utf-8", "replace")
        self.file.write(data)
        self.ends.append(self.ends[-1] + len(data))

    def seal(self) -> None:
        """No more of them."""
        self.file.flush()

    def __getitem__(self, number: int) -> str:
        """Empty where there is none of that number: a damaged workbook."""
        if 0 <= number < len(self.first):
            return self.first[number]
        number -= len(self.first)
        if not 0 <= number < len(self.ends) - 1:
            return ""
        start, end = self.ends[number], self.ends[number + 1]
        offset = start - self._page_start
        if offset < 0 or end - self._page_start > len(self._page):  # cells name them nearly in their order
            size = max(end - start, PAGE_BYTES)
            self._page, self._page_start, offset = os.pread(self.file.fileno(), size, start), start, 0
        return self._page[offset : offset + end - start].decode("utf-8")

    def close(self) -> None:
        """The file goes with it."""
        self.file.close()

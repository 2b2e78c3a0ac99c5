"""What the terminal shows: lines that stay, and on a terminal one live line below them."""

import shutil
import sys
import threading
from typing import TextIO

from decroche.runtime.errors import Language


class Console:
    """Safe from several threads. Without a terminal there is no live line, only its changes as plain lines."""

    def __init__(self, language: Language, output: TextIO | None = None) -> None:
        self.language = language
        self._output = output or sys.stdout
        self._is_terminal = self._output.isatty()
        self._live = ""
        self._lock = threading.Lock()

    def say(self, french: str, english: str) -> None:
        """A line that stays."""
        self.line(english if self.language == "en" else french)

    def line(self, text: str) -> None:
        """A line that stays, already in the right language."""
        with self._lock:
            self._erase()
            self._output.write(text + "\n")
            self._draw()

    def step(self, what: str) -> None:
        """A long step of the preparation begins."""
        self.line(f"  {what.rstrip('… .')}…")

    def live(self, text: str) -> None:
        """Replace the live line; on no terminal, print it when it has changed."""
        with self._lock:
            if text == self._live:
                return
            if not self._is_terminal:
                self._live = text
                self._output.write(text + "\n")
                self._output.flush()
                return
            self._erase()
            self._live = text
            self._draw()

    def end_live(self) -> None:
        """No live line any more."""
        with self._lock:
            self._erase()
            self._live = ""
            self._output.flush()

    def _erase(self) -> None:
        if self._is_terminal and self._live:
            self._output.write("\r\x1b[2K")

    def _draw(self) -> None:
        if self._is_terminal and self._live:
            self._output.write(self._live[: shutil.get_terminal_size().columns - 1])
        self._output.flush()

"""One at a time, between processes: whoever comes second waits, and ends what a killed holder left running."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from decroche.runtime import pidfiles, processes


class Lock:
    """A lock file while it is held; its text names the program that its holder is running, if any."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def note(self, pid: int) -> None:
        """Our program `pid`, leader of its own group, runs under this lock."""
        self._write(pidfiles.describe(pid))

    def clear(self) -> None:
        """It has ended."""
        self._write("")

    def end_leftover(self) -> None:
        """End the program of a former holder that was killed, with its children."""
        self._file.seek(0)
        group = pidfiles.living_group(self._file.read())
        if group is not None:
            processes.end_group(group)
        self.clear()

    def _write(self, text: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(text)
        self._file.flush()


@contextmanager
def exclusive(path: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[Lock]:
    """Hold the lock file at `path`; the system lets go of it when the process ends, however that is.

    `waiting` is called once when somebody else holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        lock = Lock(file)
        lock.end_leftover()
        yield lock

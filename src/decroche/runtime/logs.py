"""Log files of the supervised processes: var/log/NAME.log, rotated by size.

Each process writes to its file directly (it outlives a supervisor that is killed), so rotation copies and truncates.
"""

import shutil
from pathlib import Path
from typing import BinaryIO

MAX_BYTES = 20 * 2**20
KEPT = 5


def open_log(folder: Path, name: str) -> BinaryIO:
    """The file to give to a process as its output, opened for appending."""
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / f"{name}.log").open("ab")


def rotate(path: Path, *, max_bytes: int = MAX_BYTES, kept: int = KEPT) -> bool:
    """Shift path → path.1 → path.2 … when it has grown past `max_bytes`; returns whether it had."""
    try:
        if path.stat().st_size <= max_bytes:
            return False
    except FileNotFoundError:
        return False
    for number in range(kept - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))
    shutil.copyfile(path, path.with_name(f"{path.name}.1"))
    with path.open("r+b") as file:
        file.truncate(0)
    return True


def tail(path: Path, lines: int = 20) -> str:
    """The last lines, for an error message; empty when there is no file."""
    try:
        with path.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - 200 * lines))
            return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return ""

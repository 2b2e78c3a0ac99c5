"""Processes as /proc shows them: alive or not, since when, which group. Linux only, like the rest of the runtime."""

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stat:
    """The fields of /proc/PID/stat that tell one process from a later one with the same number."""

    state: str
    group: int
    started_ticks: int


def stat_of(pid: int) -> Stat | None:
    """None when there is no such process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(errors="replace")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return None
    fields = text[text.rindex(")") + 2 :].split()  # the name between the parentheses may hold anything
    return Stat(state=fields[0], group=int(fields[2]), started_ticks=int(fields[19]))


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that is dead and not yet waited for does not."""
    stat = stat_of(pid)
    return stat is not None and stat.state not in "ZX"


def group_members(group: int) -> list[int]:
    """Living processes of this process group."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            stat = stat_of(int(entry.name))
            if stat is not None and stat.group == group and stat.state not in "ZX":
                found.append(int(entry.name))
    return found


def signal_group(group: int, number: int) -> None:
    """Send to the whole group; one that is gone is no error."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def end_group(group: int, *, patience_s: float = 5.0) -> None:
    """End a process group that we are not the parent of: ask, wait, insist."""
    signal_group(group, signal.SIGTERM)
    until = time.monotonic() + patience_s
    while group_members(group) and time.monotonic() < until:
        time.sleep(0.05)
    if group_members(group):
        signal_group(group, signal.SIGKILL)
        while group_members(group) and time.monotonic() < until + 2:
            time.sleep(0.02)


def boot_id() -> str:
    """Changes with each start of the machine; process numbers and start times mean nothing across it."""
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def listener(port: int) -> str | None:
    """Name and number of the process listening on this TCP port, as far as we may see ("python 4242")."""
    inodes = _listening_inodes(port)
    if not inodes:
        return None
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            for descriptor in (entry / "fd").iterdir():
                target = str(descriptor.readlink())
                if target.startswith("socket:[") and target[8:-1] in inodes:
                    return f"{(entry / 'comm').read_text().strip()} {entry.name}"
    return None


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with suppress(FileNotFoundError):
            for line in Path(table).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:
                    inodes.add(fields[9])
    return inodes

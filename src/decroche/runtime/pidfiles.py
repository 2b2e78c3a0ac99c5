"""Which processes an installation has running, on disk: var/run/NAME.json, so that a next start can end what was left.

A process is named by its number, its start time and the boot it belongs to: a number alone may be somebody else by now.
"""

import fcntl
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from decroche.runtime import processes
from decroche.runtime.errors import UserFacingError


def write(folder: Path, name: str, pid: int) -> None:
    """Note a process that we started as the leader of its own group."""
    draft = folder / f".{name}.json.new"
    draft.write_text(describe(pid), encoding="ascii")
    draft.rename(folder / f"{name}.json")


def describe(pid: int) -> str:
    """The process, as JSON for `living_group()`."""
    stat = processes.stat_of(pid)
    return json.dumps({"pid": pid, "started_ticks": stat.started_ticks if stat else 0, "boot": processes.boot_id()})


def remove(folder: Path, name: str) -> None:
    """Forget a process that has ended."""
    (folder / f"{name}.json").unlink(missing_ok=True)


def end_leftovers(folder: Path) -> list[str]:
    """End every noted process group that still lives; returns the names. The caller holds the lock."""
    ended = []
    for path in sorted(folder.glob("[!.]*.json")):
        group = living_group(path.read_text(encoding="ascii"))
        if group is not None:
            processes.end_group(group)
            ended.append(path.stem)
        path.unlink(missing_ok=True)
    return ended


def living_group(described: str) -> int | None:
    """The group of a process that `describe()` told, as long as one of its members lives; None for anything else."""
    try:
        facts: dict[str, Any] = json.loads(described)
        pid, ticks, boot = int(facts["pid"]), int(facts["started_ticks"]), facts["boot"]
    except (ValueError, KeyError, TypeError):
        return None
    if boot != processes.boot_id():
        return None
    leader = processes.stat_of(pid)
    if leader is not None and leader.started_ticks != ticks:
        return None  # the number was given to somebody else
    # Its leader may be dead and the rest of the group alive: a group's number is not given again while it has members.
    return pid if processes.group_members(pid) else None


class InstanceLock:
    """Held by the one supervisor of a var folder; the system drops it with the process, however that ends."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "instance.lock"
        self._descriptor = -1

    def acquire(self) -> None:
        """Raises UserFacingError when another instance runs on the same folder."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(self._descriptor, 20).decode(errors="replace").strip() or "?"
            os.close(self._descriptor)
            var = self._path.parent.parent
            raise UserFacingError(
                f"Décroche tourne déjà sur {var} (processus {holder}) : arrêtez-le d'abord (Ctrl-C, ou kill {holder}), "
                "ou donnez un autre dossier (DECROCHE_VAR) et un autre port (DECROCHE_PORT).",
                f"Décroche already runs on {var} (process {holder}): stop it first (Ctrl-C, or kill {holder}), "
                "or give another folder (DECROCHE_VAR) and another port (DECROCHE_PORT).",
            ) from error
        os.truncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let the next one start."""
        with suppress(OSError):
            os.close(self._descriptor)

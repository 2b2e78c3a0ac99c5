"""Who runs the programs that must not be root (PostgreSQL refuses to, Asterisk had better not).

Started by an ordinary person, everything runs as that person. Started by root, `service_account()` is the owner of
the checkout, or `nobody` when that is root too; `command_as()` wraps a command line so that it runs as that account,
wherever the checkout lies: when a folder on the way is closed to the account (below /root, mode 0700), the program
keeps the one capability that walks through it. The account owns only what it was given.
"""

import os
import pwd
import signal
import stat
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from decroche.runtime.errors import UserFacingError

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user of this system."""

    name: str
    uid: int
    gid: int


def service_account(root: Path) -> Account | None:
    """The account for unprivileged programs; None when we are not root: they simply run as ourselves."""
    if os.geteuid() != 0:
        return None
    owner = root.stat().st_uid
    for entry in pwd.getpwall():
        if entry.pw_uid != 0 and entry.pw_uid == owner:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    with suppress(KeyError):
        entry = pwd.getpwnam("nobody")
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise UserFacingError(
        "Aucun compte sans privilèges sur cette machine : créez-en un (useradd --system nobody), puis relancez.",
        "There is no unprivileged account on this machine: create one (useradd --system nobody), then run again.",
    )


def give(path: Path, account: Account | None) -> None:
    """Make this one file or folder belong to the account; does nothing when there is none."""
    if account is not None and path.lstat().st_uid != account.uid:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def give_tree(folder: Path, account: Account | None) -> None:
    """Make `folder` (made when missing) and all below it belong to the account."""
    folder.mkdir(parents=True, exist_ok=True)
    give(folder, account)
    for parent, folders, files in os.walk(folder) if account else ():
        for name in [*folders, *files]:
            give(Path(parent, name), account)


def is_reachable(path: Path, account: Account) -> bool:
    """Whether the account may walk down to `path` by the folders' ordinary permissions."""
    for folder in path.resolve().parents:
        info = folder.stat()
        if info.st_uid == account.uid:
            bit = stat.S_IXUSR
        else:
            bit = stat.S_IXGRP if info.st_gid == account.gid else stat.S_IXOTH
        if not info.st_mode & bit:
            return False
    return True


def command_as(
    argv: Sequence[str],
    account: Account | None,
    *,
    needs: Iterable[Path] = (),
    death_signal: int = signal.SIGTERM,
    opens_low_ports: bool = False,
) -> list[str]:
    """`argv`, run as `account` (None: as ourselves), and sent `death_signal` should this very process die first.

    `needs` names folders and files that the program opens besides its own executable.
    """
    command = [sys.executable, "-I", "-S", str(LAUNCHER), "--parent", str(os.getpid())]
    command += ["--death-signal", str(int(death_signal))]
    if account is not None:
        command += ["--uid", str(account.uid), "--gid", str(account.gid)]
        if not all(is_reachable(path, account) for path in [Path(argv[0]), *needs]):
            command.append("--reach")
        if opens_low_ports:
            command.append("--low-ports")
    return [*command, "--", *argv]

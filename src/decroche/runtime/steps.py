"""Programs run to their end while preparing (npm, vite): interruptible, their failures told in one sentence."""

import os
import shlex
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL, STDOUT, Popen, TimeoutExpired

from decroche.runtime import logs, processes
from decroche.runtime.errors import UserFacingError, from_os_error
from decroche.runtime.filelock import Lock
from decroche.runtime.privileges import command_as

NETWORK_SIGNS = (
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ECONNRESET",
    "ETIMEDOUT",
    "ENETUNREACH",
    "npm error network",
    "npm ERR! network",
    "etwork is unreachable",
    "from versions: none",  # pip, offline and quiet
    "NewConnectionError",
    "ProxyError",
    "Connection refused",
    "error sending request",
    "operation timed out",
    "Temporary failure",
    "Could not resolve host",
    "dns error",
    "Name or service not known",
)
DISK_SIGNS = ("ENOSPC", "No space left", "Disk quota exceeded")


def run(
    argv: Sequence[str],
    *,
    cwd: Path,
    log_path: Path,
    what: str,
    environ: Mapping[str, str] | None = None,
    lock: Lock | None = None,
) -> None:
    """Run to the end, output into `log_path`. Raises UserFacingError naming `what` on failure.

    The program leads a group of its own, ended as a whole when we are interrupted; should we be killed, the next holder
    of `lock` ends it.
    """
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with log_path.open("ab") as output:
        start = output.tell()
        output.write(f"$ {shlex.join(argv)}\n".encode())
        output.flush()
        process = Popen(
            command_as(argv, None),
            cwd=cwd,
            env={**os.environ, **(environ or {})},
            stdin=DEVNULL,
            stdout=output,
            stderr=STDOUT,
            start_new_session=True,
        )
        if lock:
            lock.note(process.pid)
        try:
            code = process.wait()
        except BaseException:
            _end(process)
            raise
        if lock:
            lock.clear()
    if code != 0:
        with log_path.open("rb") as file:
            file.seek(start)
            raise explain(what, file.read().decode(errors="replace"), log_path)


def explain(what: str, output: str, log_path: Path) -> UserFacingError:
    """The sentence for a preparation that failed, by what its output shows."""
    if any(sign in output for sign in DISK_SIGNS):
        full = from_os_error(OSError(28, "", str(log_path.parent)))
        assert full is not None
        return full
    if any(sign in output for sign in NETWORK_SIGNS):
        return UserFacingError(
            f"{what} : le réseau ne répond pas. Vérifiez l'accès à Internet (ou le proxy), puis relancez : "
            "ce qui est déjà fait est gardé.",
            f"{what}: the network does not answer. Check the access to the Internet (or the proxy), then run again: "
            "what is done is kept.",
        )
    return UserFacingError(f"{what} a échoué : le détail est dans {log_path}.", f"{what} failed: see {log_path}.")


def _end(process: "Popen[bytes]") -> None:
    processes.signal_group(process.pid, signal.SIGTERM)
    with suppress(TimeoutExpired):
        process.wait(3)
    processes.signal_group(process.pid, signal.SIGKILL)
    process.wait()


def last_line(path: Path) -> str:
    """The last line with anything in it."""
    return next((line.strip() for line in reversed(logs.tail(path).splitlines()) if line.strip()), "")

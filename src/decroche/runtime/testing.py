"""A PostgreSQL for one run of the tests: real, quick (nothing is synced to disk), gone afterwards."""

import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import STDOUT, Popen, TimeoutExpired

from decroche.config.env import get_env
from decroche.runtime import processes
from decroche.runtime.postgres import C_UTF8, Cluster
from decroche.runtime.privileges import command_as, service_account

QUICK_AND_FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "autovacuum": "off",
}


@contextmanager
def postgres(folder: Path | None = None) -> Iterator[str]:
    """Start one embedded PostgreSQL and yield the URL of an owner who may create databases. Removed at the end."""
    env = get_env()
    folder = folder or env.var / f"test-postgres-{os.getpid()}"
    sweep(env.var, "test-postgres-")
    cluster = Cluster(folder, free_port(), "test", service_account(env.root), QUICK_AND_FORGETFUL)
    cluster.prepare()
    with (folder / "log").open("ab") as log:
        command = command_as(cluster.argv, cluster.account, needs=[cluster.data], death_signal=signal.SIGQUIT)
        process = Popen(command, stdout=log, stderr=STDOUT, env=C_UTF8, cwd="/", start_new_session=True)
    try:
        until = time.monotonic() + 60
        while not cluster.accepts_connections():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The tests' PostgreSQL did not start:\n{(folder / 'log').read_text()[-2000:]}")
            time.sleep(0.05)
        yield cluster.ensure_database("decroche", "decroche", "test", may_create_databases=True)
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: the data is thrown away
        with suppress(TimeoutExpired):
            process.wait(10)
        processes.signal_group(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def sweep(parent: Path, prefix: str) -> None:
    """Remove the folders called prefix + process number whose process is gone (a run of the tests that was killed)."""
    for folder in parent.glob(f"{prefix}*"):
        number = folder.name.removeprefix(prefix)
        if number.isdigit() and not processes.is_alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


PORTS = range(12_000, 20_000)  # below those that systems hand out themselves, and below sound's
RTP_PORTS = range(20_000, 32_000)
_BLOCK = 20  # ports
RTP_BLOCK = 800

_claims: list[socket.socket] = []  # held as long as this process lives


def free_port() -> int:
    """A TCP and UDP port of 127.0.0.1 that nobody has, and that no other run of the tests will be given."""
    return free_ports(1)


def free_ports(count: int) -> int:
    """The first of `count` (at most 20) consecutive ports that are free, this process's own until it ends."""
    if count > _BLOCK:
        raise ValueError(f"At most {_BLOCK} ports at once, not {count}.")
    for first in PORTS[::_BLOCK]:
        if all(_is_free(first + index) for index in range(count)) and _claim(first):
            return first
    raise RuntimeError(f"No {count} free ports between {PORTS.start} and {PORTS.stop}.")


def own_rtp_start() -> int:
    """The first port of a range for sound (`RTP_BLOCK` ports) that no other run of the tests speaks on."""
    for first in RTP_PORTS[::RTP_BLOCK]:
        if _claim(first):
            return first
    raise RuntimeError(f"No free range for sound between {RTP_PORTS.start} and {RTP_PORTS.stop}.")


def _claim(first: int) -> bool:
    """Take the block that begins here. Two runs that only looked whether it is free would both find that it is.

    The claim is an abstract Unix name: one process can have it, and the system gives it back when that one ends.
    """
    claim = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        claim.bind(f"\0decroche-tests-{first}")
    except OSError:
        claim.close()
        return False
    _claims.append(claim)
    return True


def _is_free(port: int) -> bool:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True

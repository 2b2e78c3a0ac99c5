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


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody has right now."""
    return free_ports(1)


def free_ports(count: int) -> int:
    """The first of `count` consecutive free ports (TCP and UDP), below those that systems hand out themselves."""
    start = 12_000 + (os.getpid() * 37 + time.monotonic_ns() // 1000) % 8_000
    for offset in range(0, 8_000, count):
        first = 12_000 + (start - 12_000 + offset) % (8_000 - count)
        if all(_is_free(first + index) for index in range(count)):
            return first
    raise RuntimeError(f"No {count} free ports between 12000 and 20000.")


def _is_free(port: int) -> bool:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return False
    return True

"""`demo` and `up`: prepare what is missing, start everything, say when it is ready, keep it running, stop it."""

import asyncio
import contextlib
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from typing import Any

from decroche.config.env import Env
from decroche.runtime import frontend, installation, pidfiles, ports, processes
from decroche.runtime.console import Console
from decroche.runtime.debian_programs import chromium_path, ensure_program
from decroche.runtime.errors import UserFacingError
from decroche.runtime.journal import configure
from decroche.runtime.program import Program
from decroche.runtime.status import starting_line, status_line, welcome
from decroche.runtime.supervisor import Supervisor

FREE_DISK_NEEDED_MB = 300
"""To start on; an installation that has yet to be made asks for more, where it is made."""
STATUS_EVERY_S = 1.0


def run(env: Env, console: Console, *, is_check: bool = False) -> int:
    """Start the installation `env` and run it until Ctrl-C or SIGTERM; with `is_check`, until the check is done."""
    began = time.monotonic()
    installation.make_folders(env)
    lock = pidfiles.InstanceLock(env.run_dir)
    lock.acquire()
    try:
        configure(env.log_dir / "runtime.log", console)
        if is_check and chromium_path() is None:
            ensure_program(env, "chromium", report_to=console)
        programs = prepare(env, console)
        return asyncio.run(_supervise(env, programs, console, began, is_check=is_check))
    finally:
        lock.release()


def prepare(env: Env, console: Console) -> list[Program]:
    """Clean up after a crash, check what can be checked, make what is missing. Raises UserFacingError."""
    for name in pidfiles.end_leftovers(env.run_dir):
        console.say(f"  arrêt d'un reste du lancement précédent : {name}", f"  stopped, left by the former run: {name}")
    installation.claim(env)
    check_disk(env.var)
    if not env.is_database_embedded:
        installation.check_external_database(env)
    ports.check(env)
    frontend.ensure_built(env, console.step)
    return installation.programs(env, console.step)


def check_disk(folder: Path) -> None:
    """Raises UserFacingError when there is too little room to run at all."""
    free_mb = shutil.disk_usage(folder).free // 2**20
    if free_mb < FREE_DISK_NEEDED_MB:
        raise UserFacingError(
            f"Le disque de {folder} est presque plein ({free_mb} Mo) : libérez au moins {FREE_DISK_NEEDED_MB} Mo.",
            f"The disk of {folder} is nearly full ({free_mb} MB free): free at least {FREE_DISK_NEEDED_MB} MB.",
        )


async def _supervise(env: Env, programs: list[Program], console: Console, began: float, *, is_check: bool) -> int:
    async with _stop_signals() as stop, contextlib.AsyncExitStack() as stack:
        supervisor = await stack.enter_async_context(
            Supervisor(programs, log_dir=env.log_dir, run_dir=env.run_dir),
        )
        stack.callback(console.say, "Arrêt…", "Stopping…")
        stack.callback(console.end_live)
        async with _showing(_show_start(supervisor, console)):
            if not await _unless(stop, supervisor.ready()):
                return 130
        for line in welcome(env, time.monotonic() - began):
            console.line(line)
        if is_check:
            return await _check(env, supervisor, stop)
        if env.mode == "up" and (path := await asyncio.to_thread(first_admin_path, env)):
            console.say(
                f"  Premier administrateur : ouvrez {env.public_url}{path}",
                f"  First administrator: open {env.public_url}{path}",
            )
        async with _showing(_show_status(env, supervisor, console)):
            await _unless(stop, supervisor.forever())
        return 0


async def _check(env: Env, supervisor: Supervisor, stop: asyncio.Event) -> int:
    """`demo --check`: a browser agent takes calls, in a process of its own that is ended as a whole."""
    process = await asyncio.create_subprocess_exec(
        *installation.command("demo-check"), env=installation.environ(env), cwd=env.root, start_new_session=True
    )
    watching = asyncio.create_task(supervisor.forever())
    try:
        is_done = await _unless(
            stop, asyncio.wait({asyncio.ensure_future(process.wait()), watching}, return_when="FIRST_COMPLETED")
        )
        if watching.done():
            await watching
        return process.returncode if is_done and process.returncode is not None else 130
    finally:
        watching.cancel()
        await asyncio.to_thread(processes.end_group, process.pid)
        await process.wait()


def first_admin_path(env: Env) -> str:
    """URL path of the one-time link, while nobody can administer yet; else empty."""
    done = subprocess.run(
        installation.manage("first_admin_link"),
        env=installation.environ(env),
        cwd=env.root,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("/")]
    return lines[-1].strip() if done.returncode == 0 and lines else ""


async def _show_start(supervisor: Supervisor, console: Console) -> None:
    while True:
        console.live(starting_line(supervisor.states, console.language))
        await asyncio.sleep(0.2)


async def _show_status(env: Env, supervisor: Supervisor, console: Console) -> None:
    while True:
        line = await asyncio.to_thread(status_line, env, supervisor.states, console.language)
        console.live(line)
        await asyncio.sleep(STATUS_EVERY_S)


@contextlib.asynccontextmanager
async def _showing(lines: Any) -> AsyncIterator[None]:
    """Keep the live line up to date meanwhile."""
    task = asyncio.create_task(lines)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextlib.asynccontextmanager
async def _stop_signals() -> AsyncIterator[asyncio.Event]:
    """Set when the person or the system asks us to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    yield stop


async def _unless(stop: asyncio.Event, work: Awaitable[Any]) -> bool:
    """Whether `work` ended by itself; False when we were asked to stop first. Raises what `work` raises."""
    working, stopping = asyncio.ensure_future(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            await working
        return working.done()
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)

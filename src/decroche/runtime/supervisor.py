"""Starts the programs in the order of their needs, keeps them running, stops them in reverse, and leaves none behind.

A program that dies is started again with back-off. One that never gets ready fails the start: everything is stopped,
and the error names it with the last line of its log. Each program leads a process group of its own, ended as a whole.
"""

import asyncio
import os
import signal
import time
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import Callable, Coroutine, Sequence
from enum import StrEnum
from pathlib import Path

import structlog

from decroche.runtime import logs, pidfiles, processes
from decroche.runtime.errors import UserFacingError, from_os_error
from decroche.runtime.privileges import command_as
from decroche.runtime.program import Program, backoff_s, order

log = structlog.get_logger("runtime")

POLL_S = 0.1
STEADY_AFTER_S = 60.0
"""Alive for this long, a program's former deaths are forgotten."""
DEATHS_BEFORE_GIVING_UP = 3
"""Of a program that has never been ready: it will not start by being asked again."""
ROTATION_EVERY_S = 15.0


class State(StrEnum):
    """Where a program stands, in the words of the status line."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    DONE = "done"
    BACKING_OFF = "restarting"
    STOPPED = "stopped"


class Runner:
    """One program's life."""

    def __init__(self, program: Program, log_dir: Path, run_dir: Path) -> None:
        self.program = program
        self.state = State.WAITING
        self.restarts = 0
        self.has_been_ready = asyncio.Event()
        self._log_dir = log_dir
        self._run_dir = run_dir
        self._process: Process | None = None
        self._spawning: asyncio.Task[Process] | None = None

    async def run(self) -> None:
        """Until cancelled (a step: until done). Raises UserFacingError when the program cannot be started."""
        if self.program.is_step and not await asyncio.to_thread(self.program.is_needed):
            return self._finish()
        deaths = 0
        while True:
            began = time.monotonic()
            code = await self._live()
            if self.program.is_step and code == 0:
                await asyncio.to_thread(self.program.done)
                return self._finish()
            deaths = 1 if time.monotonic() - began > STEADY_AFTER_S else deaths + 1
            if not self.has_been_ready.is_set() and (self.program.is_step or deaths >= DEATHS_BEFORE_GIVING_UP):
                raise self._failed(f"code {code}")
            self.state = State.BACKING_OFF
            self.restarts += 1
            wait_s = backoff_s(deaths)
            log.warning("process died", process=self.program.name, exit_code=code, restart_in_s=wait_s)
            await asyncio.sleep(wait_s)

    def _finish(self) -> None:
        self.state = State.DONE
        self.has_been_ready.set()

    async def stop(self) -> None:
        """Ask, wait, then kill the whole group. Call it once `run()` has been cancelled."""
        if self._spawning is not None and self._process is None:  # cancelled between the fork and its return
            self._process = await self._spawning
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                processes.signal_group(process.pid, self.program.stop_signal)
            try:
                await asyncio.wait_for(process.wait(), self.program.stop_timeout_s)
            except TimeoutError:
                log.warning("process killed: it did not stop in time", process=self.program.name)
            await _end_rest_of_group(process.pid)
            await process.wait()
            pidfiles.remove(self._run_dir, self.program.name)
        self.state = State.STOPPED

    async def _live(self) -> int:
        """One life of the process, from its start to its death; returns the exit code."""
        self.state = State.STARTING
        await asyncio.to_thread(self.program.prepare)
        self._spawning = asyncio.create_task(self._spawn())
        self._process = process = await asyncio.shield(self._spawning)
        self._spawning = None
        death = asyncio.create_task(process.wait())
        try:
            if not self.program.is_step:
                await self._wait_ready(death)
            return await asyncio.shield(death)
        finally:
            if process.returncode is not None:  # else it was we who were cancelled: stop() ends it
                self._process = None
                await _end_rest_of_group(process.pid)
                pidfiles.remove(self._run_dir, self.program.name)

    async def _spawn(self) -> Process:
        program = self.program
        death_signal = program.stop_signal if program.death_signal is None else program.death_signal
        command = command_as(
            program.argv,
            program.account,
            needs=program.needs,
            death_signal=death_signal,
            opens_low_ports=program.opens_low_ports,
        )
        with logs.open_log(self._log_dir, program.name) as output:
            process = await asyncio.create_subprocess_exec(
                *command,
                env=dict(program.environ),
                cwd=program.cwd,
                stdin=DEVNULL,
                stdout=output,
                stderr=STDOUT,
                start_new_session=True,
            )
        pidfiles.write(self._run_dir, program.name, process.pid)
        return process

    async def _wait_ready(self, death: "asyncio.Task[int]") -> None:
        until = time.monotonic() + self.program.ready_timeout_s
        while not death.done():
            if await asyncio.to_thread(self.program.ready):
                self.state = State.READY
                self.has_been_ready.set()
                return
            if time.monotonic() > until:
                if self.has_been_ready.is_set():
                    log.warning("process not ready: killed", process=self.program.name)
                    assert self._process is not None
                    processes.signal_group(self._process.pid, signal.SIGKILL)
                    return
                raise self._failed(f"> {self.program.ready_timeout_s:.0f} s")
            await asyncio.wait([death], timeout=POLL_S)

    def _failed(self, how: str) -> UserFacingError:
        path = self._log_dir / f"{self.program.name}.log"
        lines = logs.tail(path)
        if "No space left on device" in lines and (full := from_os_error(OSError(28, "", str(path.parent)))):
            return full
        last = next((line.strip() for line in reversed(lines.splitlines()) if line.strip()), "")[:200]
        return UserFacingError(
            f"« {self.program.name} » n'a pas pu démarrer ({how}) : {last or 'rien dans son journal'}. "
            f"Le détail est dans {path}.",
            f'"{self.program.name}" could not start ({how}): {last or "nothing in its log"}. See {path}.',
        )


class Supervisor:
    """All the programs of one installation. `async with Supervisor(…) as it: await it.ready(); await it.forever()`."""

    def __init__(self, programs: Sequence[Program], *, log_dir: Path, run_dir: Path) -> None:
        self._runners = [Runner(program, log_dir, run_dir) for program in order(programs)]
        self._log_dir = log_dir
        self._tasks: list[asyncio.Task[None]] = []
        self.on_change: Callable[[], None] = lambda: None

    @property
    def states(self) -> dict[str, State]:
        """State of every program that lives on, and of a step while it runs, in the order of their start."""
        return {
            runner.program.name: runner.state
            for runner in self._runners
            if not runner.program.is_step or runner.state is State.STARTING
        }

    async def __aenter__(self) -> "Supervisor":
        by_name = {runner.program.name: runner for runner in self._runners}
        for runner in self._runners:
            needs = [by_name[name] for name in runner.program.after]
            self._tasks.append(asyncio.create_task(_run_after(runner, needs), name=runner.program.name))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._stop_all()

    async def ready(self) -> None:
        """Wait until every program is ready. Raises the first failure."""
        await self._unless_broken(_all_ready(self._runners))

    async def forever(self) -> None:
        """Keep everything running until cancelled. Raises what breaks the supervision itself."""
        await self._unless_broken(self._rotate_logs())

    async def _unless_broken(self, work: Coroutine[None, None, None]) -> None:
        goal = asyncio.create_task(work)
        pending = {task for task in self._tasks if not task.done()}
        try:
            while not goal.done():
                done, _ = await asyncio.wait({goal, *pending}, return_when=asyncio.FIRST_COMPLETED)
                for task in done - {goal}:
                    await task  # raises what ended it; a step that is done just leaves
                pending -= done
            await goal
        finally:
            goal.cancel()

    async def _rotate_logs(self) -> None:
        while True:
            await asyncio.sleep(ROTATION_EVERY_S)
            for runner in self._runners:
                try:
                    await asyncio.to_thread(logs.rotate, self._log_dir / f"{runner.program.name}.log")
                except OSError as error:
                    log.warning("log not rotated", process=runner.program.name, error=str(error))

    async def _stop_all(self) -> None:
        """In reverse order: a program stops once all those that need it have stopped."""
        stopped = {runner.program.name: asyncio.Event() for runner in self._runners}

        async def stop(runner: Runner) -> None:
            users = [other.program.name for other in self._runners if runner.program.name in other.program.after]
            await asyncio.gather(*(stopped[name].wait() for name in users))
            try:
                await runner.stop()
            finally:
                stopped[runner.program.name].set()

        await asyncio.gather(*(stop(runner) for runner in self._runners), return_exceptions=True)


async def _run_after(runner: Runner, needs: Sequence[Runner]) -> None:
    await _all_ready(needs)
    await runner.run()


async def _all_ready(runners: Sequence[Runner]) -> None:
    await asyncio.gather(*(runner.has_been_ready.wait() for runner in runners))


async def _end_rest_of_group(group: int) -> None:
    """Children that a program left behind: they get a moment, then SIGKILL."""
    if not processes.group_members(group):
        return
    processes.signal_group(group, signal.SIGTERM)
    until = time.monotonic() + 2.0
    while processes.group_members(group):
        if time.monotonic() > until:
            processes.signal_group(group, signal.SIGKILL)
        await asyncio.sleep(0.05)


def supervisor_environ() -> dict[str, str]:
    """What our own processes inherit of the caller's environment: enough to find programs, locale and proxies."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR")
    return {name: os.environ[name] for name in kept if name in os.environ}

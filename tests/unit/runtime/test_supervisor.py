"""The supervisor, with real processes."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from decroche.runtime import pidfiles, processes
from decroche.runtime.errors import UserFacingError
from decroche.runtime.program import Program
from decroche.runtime.supervisor import State, Supervisor

MakeProgram = Callable[..., Program]
Folders = dict[str, Path]

STUBBORN = "import signal,time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('up',flush=True)\ntime.sleep(600)"
WITH_CHILD = "import subprocess,time\nsubprocess.Popen(['sleep','600'])\nprint('up',flush=True)\ntime.sleep(600)"


def pid_of(folders: Folders, name: str) -> int:
    return int(json.loads((folders["run_dir"] / f"{name}.json").read_text())["pid"])


def says_up(folders: Folders, name: str) -> Callable[[], bool]:
    return lambda: "up" in (folders["log_dir"] / f"{name}.log").read_text()


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(1200):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it never happened")


async def test_a_program_starts_once_what_it_needs_is_ready(python: MakeProgram, folders: Folders) -> None:
    seen: list[str] = []
    first = python("first", ready=says_up(folders, "first"))
    second = python(
        "second", after=["first"], prepare=lambda: seen.append((folders["log_dir"] / "first.log").read_text())
    )
    async with Supervisor([second, first], **folders) as supervisor:
        await supervisor.ready()
    assert seen == ["up\n"]


async def test_a_program_that_dies_is_started_again(python: MakeProgram, folders: Folders) -> None:
    async with Supervisor([python("web", ready=says_up(folders, "web"))], **folders) as supervisor:
        await supervisor.ready()
        former = pid_of(folders, "web")
        os.kill(former, signal.SIGKILL)
        await until(lambda: (folders["run_dir"] / "web.json").exists() and pid_of(folders, "web") != former)
        await until(lambda: supervisor.states["web"] is State.READY)


async def test_nothing_is_left_after_the_stop_not_even_the_children_of_programs(
    python: MakeProgram, folders: Folders
) -> None:
    program = python("web", WITH_CHILD, ready=says_up(folders, "web"))
    async with Supervisor([program], **folders) as supervisor:
        await supervisor.ready()
        group = pid_of(folders, "web")
        await until(lambda: len(processes.group_members(group)) == 2)
    assert processes.group_members(group) == []
    assert list(folders["run_dir"].glob("*.json")) == []


async def test_a_program_that_ignores_sigterm_is_killed(python: MakeProgram, folders: Folders) -> None:
    program = python("web", STUBBORN, ready=says_up(folders, "web"), stop_timeout_s=0.3)
    async with Supervisor([program], **folders) as supervisor:
        await supervisor.ready()
        group = pid_of(folders, "web")
    assert not processes.is_alive(group)


async def test_programs_stop_in_reverse_order(python: MakeProgram, folders: Folders, tmp_path: Path) -> None:
    journal = tmp_path / "stops"
    code = f"""
        import signal, sys, time
        def stop(*_):
            open({str(journal)!r}, "a").write("NAME ")
            sys.exit()
        signal.signal(signal.SIGTERM, stop)
        print("up", flush=True)
        time.sleep(600)"""
    code = textwrap.dedent(code)
    database = python("database", code.replace("NAME", "database"), ready=says_up(folders, "database"))
    web = python("web", code.replace("NAME", "web"), ready=says_up(folders, "web"), after=["database"])
    async with Supervisor([database, web], **folders) as supervisor:
        await supervisor.ready()
    assert journal.read_text() == "web database "


async def test_a_program_that_never_starts_is_named_with_its_last_word(python: MakeProgram, folders: Folders) -> None:
    program = python("web", "import sys; sys.exit('no such module: nonsense')", ready=lambda: False)
    with pytest.raises(UserFacingError, match=r"« web » .* no such module: nonsense"):
        async with Supervisor([program], **folders) as supervisor:
            await supervisor.ready()


async def test_a_step_runs_once_and_a_failed_one_stops_the_start(python: MakeProgram, folders: Folders) -> None:
    done: list[str] = []
    good = python("migrate", "pass", is_step=True, done=lambda: done.append("migrate"))
    bad = python("seed", "raise SystemExit(3)", is_step=True, after=["migrate"])
    with pytest.raises(UserFacingError, match="seed"):
        async with Supervisor([good, bad], **folders) as supervisor:
            await supervisor.ready()
    assert done == ["migrate"]


async def test_a_step_that_is_not_needed_is_left_out(python: MakeProgram, folders: Folders) -> None:
    step = python("migrate", "raise SystemExit(3)", is_step=True, is_needed=lambda: False)
    async with Supervisor([step, python("web", after=["migrate"])], **folders) as supervisor:
        await supervisor.ready()


SUPERVISOR_TO_KILL = """
import asyncio, sys
from pathlib import Path
from decroche.runtime.program import Program
from decroche.runtime.supervisor import Supervisor

async def main(folder):
    code = sys.argv[2]
    program = Program("web", [sys.executable, "-I", "-S", "-c", code], {"PATH": "/usr/bin:/bin"})
    async with Supervisor([program], log_dir=folder / "log", run_dir=folder / "run") as supervisor:
        await supervisor.ready()
        await supervisor.forever()

asyncio.run(main(Path(sys.argv[1])))
"""


def a_killed_supervisor_of(code: str, tmp_path: Path, folders: Folders) -> int:
    """Group of a program whose supervisor was just killed with SIGKILL."""
    victim = subprocess.Popen([sys.executable, "-c", SUPERVISOR_TO_KILL, str(tmp_path), code])
    log, noted = folders["log_dir"] / "web.log", folders["run_dir"] / "web.json"
    deadline = time.monotonic() + 60
    # It may speak before its supervisor has had the time to note it.
    while not (noted.exists() and "up" in log.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    group = pid_of(folders, "web")
    victim.kill()
    victim.wait()
    return group


def test_programs_end_by_themselves_when_the_supervisor_is_killed(tmp_path: Path, folders: Folders) -> None:
    group = a_killed_supervisor_of("import time\nprint('up', flush=True)\ntime.sleep(600)", tmp_path, folders)
    deadline = time.monotonic() + 60
    while processes.is_alive(group) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not processes.is_alive(group)


def test_the_next_start_ends_what_a_killed_supervisor_left(tmp_path: Path, folders: Folders) -> None:
    group = a_killed_supervisor_of(STUBBORN, tmp_path, folders)
    assert processes.is_alive(group)
    assert pidfiles.end_leftovers(folders["run_dir"]) == ["web"]
    assert not processes.is_alive(group)


def test_a_number_that_was_given_to_another_process_is_left_alone(folders: Folders) -> None:
    bystander = subprocess.Popen(["/bin/sleep", "600"], start_new_session=True)
    pidfiles.write(folders["run_dir"], "web", bystander.pid)
    path = folders["run_dir"] / "web.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "started_ticks": 1}))
    assert pidfiles.end_leftovers(folders["run_dir"]) == []
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()


def test_a_second_instance_on_the_same_folder_is_refused_in_one_sentence(folders: Folders) -> None:
    first, second = pidfiles.InstanceLock(folders["run_dir"]), pidfiles.InstanceLock(folders["run_dir"])
    first.acquire()
    with pytest.raises(UserFacingError, match=f"processus {os.getpid()}"):
        second.acquire()
    first.release()
    second.acquire()
    second.release()

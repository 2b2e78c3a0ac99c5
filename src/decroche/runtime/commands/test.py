"""`test`: the suites in order, each with what it needs; pytest's own output and closing lines.

A suite that fails does not keep the next from running; the exit code is that of the first failure. A call lasts as long
as it lasts, and the machine sleeps meanwhile: telephony runs in two halves side by side, and the suites that only
compute take what time it leaves, the longest of them in two halves too, so that no core is idle at the end. Then the
browser has the machine for itself, in two halves, each with a floor of its own: a page waits for most of its time.
"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from subprocess import STDOUT, Popen
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from decroche.config.env import Env
from decroche.runtime import frontend
from decroche.runtime.console import Console
from decroche.runtime.debian_programs import ensure_program

NO_TESTS_COLLECTED = 5
NEEDS_ASTERISK = {"telephony", "browser"}
NEEDS_FRONTEND = {"browser"}
IN_HALVES = {"unit", "telephony", "browser"}
ALONE = {"browser"}
GIVING_WAY = ("nice", "-n", "19")
NEEDS_PROGRAMS = {"telephony": ("sipp",), "browser": ("chromium",)}


class Portion(NamedTuple):
    """Files or folders of one run of pytest. `gives_way`: to whom time matters, beside it."""

    paths: Sequence[Path]
    gives_way: bool = False


def run(env: Env, suites: Sequence[str], pytest_options: Sequence[str]) -> int:
    """Run these suites (folders of tests/); 0 only if all of them passed."""
    console = Console(env.language, sys.stderr)
    codes: list[int] = []
    for together in _groups(suites):
        portions: list[Portion] = []
        for suite in together:
            folder = env.root / "tests" / suite
            if files := sorted(folder.rglob("test_*.py")):
                _prepare(env, suite, console)
                portions += _portions(suite, folder, files)
            else:
                console.say(f"  {suite} : aucun test", f"  {suite}: no test")
        codes += _side_by_side(env, portions, pytest_options)
    found = [code for code in codes if code != NO_TESTS_COLLECTED]  # of one half, perhaps, where options choose
    return next((code for code in found if code != 0), 0 if found else NO_TESTS_COLLECTED)


def _groups(suites: Sequence[str]) -> Iterator[list[str]]:
    """What runs side by side, then what runs alone."""
    if side_by_side := [suite for suite in suites if suite not in ALONE]:
        yield side_by_side
    yield from ([suite] for suite in suites if suite in ALONE)


def _portions(suite: str, folder: Path, files: Sequence[Path]) -> list[Portion]:
    halves = [files[::2], files[1::2]] if suite in IN_HALVES and len(files) > 1 else [[folder]]
    return [Portion(paths, gives_way=suite not in NEEDS_ASTERISK) for paths in halves]


def _side_by_side(env: Env, portions: Sequence[Portion], options: Sequence[str]) -> list[int]:
    """Their codes, in order. The first portion writes as it goes, each other once those before are done."""
    codes: list[int] = []
    runs: list[tuple[Popen[bytes], IO[bytes] | None]] = []
    with ExitStack() as kept:
        for portion in portions:
            argv = [
                *(GIVING_WAY if portion.gives_way and len(portions) > 1 else ()),
                sys.executable,
                "-P",
                "-m",
                "pytest",
            ]
            argv += [*map(str, portion.paths), *options]
            out = kept.enter_context(TemporaryFile()) if runs else None
            # In our own group: Ctrl-C reaches pytest too, which then tears its fixtures down.
            runs.append((kept.enter_context(Popen(argv, cwd=env.root, stdout=out, stderr=out and STDOUT)), out))
        for process, written in runs:
            codes.append(process.wait())
            if written is not None:
                written.seek(0)
                shutil.copyfileobj(written, sys.stdout.buffer)
                sys.stdout.flush()
    return codes


def _prepare(env: Env, suite: str, console: Console) -> None:
    for program in NEEDS_PROGRAMS.get(suite, ()):
        ensure_program(env, program, report_to=console)
    if suite in NEEDS_FRONTEND:
        frontend.ensure_built(env, console.step)
    if suite in NEEDS_ASTERISK:
        from decroche.runtime import asterisk_packages

        asterisk_packages.ensure(env, console.step)

"""`test`: the suites in order, each with what it needs; pytest's own output and closing lines, and vitest's.

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
FRONTEND = "frontend"  # beside its sources and in their language, not in tests/
IN_HALVES = {"unit", "telephony", "browser"}
ALONE = {"browser"}
GIVING_WAY = ("nice", "-n", "19")
NEEDS_PROGRAMS = {"unit": ("curl",), "telephony": ("sipp",), "browser": ("chromium",)}


class Portion(NamedTuple):
    """One run of pytest or vitest, where it starts. `gives_way`: to whom time matters, beside it."""

    argv: Sequence[str]
    cwd: Path
    gives_way: bool


def run(env: Env, suites: Sequence[str], options: Sequence[str]) -> int:
    """Run these suites; 0 only if all of them passed. `options`: pytest's, or vitest's where it runs alone."""
    console = Console(env.language, sys.stderr)
    codes: list[int] = []
    for together in _groups(suites):
        portions: list[Portion] = []
        for suite in together:
            if suite == FRONTEND:
                portions.append(_vitest(env, options if len(suites) == 1 else (), console))
            elif files := sorted((env.root / "tests" / suite).rglob("test_*.py")):
                _prepare(env, suite, console)
                portions += _portions(env, suite, files, options)
            else:
                console.say(f"  {suite} : aucun test", f"  {suite}: no test")
        codes += _side_by_side(portions)
    found = [code for code in codes if code != NO_TESTS_COLLECTED]  # of one half, perhaps, where options choose
    return next((code for code in found if code != 0), 0 if found else NO_TESTS_COLLECTED)


def _groups(suites: Sequence[str]) -> Iterator[list[str]]:
    """What runs side by side, then what runs alone."""
    if side_by_side := [suite for suite in suites if suite not in ALONE]:
        yield side_by_side
    yield from ([suite] for suite in suites if suite in ALONE)


def _portions(env: Env, suite: str, files: Sequence[Path], options: Sequence[str]) -> list[Portion]:
    halves = [files[::2], files[1::2]] if suite in IN_HALVES and len(files) > 1 else [[env.root / "tests" / suite]]
    pytest = [sys.executable, "-P", "-m", "pytest"]
    return [Portion([*pytest, *map(str, paths), *options], env.root, suite not in NEEDS_ASTERISK) for paths in halves]


def _vitest(env: Env, options: Sequence[str], console: Console) -> Portion:
    node = frontend.ensure_modules(env, console.step)
    return Portion([str(node), "node_modules/vitest/vitest.mjs", "run", *options], env.frontend_dir, gives_way=True)


def _side_by_side(portions: Sequence[Portion]) -> list[int]:
    """Their codes, in order. The first portion writes as it goes, each other once those before are done."""
    codes: list[int] = []
    runs: list[tuple[Popen[bytes], IO[bytes] | None]] = []
    with ExitStack() as kept:
        for portion in portions:
            argv = [*(GIVING_WAY if portion.gives_way and len(portions) > 1 else ()), *portion.argv]
            out = kept.enter_context(TemporaryFile()) if runs else None
            # In our own group: Ctrl-C reaches pytest too, which then tears its fixtures down.
            runs.append((kept.enter_context(Popen(argv, cwd=portion.cwd, stdout=out, stderr=out and STDOUT)), out))
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

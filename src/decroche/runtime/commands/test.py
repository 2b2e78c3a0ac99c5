"""`test`: the suites in order, each with what it needs; pytest's own output and closing lines.

A suite that fails does not keep the next from running; the exit code is that of the first failure.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from decroche.config.env import Env
from decroche.runtime import frontend
from decroche.runtime.console import Console
from decroche.runtime.debian_programs import ensure_program

NO_TESTS_COLLECTED = 5
NEEDS_ASTERISK = {"telephony", "browser"}
NEEDS_FRONTEND = {"browser"}
NEEDS_PROGRAMS = {"telephony": ("sipp",), "browser": ("chromium",)}


def run(env: Env, suites: Sequence[str], pytest_options: Sequence[str]) -> int:
    """Run these suites (folders of tests/); 0 only if all of them passed."""
    console = Console(env.language, sys.stderr)
    codes = []
    for suite in suites:
        folder = env.root / "tests" / suite
        if not any(folder.rglob("test_*.py")):
            console.say(f"  {suite} : aucun test", f"  {suite}: no test")
            continue
        _prepare(env, suite, console)
        codes.append(_pytest(env, folder, pytest_options))
    return next((code for code in codes if code != 0), 0 if codes else NO_TESTS_COLLECTED)


def _pytest(env: Env, folder: Path, options: Sequence[str]) -> int:
    argv = [sys.executable, "-P", "-m", "pytest", str(folder), *options]
    # In our own group: Ctrl-C reaches pytest too, which then tears its fixtures down.
    return subprocess.run(argv, cwd=env.root, check=False).returncode


def _prepare(env: Env, suite: str, console: Console) -> None:
    for program in NEEDS_PROGRAMS.get(suite, ()):
        ensure_program(env, program, report_to=console)
    if suite in NEEDS_FRONTEND:
        frontend.ensure_built(env, console.step)
    if suite in NEEDS_ASTERISK:
        from decroche.runtime import asterisk_packages

        asterisk_packages.ensure(env, console.step)

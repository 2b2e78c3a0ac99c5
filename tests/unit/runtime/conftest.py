"""Trivial programs for the supervisor to run."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from decroche.runtime.program import Program

PATIENT = "import time\nprint('up', flush=True)\ntime.sleep(600)"


@pytest.fixture
def python() -> Callable[..., Program]:
    """`python(name, code, **rest)`: a program that runs this code."""

    def make(name: str, code: str = PATIENT, **rest: object) -> Program:
        argv = [sys.executable, "-I", "-S", "-c", code]
        return Program(name, argv, {"PATH": "/usr/bin:/bin"}, **rest)  # type: ignore[arg-type]

    return make


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    """Where a supervisor keeps logs and pid files."""
    found = {"log_dir": tmp_path / "log", "run_dir": tmp_path / "run"}
    for folder in found.values():
        folder.mkdir()
    return found

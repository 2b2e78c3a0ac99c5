"""Preparations: what is interrupted is ended whole, and told in one sentence."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from decroche.runtime import pidfiles, processes, steps
from decroche.runtime.errors import UserFacingError
from decroche.runtime.filelock import exclusive

LONG_STEP = """
import sys
from pathlib import Path
from decroche.runtime import steps
from decroche.runtime.filelock import exclusive

folder = Path(sys.argv[1])
with exclusive(folder / "lock") as lock:
    child = "import subprocess; subprocess.run(['sleep', '600'])"
    steps.run([sys.executable, "-c", child], cwd=folder, log_path=folder / "log", what="long", lock=lock)
"""


def test_a_preparation_that_was_killed_is_ended_by_the_next_holder_of_its_lock(tmp_path: Path) -> None:
    victim = subprocess.Popen([sys.executable, "-c", LONG_STEP, str(tmp_path)])
    lock = tmp_path / "lock"
    deadline = time.monotonic() + 20
    group = None
    while (group is None or len(processes.group_members(group)) < 2) and time.monotonic() < deadline:
        time.sleep(0.05)
        group = pidfiles.living_group(lock.read_text()) if lock.exists() else None
    assert group is not None
    victim.kill()
    victim.wait()
    with exclusive(lock):
        assert processes.group_members(group) == []


def test_a_preparation_that_fails_names_its_log(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match=r"npm ci a échoué .*/log"):
        steps.run(["/bin/false"], cwd=tmp_path, log_path=tmp_path / "log", what="npm ci")


def test_a_preparation_without_network_says_so(tmp_path: Path) -> None:
    argv = ["/bin/sh", "-c", "echo getaddrinfo ENOTFOUND; exit 1"]
    with pytest.raises(UserFacingError, match="réseau ne répond pas"):
        steps.run(argv, cwd=tmp_path, log_path=tmp_path / "log", what="npm ci")

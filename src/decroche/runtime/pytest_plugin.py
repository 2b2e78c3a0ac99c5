"""Given to every run of pytest (see pyproject.toml): its own var folder and its own ports.

Loaded before Django's settings are, so that a run never touches the developer's own installation, and two runs never
meet.
"""

import atexit
import os
import shutil
from pathlib import Path

from decroche.config.env import get_env, read_env
from decroche.runtime import testing


def _isolate() -> None:
    """Point this process and its children at a var folder and a block of ports of their own."""
    ours = read_env(os.environ)
    parent = ours.var
    testing.sweep(parent, "test-run-")
    var = parent / f"test-run-{os.getpid()}"
    var.mkdir(parents=True, exist_ok=True)
    os.environ.update(DECROCHE_VAR=str(var), DECROCHE_MODE="test", DECROCHE_HOST="", DECROCHE_PUBLIC_PORT="")
    os.environ["DECROCHE_PACKAGES"] = str(ours.packages_dir)  # not fetched again for each run
    os.environ["DECROCHE_PORT"] = str(testing.free_ports(8))
    os.environ["DECROCHE_RTP_START"] = str(testing.own_rtp_start())
    get_env.cache_clear()
    atexit.register(_remove, var, os.getpid())


def _remove(var: Path, owner: int) -> None:
    if os.getpid() == owner:  # not in a child that was forked
        shutil.rmtree(var, ignore_errors=True)


_isolate()

"""A whole floor for a bench: `decroche demo` in a folder and on ports of its own, and Django pointed at it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from decroche.config.env import Env, get_env, read_env
from decroche.runtime.testing import free_ports, own_rtp_start

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def whole_floor() -> Iterator[Env]:
    """Start everything, point this process's settings at it, stop everything. The database is as durable as ever."""
    packages = str(get_env().packages_dir)
    var = Path(tempfile.mkdtemp(prefix="db-", dir="/tmp"))
    var.chmod(0o755)
    environ = {
        "DECROCHE_VAR": str(var),
        "DECROCHE_PORT": str(free_ports(10)),
        "DECROCHE_RTP_START": str(own_rtp_start()),
        "DECROCHE_PACKAGES": packages,
        "DECROCHE_MODE": "demo",
    }
    os.environ.update(environ, DJANGO_SETTINGS_MODULE="decroche.config.settings.production")
    get_env.cache_clear()
    env = read_env(os.environ)
    with (var / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "decroche", "demo"], cwd=ROOT, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        _wait_until_ready(env, process)
        import django

        django.setup()
        yield env
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
        shutil.rmtree(var, ignore_errors=True)


def _wait_until_ready(env: Env, process: subprocess.Popen[bytes]) -> None:
    """Ready when the demo has printed its address, which it does once everything answers."""
    until = time.monotonic() + 240
    while time.monotonic() < until:
        text = (env.var / "demo.log").read_text(errors="replace")
        if env.public_url in text and env.demo_logins_file.exists():
            json.loads(env.demo_logins_file.read_text())
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError((env.var / "demo.log").read_text(errors="replace")[-3000:])

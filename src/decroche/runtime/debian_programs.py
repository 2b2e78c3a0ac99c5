"""Programs that only the tests and `demo --check` need, and that no registry of ours holds: from Debian, when root."""

import os
import shutil
from pathlib import Path

from decroche.config.env import Env
from decroche.runtime import steps
from decroche.runtime.console import Console
from decroche.runtime.errors import UserFacingError

DEBIAN_PACKAGES = {"chromium": "chromium", "curl": "curl", "sipp": "sip-tester"}
"""Program → its Debian package."""


def chromium_path() -> str | None:
    """Any Chromium that this machine has."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def ensure_program(env: Env, program: str, *, report_to: Console) -> None:
    """Install a Debian program when we are root; otherwise raise UserFacingError with the exact command."""
    if shutil.which(program):
        return
    package = DEBIAN_PACKAGES[program]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise UserFacingError(
            f"Il manque {program} : installez-le (sudo apt-get install {package}), puis relancez.",
            f"{program} is missing: install it (sudo apt-get install {package}), then run again.",
        )
    report_to.say(f"  installation de {package}…", f"  installing {package}…")
    log = env.log_dir / "apt.log"
    quietly = {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
        steps.run(["apt-get", "-qq", *words], cwd=Path("/"), log_path=log, what=f"apt-get {words[0]}", environ=quietly)

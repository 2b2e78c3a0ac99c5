"""Makes the Python environment of the checkout, then becomes `python -m decroche`. Needs only the stdlib.

    python3 -I bootstrap.py ROOT [COMMAND…]

`./decroche` runs it. Safe to interrupt anywhere: the stamp (hash of what the environment is made from) is written
last, and what is there already is used.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from decroche.runtime.filelock import Lock

Say = Callable[[str, str], None]

UV = "uv==0.13.9"
STAMP = "decroche-stamp"
QUIET_AND_AT_HOME = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_CACHE_DIR": "1", "UV_PYTHON_DOWNLOADS": "never"}
WAITING = ("une autre commande prépare l'environnement", "another command is making the environment")
PACKAGE_HOME = Path(__file__).resolve().parents[2]


def main(root: Path, argv: list[str]) -> NoReturn:
    """Never returns: execs the command, or exits with one sentence."""
    venv = root / ".venv"
    wanted = expected_stamp(root)
    if read(venv / STAMP) != wanted:
        _leave(venv, root, argv)
        _make_or_complain(root, venv, wanted)
    python = str(venv / "bin" / "python")
    os.execv(python, [python, "-P", "-m", "decroche", *argv])  # noqa: S606 - our own interpreter, no shell


def _leave(venv: Path, root: Path, argv: list[str]) -> None:
    """Go on with the Python that the environment was made from: we may have to remove the environment itself."""
    if not Path(sys.executable).is_relative_to(venv):
        return
    base = getattr(sys, "_base_executable", "") or sys.executable
    if Path(base).is_relative_to(venv):
        base = str(Path(base).resolve())
    os.execv(base, [base, "-I", __file__, str(root), *argv])  # noqa: S606 - as above


def expected_stamp(root: Path) -> str:
    """Hash of what decides how the environment looks: the lock, the tool that reads it, and where it lies."""
    digest = hashlib.sha256(f"{UV}\0{root}\0{PACKAGE_HOME}\0".encode())
    for name in ("pyproject.toml", "uv.lock"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def read(path: Path) -> str:
    """Empty when there is no such file."""
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _make_or_complain(root: Path, venv: Path, wanted: str) -> None:
    sys.path.insert(0, str(PACKAGE_HOME))
    from decroche.runtime.errors import UserFacingError, from_os_error, language_of

    language = language_of(os.environ)
    try:
        _make(root, venv, wanted, is_english=language == "en")
    except UserFacingError as error:
        sys.exit(f"décroche : {error.sentence(language)}")
    except OSError as error:
        told = from_os_error(error)
        if told is None:
            raise
        sys.exit(f"décroche : {told.sentence(language)}")
    except KeyboardInterrupt:
        sys.exit(130)


def _make(root: Path, venv: Path, wanted: str, *, is_english: bool) -> None:
    from decroche.runtime import steps
    from decroche.runtime.filelock import exclusive

    def say(french: str, english: str) -> None:
        sys.stderr.write(f"  {english if is_english else french}…\n")

    with exclusive(root / ".venv.lock", waiting=lambda: say(*WAITING)) as lock:
        if read(venv / STAMP) == wanted:  # made while we waited
            return
        _make_venv(venv, say, lock)
        python, log = venv / "bin" / "python", venv / "bootstrap.log"
        environ = {**QUIET_AND_AT_HOME, "UV_CACHE_DIR": str(venv / "cache"), "UV_PROJECT_ENVIRONMENT": str(venv)}
        say("environnement Python (uv sync)", "Python environment (uv sync)")
        steps.run(
            [str(python), "-m", "pip", "install", "--quiet", UV],
            cwd=root,
            log_path=log,
            what=UV,
            environ=environ,
            lock=lock,
        )
        sync = [str(venv / "bin" / "uv"), "sync", "--locked", "--inexact", "--no-progress", "--python", str(python)]
        steps.run(sync, cwd=root, log_path=log, what="uv sync", environ=environ, lock=lock)
        for site in venv.glob("lib/python3*/site-packages"):
            (site / "decroche.pth").write_text(f"{PACKAGE_HOME}\n", encoding="utf-8")
        draft = venv / f"{STAMP}.new"
        draft.write_text(wanted + "\n", encoding="ascii")
        draft.rename(venv / STAMP)


def _make_venv(venv: Path, say: Say, lock: "Lock") -> None:
    from decroche.runtime import steps

    python = venv / "bin" / "python"
    if _works(python, venv):
        return
    if find_spec("ensurepip") is None:
        _install_ensurepip(venv.parent, say, lock)
    say("environnement Python (venv)", "Python environment (venv)")
    shutil.rmtree(venv, ignore_errors=True)
    steps.run(
        [sys.executable, "-m", "venv", str(venv)],
        cwd=venv.parent,
        log_path=venv.parent / ".venv.log",
        what="python3 -m venv",
        lock=lock,
    )
    (venv.parent / ".venv.log").unlink(missing_ok=True)


def _works(python: Path, venv: Path) -> bool:
    """Whether the environment can be used as it is: whole enough to install into, and made where it lies."""
    import subprocess

    try:
        if str(venv) not in (venv / "bin" / "activate").read_text(encoding="utf-8"):
            return False  # the checkout was moved: scripts in bin/ name the former place
        return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install_ensurepip(root: Path, say: Say, lock: "Lock") -> None:
    from decroche.runtime import steps
    from decroche.runtime.errors import UserFacingError

    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise UserFacingError(
            f"Le module venv de Python manque : installez-le (sudo apt-get install {package}), puis relancez.",
            f"Python's venv module is missing: install it (sudo apt-get install {package}), then run again.",
        )
    say(f"installation de {package}", f"installing {package}")
    for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
        steps.run(
            ["apt-get", "-qq", *words], cwd=root, log_path=root / ".venv.log", what=f"apt-get {words[0]}", lock=lock
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

"""Finds an Asterisk, or makes one from Debian's packages in a private folder, without root and without a container.

What is unpacked runs on its own loader and libraries and leaves the system untouched. apt does the downloading, with a
state of its own: it resolves the closure, checks signatures against Debian's keyring, and resumes what was interrupted.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from decroche.config.env import Env
from decroche.runtime.errors import UserFacingError

MINIMUM_VERSION = (22, 10, 1)
SUITE = "forky"
MIRROR = "http://deb.debian.org/debian"
PACKAGES = ("asterisk", "asterisk-modules", "asterisk-core-sounds-fr-wav", "asterisk-moh-opsound-wav")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
FREE_SPACE_NEEDED_MB = 700
"""114 MB of archives and 310 MB unpacked, both there at once for a moment, and apt's lists."""

_LAYOUT = "1"  # raise when what lies in the prefix must be made anew
_LOADERS = {"x86_64": "ld-linux-x86-64.so.2", "aarch64": "ld-linux-aarch64.so.1"}

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class AsteriskInstall:
    """How to start an Asterisk: `[*command, "-C", conf, "-f"]`, and where its own files lie."""

    version: str
    command: tuple[str, ...]
    modules_dir: Path
    data_dir: Path
    """Sounds, music on hold, documentation."""
    prefix: Path | None = None
    """Root of our private copy; None where the system's own is used."""

    @property
    def is_private(self) -> bool:
        return self.prefix is not None


def ensure(env: Env, report: Report) -> AsteriskInstall:
    """The system's Asterisk when it is recent enough, else our private copy, made when missing.

    A second call costs milliseconds. `report` is told each long step. Raises `UserFacingError`.
    """
    if (found := find(env)) is not None:
        return found
    system = _system_version()
    with _locked(env.packages_dir):
        if (found := find(env)) is not None:  # another process made it while we waited
            return found
        if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
            raise _no_way(system)
        _make(env.packages_dir, report)
    found = _private(env.packages_dir)
    if found is None:
        raise UserFacingError(
            "Asterisk a été téléchargé mais ne démarre pas sur cette machine. "
            "Installez Asterisk 22.10.1 ou plus récent, puis relancez.",
            "Asterisk was downloaded but does not start on this machine. "
            "Install Asterisk 22.10.1 or later, then start again.",
        )
    return found


def find(env: Env) -> AsteriskInstall | None:
    """What is there already; None where something must be downloaded."""
    return _system() or _private(env.packages_dir)


def parse_version(text: str) -> tuple[int, int, int]:
    """`Asterisk 22.10.1+dfsg-1` → (22, 10, 1); zeros where there is no version in it."""
    match = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
    return (int(match[1]), int(match[2]), int(match[3] or 0)) if match else (0, 0, 0)


# ── The system's own ─────────────────────────────────────────────────────────


def _system_version() -> str:
    program = shutil.which("asterisk")
    if program is None:
        return ""
    done = subprocess.run([program, "-V"], capture_output=True, text=True, timeout=20, check=False)
    return done.stdout.strip()


def _system() -> AsteriskInstall | None:
    program = shutil.which("asterisk")
    version = _system_version()
    if program is None or parse_version(version) < MINIMUM_VERSION:
        return None
    places = [
        Path(p) for p in ("/usr/lib/asterisk/modules", "/usr/lib64/asterisk/modules", "/usr/local/lib/asterisk/modules")
    ]
    modules = next(
        (p for p in [*Path("/usr/lib").glob("*/asterisk/modules"), *places] if (p / "res_ari.so").exists()), None
    )
    data = next((p for p in (Path("/usr/share/asterisk"), Path("/var/lib/asterisk")) if (p / "sounds").is_dir()), None)
    if modules is None or data is None:
        return None
    return AsteriskInstall(version.removeprefix("Asterisk "), (program,), modules, data)


def _no_way(system: str) -> UserFacingError:
    if system:
        return UserFacingError(
            f"L'Asterisk de cette machine est trop ancien ({system}) : il faut au moins 22.10.1. "
            "Mettez-le à jour, puis relancez.",
            f"This machine's Asterisk is too old ({system}): 22.10.1 at least is needed. Update it, then start again.",
        )
    return UserFacingError(
        "Asterisk manque, et cette machine n'a pas apt pour le télécharger. "
        "Installez Asterisk 22.10.1 ou plus récent, puis relancez.",
        "Asterisk is missing, and this machine has no apt to download it. "
        "Install Asterisk 22.10.1 or later, then start again.",
    )


# ── Our private copy ─────────────────────────────────────────────────────────


def _private(packages_dir: Path) -> AsteriskInstall | None:
    prefix = packages_dir / "prefix"
    try:
        stamp = json.loads((prefix / ".complete").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if stamp.get("layout") != _LAYOUT or parse_version(stamp["version"]) < MINIMUM_VERSION:
        return None
    return _install(prefix, stamp["triplet"], stamp["version"])


def _install(prefix: Path, triplet: str, version: str) -> AsteriskInstall:
    libraries = prefix / "usr/lib" / triplet
    loader = libraries / _LOADERS[triplet.split("-")[0]]
    return AsteriskInstall(
        version=version,
        command=(str(loader), "--library-path", str(libraries), str(prefix / "usr/sbin/asterisk")),
        modules_dir=libraries / "asterisk/modules",
        data_dir=prefix / "usr/share/asterisk",
        prefix=prefix,
    )


def _make(packages_dir: Path, report: Report) -> None:
    free_mb = shutil.disk_usage(packages_dir).free // 2**20
    if free_mb < FREE_SPACE_NEEDED_MB:
        raise UserFacingError(
            f"Il reste {free_mb} Mo sur le disque ; il en faut {FREE_SPACE_NEEDED_MB} pour Asterisk. "
            "Libérez de la place, puis relancez.",
            f"{free_mb} MB are left on the disk; {FREE_SPACE_NEEDED_MB} are needed for Asterisk. "
            "Free some space, then start again.",
        )
    triplet = _triplet()
    report("Téléchargement d'Asterisk (114 Mo)…")
    archives = _download(packages_dir)
    report("Installation d'Asterisk dans un dossier privé…")
    unpacking = packages_dir / "prefix.unpacking"
    shutil.rmtree(unpacking, ignore_errors=True)
    unpacking.mkdir(mode=0o755)
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda archive: _run(["dpkg-deb", "-x", str(archive), str(unpacking)]), archives))
    _finish(unpacking, triplet)
    shutil.rmtree(packages_dir / "prefix", ignore_errors=True)
    unpacking.rename(packages_dir / "prefix")
    shutil.rmtree(packages_dir / "apt", ignore_errors=True)


def _finish(prefix: Path, triplet: str) -> None:
    """Checks that it runs, drops what a telephone engine never reads, and stamps it."""
    for useless in ("doc", "man", "locale", "i18n", "zoneinfo", "perl", "info", "lintian"):
        shutil.rmtree(prefix / "usr/share" / useless, ignore_errors=True)
    prefix.chmod(0o755)
    command = _install(prefix, triplet, "").command
    version = _run([*command, "-V"]).strip().removeprefix("Asterisk ")
    stamp = {"layout": _LAYOUT, "version": version, "triplet": triplet}
    (prefix / ".complete").write_text(json.dumps(stamp), encoding="utf-8")


def _triplet() -> str:
    machine = os.uname().machine
    if machine not in _LOADERS:
        raise UserFacingError(
            f"Asterisk ne se télécharge pas pour ce genre de machine ({machine}). "
            "Installez Asterisk 22.10.1 ou plus récent, puis relancez.",
            f"Asterisk cannot be fetched for this kind of machine ({machine}). "
            "Install Asterisk 22.10.1 or later, then start again.",
        )
    return f"{machine}-linux-gnu"


def _download(packages_dir: Path) -> list[Path]:
    """The archives of the closure. apt resumes partial files and checks every one against the signed index."""
    apt = packages_dir / "apt"
    for folder in ("lists/partial", "archives/partial"):
        (apt / folder).mkdir(parents=True, exist_ok=True)
    (apt / "status").write_text("", encoding="utf-8")  # nothing is installed: the whole closure is wanted
    keyring = KEYRING if KEYRING.exists() else _fetch_keyring(apt)
    (apt / "sources.list").write_text(f"deb [signed-by={keyring}] {MIRROR} {SUITE} main\n", encoding="utf-8")
    (apt / "apt.conf").write_text(_apt_conf(apt), encoding="utf-8")
    environ = {**os.environ, "APT_CONFIG": str(apt / "apt.conf"), "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "-qq"], environ, action="download")
    _run(["apt-get", "install", "-qq", "-y", "--download-only", *PACKAGES], environ, action="download")
    return sorted((apt / "archives").glob("*.deb"))


def _apt_conf(apt: Path) -> str:
    settings = {
        "Dir::Etc::sourcelist": apt / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State": apt,
        "Dir::State::lists": apt / "lists",
        "Dir::State::status": apt / "status",
        "Dir::Cache": apt,
        "Dir::Cache::archives": apt / "archives",
        "Dir::Log": apt,
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "",
        "APT::Update::Error-Mode": "any",  # otherwise an unreachable mirror is only a warning
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "Acquire::http::Timeout": "30",
        "Debug::NoLocking": "1",
    }
    return "".join(f'{name} "{value}";\n' for name, value in settings.items())


def _fetch_keyring(apt: Path) -> Path:
    """Ubuntu packages Debian's keyring without installing it: signed by Ubuntu's own keys, trusted as the system is."""
    folder = apt / "keyring"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    _run(["apt-get", "download", "-qq", "debian-archive-keyring"], action="download", cwd=folder)
    for archive in folder.glob("*.deb"):
        _run(["dpkg-deb", "-x", str(archive), str(folder)])
    return folder / "usr/share/keyrings/debian-archive-keyring.gpg"


def _run(
    command: list[str], environ: dict[str, str] | None = None, *, action: str = "unpack", cwd: Path | None = None
) -> str:
    done = subprocess.run(command, env=environ, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout
    lines = [line for line in done.stderr.splitlines() if line.strip()] or [f"code {done.returncode}"]
    detail = next((line for line in lines if line.startswith(("E:", "dpkg"))), lines[-1]).strip()
    if "No space left" in done.stderr:
        raise UserFacingError(
            "Le disque est plein : Asterisk n'a pas pu être installé. Libérez de la place, puis relancez.",
            "The disk is full: Asterisk could not be installed. Free some space, then start again.",
        )
    if action == "download":
        raise UserFacingError(
            f"Asterisk n'a pas pu être téléchargé depuis {MIRROR} ({detail}). Vérifiez l'accès à Internet, "
            "puis relancez : ce qui est déjà là ne sera pas téléchargé de nouveau.",
            f"Asterisk could not be downloaded from {MIRROR} ({detail}). Check the network, "
            "then start again: what is here already is kept.",
        )
    raise UserFacingError(
        f"Asterisk n'a pas pu être installé ({detail}). Supprimez le dossier var/packages, puis relancez.",
        f"Asterisk could not be installed ({detail}). Delete the folder var/packages, then start again.",
    )


@contextmanager
def _locked(packages_dir: Path) -> Iterator[None]:
    """One process makes it; the others wait for it."""
    packages_dir.mkdir(parents=True, exist_ok=True)
    with (packages_dir / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

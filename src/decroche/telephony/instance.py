"""Makes one Asterisk ready to start: folders, files, secrets, command line.

Runs as an unprivileged user when we are root. Writing is idempotent: a second call changes nothing that lives.
"""

from __future__ import annotations

import os
import shutil
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from decroche.config.env import Env
from decroche.runtime.asterisk_packages import AsteriskInstall, ensure
from decroche.runtime.privileges import Account, command_as, give, service_account
from decroche.telephony.conf_common import Instance
from decroche.telephony.conf_floor import TRUNKS_FILE, floor_files, trunks_file
from decroche.telephony.conf_simulator import simulator_files
from decroche.telephony.trunk_config import TrunkConfig

Role = Literal["floor", "simulator"]

ARI_USER = "decroche"
VOICES = Path(__file__).parent / "voices"


@dataclass(frozen=True, slots=True)
class PreparedProcess:
    """What the supervisor starts. SIGTERM ends it at once; `ready()` takes a second at most and never raises."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path
    ready: Callable[[], bool]


def describe(env: Env, role: Role, install: AsteriskInstall) -> Instance:
    is_floor = role == "floor"
    return Instance(
        folder=env.asterisk_dir if is_floor else env.simulator_dir,
        modules_dir=install.modules_dir,
        data_dir=install.data_dir,
        http_port=env.asterisk_http_port if is_floor else env.simulator_http_port,
        sip_port=env.asterisk_sip_port if is_floor else env.simulator_sip_port,
        rtp=env.asterisk_rtp if is_floor else env.simulator_rtp,
        ari_user=ARI_USER,
        ari_password=env.ari_password if is_floor else env.simulator_ari_password,
    )


def prepare(
    env: Env, role: Role, *, trunks: Sequence[TrunkConfig] | None = None, report: Callable[[str], None] = lambda _: None
) -> PreparedProcess:
    """Raises `UserFacingError` where no Asterisk can be had. Without `trunks`, the trunks file is left as it was."""
    install = ensure(env, report)
    instance = describe(env, role, install)
    account = service_account(env.root)
    _make_folders(instance, install, account)
    files = (
        floor_files(instance, trunks or ())
        if role == "floor"
        else simulator_files(instance, env.secret("simulator_trunk_secret"))
    )
    if role == "floor" and trunks is None and (instance.conf_dir / TRUNKS_FILE).exists():
        del files[TRUNKS_FILE]
    for name, text in files.items():
        _write(instance.conf_dir / name, text, account)
    argv = [*install.command, "-C", str(instance.conf_dir / "asterisk.conf"), "-f"]
    announcements = env.announcements_dir
    announcements.mkdir(mode=0o755, parents=True, exist_ok=True)
    _link(instance.own_data_dir / "sounds/announcements", announcements)
    needs = [instance.folder, install.modules_dir, install.data_dir, VOICES, announcements]
    return PreparedProcess(
        argv=tuple(command_as(argv, account, needs=[path / "any" for path in needs])),
        env={
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "HOME": str(instance.folder),
            "TZ": os.environ.get("TZ", ""),
        },
        cwd=instance.folder,
        ready=lambda: answers(instance),
    )


def write_trunks(env: Env, trunks: Sequence[TrunkConfig]) -> None:
    """The floor's trunks file, as the table of trunks has them now; then reload (`trunks.apply`)."""
    text = trunks_file(trunks, local_sip_port=env.asterisk_sip_port)
    _write(env.asterisk_dir / "conf" / TRUNKS_FILE, text, service_account(env.root))


def answers(instance: Instance) -> bool:
    """Whether ARI answers to our own password: all modules are loaded, and it is not another program on our port."""
    token = b64encode(f"{instance.ari_user}:{instance.ari_password}".encode()).decode()
    url = f"http://127.0.0.1:{instance.http_port}/ari/asterisk/info?only=status"
    request = urllib.request.Request(url, headers={"Authorization": f"Basic {token}"})
    try:
        with urllib.request.urlopen(request, timeout=1) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def _make_folders(instance: Instance, install: AsteriskInstall, account: Account | None) -> None:
    folders = [instance.folder, instance.conf_dir, instance.run_dir, instance.log_dir, instance.db_dir]
    folders += [instance.spool_dir, instance.recording_dir, instance.monitor_dir, instance.folder / "lib/keys"]
    folders += [instance.own_data_dir, instance.own_data_dir / "sounds", instance.log_dir / "cel-custom"]
    for folder in folders:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        give(folder, account)
    french = next((p for p in sorted((install.data_dir / "sounds").glob("fr*")) if p.is_dir()), None)
    _link(instance.own_data_dir / "moh", install.data_dir / "moh")
    _link(instance.own_data_dir / "documentation", install.data_dir / "documentation")
    _link(instance.own_data_dir / "sounds/decroche", VOICES)
    if french is not None:
        _link(instance.own_data_dir / "sounds/fr", french)


def _link(link: Path, target: Path) -> None:
    if link.is_symlink() and link.readlink() == target:
        return
    if link.is_symlink() or link.is_file():
        link.unlink()
    elif link.is_dir():
        shutil.rmtree(link)
    link.symlink_to(target)


def _write(path: Path, text: str, account: Account | None) -> None:
    """Readable by its account only (passwords), never half-written."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    give(draft, account)
    draft.rename(path)

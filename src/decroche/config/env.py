"""The only reader of the environment: ports, folders, secrets and addresses of this installation.

Everybody else takes an `Env`, or calls `get_env()`. Nothing here imports Django. Only `secret()` writes: it makes a
missing secret the first time that it is asked for.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import quote

from decroche.runtime.errors import Language, UserFacingError, language_of

Mode = Literal["demo", "up", "test"]

DEFAULT_PORT = 8700
RTP_PORTS_EACH = 400
"""UDP ports of one Asterisk: 4 a call in the worst case (RTP and RTCP on both legs), so 100 simultaneous calls."""


class EnvError(UserFacingError):
    """A setting in the environment that cannot be used."""


@dataclass(frozen=True, slots=True)
class Env:
    """One installation. `port` is the contract's P: every other port is derived from it."""

    root: Path
    """The checkout: where pyproject.toml lies."""
    var: Path
    """All that the installation writes."""
    port: int
    mode: Mode
    host: str
    """Name or address under which other machines reach us over HTTPS; empty: this machine only, http://localhost:P."""
    public_port: int
    """Port of Caddy's site: P, or 443 for a public name."""
    external_database_url: str
    """`DATABASE_URL` as given; empty: the embedded PostgreSQL."""
    rtp_start: int
    packages_dir: Path
    """Asterisk's private copy; `DECROCHE_PACKAGES` lets several var folders share one."""
    language: Language
    """Language of the command line's own sentences."""

    # ── Ports ────────────────────────────────────────────────────────────────
    @property
    def caddy_port(self) -> int:
        return self.public_port

    @property
    def web_port(self) -> int:
        return self.port + 1

    @property
    def floor_port(self) -> int:
        return self.port + 2

    @property
    def asterisk_http_port(self) -> int:
        return self.port + 3

    @property
    def asterisk_sip_port(self) -> int:
        return self.port + 4

    @property
    def simulator_http_port(self) -> int:
        return self.port + 5

    @property
    def simulator_sip_port(self) -> int:
        return self.port + 6

    @property
    def postgres_port(self) -> int:
        return self.port + 7

    @property
    def asterisk_rtp(self) -> tuple[int, int]:
        """First and last UDP port of the floor's Asterisk."""
        return self.rtp_start, self.rtp_start + RTP_PORTS_EACH - 1

    @property
    def simulator_rtp(self) -> tuple[int, int]:
        """First and last UDP port of the carrier simulator."""
        return self.rtp_start + RTP_PORTS_EACH, self.rtp_start + 2 * RTP_PORTS_EACH - 1

    # ── Addresses ────────────────────────────────────────────────────────────
    @property
    def public_url(self) -> str:
        """What a person types into the browser, without a final slash."""
        if not self.host:
            return f"http://localhost:{self.port}"
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{name}" if self.public_port == 443 else f"https://{name}:{self.public_port}"

    @property
    def origins(self) -> list[str]:
        """Every `Origin` that our own pages may have (CSRF, WebSocket)."""
        here = [f"http://localhost:{self.port}", f"http://127.0.0.1:{self.port}"]
        return [self.public_url] if self.host else here

    @property
    def allowed_hosts(self) -> list[str]:
        """Names accepted in the `Host` header."""
        return [*([self.host] if self.host else []), "localhost", "127.0.0.1"]

    @property
    def is_https(self) -> bool:
        return bool(self.host)

    @property
    def web_url(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def floor_url(self) -> str:
        return f"http://127.0.0.1:{self.floor_port}"

    @property
    def ari_url(self) -> str:
        return f"http://127.0.0.1:{self.asterisk_http_port}/ari"

    @property
    def simulator_ari_url(self) -> str:
        return f"http://127.0.0.1:{self.simulator_http_port}/ari"

    # ── Database ─────────────────────────────────────────────────────────────
    @property
    def is_database_embedded(self) -> bool:
        return not self.external_database_url

    @property
    def database_url(self) -> str:
        """`postgresql://…` to connect with, embedded or not."""
        if self.external_database_url:
            return self.external_database_url
        password = quote(self.secret("postgres_password"), safe="")
        return f"postgresql://decroche:{password}@127.0.0.1:{self.postgres_port}/decroche"

    # ── Folders ──────────────────────────────────────────────────────────────
    @property
    def secrets_dir(self) -> Path:
        return self.var / "secrets"

    @property
    def postgres_dir(self) -> Path:
        return self.var / "postgres"

    @property
    def asterisk_dir(self) -> Path:
        return self.var / "asterisk"

    @property
    def simulator_dir(self) -> Path:
        return self.var / "simulator"

    @property
    def uploads_dir(self) -> Path:
        return self.var / "uploads"

    @property
    def recordings_dir(self) -> Path:
        return self.var / "recordings"

    @property
    def announcements_dir(self) -> Path:
        return self.var / "announcements"

    @property
    def exports_dir(self) -> Path:
        return self.var / "exports"

    @property
    def documents_dir(self) -> Path:
        return self.var / "documents"

    @property
    def log_dir(self) -> Path:
        return self.var / "log"

    @property
    def run_dir(self) -> Path:
        return self.var / "run"

    @property
    def frontend_dir(self) -> Path:
        return self.root / "frontend"

    @property
    def frontend_dist(self) -> Path:
        return self.frontend_dir / "dist"

    @property
    def demo_logins_file(self) -> Path:
        return self.var / "demo-logins.json"

    # ── Secrets ──────────────────────────────────────────────────────────────
    def secret(self, name: str) -> str:
        """The secret called `name` (43 URL-safe characters), made at random when missing, even by several at once."""
        path = self.secrets_dir / name
        try:
            return path.read_text(encoding="ascii").strip()
        except FileNotFoundError:
            pass
        self.secrets_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)  # fails when another process was quicker
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text(encoding="ascii").strip()

    @property
    def secret_key(self) -> str:
        """Django's SECRET_KEY."""
        return self.secret("secret_key")

    @property
    def field_key(self) -> bytes:
        """Fernet key for encrypted columns (trunk secrets): 32 bytes as padded URL-safe base64."""
        return (self.secret("field_key") + "=").encode("ascii")

    @property
    def refusal_key(self) -> bytes:
        """Of the hashes that refusals of erased persons are kept as."""
        return self.secret("refusal_key").encode("ascii")

    @property
    def ari_password(self) -> str:
        return self.secret("ari_password")

    @property
    def simulator_ari_password(self) -> str:
        return self.secret("simulator_ari_password")

    # ── For child processes ──────────────────────────────────────────────────
    def to_environ(self) -> dict[str, str]:
        """The variables that make a child process read this same `Env`."""
        return {
            "DECROCHE_VAR": str(self.var),
            "DECROCHE_PORT": str(self.port),
            "DECROCHE_MODE": self.mode,
            "DECROCHE_HOST": self.host,
            "DECROCHE_PUBLIC_PORT": str(self.public_port),
            "DECROCHE_RTP_START": str(self.rtp_start),
            "DECROCHE_PACKAGES": str(self.packages_dir),
            "DATABASE_URL": self.external_database_url,
        }

    def with_(self, *, mode: Mode | None = None, host: str | None = None, public_port: int | None = None) -> "Env":
        """A copy for another mode or host name; the public port follows the host unless given."""
        new_host = self.host if host is None else host
        is_default = self.public_port == _default_public_port(self.port, self.host)
        port = public_port or (_default_public_port(self.port, new_host) if is_default else self.public_port)
        return replace(self, mode=mode or self.mode, host=new_host, public_port=port)


def is_public_name(host: str) -> bool:
    """Whether a public authority could certify this name: not an address, not a name of the local network."""
    try:
        ip_address(host)
    except ValueError:
        local_endings = ("localhost", ".local", ".lan", ".home", ".internal", ".intranet", ".test", ".example", ".arpa")
        return "." in host and not host.endswith(local_endings)
    return False


def read_env(environ: Mapping[str, str]) -> Env:
    """An `Env` from these variables. Raises `EnvError` on a value that cannot be used."""
    root = _find_root()
    port = _port(environ, "DECROCHE_PORT", DEFAULT_PORT, highest=65_000)
    mode = environ.get("DECROCHE_MODE") or "up"
    if mode not in get_args(Mode):
        raise EnvError(
            f"DECROCHE_MODE vaut « {mode} » : mettez demo, up ou test.",
            f'DECROCHE_MODE is "{mode}": set it to demo, up or test.',
        )
    var = Path(environ.get("DECROCHE_VAR") or root / "var").resolve()
    host = environ.get("DECROCHE_HOST", "").strip().lower()
    default_rtp = 20_000 + (port - DEFAULT_PORT) * 40
    if not 1024 <= default_rtp <= 64_000:
        default_rtp = 20_000
    return Env(
        root=root,
        var=var,
        port=port,
        mode=cast(Mode, mode),
        host=host,
        public_port=_port(environ, "DECROCHE_PUBLIC_PORT", _default_public_port(port, host)),
        external_database_url=environ.get("DATABASE_URL", "").strip(),
        rtp_start=_port(environ, "DECROCHE_RTP_START", default_rtp, highest=64_700),
        packages_dir=Path(environ.get("DECROCHE_PACKAGES") or var / "packages").resolve(),
        language=language_of(environ),
    )


@cache
def get_env() -> Env:
    """The `Env` of this process, read once."""
    return read_env(os.environ)


def _find_root() -> Path:
    here = Path(__file__).resolve()
    return next((folder for folder in here.parents if (folder / "pyproject.toml").is_file()), here.parents[2])


def _default_public_port(port: int, host: str) -> int:
    return 443 if is_public_name(host) else port


def _port(environ: Mapping[str, str], name: str, default: int, *, highest: int = 65_535) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if text.isascii() and text.isdigit() and 1 <= int(text) <= highest:
        return int(text)
    raise EnvError(
        f"{name} vaut « {text} » : mettez un nombre entre 1 et {highest}.",
        f'{name} is "{text}": set it to a number between 1 and {highest}.',
    )

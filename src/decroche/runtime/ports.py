"""Are our ports free? Asked before anything starts, so that the answer is one sentence and not a log to read."""

import errno
import socket

from decroche.config.env import Env
from decroche.runtime import processes
from decroche.runtime.errors import UserFacingError


def tcp_ports(env: Env) -> dict[int, str]:
    """Port → who of ours listens on it, for this mode."""
    ports = {
        env.caddy_port: "caddy",
        env.web_port: "web",
        env.floor_port: "floor",
        env.asterisk_http_port: "asterisk",
    }
    if env.mode == "demo":
        ports[env.simulator_http_port] = "simulator"
    if env.is_database_embedded:
        ports[env.postgres_port] = "postgres"
    return ports


def udp_ports(env: Env) -> dict[int, str]:
    """SIP ports → whose."""
    ports = {env.asterisk_sip_port: "asterisk"}
    if env.mode == "demo":
        ports[env.simulator_sip_port] = "simulator"
    return ports


def check(env: Env) -> None:
    """Raises UserFacingError on the first port that somebody else has, or that we may not open."""
    for kind, ports in ((socket.SOCK_STREAM, tcp_ports(env)), (socket.SOCK_DGRAM, udp_ports(env))):
        for port, ours in ports.items():
            number = try_port(port, kind)
            if number == errno.EADDRINUSE:
                raise busy(port, ours, kind)
            if number == errno.EACCES:
                raise UserFacingError(
                    f"Le port {port} est réservé à root : lancez la commande en root, ou choisissez un port au-dessus "
                    "de 1023 (DECROCHE_PUBLIC_PORT).",
                    f"Port {port} is reserved to root: run the command as root, or choose a port above 1023 "
                    "(DECROCHE_PUBLIC_PORT).",
                )


def try_port(port: int, kind: socket.SocketKind) -> int:
    """0 when the port of 127.0.0.1 is free, else the system's error number."""
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: not stopped by TIME_WAIT
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno or 0
    return 0


def busy(port: int, ours: str, kind: socket.SocketKind = socket.SOCK_STREAM) -> UserFacingError:
    """The sentence for a port that somebody else has."""
    holder = processes.listener(port) if kind == socket.SOCK_STREAM else None
    by_fr, by_en = (f" par {holder}", f" by {holder}") if holder else ("", "")
    return UserFacingError(
        f"Le port {port} ({ours}) est déjà pris{by_fr} : arrêtez ce programme, ou choisissez d'autres ports, "
        "par exemple DECROCHE_PORT=8900.",
        f"Port {port} ({ours}) is already taken{by_en}: stop that program, or choose other ports, "
        "for example DECROCHE_PORT=8900.",
    )

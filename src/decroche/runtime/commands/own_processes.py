"""The processes that the supervisor starts from our own package: web, floor, worker, and Django's commands."""

import os

from decroche.config.env import get_env
from decroche.runtime.errors import UserFacingError

WEB_WORKERS = min(4, max(2, (os.cpu_count() or 2) // 2))
BLOCKING_THREADS = 16


def manage(words: list[str]) -> int:
    """Django's command line. Raises UserFacingError where the database cannot be reached."""
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        # Commands are modules: export-all is export_all.py.
        execute_from_command_line(["decroche manage", *_module(words[:1]), *words[1:]])
    except OperationalError as error:
        # What the server itself refuses has a code; without one there was nobody to refuse.
        if getattr(error.__cause__, "sqlstate", None) is not None:
            raise
        raise _no_database() from error
    return 0


def _no_database() -> UserFacingError:
    env = get_env()
    if env.external_database_url:
        return UserFacingError(
            "La base de données de DATABASE_URL ne répond pas : vérifiez l'adresse, le mot de passe et que PostgreSQL "
            "tourne, puis relancez la commande.",
            "The database of DATABASE_URL does not answer: check the address, the password and that PostgreSQL runs, "
            "then run the command again.",
        )
    return UserFacingError(
        f"La base de données ne répond pas (127.0.0.1, port {env.postgres_port}) : lancez Décroche "
        "(./decroche up, ou ./decroche demo) avec les mêmes DECROCHE_VAR et DECROCHE_PORT, puis relancez cette "
        "commande dans un autre terminal.",
        f"The database does not answer (127.0.0.1, port {env.postgres_port}): start Décroche (./decroche up, or "
        "./decroche demo) with the same DECROCHE_VAR and DECROCHE_PORT, then run this again in another terminal.",
    )


def _module(command: list[str]) -> list[str]:
    return [word if word.startswith("-") else word.replace("-", "_") for word in command]


def web() -> int:
    """The REST API: granian over WSGI, on loopback only."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "decroche.config.wsgi:application",
        address="127.0.0.1",
        port=get_env().web_port,
        interface=Interfaces.WSGI,
        workers=WEB_WORKERS,
        blocking_threads=BLOCKING_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=4,
        log_access=False,  # addresses hold what people search for
    ).serve()
    return 0


def floor() -> int:
    """The asyncio process that owns agents and calls."""
    from decroche.floor.main import run

    run()
    return 0


def worker() -> int:
    """Background tasks: imports, exports, retention."""
    from decroche.worker.main import run

    return run()


def demo_check() -> int:
    """`demo --check`'s browser agent, against an installation that runs."""
    from decroche.runtime.democheck import run

    return run(get_env())

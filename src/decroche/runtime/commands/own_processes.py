"""The processes that the supervisor starts from our own package: web, floor, worker, and Django's commands."""

import os

from decroche.config.env import get_env

WEB_WORKERS = min(4, max(2, (os.cpu_count() or 2) // 2))
BLOCKING_THREADS = 16


def manage(words: list[str]) -> int:
    """Django's command line."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["decroche manage", *words])
    return 0


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

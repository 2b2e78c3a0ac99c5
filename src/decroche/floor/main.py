"""`python -m decroche floor`. Ends by itself when one of its tasks dies; the supervisor starts it again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping
from contextlib import suppress

import structlog
import uvicorn

from decroche.ari.protocol import Ari
from decroche.config.env import Env, get_env
from decroche.telephony import trunks
from decroche.telephony.channel_log import AsteriskChannelLog
from decroche.telephony.trunk_config import TrunkConfig

log = structlog.get_logger(__name__)


def run() -> int:
    """Until SIGTERM or SIGINT. 0 where asked to stop, 1 where something died."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decroche.config.settings.production")
    django.setup()
    return asyncio.run(serve(get_env()))


class RealTrunks:
    """The table of trunks, on the real Asterisk."""

    def __init__(self, env: Env, ari: Ari) -> None:
        self._env, self._ari = env, ari

    async def apply(self, configs: list[TrunkConfig]) -> None:
        await trunks.apply(self._env, self._ari, configs)

    async def states(self, configs: list[TrunkConfig]) -> Mapping[int, str]:
        return await trunks.registration_states(self._env, self._ari, configs)


async def serve(env: Env) -> int:
    """Floor and HTTP server together; the first to end ends the other."""
    from decroche.ari.client import AriClient

    async with AriClient(env.ari_url, "decroche", env.ari_password) as ari:
        return await _serve(env, ari)


async def _serve(env: Env, ari: Ari) -> int:
    from decroche.common.clock import SystemClock
    from decroche.floor.app import make_app
    from decroche.floor.db import Database
    from decroche.floor.service import Floor

    floor = Floor(
        ari=ari,
        database=Database(env.database_url),
        clock=SystemClock(),
        spool=env.asterisk_dir / "spool" / "recording",
        recordings=env.recordings_dir,
        channel_log=AsteriskChannelLog(env.asterisk_dir),
        trunk_engine=RealTrunks(env, ari),
    )
    config = uvicorn.Config(
        make_app(floor, env.origins), host="127.0.0.1", port=env.floor_port, log_config=None, ws_ping_interval=10,
        ws_ping_timeout=10, ws_max_size=64 * 1024, ws_per_message_deflate=False, lifespan="off", access_log=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    working = asyncio.create_task(floor.run(), name="floor")
    serving = asyncio.create_task(server._serve(), name="http")  # `serve` would take the signals over
    stopping = asyncio.create_task(stop.wait(), name="stop")
    await asyncio.wait({working, serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    asked = stop.is_set()
    if not asked:
        died = working.exception() if working.done() and not working.cancelled() else None
        log.error("floor_ends", http=serving.done(), exc_info=died)
    working.cancel()
    with suppress(asyncio.CancelledError, Exception):
        await working
    server.should_exit = True
    with suppress(asyncio.CancelledError, Exception):
        await asyncio.wait_for(serving, 3)
    stopping.cancel()
    return 0 if asked else 1

"""The trunks of a running Asterisk: bringing them in step with the table, and the state of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from decroche.ari.console import run_command
from decroche.ari.errors import AriUnavailable
from decroche.ari.protocol import Ari
from decroche.config.env import Env
from decroche.telephony.conf_floor import RELOADED_FOR_TRUNKS
from decroche.telephony.instance import write_trunks
from decroche.telephony.trunk_config import TrunkConfig

TrunkState = Literal["registered", "rejected", "unreachable", "unregistered", "reachable"]
"""`reachable` and `unreachable`, of a trunk without registration: by its answers to OPTIONS every 30 s."""

_LINE = re.compile(
    r"^\s*trunk-(\d+)/\S+\s+(?:\S+\s+)?(Registered|Rejected|Unregistered|Stopped|Stopping)\b", re.MULTILINE
)


async def apply(env: Env, ari: Ari, trunks: Sequence[TrunkConfig]) -> None:
    """Renders the trunks and has Asterisk read them; calls under way go on. Transports are opened, never closed."""
    write_trunks(env, trunks)
    for module in RELOADED_FOR_TRUNKS:
        await ari.reload_module(module)


async def registration_states(env: Env, ari: Ari, trunks: Sequence[TrunkConfig]) -> dict[int, TrunkState]:
    """Trunk id → state, now. ARI has no word for outbound registrations: the console has."""
    registering = [trunk for trunk in trunks if trunk.registers]
    told = await _told_registrations(env) if registering else {}
    states: dict[int, TrunkState] = {}
    for trunk in trunks:
        endpoint = await ari.endpoint("PJSIP", trunk.endpoint)
        is_online = endpoint is not None and endpoint.is_online
        if not trunk.registers or told is None:
            states[trunk.id] = "reachable" if is_online else "unreachable"
        elif (state := told.get(trunk.id, "unregistered")) == "unregistered" and not is_online:
            states[trunk.id] = "unreachable"
        else:
            states[trunk.id] = state
    return states


async def _told_registrations(env: Env) -> dict[int, TrunkState] | None:
    """None where the console has no socket: a var folder so deep, and so closed, that Asterisk could not make one."""
    try:
        return parse_registrations(await run_command(env.asterisk_dir / "run/asterisk.ctl", "pjsip show registrations"))
    except AriUnavailable:
        return None


def parse_registrations(printed: str) -> dict[int, TrunkState]:
    """Of `pjsip show registrations`: one line a registration, its name cut off where it is long."""
    words: dict[str, TrunkState] = {"Registered": "registered", "Rejected": "rejected"}
    return {int(number): words.get(word, "unregistered") for number, word in _LINE.findall(printed)}

"""Lines at carriers: which one takes a call, how many more it takes, what its registration says."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from decroche.ari.errors import AriError
from decroche.common.crypto import Undecipherable, decrypt
from decroche.floor.world import Campaign, Trunk
from decroche.telephony.trunk_config import InvalidTrunk, TrunkConfig, allowed_on

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

STATES_EVERY_S = 5.0


class TrunkEngine(Protocol):
    """The engine's side of the table of trunks."""

    async def apply(self, trunks: list[TrunkConfig]) -> None:
        """Bring Asterisk in step."""
        ...

    async def states(self, trunks: list[TrunkConfig]) -> Mapping[int, str]:
        """registered, rejected, unreachable, unregistered or reachable, by trunk."""
        ...


class Trunks:
    """The part of the floor that knows lines."""

    def __init__(self, floor: Floor, engine: TrunkEngine | None) -> None:
        self._floor = floor
        self._engine = engine

    async def load(self) -> None:
        rows = await self._floor.db.fetch("SELECT * FROM telephony_trunk ORDER BY priority, id")
        known, self._floor.world.trunks = self._floor.world.trunks, {}
        for row in rows:
            try:
                config = read_trunk(row)
            except (InvalidTrunk, Undecipherable) as error:
                log.error("trunk_unusable", trunk=row["id"], field=getattr(error, "field", "") or "secret")
                continue
            trunk = Trunk(config, row["name"], row["enabled"])
            trunk.tokens = max(1.0, config.cps_limit)
            if former := known.get(config.id):
                trunk.registration, trunk.holders = former.registration, former.holders
                trunk.tokens = min(trunk.tokens, former.tokens)  # a change of settings is no second helping
            if not config.registers and trunk.registration == "unknown":
                trunk.registration = "not_used"
            trunk.tokens_at = self._floor.clock.monotonic()
            self._floor.world.trunks[config.id] = trunk
        self._floor.desks.touch_supervisors()
        self._floor.dialer.poke()

    async def changed(self) -> None:
        """An administrator changed the table."""
        await self.load()
        await self.apply()

    async def apply(self) -> None:
        """Asterisk's file written again, and the modules that read it reloaded."""
        if self._engine is None:
            return
        try:
            await self._engine.apply(self._configs())
        except (AriError, OSError) as error:
            log.error("trunks_not_applied", kind=type(error).__name__)

    async def watch(self) -> None:
        """Registrations have no event: asked for every few seconds."""
        while True:
            await asyncio.sleep(STATES_EVERY_S)
            if self._engine is None or not self._floor.world.telephony_up:
                continue
            try:
                states = await self._engine.states(self._configs())
            except (AriError, OSError) as error:
                log.info("trunk_states_unknown", kind=type(error).__name__)
                continue
            for identifier, state in states.items():
                self._is_now(identifier, "not_used" if state == "reachable" else state)

    def _is_now(self, identifier: int, state: str) -> None:
        trunk = self._floor.world.trunks.get(identifier)
        if trunk is not None and trunk.registration != state:
            log.info("trunk_state", trunk=identifier, state=state)
            trunk.registration = state
            self._floor.desks.touch_supervisors()
            self._floor.dialer.poke()

    def _configs(self) -> list[TrunkConfig]:
        return [trunk.config for trunk in self._floor.world.trunks.values() if trunk.enabled]

    # ── Choice ───────────────────────────────────────────────────────────────
    def candidates(self, campaign: Campaign | None) -> list[Trunk]:
        """The campaign's own line, else all enabled ones by priority."""
        trunks = [trunk for trunk in self._floor.world.trunks.values() if trunk.enabled]
        if campaign is not None and campaign.trunk_id is not None:
            return [trunk for trunk in trunks if trunk.config.id == campaign.trunk_id]
        return sorted(trunks, key=lambda trunk: (trunk.config.priority, trunk.config.id))

    def pick(self, campaign: Campaign | None, e164: str) -> Trunk | None:
        """The first with room that may carry this number; None where all are full or down."""
        return next((t for t in self.candidates(campaign) if allowed_on(t.config, e164) and self._has_room(t)), None)

    def room(self, campaign: Campaign) -> tuple[int, int]:
        """(channels left, launches left now) over the lines that this campaign may use."""
        usable = [trunk for trunk in self.candidates(campaign) if trunk.is_usable]
        channels = sum(max(0, t.config.channel_limit - len(t.holders)) for t in usable)
        launches = sum(int(self._tokens(t)) for t in usable)
        return channels, launches

    def _has_room(self, trunk: Trunk) -> bool:
        return trunk.is_usable and len(trunk.holders) < trunk.config.channel_limit and self._tokens(trunk) >= 1

    def _tokens(self, trunk: Trunk) -> float:
        """A bucket that fills at the carrier's calls per second and holds one second's worth."""
        now = self._floor.clock.monotonic()
        full = max(1.0, trunk.config.cps_limit)
        trunk.tokens = min(full, trunk.tokens + (now - trunk.tokens_at) * trunk.config.cps_limit)
        trunk.tokens_at = now
        return trunk.tokens

    def take(self, trunk: Trunk, holder: str) -> None:
        """A channel of it, from the moment when the call is decided."""
        self.free(holder)
        trunk.holders.add(holder)
        trunk.tokens = self._tokens(trunk) - 1
        self._floor.desks.touch_supervisors()

    def free(self, holder: str) -> None:
        for trunk in self._floor.world.trunks.values():
            if holder in trunk.holders:
                trunk.holders.discard(holder)
                self._floor.desks.touch_supervisors()

    # ── State ────────────────────────────────────────────────────────────────
    def reachable(self, resource: str, status: str) -> None:
        """What Asterisk's own probes (OPTIONS) say of `trunk-<id>`."""
        trunk = self._floor.world.trunks.get(_id_of(resource))
        if trunk is None:
            return
        if status in ("Unreachable", "Removed"):
            trunk.registration = "unreachable"
        elif status in ("Reachable", "NonQualified") and trunk.registration in ("unreachable", "unknown"):
            trunk.registration = "registered" if trunk.config.registers else "not_used"
        self._floor.desks.touch_supervisors()
        self._floor.dialer.poke()


def _id_of(resource: str) -> int:
    text = resource.removeprefix("trunk-")
    return int(text) if text.isdigit() else 0


def read_trunk(row: dict[str, Any]) -> TrunkConfig:
    """Raises `InvalidTrunk` where a value could not be written to Asterisk's files."""
    return TrunkConfig(
        id=row["id"],
        host=row["host"],
        port=row["port"],
        transport=row["transport"],
        username=row["username"],
        secret=decrypt(row["secret"]) if row["secret"] else "",
        registers=row["registers"],
        codecs=tuple(row["codecs"]),
        channel_limit=row["channel_limit"],
        cps_limit=row["cps_limit"],
        number_format=row["number_format"],
        priority=row["priority"],
        simulator=row["simulator"],
    )

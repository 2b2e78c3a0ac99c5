"""The floor as pacing sees it: plain values, at one instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from decroche.calls.machine import Phase
from decroche.floor.world import Agent, Campaign
from decroche.pacing.snapshot import BusyAgent, Counts, Limits, ReadyAgent, Ringing, Snapshot

if TYPE_CHECKING:
    from decroche.floor.service import Floor

IN_FLIGHT = (Phase.CLAIMED, Phase.PLACING, Phase.RINGING, Phase.SCREENING)


def snapshot_of(floor: Floor, campaign: Campaign, ready: Sequence[Agent]) -> Snapshot:
    """`ready`: those whom this campaign serves now (an agent is counted by one campaign only)."""
    now = floor.now
    calls = [call for call in floor.world.calls.values() if call.campaign is campaign]
    others = [a for a in floor.world.sessions() if a.campaign is campaign and a not in ready]
    channels, launches = floor.trunks.room(campaign)
    return Snapshot(
        now=floor.clock.monotonic(),
        mode=campaign.mode,  # type: ignore[arg-type]
        is_open=campaign.is_open,
        ready=tuple(ReadyAgent(a.user_id, _age(now, a.since), a.next != "") for a in ready),
        busy=tuple(
            BusyAgent(a.user_id, "wrap_up" if a.state == "wrap_up" else "talking", _age(now, a.since), a.next != "")
            for a in others
            if a.state in ("talking", "hold", "wrap_up")
        ),
        paused=sum(a.state == "paused" for a in others),
        ringing=tuple(
            Ringing(_age(now, c.row.claimed_at), c.row.phone_kind, c.agent.user_id if c.agent else None)
            for c in calls
            if c.phase in IN_FLIGHT
        ),
        waiting_s=tuple(_age(now, c.since) for c in calls if c.phase is Phase.WAITING),
        today=Counts(
            launched=campaign.tally.calls, connected=campaign.tally.connected, abandoned=campaign.tally.abandoned
        ),
        limits=Limits(channels_left=channels, launches_left=launches),
    )


def _age(now: datetime, since: datetime | None) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())

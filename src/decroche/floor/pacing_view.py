"""The floor as pacing sees it, and pacing as the manager sees it: plain values, at one instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from decroche.calls.machine import Phase
from decroche.compliance.hours import day_end
from decroche.floor.protocol import PacingView
from decroche.floor.world import AUTOMATIC, Agent, Campaign, LiveCall
from decroche.pacing.snapshot import BusyAgent, Limits, ReadyAgent, Ringing, Settings, Snapshot

if TYPE_CHECKING:
    from decroche.floor.service import Floor

IN_FLIGHT = (Phase.CLAIMED, Phase.PLACING, Phase.RINGING, Phase.SCREENING)
BUSY = ("talking", "hold", "wrap_up")
PROMISE_AHEAD = timedelta(seconds=30)
"""An agent with a promise due within so long is kept back for it."""


@dataclass(slots=True)
class Team:
    """Who works for a campaign now, each counted by one campaign only: the one that the floor would dial for next."""

    ready: list[Agent] = field(default_factory=list)
    busy: list[Agent] = field(default_factory=list)
    paused: int = 0

    @property
    def can_come(self) -> bool:
        """Whether anybody could take a person who answers, now or soon."""
        return bool(self.ready) or any(agent.next == "" for agent in self.busy)


def snapshot_of(floor: Floor, campaign: Campaign, team: Team) -> Snapshot:
    now, midnight, observed = floor.now, floor.since_midnight(), campaign.observed
    calls = [call for call in floor.world.calls.values() if call.campaign is campaign]
    channels, launches = floor.trunks.room(campaign)
    news = observed.take_news()
    closes = day_end(campaign.slots, now, str(floor.campaigns.zone))
    local = now.astimezone(floor.campaigns.zone)
    return Snapshot(
        now=floor.clock.monotonic(),
        mode=campaign.mode,  # type: ignore[arg-type]
        is_open=campaign.is_open,
        ready=tuple(ReadyAgent(a.user_id, _age(now, a.since), a.next != "") for a in team.ready),
        busy=tuple(_busy(campaign, a, now) for a in team.busy),
        paused=team.paused,
        ringing=tuple(_ringing(call, now) for call in calls if call.phase in IN_FLIGHT),
        waiting_s=tuple(_age(now, c.since) for c in calls if c.phase is Phase.WAITING and not c.row.is_inbound),
        today=observed.today(now, midnight),
        day_24h=observed.last_24h(now, midnight),
        fading=tuple(observed.before_today(now, midnight)),
        last_1_min=observed.last(1, now),
        last_5_min=observed.last(5, now),
        last_15_min=observed.last(15, now),
        talks=tuple(news.talks),
        wrap_ups=tuple(news.wrap_ups),
        outcomes=tuple(news.outcomes),
        local_hour=local.hour + local.minute / 60,
        seconds_to_close=(closes - now).total_seconds() if closes is not None else None,
        limits=Limits(channels_left=channels, launches_left=launches, lines_cap=_lines_left(campaign, calls)),
        settings=Settings(
            ratio=campaign.power_ratio,
            cap=campaign.abandon_cap,
            ring_timeout_s=campaign.ring_timeout_s,
            amd=campaign.screens_first,
        ),
    )


def _lines_left(campaign: Campaign, calls: Sequence[LiveCall]) -> int | None:
    """For calls in flight, once those with an agent have their lines."""
    if campaign.lines_max is None:
        return None
    others = sum(call.phase not in IN_FLIGHT and not call.is_over for call in calls)
    return max(0, campaign.lines_max - others)


def _busy(campaign: Campaign, agent: Agent, now: datetime) -> BusyAgent:
    wraps = agent.state == "wrap_up"
    left: float | None = None
    if wraps and agent.until is not None:
        left = max(0.0, (agent.until - now).total_seconds())
    elif not wraps and campaign.wrap_up != "unlimited":
        left = float(campaign.wrap_up_s) if campaign.wrap_up == "timed" else 0.0
    since = agent.since
    if not wraps and agent.call is not None and agent.call.row.bridged_at is not None:
        since = agent.call.row.bridged_at  # a hold is part of the talk
    return BusyAgent(
        agent.user_id,
        "wrap_up" if wraps else "talking",
        _age(now, since),
        leaving=agent.next != "",
        kept_back=any(callback.due_at <= now + PROMISE_AHEAD for callback in agent.callbacks),
        wrap_left_s=left,
    )


def _ringing(call: LiveCall, now: datetime) -> Ringing:
    screening = call.phase is Phase.SCREENING
    return Ringing(
        _age(now, call.row.placed_at or call.row.claimed_at),
        call.row.phone_kind,
        call.agent.user_id if call.agent else None,
        rings=call.row.ringing_at is not None,
        screening_s=_age(now, call.row.answered_at) if screening else None,
    )


def _age(now: datetime, since: datetime | None) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())


def pacing_view(floor: Floor, campaign: Campaign) -> PacingView | None:
    """For the live screen; None where calls are launched by hand."""
    if campaign.mode not in AUTOMATIC:
        return None
    now, midnight, why, observed = floor.now, floor.since_midnight(), campaign.why, campaign.observed
    live = [c for c in floor.world.calls.values() if c.campaign is campaign and not c.is_over]
    today, day = observed.today(now, midnight), observed.last_24h(now, midnight)
    hour, (median, p95) = observed.last_hour(now), observed.delays_ms()
    return PacingView(
        lines=len(live),
        ringing=sum(call.phase in IN_FLIGHT for call in live),
        waiting=sum(call.phase is Phase.WAITING and not call.row.is_inbound for call in live),
        level=why.level if why else None,
        limit=why.limit if why else "",
        expected_free=why.expected_free if why else None,
        expected_answers=why.expected_answers if why else None,
        expected_abandoned=why.expected_abandoned if why else None,
        allowance=why.allowance if why else None,
        switched_off=why.switched_off if why else False,
        cap=campaign.abandon_cap,
        answered_today=today.connected,
        abandoned_today=today.abandoned,
        answered_24h=day.connected,
        abandoned_24h=day.abandoned,
        machines_today=today.machine,
        utilisation=hour.utilisation,
        wait_s=hour.wait_s,
        answer_delay_ms=median,
        answer_delay_p95_ms=p95,
    )

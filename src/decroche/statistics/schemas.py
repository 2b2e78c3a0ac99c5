"""What crosses the API about key figures. Durations in seconds; rates from 0 to 1, None where nothing was divided."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

KpiKey = Literal[
    "attempts",
    "connected",
    "reached",
    "pitched",
    "positive",
    "negative",
    "neutral",
    "abandoned",
    "appointments",
    "callbacks_made",
    "callbacks_due",
    "callbacks_kept",
    "callbacks_on_time",
    "contact_rate",
    "pitch_rate",
    "transformation_rate",
    "abandoned_rate",
    "callbacks_on_time_rate",
    "mean_talk_s",
    "mean_handling_s",
    "mean_wrap_up_s",
    "mean_idle_s",
    "mean_silence_s",
    "mean_ring_s",
    "calls_per_h",
    "pitched_per_h",
    "occupancy",
]


class Kpis(Schema):
    """Key figures; the formula of each is in `statistics/definitions`."""

    attempts: int = 0
    connected: int = 0
    reached: int = 0
    pitched: int = 0
    positive: int = 0
    negative: int = 0
    neutral: int = 0
    abandoned: int = 0
    appointments: int = 0
    callbacks_made: int = 0
    callbacks_due: int = 0
    callbacks_kept: int = 0
    callbacks_on_time: int = 0
    contact_rate: float | None = None
    pitch_rate: float | None = None
    transformation_rate: float | None = None
    abandoned_rate: float | None = None
    callbacks_on_time_rate: float | None = None
    mean_talk_s: float | None = None
    mean_handling_s: float | None = None
    mean_wrap_up_s: float | None = None
    mean_idle_s: float | None = None
    mean_silence_s: float | None = None
    mean_ring_s: float | None = None
    calls_per_h: float | None = None
    pitched_per_h: float | None = None
    occupancy: float | None = None


class PauseTime(Schema):
    """Time in one kind of pause (None: its reason is gone)."""

    pause_reason_id: int | None
    seconds: float


class Times(Schema):
    """Sums of an agent's states, in seconds; `worked_s` is signed in without the pauses."""

    signed_in_s: float = 0
    worked_s: float = 0
    ready_s: float = 0
    preview_s: float = 0
    dialing_s: float = 0
    ringing_s: float = 0
    talk_s: float = 0
    hold_s: float = 0
    wrap_up_s: float = 0
    pause_s: float = 0
    pauses: list[PauseTime] = []


class AgentStatistics(Schema):
    """One agent over the period."""

    user_id: int
    name: str
    group_ids: list[int]
    kpis: Kpis
    times: Times


class AgentStatisticsReport(Schema):
    """Agents who were there, by name, and all of them together. Days included, Europe/Paris."""

    first_day: date
    last_day: date
    rows: list[AgentStatistics]
    total_kpis: Kpis
    total_times: Times


class DispositionCount(Schema):
    """How many calls were given this outcome."""

    disposition_id: int
    label: str
    color: str
    count: int


class CampaignStatistics(Schema):
    """One campaign over the period."""

    campaign_id: int | None
    name: str
    status: str
    kpis: Kpis
    times: Times
    results: dict[str, int]
    dispositions: list[DispositionCount]


class CampaignStatisticsReport(Schema):
    """Campaigns that had calls, by name (None: calls outside any), and all of them together."""

    first_day: date
    last_day: date
    rows: list[CampaignStatistics]
    total_kpis: Kpis
    total_times: Times


class MyStatistics(Schema):
    """One's own day so far."""

    day: date
    kpis: Kpis
    times: Times


class Definition(Schema):
    """What a figure is, in both languages."""

    key: KpiKey
    unit: Literal["count", "ratio", "s", "per_h"]
    label: dict[Literal["fr", "en"], str]
    formula: dict[Literal["fr", "en"], str]


class Period(Schema):
    """Days of Europe/Paris, both included; today where left out; at most 400."""

    first_day: Annotated[date | None, Field(alias="from")] = None
    last_day: Annotated[date | None, Field(alias="to")] = None


class AgentReportFilters(Period):
    """Of one campaign, one group, one agent."""

    campaign_id: int | None = None
    group_id: int | None = None
    agent_id: int | None = None

"""Key figures of agents and campaigns."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from decroche.accounts.access import AGENT, SUPERVISOR, actor
from decroche.common.errors import InvalidFields
from decroche.common.http import answers
from decroche.statistics import selectors
from decroche.statistics.definitions import DEFINITIONS
from decroche.statistics.schemas import (
    AgentReportFilters,
    AgentStatisticsReport,
    CampaignStatisticsReport,
    Definition,
    MyStatistics,
    Period,
)

router = Router(tags=["statistics"], auth=SUPERVISOR)


@router.get(
    "/statistics/agents", response=answers(AgentStatisticsReport, InvalidFields), operation_id="agent_statistics"
)
def agent_statistics(request: HttpRequest, filters: Query[AgentReportFilters]) -> AgentStatisticsReport:
    """Each agent over some days."""
    return selectors.agents(filters)


@router.get(
    "/statistics/campaigns",
    response=answers(CampaignStatisticsReport, InvalidFields),
    operation_id="campaign_statistics",
)
def campaign_statistics(request: HttpRequest, filters: Query[Period]) -> CampaignStatisticsReport:
    """Each campaign over some days."""
    return selectors.campaigns(filters)


@router.get("/statistics/me", auth=AGENT, response=MyStatistics, operation_id="my_statistics")
def my_statistics(request: HttpRequest) -> MyStatistics:
    """One's own day so far."""
    return selectors.mine(actor(request))


@router.get("/statistics/definitions", auth=AGENT, response=list[Definition], operation_id="kpi_definitions")
def kpi_definitions(request: HttpRequest) -> list[Definition]:
    """What each figure is, and how it is computed."""
    return DEFINITIONS

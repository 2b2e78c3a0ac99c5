"""The reports: who and what, over which days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from decroche.accounts.models import User
from decroche.accounts.selectors import settings
from decroche.campaigns.models import Campaign
from decroche.common.days import day_limits, today
from decroche.common.errors import InvalidFields
from decroche.statistics import queries
from decroche.statistics.figures import StateSums, Sums, kpis, times
from decroche.statistics.queries import Scope, Span
from decroche.statistics.schemas import (
    AgentReportFilters,
    AgentStatistics,
    AgentStatisticsReport,
    CampaignStatistics,
    CampaignStatisticsReport,
    DispositionCount,
    MyStatistics,
    Period,
)

LONGEST_PERIOD_DAYS = 400


def agents(filters: AgentReportFilters) -> AgentStatisticsReport:
    """Raises InvalidFields."""
    first, last, span = _span(filters)
    users = {user.pk: user for user in _users(filters).prefetch_related("agent_groups")}
    scope = Scope(agent_ids=list(users), campaign_id=filters.campaign_id)
    sums, states = queries.sums("agent", span, scope), queries.states("agent", span, scope)
    base = settings().transformation_base
    there = [user for user in users.values() if user.pk in sums or user.pk in states]
    all_sums, all_states = _together(sums[user.pk] for user in there), _all_states(states[user.pk] for user in there)
    return AgentStatisticsReport(
        first_day=first,
        last_day=last,
        rows=[
            AgentStatistics(
                user_id=user.pk,
                name=user.display_name,
                group_ids=sorted(group.pk for group in user.agent_groups.all()),
                kpis=kpis(sums[user.pk], states[user.pk], base),
                times=times(states[user.pk]),
            )
            for user in there
        ],
        total_kpis=kpis(all_sums, all_states, base),
        total_times=times(all_states),
    )


def campaigns(filters: Period) -> CampaignStatisticsReport:
    """Raises InvalidFields."""
    first, last, span = _span(filters)
    sums, states = queries.sums("campaign", span, Scope()), queries.states("campaign", span, Scope())
    results, outcomes = queries.results(span), queries.dispositions(span)
    base = settings().transformation_base
    there = list(Campaign.objects.filter(pk__in=[key for key in sums if key is not None]).order_by("name"))
    named: list[tuple[int | None, str, str]] = [(one.pk, one.name, one.status) for one in there]
    if None in sums:
        named.append((None, "", ""))
    all_sums, all_states = _together(sums.values()), _all_states(states.values())
    return CampaignStatisticsReport(
        first_day=first,
        last_day=last,
        rows=[
            CampaignStatistics(
                campaign_id=key,
                name=name,
                status=status,
                kpis=kpis(sums[key], states[key], base),
                times=times(states[key]),
                results=results.get(key, {}),
                dispositions=[
                    DispositionCount(disposition_id=one, label=label, color=color, count=count)
                    for one, label, color, count in outcomes.get(key, [])
                ],
            )
            for key, name, status in named
        ],
        total_kpis=kpis(all_sums, all_states, base),
        total_times=times(all_states),
    )


def mine(user: User) -> MyStatistics:
    """One's own day so far."""
    now = timezone.now()
    start, end = day_limits(today(now))
    span, scope = Span(start, end, now), Scope(agent_ids=[user.pk])
    sums, states = queries.sums("agent", span, scope)[user.pk], queries.states("agent", span, scope)[user.pk]
    return MyStatistics(day=today(now), kpis=kpis(sums, states, settings().transformation_base), times=times(states))


def _span(period: Period) -> tuple[date, date, Span]:
    now = timezone.now()
    last = period.last_day or today(now)
    first = period.first_day or min(last, today(now))
    if first > last:
        raise InvalidFields(to=("La fin doit être après le début.", "The end must be after the start."))
    if (last - first).days >= LONGEST_PERIOD_DAYS or first.year < 2000 or last.year > 2200:
        both = (
            f"Choisissez une période d'au plus {LONGEST_PERIOD_DAYS} jours.",
            "Choose a period of at most 400 days.",
        )
        raise InvalidFields(**{"from": both})
    start, end = day_limits(first, last)
    return first, last, Span(start, end, now)


def _users(filters: AgentReportFilters) -> QuerySet[User]:
    found = User.objects.all()
    if filters.agent_id is not None:
        found = found.filter(pk=filters.agent_id)
    return found if filters.group_id is None else found.filter(agent_groups=filters.group_id)


def _together(rows: Iterable[Sums]) -> Sums:
    total = Sums()
    for row in rows:
        total.add(row)
    return total


def _all_states(rows: Iterable[StateSums]) -> StateSums:
    total = StateSums()
    for row in rows:
        total.add(row)
    return total

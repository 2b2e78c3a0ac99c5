"""Reading groups, pause reasons and an agent's day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from decroche.accounts.models import User
from decroche.agents.models import AgentGroup, AgentSession, AgentStateInterval, PauseReason
from decroche.agents.schemas import AgentActivity, FloorSession, StateInterval
from decroche.common.days import day_limits, today
from decroche.common.errors import Forbidden, NotFound


def groups() -> QuerySet[AgentGroup]:
    """By name, with their members."""
    return AgentGroup.objects.prefetch_related("members")


def pause_reasons(*, active: bool | None = None) -> QuerySet[PauseReason]:
    """In order."""
    found = PauseReason.objects.all()
    return found if active is None else found.filter(active=active)


def activity(viewer: User, user_id: int, day: date | None) -> AgentActivity:
    """Raises Forbidden where an agent asks for another's, NotFound."""
    if not viewer.is_supervisor and viewer.pk != user_id:
        raise Forbidden
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise NotFound
    now = timezone.now()
    day = day or today(now)
    start, end = day_limits(day)
    touched = Q(started_at__lt=end) & (Q(ended_at__gt=start) | Q(ended_at=None))
    intervals = AgentStateInterval.objects.filter(touched, user=user).order_by("started_at", "id")
    sessions = AgentSession.objects.filter(touched, user=user).order_by("started_at", "id")
    rows = [StateInterval.from_orm(one) for one in intervals]
    return AgentActivity(
        user_id=user.pk,
        name=user.display_name,
        day=day,
        sessions=[FloorSession.from_orm(one) for one in sessions],
        intervals=rows,
        seconds_by_state=_seconds_by_state(rows, start, min(end, now)),
    )


def _seconds_by_state(rows: list[StateInterval], start: datetime, end: datetime) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        seconds = (min(row.ended_at or end, end) - max(row.started_at, start)).total_seconds()
        sums[row.state] += max(seconds, 0.0)
    return dict(sums)

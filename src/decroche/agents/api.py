"""Groups, pause reasons, and what an agent did in a day."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import AGENT, SUPERVISOR, actor
from decroche.agents import selectors, services
from decroche.agents.errors import GroupInUse, GroupNameTaken, LastPauseReason, PauseLabelTaken
from decroche.agents.models import AgentGroup, PauseReason
from decroche.agents.schemas import (
    AgentActivity,
    GroupIn,
    GroupOut,
    GroupPage,
    GroupPatch,
    PauseReasonIn,
    PauseReasonOut,
    PauseReasonPage,
    PauseReasonPatch,
)
from decroche.common.errors import Forbidden, InvalidFields, NotFound
from decroche.common.http import answers
from decroche.common.pagination import whole

router = Router(tags=["agents"], auth=SUPERVISOR)
router.add_router("", "decroche.agents.listening.api.router")


@router.get("/groups", response=GroupPage, operation_id="list_groups")
def list_groups(request: HttpRequest) -> dict[str, object]:
    """All of them, by name."""
    return whole(selectors.groups())


@router.post(
    "/groups", response=answers(GroupOut, GroupNameTaken, InvalidFields, status=201), operation_id="create_group"
)
def create_group(request: HttpRequest, body: GroupIn) -> Status[AgentGroup]:
    """A group and its members."""
    return Status(201, services.create_group(actor(request), body))


@router.patch(
    "/groups/{int:group_id}",
    response=answers(GroupOut, NotFound, GroupNameTaken, InvalidFields),
    operation_id="update_group",
)
def update_group(request: HttpRequest, group_id: int, body: GroupPatch) -> AgentGroup:
    """Its name, its members."""
    return services.update_group(actor(request), group_id, body.given())


@router.delete("/groups/{int:group_id}", response=answers(None, NotFound, GroupInUse), operation_id="delete_group")
def delete_group(request: HttpRequest, group_id: int) -> Status[None]:
    """Where no campaign uses it."""
    services.delete_group(actor(request), group_id)
    return Status(204, None)


@router.get("/pause-reasons", auth=AGENT, response=PauseReasonPage, operation_id="list_pause_reasons")
def list_pause_reasons(request: HttpRequest, active: bool | None = None) -> dict[str, object]:
    """In order."""
    return whole(selectors.pause_reasons(active=active))


@router.post(
    "/pause-reasons", response=answers(PauseReasonOut, PauseLabelTaken, status=201), operation_id="create_pause_reason"
)
def create_pause_reason(request: HttpRequest, body: PauseReasonIn) -> Status[PauseReason]:
    """A kind of pause."""
    return Status(201, services.create_pause_reason(actor(request), body))


@router.patch(
    "/pause-reasons/{int:reason_id}",
    response=answers(PauseReasonOut, NotFound, PauseLabelTaken, LastPauseReason),
    operation_id="update_pause_reason",
)
def update_pause_reason(request: HttpRequest, reason_id: int, body: PauseReasonPatch) -> PauseReason:
    """Any of its fields."""
    return services.update_pause_reason(actor(request), reason_id, body.given())


@router.delete(
    "/pause-reasons/{int:reason_id}",
    response=answers(None, NotFound, LastPauseReason),
    operation_id="delete_pause_reason",
)
def delete_pause_reason(request: HttpRequest, reason_id: int) -> Status[None]:
    """Deleted where it was never used, else inactive from now on: statistics keep it."""
    services.delete_pause_reason(actor(request), reason_id)
    return Status(204, None)


@router.get(
    "/agents/{int:user_id}/activity",
    auth=AGENT,
    response=answers(AgentActivity, NotFound, Forbidden),
    operation_id="get_agent_activity",
)
def get_agent_activity(request: HttpRequest, user_id: int, day: date | None = None) -> AgentActivity:
    """States through a day (today where left out). An agent sees his own."""
    return selectors.activity(actor(request), user_id, day)

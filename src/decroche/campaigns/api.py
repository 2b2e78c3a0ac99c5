"""Campaigns: whom to call, how, by whom, with which script and numbers; their queue; what a desk needs."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import AGENT, SUPERVISOR, actor
from decroche.campaigns import desk, feeding, numbers, selectors, services, settings_lists
from decroche.campaigns.announcements_api import router as announcements_router
from decroche.campaigns.codes import StatusCode
from decroche.campaigns.errors import (
    CampaignArchived,
    CampaignIsOpen,
    CampaignNameTaken,
    CampaignNotOpen,
    CampaignNotReady,
    NotForConsumers,
    NumberInUse,
    NumberTaken,
    ScriptChanged,
)
from decroche.campaigns.models import PresentedNumber
from decroche.campaigns.outlook.api import router as outlook_router
from decroche.campaigns.queue.api import router as queue_router
from decroche.campaigns.recycling.api import router as recycling_router
from decroche.campaigns.schemas import (
    AssignmentIn,
    CampaignIn,
    CampaignNumberIn,
    CampaignOut,
    CampaignPage,
    CampaignPatch,
    Desk,
    DuplicateIn,
    Fed,
    FeedIn,
    PresentedNumberIn,
    PresentedNumberOut,
    PresentedNumberPage,
    PresentedNumberPatch,
    RetryRuleIn,
)
from decroche.campaigns.script_schema import ScriptIn, ScriptOut
from decroche.campaigns.steering.api import router as steering_router
from decroche.campaigns.territory_api import router as territory_router
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers, language_of
from decroche.common.pagination import whole

router = Router(tags=["campaigns"], auth=SUPERVISOR)
router.add_router("", announcements_router)
router.add_router("", territory_router)
router.add_router("", steering_router)
router.add_router("", queue_router)
router.add_router("", recycling_router)
router.add_router("", "decroche.campaigns.number_health.api.router")
router.add_router("", outlook_router)


@router.get("/campaigns", auth=AGENT, response=CampaignPage, operation_id="list_campaigns")
def list_campaigns(
    request: HttpRequest, q: str = "", status: StatusCode | None = None, archived: bool = False
) -> dict[str, object]:
    """All but the archived ones, unless asked for. An agent sees those that he works on."""
    return whole(selectors.campaigns(actor(request), q=q, status=status, archived=archived))


@router.post("/campaigns", response=answers(CampaignOut, CampaignNameTaken, status=201), operation_id="create_campaign")
def create_campaign(request: HttpRequest, body: CampaignIn) -> Status[CampaignOut]:
    """A draft with six outcomes, retry rules and an example of a script."""
    campaign_id = services.create(actor(request), body)
    return Status(201, selectors.campaign(campaign_id, language_of(request)))


@router.get("/campaigns/{int:campaign_id}", response=answers(CampaignOut, NotFound), operation_id="get_campaign")
def get_campaign(request: HttpRequest, campaign_id: int) -> CampaignOut:
    """One campaign."""
    return selectors.campaign(campaign_id, language_of(request))


@router.patch(
    "/campaigns/{int:campaign_id}",
    response=answers(CampaignOut, NotFound, CampaignNameTaken, CampaignArchived, InvalidFields, NotForConsumers),
    operation_id="update_campaign",
)
def update_campaign(request: HttpRequest, campaign_id: int, body: CampaignPatch) -> CampaignOut:
    """Any of its settings, while it is open too: they take effect on the next call."""
    services.update(actor(request), campaign_id, body)
    return selectors.campaign(campaign_id, language_of(request))


@router.post(
    "/campaigns/{int:campaign_id}/open",
    response=answers(CampaignOut, NotFound, CampaignNotReady),
    operation_id="open_campaign",
)
def open_campaign(request: HttpRequest, campaign_id: int) -> CampaignOut:
    """Let it be dialed. Nothing happens where it is open already."""
    services.open_(actor(request), campaign_id)
    return selectors.campaign(campaign_id, language_of(request))


@router.post(
    "/campaigns/{int:campaign_id}/stop",
    response=answers(CampaignOut, NotFound, CampaignNotOpen),
    operation_id="stop_campaign",
)
def stop_campaign(request: HttpRequest, campaign_id: int) -> CampaignOut:
    """No new call; conversations go on. Nothing happens where it is stopped already."""
    services.stop(actor(request), campaign_id)
    return selectors.campaign(campaign_id, language_of(request))


@router.post(
    "/campaigns/{int:campaign_id}/archive",
    response=answers(CampaignOut, NotFound, CampaignIsOpen),
    operation_id="archive_campaign",
)
def archive_campaign(request: HttpRequest, campaign_id: int) -> CampaignOut:
    """Out of the lists; its calls stay. For ever: duplicate it to go on."""
    services.archive(actor(request), campaign_id)
    return selectors.campaign(campaign_id, language_of(request))


@router.post(
    "/campaigns/{int:campaign_id}/duplicate",
    response=answers(CampaignOut, NotFound, CampaignNameTaken, status=201),
    operation_id="duplicate_campaign",
)
def duplicate_campaign(request: HttpRequest, campaign_id: int, body: DuplicateIn) -> Status[CampaignOut]:
    """A draft with everything but the queue and the calls."""
    copy_id = services.duplicate(actor(request), campaign_id, body.name)
    return Status(201, selectors.campaign(copy_id, language_of(request)))


@router.put(
    "/campaigns/{int:campaign_id}/assignments",
    response=answers(CampaignOut, NotFound, CampaignArchived, InvalidFields),
    operation_id="put_assignments",
)
def put_assignments(request: HttpRequest, campaign_id: int, body: list[AssignmentIn]) -> CampaignOut:
    """Who works on it: the whole list."""
    settings_lists.put_assignments(actor(request), campaign_id, body)
    return selectors.campaign(campaign_id, language_of(request))


@router.put(
    "/campaigns/{int:campaign_id}/presented-numbers",
    response=answers(CampaignOut, NotFound, CampaignArchived, InvalidFields),
    operation_id="put_campaign_numbers",
)
def put_campaign_numbers(request: HttpRequest, campaign_id: int, body: list[CampaignNumberIn]) -> CampaignOut:
    """Which numbers it shows: the whole list, one a zone."""
    settings_lists.put_numbers(actor(request), campaign_id, body)
    return selectors.campaign(campaign_id, language_of(request))


@router.put(
    "/campaigns/{int:campaign_id}/retry-rules",
    response=answers(CampaignOut, NotFound, CampaignArchived, InvalidFields),
    operation_id="put_retry_rules",
)
def put_retry_rules(request: HttpRequest, campaign_id: int, body: list[RetryRuleIn]) -> CampaignOut:
    """When to call again: the whole list, one a result."""
    settings_lists.put_retry_rules(actor(request), campaign_id, body)
    return selectors.campaign(campaign_id, language_of(request))


@router.get("/campaigns/{int:campaign_id}/script", response=answers(ScriptOut, NotFound), operation_id="get_script")
def get_script(request: HttpRequest, campaign_id: int) -> ScriptOut:
    """Its script."""
    return selectors.script(campaign_id)


@router.put(
    "/campaigns/{int:campaign_id}/script",
    response=answers(ScriptOut, NotFound, CampaignArchived, ScriptChanged, InvalidFields),
    operation_id="put_script",
)
def put_script(request: HttpRequest, campaign_id: int, body: ScriptIn) -> ScriptOut:
    """The whole script; its version goes up by one."""
    return settings_lists.put_script(actor(request), campaign_id, body)


@router.get(
    "/campaigns/{int:campaign_id}/desk", auth=AGENT, response=answers(Desk, NotFound), operation_id="get_campaign_desk"
)
def get_campaign_desk(request: HttpRequest, campaign_id: int) -> Desk:
    """All that an agent's page needs of it. An agent gets those that he works on."""
    return desk.desk(actor(request), campaign_id)


@router.post(
    "/campaigns/{int:campaign_id}/queue",
    response=answers(Fed, NotFound, CampaignArchived, InvalidFields),
    operation_id="feed_campaign",
)
def feed_campaign(request: HttpRequest, campaign_id: int, body: FeedIn) -> Fed:
    """Add contacts to its queue; those that have their place keep it."""
    return feeding.feed(actor(request), campaign_id, body)


@router.get("/presented-numbers", response=PresentedNumberPage, operation_id="list_presented_numbers")
def list_presented_numbers(request: HttpRequest) -> dict[str, object]:
    """The numbers that the principal holds."""
    return whole(numbers.presented_numbers())


@router.post(
    "/presented-numbers",
    response=answers(PresentedNumberOut, NumberTaken, InvalidFields, status=201),
    operation_id="create_presented_number",
)
def create_presented_number(request: HttpRequest, body: PresentedNumberIn) -> Status[PresentedNumber]:
    """A number, in any French form."""
    return Status(201, numbers.create(actor(request), body))


@router.patch(
    "/presented-numbers/{int:number_id}",
    response=answers(PresentedNumberOut, NotFound, InvalidFields),
    operation_id="update_presented_number",
)
def update_presented_number(request: HttpRequest, number_id: int, body: PresentedNumberPatch) -> PresentedNumber:
    """Its label, its holder, its daily limit, or whether it may be shown."""
    return numbers.update(actor(request), number_id, body.given())


@router.delete(
    "/presented-numbers/{int:number_id}",
    response=answers(None, NotFound, NumberInUse),
    operation_id="delete_presented_number",
)
def delete_presented_number(request: HttpRequest, number_id: int) -> Status[None]:
    """Where no campaign shows it."""
    numbers.delete(actor(request), number_id)
    return Status(204, None)

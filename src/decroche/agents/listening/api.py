"""The notice of listening: read and acknowledged by who takes calls, looked over by managers."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import AGENT, SUPERVISOR, actor
from decroche.agents.listening import selectors, services
from decroche.agents.listening.errors import NoticeChanged
from decroche.agents.listening.schemas import AcknowledgeIn, AcknowledgmentOut, ListeningNoticeOut
from decroche.common.http import answers

router = Router(tags=["agents"], auth=AGENT)


@router.get("/listening-notice", response=ListeningNoticeOut, operation_id="get_listening_notice")
def get_listening_notice(request: HttpRequest) -> ListeningNoticeOut:
    """The words in force, and whether the reader has acknowledged them."""
    return selectors.notice_for(actor(request))


@router.post(
    "/listening-notice/acknowledgment",
    response=answers(ListeningNoticeOut, NoticeChanged),
    operation_id="acknowledge_listening_notice",
)
def acknowledge_listening_notice(request: HttpRequest, body: AcknowledgeIn) -> ListeningNoticeOut:
    """He has read them; without it nobody may listen to him."""
    services.acknowledge(actor(request), body.version)
    return selectors.notice_for(actor(request))


@router.get(
    "/listening-notice/acknowledgments",
    auth=SUPERVISOR,
    response=list[AcknowledgmentOut],
    operation_id="list_listening_acknowledgments",
)
def list_listening_acknowledgments(request: HttpRequest) -> list[AcknowledgmentOut]:
    """Who has acknowledged, when, and whether it is the words in force."""
    return selectors.acknowledgments()

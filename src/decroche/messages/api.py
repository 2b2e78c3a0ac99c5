"""Senders, for administrators; e-mails of a contact, for whoever may see the contact."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from decroche.accounts.access import ADMIN, AGENT, SUPERVISOR, actor
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.http import answers, language_of
from decroche.common.pagination import InvalidCursor, Limit, whole
from decroche.messages import selectors, senders, writing
from decroche.messages.errors import (
    AddressGone,
    ContactRefused,
    MailNotRefused,
    NoSender,
    SenderDisabled,
    SenderInUse,
    SenderNameTaken,
)
from decroche.messages.models import Sender
from decroche.messages.schemas import (
    MailIn,
    MailOut,
    MailPage,
    MailReadiness,
    SenderIn,
    SenderOut,
    SenderPage,
    SenderPatch,
    SenderTest,
    SenderTestIn,
)

router = Router(tags=["messages"], auth=AGENT)


@router.get("/senders", auth=SUPERVISOR, response=SenderPage, operation_id="list_senders")
def list_senders(request: HttpRequest) -> dict[str, object]:
    """By name, the disabled ones too."""
    return whole(selectors.senders())


@router.post(
    "/senders",
    auth=ADMIN,
    response=answers(SenderOut, SenderNameTaken, InvalidFields, status=201),
    operation_id="create_sender",
)
def create_sender(request: HttpRequest, body: SenderIn) -> Status[Sender]:
    """An account at a mail server."""
    return Status(201, senders.create_sender(actor(request), body.model_dump()))


@router.patch(
    "/senders/{int:sender_id}",
    auth=ADMIN,
    response=answers(SenderOut, NotFound, SenderNameTaken, InvalidFields),
    operation_id="update_sender",
)
def update_sender(request: HttpRequest, sender_id: int, body: SenderPatch) -> Sender:
    """Any of its fields; e-mails that wait leave by it as it is then."""
    return senders.update_sender(actor(request), sender_id, body.given())


@router.delete(
    "/senders/{int:sender_id}",
    auth=ADMIN,
    response=answers(None, NotFound, SenderInUse),
    operation_id="delete_sender",
)
def delete_sender(request: HttpRequest, sender_id: int) -> Status[None]:
    """Where no campaign names it."""
    senders.delete_sender(actor(request), sender_id)
    return Status(204, None)


@router.post(
    "/senders/{int:sender_id}/test",
    auth=ADMIN,
    response=answers(SenderTest, NotFound, InvalidFields),
    operation_id="try_sender",
)
def try_sender(request: HttpRequest, sender_id: int, body: SenderTestIn) -> SenderTest:
    """Send a real e-mail now; what the server answered."""
    fault = senders.try_out(actor(request), sender_id, body.to, language_of(request))
    if fault is None:
        return SenderTest(problem=None, answer_code=None, answer="")
    return SenderTest(problem=fault.problem, answer_code=fault.code, answer=fault.answer)


@router.get(
    "/contacts/{int:contact_id}/mails",
    response=answers(MailPage, NotFound, InvalidCursor),
    operation_id="list_contact_mails",
)
def list_contact_mails(request: HttpRequest, contact_id: int, cursor: str = "", limit: Limit = 30) -> MailPage:
    """Newest first, without their text."""
    return selectors.mails(actor(request), contact_id, cursor=cursor, limit=limit)


@router.get(
    "/contacts/{int:contact_id}/mails/readiness",
    response=answers(MailReadiness, NotFound),
    operation_id="get_mail_readiness",
)
def get_mail_readiness(request: HttpRequest, contact_id: int, campaign_id: int | None = None) -> MailReadiness:
    """Addresses, sender, and whether the person refused calls."""
    return selectors.readiness(actor(request), contact_id, campaign_id, language_of(request))


@router.post(
    "/contacts/{int:contact_id}/mails",
    response=answers(MailOut, NotFound, InvalidFields, NoSender, SenderDisabled, ContactRefused, status=201),
    operation_id="write_mail",
)
def write_mail(request: HttpRequest, contact_id: int, body: MailIn) -> Status[MailOut]:
    """Kept, then sent by the worker."""
    user = actor(request)
    mail = writing.write(user, contact_id, body)
    return Status(201, selectors.mail(user, mail.contact_id, mail.pk))


@router.get(
    "/contacts/{int:contact_id}/mails/{uuid:mail_id}",
    response=answers(MailOut, NotFound),
    operation_id="get_mail",
)
def get_mail(request: HttpRequest, contact_id: int, mail_id: UUID) -> MailOut:
    """One, whole."""
    return selectors.mail(actor(request), contact_id, mail_id)


@router.post(
    "/contacts/{int:contact_id}/mails/{uuid:mail_id}/send-again",
    response=answers(MailOut, NotFound, MailNotRefused, AddressGone, NoSender, SenderDisabled, ContactRefused),
    operation_id="send_mail_again",
)
def send_mail_again(request: HttpRequest, contact_id: int, mail_id: UUID) -> MailOut:
    """One that was refused, once what stood in its way is mended."""
    user = actor(request)
    mail = writing.send_again(user, contact_id, mail_id)
    return selectors.mail(user, mail.contact_id, mail.pk)

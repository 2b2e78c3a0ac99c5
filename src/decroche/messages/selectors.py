"""Reading senders and the e-mails of a contact."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from decroche.accounts.models import User
from decroche.common.errors import Language, NotFound
from decroche.common.pagination import cut, decode_cursor
from decroche.contacts.access import get_campaign, get_contact
from decroche.contacts.records import campaign_ref, person
from decroche.messages.addresses import addresses_in
from decroche.messages.errors import NoSender, SenderDisabled
from decroche.messages.models import Mail, Sender
from decroche.messages.schemas import MailItem, MailOut, MailPage, MailReadiness, MailSender
from decroche.messages.writing import refused_since, sender_for


def senders() -> QuerySet[Sender]:
    """By name."""
    return Sender.objects.all()


def mails(user: User, contact_id: int, *, cursor: str, limit: int) -> MailPage:
    """A page, newest first. Raises NotFound where the user may not see the contact."""
    rows = Mail.objects.filter(contact=get_contact(user, contact_id)).select_related("campaign", "author")
    if cursor:
        at, pk = decode_cursor(cursor, datetime.fromisoformat, UUID)
        rows = rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))
    page, following = cut(list(rows[: limit + 1]), limit, lambda one: (one.created_at.isoformat(), one.pk))
    return MailPage(items=[MailItem(**_fields(one)) for one in page], next_cursor=following)


def mail(user: User, contact_id: int, mail_id: UUID) -> MailOut:
    """One of a contact's, whole. Raises NotFound."""
    rows = Mail.objects.filter(contact=get_contact(user, contact_id), pk=mail_id)
    one = rows.select_related("campaign", "author").first()
    if one is None:
        raise NotFound
    return MailOut(
        **_fields(one), from_address=one.from_address, text=one.text, despite_refusal=one.despite_refusal
    )  # fmt: skip


def readiness(user: User, contact_id: int, campaign_id: int | None, language: Language) -> MailReadiness:
    """What is to be known before writing. Raises NotFound."""
    contact = get_contact(user, contact_id)
    campaign = get_campaign(user, campaign_id) if campaign_id is not None else None
    sender, why_not = None, ""
    try:
        found = sender_for(campaign)
        sender = MailSender(name=found.from_name, address=found.from_address)
    except (NoSender, SenderDisabled) as error:
        why_not = error.sentence(language)
    return MailReadiness(
        addresses=addresses_in(contact.email), sender=sender, why_not=why_not,
        refused_since=refused_since(contact, campaign),
    )  # fmt: skip


def _fields(one: Mail) -> dict[str, Any]:
    return {
        "id": one.pk,
        "to": one.to_address,
        "subject": one.subject,
        "state": one.state,
        "problem": one.problem or None,
        "answer_code": one.answer_code,
        "answer": one.answer,
        "attempts": one.attempts,
        "next_at": one.next_at,
        "campaign": campaign_ref(one.campaign),
        "author": person(one.author),
        "created_at": one.created_at,
        "ended_at": one.ended_at,
    }

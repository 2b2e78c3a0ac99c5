"""Writing to a contact: to whom, by which sender, and when a refusal stands in the way."""

from __future__ import annotations

import re
import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns.models import Campaign
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts.access import get_campaign, get_contact
from decroche.contacts.do_not_call.listed import lines_on
from decroche.contacts.models import Contact, DoNotCall
from decroche.messages import tasks
from decroche.messages.addresses import addresses_in
from decroche.messages.errors import AddressGone, ContactRefused, MailNotRefused, NoSender, SenderDisabled
from decroche.messages.models import Mail, Sender
from decroche.messages.schemas import MailIn

CLOCK = SystemClock()
_LINE_END = re.compile(r"\r\n|\r")


@transaction.atomic
def write(user: User, contact_id: int, body: MailIn, clock: Clock = CLOCK) -> Mail:
    """Kept, then sent by the worker. Raises NotFound, InvalidFields, NoSender, SenderDisabled, ContactRefused."""
    contact = get_contact(user, contact_id, lock=True)  # an erasure waits for it, or was first
    campaign = get_campaign(user, body.campaign_id) if body.campaign_id is not None else None
    _check(contact, body)
    sender = sender_for(campaign)
    refused = refused_since(contact, campaign) is not None
    if refused and not body.despite_refusal:
        raise ContactRefused
    mail = Mail.objects.create(
        contact=contact, campaign=campaign, sender=sender, author=user,
        message_id=new_message_id(sender.from_address), from_address=sender.from_address, to_address=body.to,
        subject=body.subject, text=_LINE_END.sub("\n", body.text), despite_refusal=refused, created_at=clock.now(),
    )  # fmt: skip
    record(user, "mail.write", mail, clock=clock, contact=contact.pk, despite_refusal=refused)
    tasks.defer(mail)
    return mail


@transaction.atomic
def send_again(user: User, contact_id: int, mail_id: uuid.UUID, clock: Clock = CLOCK) -> Mail:
    """One that was refused, by the sender of today.

    Raises NotFound, MailNotRefused, AddressGone, NoSender, SenderDisabled, ContactRefused.
    """
    contact = get_contact(user, contact_id, lock=True)
    mail = (
        Mail.objects.select_for_update(of=("self",))
        .select_related("campaign")
        .filter(pk=mail_id, contact=contact)
        .first()
    )
    if mail is None:
        raise NotFound
    if mail.state != Mail.State.REFUSED:
        raise MailNotRefused
    if mail.to_address not in addresses_in(contact.email):
        raise AddressGone
    campaign = mail.campaign
    if not mail.despite_refusal and refused_since(contact, campaign) is not None:
        raise ContactRefused
    mail.sender = sender_for(campaign)
    mail.from_address = mail.sender.from_address
    mail.state, mail.problem, mail.answer, mail.answer_code = Mail.State.QUEUED, "", "", None
    mail.attempts, mail.trying_since, mail.next_at, mail.ended_at = 0, None, None, None
    mail.save()
    record(user, "mail.send_again", mail, clock=clock, contact=contact.pk)
    tasks.defer(mail)
    return mail


def sender_for(campaign: Campaign | None) -> Sender:
    """The campaign's, else the default one. Another one than the one that was chosen never takes its place.

    Raises NoSender, SenderDisabled.
    """
    mine = Q(pk=campaign.sender_id) if campaign is not None and campaign.sender_id else Q(is_default=True)
    sender = Sender.objects.filter(mine).first()
    if sender is None:
        raise NoSender
    if not sender.enabled:
        raise SenderDisabled(name=sender.name)
    return sender


def refused_since(contact: Contact, campaign: Campaign | None) -> datetime | None:
    """When the person refused calls, everywhere or in this campaign; a forbidden beginning is nobody's refusal."""
    where = [campaign.pk] if campaign is not None else []
    numbers = set(contact.phones.values_list("e164", flat=True))
    lines = [row for rows in lines_on(numbers, where).values() for row in rows if not row.is_prefix]
    lines += DoNotCall.objects.filter(Q(campaign=None) | Q(campaign__in=where), contact=contact)
    return min((row.created_at for row in lines), default=None)


def new_message_id(from_address: str) -> str:
    """Ours, of the sender's own domain: a server that is given it twice knows it again."""
    return f"<{uuid.uuid4()}@{from_address.rsplit('@', 1)[-1].encode('idna').decode()}>"


def _check(contact: Contact, body: MailIn) -> None:
    bad: dict[str, tuple[str, str]] = {}
    if body.to not in addresses_in(contact.email):
        bad["to"] = ("Choisissez une adresse de la fiche.", "Choose one of the contact's addresses.")
    if not body.subject.isprintable():
        bad["subject"] = ("L'objet tient sur une ligne.", "The subject is a single line.")
    if "\0" in body.text:
        bad["text"] = ("Ce texte contient un caractère illisible.", "This text holds an unreadable character.")
    if bad:
        raise InvalidFields(**bad)

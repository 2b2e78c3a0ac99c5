"""What crosses the API about senders and e-mails."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from decroche.common.pagination import Page
from decroche.common.schemas import Body, Label80, Text120, left_out
from decroche.contacts.schemas import CampaignRef, PersonRef
from decroche.messages.models import Sender
from decroche.messages.problems import Problem

MailSecurity = Literal["starttls", "tls", "none"]
MailState = Literal["queued", "sent", "refused"]
MailHost = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
MailPort = Annotated[int, Field(ge=1, le=65_535)]
MailSecret = Annotated[str, StringConstraints(max_length=200)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=254)]
AddressOrNone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254)]
Subject = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
MailText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class SenderOut(Schema):
    """An account at a mail server; its password is never given back."""

    id: int
    name: str
    host: str
    port: int
    security: MailSecurity
    username: str
    has_secret: bool
    from_name: str
    from_address: str
    reply_to: str
    is_default: bool
    enabled: bool

    @staticmethod
    def resolve_has_secret(sender: Sender) -> bool:
        return bool(sender.secret)


class SenderPage(Page[SenderOut]):
    """All of them."""


class SenderIn(Body):
    """A new sender. The first one is the default one, whatever it says."""

    name: Label80
    host: MailHost
    port: MailPort = 587
    security: MailSecurity = "starttls"
    username: Text120 = ""
    secret: MailSecret = ""
    from_name: Text120 = ""
    from_address: Address
    reply_to: AddressOrNone = ""
    is_default: bool = False
    enabled: bool = True


class SenderPatch(Body):
    """Any subset; without `secret` the password stays as it is. `is_default` true takes it from the other one."""

    name: Label80 = left_out()
    host: MailHost = left_out()
    port: MailPort = left_out()
    security: MailSecurity = left_out()
    username: Text120 = left_out()
    secret: MailSecret = left_out()
    from_name: Text120 = left_out()
    from_address: Address = left_out()
    reply_to: AddressOrNone = left_out()
    is_default: Literal[True] = left_out()
    enabled: bool = left_out()


class SenderTestIn(Body):
    """Where the test e-mail goes."""

    to: Address


class SenderTest(Schema):
    """`problem` None: the server took it. `answer`: its own words, where it said no."""

    problem: Problem | None
    answer_code: int | None
    answer: str


class MailItem(Schema):
    """A line of a contact's e-mails. `problem` is of the last attempt; `next_at` where another one follows."""

    id: UUID
    to: str
    subject: str
    state: MailState
    problem: Problem | None
    answer_code: int | None
    answer: str
    attempts: int
    next_at: datetime | None
    campaign: CampaignRef | None
    author: PersonRef | None
    created_at: datetime
    ended_at: datetime | None


class MailPage(Page[MailItem]):
    """Newest first."""


class MailOut(MailItem):
    """An e-mail, whole."""

    from_address: str
    text: str
    despite_refusal: bool


class MailSender(Schema):
    """By whom it would be sent, as the person reads it."""

    name: str
    address: str


class MailReadiness(Schema):
    """What is to be known before writing: the contact's addresses, the sender, whether the person refused calls.

    `sender` None: `why_not` says in the reader's language why nothing can be sent.
    """

    addresses: list[str]
    sender: MailSender | None
    why_not: str
    refused_since: datetime | None


class MailIn(Body):
    """An e-mail to one of the contact's addresses; `campaign_id`: whose sender it is sent by.

    `despite_refusal`: the person refused calls, and this e-mail does not canvass.
    """

    to: Address
    subject: Subject
    text: MailText
    campaign_id: int | None = None
    despite_refusal: bool = False

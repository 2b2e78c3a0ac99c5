"""A mail server on loopback, a sender that leads to it, and a contact with an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.fakes.mail_server import MailServer
from tests.unit.contacts.conftest import assigned, campaign, contact, queued, twin

__all__ = ["assigned", "campaign", "contact", "queued", "twin"]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LETTER = {"to": "helene@exemple.fr", "subject": "Votre devis", "text": "Bonjour,\n\nle voici.\n.\nÀ bientôt"}


class Clock:
    """Stands still."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as one:
        yield one


@pytest.fixture
def make_sender(db: None) -> Callable[..., Any]:
    """`make_sender(server, name="SAV")`; the first one is the default one."""
    from decroche.common.crypto import encrypt
    from decroche.messages.models import Sender

    def make(server: MailServer | None = None, **fields: Any) -> Sender:
        secret = encrypt(fields.pop("secret", ""))
        facts = {
            "name": "Contact", "host": "127.0.0.1", "port": server.port if server else 9, "security": "none",
            "from_name": "L’équipe, Mutuelle", "from_address": "contact@mutuelle.example",
            "is_default": not Sender.objects.exists(),
        }  # fmt: skip
        return Sender.objects.create(secret=secret, **{**facts, **fields})

    return make


@pytest.fixture
def sender(make_sender: Callable[..., Any], server: MailServer) -> Any:
    return make_sender(server)


@pytest.fixture
def mail(assigned: Any, contact: Any, sender: Any) -> Any:
    """Written by the agent, not sent yet."""
    from decroche.messages.models import Mail

    assert assigned.post(f"/contacts/{contact.pk}/mails", LETTER).status_code == 201
    return Mail.objects.get()


@pytest.fixture
def send(clock: Clock) -> Callable[[Any], Any]:
    """One attempt, as the worker makes it; the row as it is then."""
    from decroche.messages.sending import send as one_attempt

    def attempt(mail: Any) -> Any:
        one_attempt(mail.pk, clock)
        mail.refresh_from_db()
        return mail

    return attempt


def jobs() -> list[Any]:
    """Attempts that the worker was asked for."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return list(ProcrastinateJob.objects.filter(task_name="send_mail").order_by("pk"))

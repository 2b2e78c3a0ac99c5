"""One e-mail handed to one server, by Django's e-mail backend; what went wrong is answered, not raised."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any, cast

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from decroche.common.crypto import Undecipherable, decrypt
from decroche.messages.models import Sender
from decroche.messages.problems import Fault, fault_of

CONNECT_TIMEOUT_S = 15
ANSWER_TIMEOUT_S = 120
"""A server may look through an e-mail before it says that it takes it: who leaves too early sends it twice."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent. `message_id` with its angle brackets."""

    message_id: str
    to: str
    subject: str
    text: str


class _Smtp(smtplib.SMTP):
    """Knows whether the e-mail itself was being handed over."""

    handing_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.handing_over = True
        return super().data(msg)


class _SmtpTls(_Smtp, smtplib.SMTP_SSL):
    """The same, protected from the first byte."""


class _Backend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SmtpTls if self.use_ssl else _Smtp


def deliver(sender: Sender, letter: Letter, *, answer_timeout_s: float = ANSWER_TIMEOUT_S) -> Fault | None:
    """None: the server took it.

    Where the line is lost while it is handed over, nobody knows whether the server has it: `unconfirmed`.
    """
    try:
        backend = _backend_of(sender)
    except Undecipherable:
        return Fault("secret")
    try:
        backend.open()
        connection = cast("_Smtp", backend.connection)
        if connection.sock is not None:
            connection.sock.settimeout(answer_timeout_s)
        backend.send_messages([message_of(sender, letter)])
    except (OSError, ValueError) as error:
        fault = fault_of(error)
        at = cast("_Smtp | None", backend.connection)
        lost = fault.problem in ("cut", "timeout", "connection", "tls")
        return Fault("unconfirmed") if lost and at is not None and at.handing_over else fault
    finally:
        with suppress(OSError):  # it was taken or refused by now: how the line ends changes nothing
            backend.close()
    return None


def message_of(sender: Sender, letter: Letter) -> EmailMessage:
    """Django refuses line ends in each header."""
    return EmailMessage(
        subject=letter.subject,
        body=letter.text,
        from_email=formataddr((sender.from_name, sender.from_address)),
        to=[letter.to],
        reply_to=[sender.reply_to] if sender.reply_to else None,
        headers={"Message-ID": letter.message_id},
    )


def _backend_of(sender: Sender) -> EmailBackend:
    return _Backend(
        host=sender.host,
        port=sender.port,
        username=sender.username,
        password=decrypt(sender.secret),
        use_tls=sender.security == Sender.Security.STARTTLS,
        use_ssl=sender.security == Sender.Security.TLS,
        timeout=CONNECT_TIMEOUT_S,
    )

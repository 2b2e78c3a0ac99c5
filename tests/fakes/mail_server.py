"""A real SMTP server on loopback (aiosmtpd) in a thread of its own, which answers as a test tells it to."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Thread
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

WAIT_S = 20


class MailServer:
    """`with MailServer() as it`: `answers["RCPT"]` are what the next ones get instead of 250; `taken`: what it took."""

    def __init__(
        self, *, login: tuple[str, str] | None = None, certificate: Path | None = None, tls: bool = False
    ) -> None:
        self.login, self.certificate, self.tls = login, certificate, tls
        self.answers: dict[str, deque[str]] = {name: deque() for name in ("MAIL", "RCPT", "DATA")}
        self.taken: list[Envelope] = []
        self.while_taking: Callable[[], None] = lambda: None
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> MailServer:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(WAIT_S)
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WAIT_S)

    def close(self) -> None:
        """From now on connections are refused."""
        self._loop.call_soon_threadsafe(self._server.close)

    @property
    def messages(self) -> list[EmailMessage]:
        """What it took, parsed."""
        return [message_from_bytes(cast("bytes", one.content), policy=default) for one in self.taken]

    async def handle_MAIL(  # noqa: N802 — aiosmtpd calls it by the command's name
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer("MAIL")
        if answer.startswith("2"):
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer("RCPT")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        answer = self._answer("DATA")
        if answer == "cut":
            server.transport.close()
        elif answer.startswith("2"):
            await asyncio.to_thread(self.while_taking)
            self.taken.append(envelope)
        return answer

    def _answer(self, name: str) -> str:
        return self.answers[name].popleft() if self.answers[name] else "250 OK"

    async def _listen(self) -> None:
        context = None
        if self.certificate is not None:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(self.certificate)
        self._server = await self._loop.create_server(
            lambda: self._session(None if self.tls else context), "127.0.0.1", 0, ssl=context if self.tls else None
        )
        self.port = self._server.sockets[0].getsockname()[1]

    def _session(self, starttls: ssl.SSLContext | None) -> SMTP:
        return SMTP(
            self, hostname="mail.example", loop=self._loop, tls_context=starttls, auth_require_tls=False,
            authenticator=self._judge if self.login else None, auth_required=self.login is not None,
        )  # fmt: skip

    def _judge(self, server: SMTP, session: Any, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        return AuthResult(success=given == self.login, handled=False)

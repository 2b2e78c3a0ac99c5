"""Why an e-mail did not leave: what a mail server or the way to it did, as a code that screens put into words. Pure."""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass
from typing import Literal

Problem = Literal[
    "unknown_host", "connection", "timeout", "cut", "certificate", "tls", "no_starttls", "no_login", "login", "server",
    "sender", "recipient", "content", "unconfirmed", "no_sender", "secret", "erased",
]  # fmt: skip
LONGEST_ANSWER = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """`passing`: the same e-mail may well leave a little later. `code`, `answer`: the server's own."""

    problem: Problem
    passing: bool = False
    code: int | None = None
    answer: str = ""


def fault_of(error: Exception) -> Fault:
    """Of what smtplib, ssl and sockets raise. 4xx answers and what happened on the way pass; 5xx answers do not."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return _answered("login", error.smtp_code, error.smtp_error)
        case smtplib.SMTPSenderRefused():
            return _answered("sender", error.smtp_code, error.smtp_error)
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
            return _answered("recipient", code, answer)
        case smtplib.SMTPDataError():
            return _answered("content", error.smtp_code, error.smtp_error)
        case smtplib.SMTPResponseException():
            return _answered("server", error.smtp_code, error.smtp_error)
        case smtplib.SMTPServerDisconnected():
            return Fault("timeout" if "timed out" in str(error) else "cut", passing=True)
        case smtplib.SMTPNotSupportedError():
            return Fault("no_starttls" if "STARTTLS" in str(error) else "no_login")
        case smtplib.SMTPException():
            return Fault("no_login")  # no way to sign in that both know
        case ssl.SSLCertVerificationError():
            return Fault("certificate", answer=_words(error.verify_message))
        case ssl.SSLError():
            return Fault("tls")
        case socket.gaierror():
            return Fault("unknown_host", passing=True)
        case TimeoutError():
            return Fault("timeout", passing=True)
        case OSError():
            return Fault("connection", passing=True)
        case _:
            return Fault("content")


def _answered(problem: Problem, code: int, answer: bytes | str) -> Fault:
    if code == -1:  # the server closed the line instead of answering
        return Fault("cut", passing=True)
    return Fault(problem, passing=400 <= code < 500, code=code, answer=_words(answer))


def _words(answer: bytes | str) -> str:
    """On one line, nothing invisible."""
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:LONGEST_ANSWER]

"""Requests are read to their end: those that do not say their length, and those that are refused.

Caddy still sends when an operation refuses without reading (a bad key, a body over its limit). The web server would
then close the connection, which Caddy takes for a server that is gone: the refusal was lost, and told as a restart.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import HttpRequest, HttpResponse, UnreadablePostError

CHUNK = 64 * 1024
IN_MEMORY = 2 * 1024 * 1024
"""Bytes; a longer body in chunks lies in a temporary file meanwhile. Caddy bounds how much may come."""
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def with_their_length(application: Application) -> Application:
    """Around Django, which reads nothing of a request without Content-Length: a body in chunks was taken for none."""

    def measured(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() != "chunked":
            return application(environ, start_response)
        with SpooledTemporaryFile(IN_MEMORY) as whole:
            shutil.copyfileobj(environ["wsgi.input"], whole, CHUNK)
            environ["CONTENT_LENGTH"] = str(whole.tell())
            whole.seek(0)
            environ["wsgi.input"] = whole
            return application(environ, start_response)

    return measured


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """What nobody read is read, and not kept."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        try:
            while request.read(CHUNK):
                pass
        except UnreadablePostError:  # whoever sent it is gone
            pass
        return response

    return answer

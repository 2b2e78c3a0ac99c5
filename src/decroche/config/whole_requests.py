"""Requests are read to their end, whatever is answered.

Caddy still sends when an operation refuses without reading (a bad key, a body over its limit). The web server would
then close the connection, which Caddy takes for a server that is gone: the refusal was lost, and told as a restart.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, UnreadablePostError

CHUNK = 64 * 1024


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Nothing of it is kept; Caddy bounds how much may come."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        try:
            while request.read(CHUNK):
                pass
        except UnreadablePostError:  # whoever sent it is gone
            pass
        return response

    return answer

"""The smallest HTTP client: is somebody there, and what do they say. For readiness and the status line."""

import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlsplit


def get(
    url: str, *, host: str | None = None, timeout_s: float = 2.0, context: ssl.SSLContext | None = None
) -> tuple[int, bytes]:
    """Status and body; (0, b"") when nobody answers. No proxy is ever asked: these are our own processes."""
    parts = urlsplit(url)
    assert parts.hostname
    if parts.scheme == "https":
        connection: http.client.HTTPConnection = _NamedHTTPSConnection(
            parts.hostname, parts.port, host or parts.hostname, timeout_s, context or ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout_s)
    try:
        connection.request("GET", parts.path or "/", headers={"Host": f"{host or parts.hostname}:{parts.port}"})
        answer = connection.getresponse()
        return answer.status, answer.read(1_000_000)
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def get_json(url: str) -> tuple[int, dict[str, Any]]:
    """Status and object; an empty one when the answer holds none."""
    status, body = get(url)
    try:
        value = json.loads(body)
    except ValueError:
        return status, {}
    return status, value if isinstance(value, dict) else {}


class _NamedHTTPSConnection(http.client.HTTPSConnection):
    """Connects to one address and asks for another name, as the site is known by its name and reached on loopback."""

    def __init__(self, address: str, port: int | None, name: str, timeout_s: float, context: ssl.SSLContext) -> None:
        self._tls, self._name = context, name
        super().__init__(address, port, timeout=timeout_s, context=context)

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        self.sock = self._tls.wrap_socket(self.sock, server_hostname=self._name)

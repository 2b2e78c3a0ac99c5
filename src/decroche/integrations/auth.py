"""Who calls /api/v1/: a key in `Authorization: Bearer`, with the scope that the operation asks for, below its rate."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from decroche.integrations import keys
from decroche.integrations.errors import KeyRefused, ScopeMissing
from decroche.integrations.models import ApiKey
from decroche.integrations.scopes import ScopeCode


class KeyAuth(HttpBearer):
    """A key with `scope`; None: any key. The request's `auth` is the key."""

    def __init__(self, scope: ScopeCode | None) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> ApiKey:
        """Not the library's: it logs the header in debug mode."""
        kind, _, text = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            raise KeyRefused
        return self.authenticate(request, text.strip())

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey:
        key = keys.known(token)
        keys.pay(key)
        if self.scope is not None and self.scope not in key.scopes:
            raise ScopeMissing(scope=self.scope)
        return key


def scope(code: ScopeCode) -> KeyAuth:
    """`auth=` of an operation."""
    return KeyAuth(code)


def key_of(request: HttpRequest) -> ApiKey:
    """The key of a request that passed a `KeyAuth`."""
    known: Any = request
    key: ApiKey = known.auth
    return key

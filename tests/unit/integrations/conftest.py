"""A program with a key: `program.post("/contacts", {...}, idempotency_key="a")`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

SCOPES = (
    "contacts:read", "contacts:write", "imports:read", "imports:write", "campaigns:read", "queue:read", "queue:write",
    "calls:read", "webhooks:read", "webhooks:write",
)  # fmt: skip


class Program:
    """Speaks JSON to /api/v1 with its key."""

    def __init__(self, text: str, key: Any = None) -> None:
        self.text, self.key, self.http = text, key, Client(enforce_csrf_checks=True)

    def call(self, method: str, path: str, body: Any = None, *, idempotency_key: str = "", **extra: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.text}", **extra.pop("headers", {})}
        if idempotency_key:
            headers["Idempotency-Key"] = idempotency_key
        data = json.dumps(body) if body is not None else ""
        return self.http.generic(
            method, f"/api/v1{path}", data, content_type="application/json", headers=headers, **extra
        )

    def get(self, path: str, **query: Any) -> Any:
        return self.call("GET", path, query_params=query)

    def post(self, path: str, body: Any = None, **extra: Any) -> Any:
        return self.call("POST", path, body, **extra)

    def put(self, path: str, body: Any = None, **extra: Any) -> Any:
        return self.call("PUT", path, body, **extra)

    def patch(self, path: str, body: Any = None, **extra: Any) -> Any:
        return self.call("PATCH", path, body, **extra)

    def delete(self, path: str, **extra: Any) -> Any:
        return self.call("DELETE", path, **extra)


@pytest.fixture
def owner(make_user: Callable[..., Any]) -> Any:
    return make_user("ada", first_name="Ada", last_name="Martin", role="admin")


@pytest.fixture
def make_program(owner: Any) -> Callable[..., Program]:
    """`make_program("contacts:read", requests_per_minute=5)`; without scopes: all of them."""
    from decroche.integrations import keys
    from decroche.integrations.schemas import ApiKeyIn

    def make(*scopes: str, **fields: Any) -> Program:
        body = {"name": "CRM", "scopes": scopes or SCOPES, **fields}
        key, text = keys.create(owner, ApiKeyIn.model_validate(body))
        return Program(text, key)

    return make


@pytest.fixture
def program(make_program: Callable[..., Program]) -> Program:
    return make_program()


@pytest.fixture
def campaign(db: None) -> Any:
    from decroche.campaigns.models import Campaign

    return Campaign.objects.create(name="Mutuelle", status="open", audience="b2b")

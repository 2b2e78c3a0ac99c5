"""The API as each role sees it: `as_agent.get("/campaigns")`, answered by the real application on a real database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

PASSWORD = "un-mot-de-passe-solide"


class ApiClient:
    """Speaks JSON to /api; `user` is who is signed in."""

    def __init__(self, user: Any = None, *, enforce_csrf_checks: bool = False) -> None:
        self.http = Client(enforce_csrf_checks=enforce_csrf_checks)
        self.user = user
        if user is not None:
            self.http.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def call(self, method: str, path: str, body: Any = None, **extra: Any) -> Any:
        """`extra`: headers={…}, query_params={…}."""
        data = json.dumps(body) if body is not None else ""
        return self.http.generic(method, f"/api{path}", data, content_type="application/json", **extra)

    def get(self, path: str, **extra: Any) -> Any:
        return self.call("GET", path, **extra)

    def post(self, path: str, body: Any = None, **extra: Any) -> Any:
        return self.call("POST", path, body, **extra)

    def put(self, path: str, body: Any = None, **extra: Any) -> Any:
        return self.call("PUT", path, body, **extra)

    def patch(self, path: str, body: Any = None, **extra: Any) -> Any:
        return self.call("PATCH", path, body, **extra)

    def delete(self, path: str, **extra: Any) -> Any:
        return self.call("DELETE", path, **extra)


@pytest.fixture
def api_client() -> type[ApiClient]:
    """The class, for tests that want a client of their own."""
    return ApiClient


@pytest.fixture
def make_user(db: None) -> Callable[..., Any]:
    """`make_user("camille", role="agent")`; the password is PASSWORD."""
    from decroche.accounts.models import User

    def make(username: str, **fields: Any) -> User:
        return User.objects.create_user(username, PASSWORD, **fields)

    return make


@pytest.fixture
def password() -> str:
    """Of every user that `make_user` makes."""
    return PASSWORD


@pytest.fixture
def anonymous(db: None) -> ApiClient:
    """Nobody signed in."""
    return ApiClient()


@pytest.fixture
def as_agent(make_user: Callable[..., Any]) -> ApiClient:
    return ApiClient(make_user("agent", first_name="Camille", last_name="Durand", role="agent"))


@pytest.fixture
def as_supervisor(make_user: Callable[..., Any]) -> ApiClient:
    return ApiClient(make_user("chef", first_name="Nadia", last_name="Lopez", role="supervisor"))


@pytest.fixture
def as_admin(make_user: Callable[..., Any]) -> ApiClient:
    return ApiClient(make_user("admin", first_name="Ada", last_name="Martin", role="admin"))


@pytest.fixture
def floor_words(db: None) -> Iterator[list[dict[str, Any]]]:
    """What was notified to the floor, in order: taken from the SQL, as the test's transaction never commits."""
    from django.db import connection

    heard: list[dict[str, Any]] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "pg_notify" in sql:
            heard.append(json.loads(params[1]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield heard

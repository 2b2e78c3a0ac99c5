"""The whole public API at once: scopes, errors, pagination, idempotency, and the document made of it."""

import re
from typing import get_args

import pytest

from decroche.config import api_v1
from decroche.integrations.auth import KeyAuth
from decroche.integrations.scopes import ScopeCode
from tests.unit.config.test_every_operation import address_of

SCOPES = set(get_args(ScopeCode))


def _operations():
    for bound in api_v1.api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                yield pytest.param(path, operation, id=str(operation.operation_id))


OPERATIONS = list(_operations())
DOCUMENTED = [
    pytest.param(path, method, operation, id=operation["operationId"])
    for path, methods in api_v1.document()["paths"].items()
    for method, operation in methods.items()
]


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_it_declares_its_scope(path, operation):
    (auth,) = operation.auth_callbacks
    assert isinstance(auth, KeyAuth)
    assert auth.scope in SCOPES or operation.operation_id == "who_am_i"


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_a_reading_scope_writes_nothing_and_a_write_is_done_once(path, operation):
    (auth,) = operation.auth_callbacks
    is_write = operation.methods != ["GET"]
    assert is_write == bool(auth.scope and auth.scope.endswith(":write"))
    assert is_write == getattr(operation.view_func, "is_written", False)


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_nobody_calls_it_without_a_key(path, operation, anonymous):
    for method in operation.methods:
        answer = anonymous.call(method, f"/v1{address_of(path)}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "api_key_refused")


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_no_other_scope_opens_it(path, operation, make_program):
    (auth,) = operation.auth_callbacks
    if auth.scope is None:
        return
    program = make_program(*sorted(SCOPES - {auth.scope}))
    for method in operation.methods:
        answer = program.call(method, address_of(path))
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "scope_missing")


@pytest.mark.parametrize(("path", "method", "operation"), DOCUMENTED)
def test_the_document_says_its_scope_its_errors_and_how_to_repeat_it(path, method, operation):
    assert {"401", "403", "422", "429"} <= operation["responses"].keys()
    assert operation["x-scope"] in SCOPES | {"any"}
    assert f"`{operation['x-scope']}`" in operation["description"]
    assert "Retry-After" in operation["responses"]["429"]["headers"]
    headers = {one["name"] for one in operation.get("parameters", []) if one["in"] == "header"}
    assert headers == ({"Idempotency-Key"} if method != "get" else set())
    if "{" in path and not path.endswith("/{client_code}"):
        assert "404" in operation["responses"]


@pytest.mark.parametrize(("path", "method", "operation"), DOCUMENTED)
def test_every_list_comes_in_pages(path, method, operation):
    schemas = api_v1.document()["components"]["schemas"]
    answered = operation["responses"].get(200, operation["responses"].get("200", {}))
    reference = answered.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    schema = schemas.get(reference.rpartition("/")[2], {})
    is_list = operation["operationId"].startswith("list_")
    assert is_list == ("next_cursor" in schema.get("properties", {}))
    if is_list:
        assert {"cursor", "limit"} <= {one["name"] for one in operation["parameters"]}


def test_operation_names_are_unique_and_snake_case():
    names = [str(one.values[1].operation_id) for one in OPERATIONS]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)


def test_the_document_is_for_administrators_and_for_programs(as_admin, as_supervisor, anonymous, make_program):
    readers = (as_admin, as_supervisor, anonymous)
    assert [one.get("/v1/openapi.json").status_code for one in readers] == [200, 404, 404]
    assert make_program("calls:read").get("/openapi.json").json()["openapi"].startswith("3.1")


def test_its_page_fetches_nothing_from_elsewhere(as_admin, as_supervisor):
    page = as_admin.get("/v1/docs")
    assert "/api/v1/openapi.json" in page.content.decode()
    assert re.findall(r"https?://", page.content.decode()) == []
    assert as_supervisor.get("/v1/docs").status_code == 404


HOSTILE = ["%00", "1%27%3B--", "9" * 40, "-1", "..%2F..%2Fetc", "%F0%9F%98%80", "a" * 5000]
CURSORS = ["cursor=x", "cursor=W10", "cursor=%00", "limit=0", "limit=201", "limit=x", "cursor=" + "A" * 5000]
BODIES = [
    "", "null", "[]", '"x"', "{", '{"a":' * 500, '{"last_name": "\\u0000"}', '{"last_name": "\\ud800"}',
    '{"phones": {"phone": 3}}', '{"priority": 1e400}', '{"campaign_id": ' + "9" * 300 + "}",
]  # fmt: skip


def each(kind):
    for one in OPERATIONS:
        path, operation = one.values
        for method in operation.methods:
            if kind(path, operation, method):
                yield method, path


@pytest.mark.parametrize("text", HOSTILE)
def test_no_broken_identifier_breaks_it(text, make_program):
    program = make_program(requests_per_minute=6000)
    for method, path in each(lambda path, *_: "{" in path):
        answer = program.call(method, re.sub(r"\{[\w:]+\}", text, path), {})
        assert answer.status_code in (404, 409, 422), (method, path)


@pytest.mark.parametrize("query", CURSORS)
def test_no_broken_cursor_breaks_it(query, make_program):
    program = make_program(requests_per_minute=6000)
    name, value = query.split("=")
    for _, path in each(lambda path, one, _: one.operation_id.startswith("list_") and "{" not in path):
        assert program.get(path, **{name: value}).status_code == 422, path


@pytest.mark.parametrize("body", BODIES)
def test_no_broken_body_breaks_it(body, make_program):
    program = make_program(requests_per_minute=6000)
    for method, path in each(lambda path, one, method: method != "GET"):
        answer = program.http.generic(
            method, f"/api/v1{address_of(path)}", body, content_type="application/json",
            headers={"Authorization": f"Bearer {program.text}"},
        )  # fmt: skip
        assert answer.status_code in (200, 404, 409, 422), (method, path, answer.content)

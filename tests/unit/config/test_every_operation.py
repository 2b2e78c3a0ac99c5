"""The whole API at once: roles, names, and the document made of it."""

import json
import re

import pytest
from django.core.management import CommandError, call_command

from decroche.accounts.access import Public, RoleAuth
from decroche.config import openapi
from decroche.config.api import api

PUBLIC = {"login", "logout", "check_first_admin", "create_first_admin", "health"}


def _operations():
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                yield pytest.param(path, operation, id=str(operation.operation_id))


def address_of(path):
    """The path with identifiers of nothing."""
    with_uuids = re.sub(r"\{uuid\w*:\w+\}", "00000000-0000-0000-0000-000000000000", path)
    return re.sub(r"\{(int:)?\w+\}", "1", with_uuids)


OPERATIONS = list(_operations())


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_every_operation_declares_who_may_call_it(path, operation):
    (auth,) = operation.auth_callbacks
    assert isinstance(auth, RoleAuth) or (isinstance(auth, Public) and operation.operation_id in PUBLIC)


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_nobody_calls_it_without_a_session(path, operation, anonymous):
    if operation.operation_id in PUBLIC:
        return
    for method in operation.methods:
        answer = anonymous.call(method, address_of(path))
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "signed_out")


@pytest.mark.parametrize(("path", "operation"), OPERATIONS)
def test_an_agent_is_kept_out_of_what_asks_for_more(path, operation, as_agent):
    (auth,) = operation.auth_callbacks
    if auth.minimum in (None, "agent"):
        return
    for method in operation.methods:
        answer = as_agent.call(method, address_of(path))
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")


def test_operation_names_are_unique_and_snake_case():
    names = [str(one.values[1].operation_id) for one in OPERATIONS]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", name) for name in names)


def test_every_answer_says_its_errors():
    for path, methods in openapi.document(api)["paths"].items():
        for operation in methods.values():
            if operation["x-role"] != "anybody":
                assert {"401", "403"} <= operation["responses"].keys(), path


def test_the_document_holds_the_words_of_the_floor():
    schemas = openapi.document(api)["components"]["schemas"]
    assert schemas["AgentCommandArgs"]["properties"]["dial"] == {"$ref": "#/components/schemas/Dial"}
    assert "state" in schemas["AgentSnapshot"]["required"]


def test_the_document_is_the_same_each_time():
    assert openapi.text(api) == openapi.text(api)


def test_fields_with_a_default_are_optional_in_requests_and_always_there_in_answers():
    schemas = openapi.document(api)["components"]["schemas"]
    assert schemas["CampaignIn"]["required"] == ["name"]
    assert schemas["CampaignPage"]["required"] == ["items", "next_cursor", "total"]


def test_check_fails_when_the_file_is_not_what_the_code_says(tmp_path, monkeypatch):
    from decroche.config.management.commands import openapi as command

    class Elsewhere:
        frontend_dir = tmp_path

    monkeypatch.setattr(command, "get_env", Elsewhere)
    with pytest.raises(CommandError):
        call_command("openapi", "--check")
    call_command("openapi")
    call_command("openapi", "--check")
    assert json.loads((tmp_path / "openapi.json").read_text())["openapi"].startswith("3.1")

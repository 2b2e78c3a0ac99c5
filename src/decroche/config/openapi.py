"""The one document that front-end types are generated from: the web API and the floor's sockets.

What the server sends has all of its fields (`required`); in what is sent to it, one with a default may be left out.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Iterator
from typing import Any

from ninja import NinjaAPI
from pydantic.json_schema import models_json_schema

from decroche.accounts.access import RoleAuth
from decroche.floor import protocol

REF = "#/components/schemas/"
FROM_FLOOR = (
    protocol.AgentSnapshot,
    protocol.SupervisorSnapshot,
    protocol.Update,
    protocol.Ack,
    protocol.Refused,
    protocol.Notice,
    protocol.Bye,
)


def text(api: NinjaAPI) -> str:
    """The document, the same for the same code."""
    return json.dumps(document(api), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def document(api: NinjaAPI) -> dict[str, Any]:
    """OpenAPI 3.1 as plain data. A name may not mean one thing in the web API and another on the sockets."""
    whole: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/"), default=str))
    schemas = whole["components"]["schemas"]
    roles = _roles(api)
    for operation in operations_of(whole):
        _declare_common_errors(operation, roles[operation["operationId"]])
    floor = _floor_schemas()
    if common := floor.keys() & schemas.keys():
        raise ValueError(f"schemas of the web API and words of the floor's sockets at once: {sorted(common)}")
    answered = _reached(schemas, (operation["responses"] for operation in operations_of(whole)))
    schemas.update(floor)
    answered |= _reached(schemas, ({"$ref": REF + model.__name__} for model in FROM_FLOOR))
    for name, schema in schemas.items():
        _settle_defaults(schema, complete=name in answered)
    return whole


def settle(schemas: dict[str, Any], operations: Iterable[dict[str, Any]]) -> None:
    """Make plain what is always there and what may be left out, in the shapes of these operations."""
    answered = _reached(schemas, (operation["responses"] for operation in operations))
    for name, schema in schemas.items():
        _settle_defaults(schema, complete=name in answered)


def _roles(api: NinjaAPI) -> dict[str, str | None]:
    """Minimal role by operation id; None: anybody."""
    found: dict[str, str | None] = {}
    for bound in api._get_bound_routers():
        for view in bound.path_operations.values():
            for operation in view.operations:
                auth = operation.auth_callbacks[0]
                found[str(operation.operation_id)] = auth.minimum.value if isinstance(auth, RoleAuth) else None
    return found


def operations_of(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation of a document."""
    for operations in whole["paths"].values():
        yield from operations.values()


def _declare_common_errors(operation: dict[str, Any], role: str | None) -> None:
    operation["x-role"] = role or "anybody"
    codes = ["401", "403"] if role else []
    if "requestBody" in operation or operation.get("parameters"):
        codes.append("422")
    body = {"content": {"application/json": {"schema": {"$ref": REF + "ErrorBody"}}}}
    names = {"401": "Unauthorized", "403": "Forbidden", "422": "Unprocessable Content"}
    for code in codes:
        operation["responses"].setdefault(code, {"description": names[code], **body})


def _floor_schemas() -> dict[str, Any]:
    models = [
        model
        for _, model in inspect.getmembers(protocol, inspect.isclass)
        if issubclass(model, protocol.Wire) and model is not protocol.Wire
    ]
    _, definitions = models_json_schema([(model, "validation") for model in models], ref_template=REF + "{model}")
    schemas: dict[str, Any] = definitions["$defs"]
    schemas["AgentCommandArgs"] = _command_args(protocol.AGENT_COMMANDS, "Commands of agents: name to arguments.")
    schemas["SupervisorCommandArgs"] = _command_args(
        protocol.SUPERVISOR_COMMANDS, "Commands of supervisors: name to arguments."
    )
    return schemas


def _command_args(commands: dict[str, type[protocol.Wire]], description: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "additionalProperties": False,
        "properties": {name: {"$ref": REF + model.__name__} for name, model in commands.items()},
        "required": list(commands),
    }


def _reached(schemas: dict[str, Any], roots: Iterable[Any]) -> set[str]:
    """Names of the schemas that the roots refer to, through any depth."""
    seen: set[str] = set()
    todo = [name for root in roots for name in _references(root)]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += _references(schemas[name])
    return seen


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"].removeprefix(REF)] if isinstance(node.get("$ref"), str) else []
        return own + [name for value in node.values() for name in _references(value)]
    return [name for value in node for name in _references(value)] if isinstance(node, list) else []


def _settle_defaults(schema: dict[str, Any], *, complete: bool) -> None:
    """All fields required, or those with a default plainly optional: generators read `default` as they please."""
    properties = schema.get("properties", {})
    if complete and properties:
        schema["required"] = sorted(properties)
    for field in properties.values():
        field.pop("default", None)

"""The public API, /api/v1/: the same errors as the screens', another door (keys, no session), a document of its own."""

from __future__ import annotations

import json
from functools import cache, partial
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI

from decroche.common.errors import DomainError, Language, NotFound
from decroche.common.http import language_of
from decroche.config import api_docs, api_errors, api_guide, api_v1_webhooks
from decroche.config.openapi import REF, operations_of, settle
from decroche.integrations.auth import KeyAuth
from decroche.integrations.errors import KeyExpired, KeyRefused, TooManyRequests
from decroche.integrations.v1 import (
    calls_api,
    contacts_api,
    imports_api,
    ledger_api,
    queue_api,
    recyclings_api,
    webhooks_api,
)
from decroche.integrations.v1.schemas import ImportOptions
from decroche.integrations.written import HEADER

WRITES = ("post", "put", "patch", "delete")

api = NinjaAPI(title="Décroche", version="1", urls_namespace="v1", docs_url=None, openapi_url=None)
api_errors.add_handlers(api)
for router in (
    webhooks_api.router,
    contacts_api.router,
    ledger_api.router,
    imports_api.router,
    queue_api.router,
    recyclings_api.router,
    calls_api.router,
):
    api.add_router("", router)


def _who_are_you(api: NinjaAPI, request: HttpRequest, error: DomainError) -> HttpResponse:
    answer = api_errors.business_error(api, request, error)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _slow_down(api: NinjaAPI, request: HttpRequest, error: TooManyRequests) -> HttpResponse:
    answer = api_errors.business_error(api, request, error)
    answer["Retry-After"] = str(error.facts["retry_after_s"])
    return answer


api.add_exception_handler(KeyRefused, partial(_who_are_you, api))
api.add_exception_handler(KeyExpired, partial(_who_are_you, api))
api.add_exception_handler(TooManyRequests, partial(_slow_down, api))
api.add_exception_handler(NotFound, partial(api_errors.no_such_id, api))


@cache
def document(language: Language = "fr") -> dict[str, Any]:
    """OpenAPI 3.1: the guide, every operation with its scope, its common errors and the header of writes, webhooks."""
    whole: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    scopes = scopes_by_operation()
    for operations in whole["paths"].values():
        for method, operation in operations.items():
            _declare(operation, scopes[operation["operationId"]], is_write=method in WRITES)
    whole["components"]["securitySchemes"] = {"KeyAuth": {"type": "http", "scheme": "bearer"}}
    whole["info"]["description"] = api_guide.text(language)
    whole["webhooks"] = api_v1_webhooks.described()
    known = whole["components"]["schemas"]
    known.update({name: schema for name, schema in api_v1_webhooks.schemas().items() if name not in known})
    _describe_options(whole)
    said = ({"responses": one["post"]["requestBody"]} for one in whole["webhooks"].values())
    settle(known, [*operations_of(whole), *said])
    return whole


def _describe_options(whole: dict[str, Any]) -> None:
    """A form's part is text for the framework: that it is JSON, and of which shape."""
    schema = ImportOptions.model_json_schema(ref_template=REF + "{model}")
    whole["components"]["schemas"].update({**schema.pop("$defs", {}), ImportOptions.__name__: schema})
    form = whole["paths"]["/api/v1/imports"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    shape = {"$ref": REF + ImportOptions.__name__}
    form["properties"]["options"] |= {"contentMediaType": "application/json", "contentSchema": shape}


def scopes_by_operation() -> dict[str, str | None]:
    """None: any key."""
    found: dict[str, str | None] = {}
    for bound in api._get_bound_routers():
        for view in bound.path_operations.values():
            for operation in view.operations:
                (auth,) = operation.auth_callbacks
                assert isinstance(auth, KeyAuth)
                found[str(operation.operation_id)] = auth.scope
    return found


def _declare(operation: dict[str, Any], scope: str | None, *, is_write: bool) -> None:
    operation["x-scope"] = scope or "any"
    operation["description"] = f"{operation.get('description', '')}\n\nScope: `{scope or 'any'}`.".strip()
    operation["security"] = [{"KeyAuth": []}]
    body = {"content": {"application/json": {"schema": {"$ref": REF + "ErrorBody"}}}}
    names = {"401": "Unauthorized", "403": "Forbidden", "422": "Unprocessable Content", "429": "Too Many Requests"}
    for code, name in names.items():
        operation["responses"].setdefault(code, {"description": name, **body})
    operation["responses"]["429"]["headers"] = {
        "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
    }
    if is_write:
        operation.setdefault("parameters", []).append(
            {
                "in": "header",
                "name": HEADER,
                "required": False,
                "schema": {"type": "string", "minLength": 1, "maxLength": 255},
                "description": "Sent again with the same key and the same request within 48 hours, "
                "nothing is done twice and the first answer comes back.",
            }
        )


def document_for_readers(request: HttpRequest) -> HttpResponseBase:
    """For administrators who are signed in, and for any program with a key."""
    if "Authorization" not in request.headers:
        return _for_admins(request)
    try:
        KeyAuth(None)(request)
    except DomainError as error:
        return api.on_exception(request, error)
    return JsonResponse(document(language_of(request)))


@api_docs.for_admins
def _for_admins(request: HttpRequest) -> HttpResponse:
    return JsonResponse(document(language_of(request)))

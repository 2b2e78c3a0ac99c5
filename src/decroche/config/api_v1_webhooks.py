"""The `webhooks` of the public API's document: what is sent to other programs, and how it is signed."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from decroche.config.openapi import REF
from decroche.integrations.v1.schemas.events import MESSAGES

HEADERS = {
    "webhook-id": "The same at each try of one message: to know a repeat.",
    "webhook-timestamp": "Seconds since 1970, of this try. Refuse what is more than some minutes old.",
    "webhook-signature": "One or several, between spaces: `v1,` and the Base64 of the HMAC-SHA256 of "
    "`webhook-id.webhook-timestamp.body`, with the bytes of the secret after `whsec_` as key. One good one is enough.",
}
ANSWERS = {
    "2XX": "It is yours. Within 10 seconds, or it is sent again.",
    "410": "Never again: the webhook is disabled.",
    **dict.fromkeys(
        ("429", "503"),
        "Not now: nothing is sent to this address before what `Retry-After` says "
        "(seconds or a date), for 12 hours at most.",
    ),
    "default": "Sent again, later each time, for 3 days.",
}


def described() -> dict[str, Any]:
    """By event. References are to the schemas of `schemas()`."""
    return {event: {"post": _operation(event, model.__name__)} for event, model in MESSAGES.items()}


def schemas() -> dict[str, Any]:
    """Of the messages, and of all that is in them."""
    _, found = models_json_schema(
        [(model, "serialization") for model in MESSAGES.values()], ref_template=REF + "{model}"
    )
    definitions: dict[str, Any] = found["$defs"]
    return definitions


def _operation(event: str, schema: str) -> dict[str, Any]:
    return {
        "operationId": "told_" + event.replace(".", "_"),
        "summary": event,
        "description": MESSAGES[event].__doc__,
        "tags": ["webhooks"],
        "security": [],
        "parameters": [
            {"in": "header", "name": name, "required": True, "schema": {"type": "string"}, "description": text}
            for name, text in HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": {"$ref": REF + schema}}}},
        "responses": {code: {"description": text} for code, text in ANSWERS.items()},
    }

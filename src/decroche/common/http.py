"""What every endpoint shares: the shape of errors, declared answers, the language of the person who asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja import Schema

from decroche.common.errors import DomainError, InvalidFields, Language


class ErrorDetail(Schema):
    """A refusal: `code` for programs, one sentence for the person, the facts that it names, a sentence per field."""

    code: str
    message: str
    facts: dict[str, str] = {}
    fields: dict[str, str] = {}


class ErrorBody(Schema):
    """Body of every answer of 400 and more."""

    error: ErrorDetail


def answers(schema: Any, *errors: type[DomainError], status: int = 200) -> dict[int, Any]:
    """The `response=` of an endpoint: its schema (None: empty, 204) and the errors that it declares, by HTTP status."""
    if schema is None and status == 200:
        status = 204
    return {status: schema, **{error.status: ErrorBody for error in errors}}


def error_body(
    code: str, message: str, facts: Mapping[str, object] | None = None, fields: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """`ErrorBody` as plain data."""
    facts = {key: str(value) for key, value in (facts or {}).items()}
    return {"error": {"code": code, "message": message, "facts": facts, "fields": dict(fields or {})}}


def domain_error_body(error: DomainError, language: Language) -> dict[str, Any]:
    """`ErrorBody` of a business error, in the person's language."""
    message = error.sentence(language)
    if isinstance(error, InvalidFields):
        return error_body(error.code, message, error.facts, error.field_sentences(language))
    return error_body(error.code, message, error.facts, {error.field: message} if error.field else {})


def language_of(request: HttpRequest) -> Language:
    """The signed-in user's language, else that of ours which the browser or program likes best, else French."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return cast("Language", user.language)
    for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):  # the most liked first
        if tag[:2] in ("fr", "en"):
            return cast("Language", tag[:2])
    return "fr"


PDF: dict[str, Any] = {
    "responses": {
        200: {
            "description": "OK",
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
"""`openapi_extra=` of an endpoint that answers `pdf_file`."""


def pdf_file(content: bytes, name: str) -> HttpResponse:
    """A document made for this request, to be saved: never kept by the browser, never opened in the page."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

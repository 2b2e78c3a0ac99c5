"""One router per app, mounted in the order of the data; one handler for business errors."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.security import SessionAuth

from decroche.common.errors import DomainError, InvalidFields, Language

api = NinjaAPI(title="Décroche", version="1", urls_namespace="api", auth=SessionAuth(), docs_url="/docs")


class Health(Schema):
    """Answer of the readiness probe."""

    ok: bool


def language_of(request: HttpRequest) -> Language:
    """The signed-in user's language, else the browser's first choice, else French."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return cast("Language", user.language)
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "fr"


@api.exception_handler(DomainError)
def business_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Every refusal in one shape, with its sentence in the user's language."""
    body = {
        "error": {
            "code": error.code,
            "message": error.sentence(language_of(request)),
            "facts": {key: str(value) for key, value in error.facts.items()},
            "fields": error.field_sentences(language_of(request)) if isinstance(error, InvalidFields) else {},
        }
    }
    return api.create_response(request, body, status=error.status)


@api.get("/health", auth=None, response=Health, operation_id="health", tags=["config"])
def health(request: HttpRequest) -> Health:
    """200 when the process answers and the database does."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Health(ok=True)


# Routers are added below, one line an app: api.add_router("", "decroche.accounts.api.router")
api.add_router("", "decroche.contacts.api.router")
api.add_router("", "decroche.callbacks.api.router")
api.add_router("", "decroche.appointments.api.router")

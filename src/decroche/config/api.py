"""The API: one router per app, mounted in the order of the data. Errors are in `api_errors.py`."""

from __future__ import annotations

from importlib.util import find_spec

from django.db import connection
from django.http import HttpRequest
from ninja import NinjaAPI, Schema

from decroche.accounts.access import PUBLIC
from decroche.config.api_docs import for_admins
from decroche.config.api_errors import add_handlers

APPS = (
    "accounts",
    "contacts",
    "campaigns",
    "telephony",
    "calls",
    "agents",
    "dispositions",
    "callbacks",
    "appointments",
    "messages",
    "ledger",
    "statistics",
    "integrations",
    "exports",
    "privacy",
)


class Health(Schema):
    """Answer of the readiness probe."""

    ok: bool


api = NinjaAPI(
    title="Décroche",
    version="1",
    urls_namespace="api",
    docs_url=None,  # see api_docs.py: nothing from another host
    docs_decorator=for_admins,
)
add_handlers(api)


@api.get("/health", auth=PUBLIC, response=Health, operation_id="health", tags=["config"])
def health(request: HttpRequest) -> Health:
    """200 when the process answers and the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Health(ok=True)


for app in APPS:
    if find_spec(f"decroche.{app}.api"):
        api.add_router("", f"decroche.{app}.api.router")

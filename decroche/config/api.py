"""The API: one router per app, mounted in the order of the data. Errors are in `api_errors.py`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from ninja import NinjaAPI, Schema

from decroche.accounts.access import PUBLIC
from decroche.accounts.models import User
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
    "statistics",
)


class Health(Schema):
    """Answer of the readiness probe."""

    ok: bool


def for_admins(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The API's own documentation is not there for anybody else."""

    @wraps(view, updated=())
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.is_active and user.is_admin:
            return view(request, *args, **kwargs)
        return HttpResponseNotFound()

    return guarded


api = NinjaAPI(
    title="Décroche",
    version="1",
    urls_namespace="api",
    docs_url="/docs",
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

"""Documentation of both APIs, for signed-in administrators: a page each, with files that lie in the ninja package."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import ninja
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.html import escape

from decroche.accounts.models import User

ASSETS = {
    "swagger-ui.css": "text/css",
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui-init.js": "text/javascript",
}
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Décroche API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body data-csrf-token="{token}" data-api-csrf="true">
<script type="application/json" id="swagger-settings">{settings}</script>
<div id="swagger-ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/swagger-ui-init.js"></script>
</body></html>"""
SETTINGS = {"layout": "BaseLayout", "deepLinking": True, "persistAuthorization": True}


def for_admins(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Not there for anybody else."""

    @wraps(view, updated=())
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        user = request.user
        if isinstance(user, User) and user.is_active and user.is_admin:
            return view(request, *args, **kwargs)
        return HttpResponseNotFound()

    return guarded


@for_admins
def page(request: HttpRequest) -> HttpResponse:
    """Of the screens' own API."""
    return _page(request, "/api/openapi.json")


@for_admins
def v1_page(request: HttpRequest) -> HttpResponse:
    """Of the public API."""
    return _page(request, "/api/v1/openapi.json")


def _page(request: HttpRequest, url: str) -> HttpResponse:
    """Nothing is fetched from another host."""
    settings = json.dumps({**SETTINGS, "url": url})
    answer = HttpResponse(PAGE.format(token=escape(get_token(request)), settings=settings))
    answer["Content-Security-Policy"] = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    return answer


@for_admins
def asset(request: HttpRequest, name: str) -> HttpResponseBase:
    """One of the page's three files."""
    if name not in ASSETS:
        return HttpResponseNotFound()
    path = Path(ninja.__file__).parent / "static" / "ninja" / name
    return FileResponse(path.open("rb"), content_type=ASSETS[name])

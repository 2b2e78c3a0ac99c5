"""The web process serves the API only; Caddy serves the built front end."""

from django.urls import path

from decroche.config import api_docs
from decroche.config.api import api

urlpatterns = [
    path("api/docs", api_docs.page),
    path("api/docs/<str:name>", api_docs.asset),
    path("api/", api.urls),
]
handler404 = "decroche.config.api_errors.no_such_path"
handler500 = "decroche.config.api_errors.outside"

"""The web process serves the API only; Caddy serves the built front end."""

from django.urls import path

from decroche.config import api_docs, api_v1
from decroche.config.api import api

urlpatterns = [
    path("api/v1/docs", api_docs.v1_page),
    path("api/v1/openapi.json", api_v1.document_for_readers),
    path("api/v1/", api_v1.api.urls),
    path("api/docs", api_docs.page),
    path("api/docs/<str:name>", api_docs.asset),
    path("api/", api.urls),
]
handler404 = "decroche.config.api_errors.no_such_path"
handler500 = "decroche.config.api_errors.outside"

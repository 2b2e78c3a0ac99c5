"""The web process serves the API only; Caddy serves the built front end."""

from django.urls import path

from decroche.config.api import api

urlpatterns = [path("api/", api.urls)]
handler404 = "decroche.config.api_errors.no_such_path"
handler500 = "decroche.config.api_errors.outside"

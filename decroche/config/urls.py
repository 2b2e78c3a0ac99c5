"""The web process serves the API only; Caddy serves the built front end."""

from django.urls import path

from decroche.config.api import api

urlpatterns = [path("api/", api.urls)]

"""Django's entry for the app."""

from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.integrations"
    label = "integrations"

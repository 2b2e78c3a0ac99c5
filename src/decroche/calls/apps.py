"""Django's entry for the app."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.calls"
    label = "calls"

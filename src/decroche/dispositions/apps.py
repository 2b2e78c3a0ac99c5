"""Django's entry for the app."""

from django.apps import AppConfig


class DispositionsConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.dispositions"
    label = "dispositions"

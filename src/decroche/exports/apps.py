"""Django's entry for the app."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.exports"
    label = "exports"

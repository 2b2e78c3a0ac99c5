"""Django's entry for the app, which has no tables: it is there for its command."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.demo"
    label = "demo"

"""Django's entry for the app."""

from django.apps import AppConfig


class CallbacksConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.callbacks"
    label = "callbacks"

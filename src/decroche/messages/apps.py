"""Django's entry for the app."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.messages"
    label = "messages"

"""Django's entry for the app."""

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.agents"
    label = "agents"

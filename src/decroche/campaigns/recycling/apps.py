"""Django's entry for the app."""

from django.apps import AppConfig


class RecyclingConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.campaigns.recycling"
    label = "recycling"

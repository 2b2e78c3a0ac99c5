"""Django's entry for the app."""

from django.apps import AppConfig


class OutlookConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.campaigns.outlook"
    label = "outlook"

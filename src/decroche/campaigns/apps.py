"""Django's entry for the app."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.campaigns"
    label = "campaigns"

"""Django's entry for the app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.privacy"
    label = "privacy"

"""Django's entry for the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.accounts"
    label = "accounts"

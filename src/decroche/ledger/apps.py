"""Django's entry for the app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.ledger"
    label = "ledger"

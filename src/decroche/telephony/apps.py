"""Django's entry for the app."""

from django.apps import AppConfig


class TelephonyConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.telephony"
    label = "telephony"

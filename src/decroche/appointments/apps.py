"""Django's entry for the app."""

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.appointments"
    label = "appointments"

"""Django's entry for the app."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """See the package's docstring."""

    name = "decroche.contacts"
    label = "contacts"

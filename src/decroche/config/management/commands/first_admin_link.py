"""`manage first_admin_link`: the path at which the first administrator is made; nothing where there is one."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from decroche.accounts.services import make_first_admin_link
from decroche.agents.defaults import ensure_pause_reasons


class Command(BaseCommand):
    """Prints `/first-admin/<token>`, usable once within 24 hours; every run makes the earlier link unusable."""

    help = "Print the path of a one-time link that makes the first administrator."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if path := make_first_admin_link():
            ensure_pause_reasons()
            self.stdout.write(path)

"""`manage seed_demo`: see decroche/demo/seed.py."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from decroche.config.env import get_env
from decroche.demo.seed import NotEmpty, seed


class Command(BaseCommand):
    """Fill an empty installation with the demo's floor; again: nothing but fresh logins where they were lost."""

    help = "Remplit une installation vide avec le plateau de démonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = seed(get_env())
        except NotEmpty:
            raise CommandError(
                "Cette installation contient déjà des données : la démonstration ne s'y mélange pas. "
                "Choisissez un autre dossier (DECROCHE_VAR)."
            ) from None
        self.stdout.write("Démonstration prête." if made else "La démonstration était déjà là.")

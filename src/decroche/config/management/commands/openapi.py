"""`manage openapi`: write frontend/openapi.json; `--check`: fail when it is not what the code says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decroche.config import openapi
from decroche.config.api import api
from decroche.config.env import get_env


class Command(BaseCommand):
    """Exit code 1 where `--check` finds a difference."""

    help = "Write frontend/openapi.json from the code."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare only")

    def handle(self, *args: Any, **options: Any) -> None:
        path = get_env().frontend_dir / "openapi.json"
        wanted = openapi.text(api)
        present = path.read_text(encoding="utf-8") if path.exists() else ""
        if wanted == present:
            return
        if options["check"]:
            raise CommandError(
                f"{path} is not what the code says: run `manage openapi`, then `npm run gen` in frontend/."
            )
        draft = path.with_suffix(".tmp")
        draft.write_text(wanted, encoding="utf-8")
        draft.replace(path)
        self.stdout.write(f"{path} written.")

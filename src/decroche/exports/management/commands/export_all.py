"""`manage export-all DIR`: everything that the base holds, as CSV and files, with what each column is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decroche.common.errors import DomainError
from decroche.config.env import get_env
from decroche.exports.whole import README, export_all


class Command(BaseCommand):
    """Exit code 1 where the folder is not empty; nothing is written then."""

    help = "Write everything that the base holds into an empty folder: one .csv a table, and the files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="empty, or not there yet")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            export_all(folder.resolve(), self.stdout.write)
        except DomainError as error:
            raise CommandError(error.sentence(get_env().language)) from error
        self.stdout.write(f"{folder / README}")

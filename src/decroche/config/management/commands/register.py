"""`manage register`: the register of processing (GDPR, article 30) as a PDF, filled from the configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decroche.privacy.register import document


class Command(BaseCommand):
    """What was written is in the audit log, as the machine's."""

    help = "Write the register of processing activities as a PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=Path("registre-des-traitements.pdf"), help="file to write")
        parser.add_argument("--language", choices=("fr", "en"), default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        try:
            out.write_bytes(document.pdf(None, options["language"]))
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}") from error
        self.stdout.write(f"{out} written.")

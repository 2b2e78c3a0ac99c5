"""`manage proof --call ID`: why that call was lawful, as a PDF or as JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decroche.common.errors import NotFound
from decroche.ledger.dossier import document


class Command(BaseCommand):
    """Exit code 1 where there is no such call. What was read is in the audit log, as the machine's."""

    help = "Answer an inspector about one call: decision, rules, legal basis, proofs, refusals, attempts, recording."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--call", required=True, help="the call's identifier, as on its page")
        parser.add_argument("--out", type=Path, help="file to write, - for standard output (preuve-ID.pdf)")
        parser.add_argument("--json", action="store_true", help="the facts as JSON instead of a PDF")
        parser.add_argument("--language", choices=("fr", "en"), default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            call_id = UUID(options["call"])
            made = self._made(call_id, options["language"], as_json=options["json"])
        except (ValueError, NotFound):
            raise CommandError(f"No call {options['call']}: copy the identifier from the call's page.") from None
        out: Path | None = options["out"]
        if out is None and options["json"]:
            self.stdout.write(made.decode())
            return
        out = out or Path(f"preuve-{call_id}.pdf")
        if str(out) == "-":
            sys.stdout.buffer.write(made)
            return
        try:
            out.write_bytes(made)
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}") from error
        self.stdout.write(f"{out} written.")

    def _made(self, call_id: UUID, language: Any, *, as_json: bool) -> bytes:
        if as_json:
            return document.read(None, call_id).model_dump_json(indent=1).encode()
        return document.pdf(None, call_id, language)

"""`manage proof --call ID`: why that call was lawful, as a PDF or as JSON. `--number`: which calls there were to it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decroche.common.errors import NotFound
from decroche.contacts.phones import normalise
from decroche.ledger.dossier import document
from decroche.ledger.selectors import calls_to


class Command(BaseCommand):
    """Exit code 1 where there is no such call. What was read is in the audit log, as the machine's."""

    help = "Answer an inspector about one call: decision, rules, legal basis, proofs, refusals, attempts, recording."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--call", help="the call's identifier, as on its page")
        which.add_argument("--number", help="list the calls placed to it, those to a person erased since too")
        parser.add_argument("--out", type=Path, help="file to write, - for standard output (preuve-ID.pdf)")
        parser.add_argument("--json", action="store_true", help="the facts as JSON instead of a PDF")
        parser.add_argument("--language", choices=("fr", "en"), default="fr")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["number"] is not None:
            self._list(options["number"])
            return
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

    def _list(self, number: str) -> None:
        e164 = normalise(number)
        if not isinstance(e164, str):
            raise CommandError(f"{number}: not a telephone number.")
        for call_id, at in calls_to(e164):
            self.stdout.write(f"{at.isoformat(timespec='seconds')}  {call_id}")

    def _made(self, call_id: UUID, language: Any, *, as_json: bool) -> bytes:
        if as_json:
            return document.read(None, call_id).model_dump_json(indent=1).encode()
        return document.pdf(None, call_id, language)

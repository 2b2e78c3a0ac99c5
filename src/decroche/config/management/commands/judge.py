"""`manage judge CASES.jsonl`: the verdict on each case, one JSON line each; `-` reads standard input. No database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from decroche.compliance.cases import judge_line

LONGEST = 1_000_000
"""Bytes of a line."""
NAMED = 20
"""Wrong lines that are named at the end."""


class Command(BaseCommand):
    """Exit code 1 where a line was no case: its own answer says why, the others are judged all the same."""

    help = "Judge the calls described in a file (docs/rules/judge.md): a line of JSON in, a line of JSON out."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cases", help="a .jsonl file, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["cases"] == "-":
            wrong = self._judge(sys.stdin.buffer)
        else:
            try:
                with Path(options["cases"]).open("rb") as lines:
                    wrong = self._judge(lines)
            except OSError as error:
                raise CommandError(f"{options['cases']}: {error.strerror}") from error
        if wrong:
            named = ", ".join(str(number) for number in wrong[:NAMED]) + (", …" if len(wrong) > NAMED else "")
            raise CommandError(f"{len(wrong)} line(s) were no case, see their answers: line {named}.")

    def _judge(self, lines: BinaryIO) -> list[int]:
        """The numbers of the lines that were no case; empty lines count, as in an editor."""
        wrong, number = [], 0
        while line := lines.readline(LONGEST):
            number += 1
            if not line.strip():
                continue
            told = judge_line(line, number)
            if told.startswith('{"line"'):
                wrong.append(number)
            self.stdout.write(told)
        return wrong

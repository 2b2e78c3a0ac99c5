"""The command line (first light: `manage` only)."""

import sys


def main(argv: list[str]) -> int:
    """Run one command; returns the exit code."""
    if argv[:1] == ["manage"]:
        import os

        from django.core.management import execute_from_command_line

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decroche.config.settings.production")
        execute_from_command_line(["decroche manage", *argv[1:]])
        return 0
    sys.stderr.write("unknown command\n")
    return 2

"""Reads the command line, runs the command, tells a failure in one sentence. Exit codes: 0, 1, 2 (usage), 130 (^C)."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from decroche import __version__
from decroche.config.env import Env, get_env
from decroche.runtime.errors import Language, UserFacingError, from_os_error, language_of

SUITES = ("unit", "flows", "frontend", "telephony", "browser")


def main(argv: list[str]) -> int:
    """Run one command; returns the exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    language = language_of(os.environ)
    try:
        env = get_env()
        return _own_process(argv) if argv and argv[0] in _OWN_PROCESSES else _command(env, argv)
    except UserFacingError as error:
        _complain(error.sentence(language))
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        told = from_os_error(error)
        if told is None:
            raise
        _complain(told.sentence(language))
        return 1


def _command(env: Env, argv: list[str]) -> int:
    wanted = _parser(env.language).parse_args(argv)
    run: Callable[[Env, argparse.Namespace], int] = wanted.run
    return run(env, wanted)


def _parser(language: Language) -> argparse.ArgumentParser:
    def say(french: str, english: str) -> str:
        return english if language == "en" else french

    parser = argparse.ArgumentParser(
        prog="./decroche", description=say("Un plateau d'appels sortants.", "An outbound call floor.")
    )
    parser.add_argument("--version", action="version", version=f"Décroche {__version__}")
    commands = parser.add_subparsers(required=True, metavar=say("commande", "command"))

    host_help = say(
        "nom ou adresse pour les autres postes, en HTTPS (réseau local, ou nom public)",
        "name or address for other machines, over HTTPS (local network, or a public name)",
    )
    demo = commands.add_parser("demo", help=say("un plateau de démonstration complet", "a whole demonstration floor"))
    demo.add_argument("--host", default=None, metavar="NAME", help=host_help)
    demo.add_argument(
        "--check",
        action="store_true",
        help=say("prend trois appels, mesure, arrête tout", "takes three calls, measures, stops everything"),
    )
    demo.set_defaults(run=_demo)

    up = commands.add_parser("up", help=say("un vrai plateau", "a real floor"))
    up.add_argument("--host", default=None, metavar="NAME", help=host_help)
    up.set_defaults(run=_up)

    test = commands.add_parser("test", help=say("les tests", "the tests"))
    test.add_argument("suite", nargs="?", choices=SUITES, help=say("une seule suite", "one suite only"))
    test.add_argument("options", nargs="*", help=say("options pour pytest, après --", "options for pytest, after --"))
    test.set_defaults(run=_test)

    commands.add_parser(
        "check", help=say("format, types, contrats, licences", "format, types, contracts, licences")
    ).set_defaults(run=_check)
    commands.add_parser(
        "doctor", help=say("ce qui est là, ce qui manque, que faire", "what is there, what is missing, what to do")
    ).set_defaults(run=_doctor)
    for name, help_text in (
        ("manage", say("commandes de Django", "Django's commands")),
        ("web", say("le processus web seul", "the web process alone")),
        ("floor", say("le processus plateau seul", "the floor process alone")),
        ("worker", say("le processus des tâches seul", "the task process alone")),
    ):
        commands.add_parser(name, help=help_text, add_help=False)
    return parser


def _demo(env: Env, wanted: argparse.Namespace) -> int:
    from decroche.runtime.commands.run import run
    from decroche.runtime.console import Console

    return run(env.with_(mode="demo", host=wanted.host), Console(env.language), is_check=wanted.check)


def _up(env: Env, wanted: argparse.Namespace) -> int:
    from decroche.runtime.commands.run import run
    from decroche.runtime.console import Console

    return run(env.with_(mode="up", host=wanted.host), Console(env.language))


def _test(env: Env, wanted: argparse.Namespace) -> int:
    from decroche.runtime.commands.test import run

    return run(env, [wanted.suite] if wanted.suite else list(SUITES), wanted.options)


def _check(env: Env, _: argparse.Namespace) -> int:
    from decroche.runtime.commands.check import run

    return run(env)


def _doctor(env: Env, _: argparse.Namespace) -> int:
    from decroche.runtime.commands.doctor import run

    return run(env)


# ── Processes that the supervisor starts ─────────────────────────────────────

_OWN_PROCESSES = ("manage", "web", "floor", "worker", "demo-check")


def _own_process(argv: list[str]) -> int:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decroche.config.settings.production")
    from decroche.runtime.commands import own_processes

    match argv[0]:
        case "manage":
            return own_processes.manage(argv[1:])
        case "web":
            return own_processes.web()
        case "floor":
            return own_processes.floor()
        case "worker":
            return own_processes.worker()
        case _:
            return own_processes.demo_check()


def _complain(sentence: str) -> None:
    sys.stderr.write(f"décroche : {sentence}\n")


def _terminate(*_: object) -> NoReturn:
    """While preparing, SIGTERM unwinds like Ctrl-C, so that what was started is ended."""
    raise SystemExit(143)

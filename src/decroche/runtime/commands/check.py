"""`check`: all that is held true of the code without running it. Every check runs; each one is a line."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from decroche.config.env import Env
from decroche.runtime import frontend
from decroche.runtime.console import Console
from decroche.runtime.errors import UserFacingError
from decroche.runtime.installation import environ, manage
from decroche.runtime.licences import refused_licences

SHOWN_LINES = 40
SUITES = ("unit", "flows", "telephony", "browser")


@dataclass(frozen=True)
class Check:
    """One line of the report. `run` returns "" when all is well, else what to show."""

    french: str
    english: str
    run: Callable[[], str]


def run(env: Env) -> int:
    """Run all checks; 0 only if all of them hold."""
    console = Console(env.language, sys.stdout)
    failed = 0
    for check in checks(env):
        began = time.monotonic()
        try:
            output = check.run()
        except UserFacingError as error:
            output = error.sentence(env.language)
        name = check.english if env.language == "en" else check.french
        console.line(f"{'✗' if output else '✓'} {name} ({time.monotonic() - began:.1f} s)")
        for line in output.splitlines()[-SHOWN_LINES:]:
            console.line(f"    {line}")
        failed += bool(output)
    return 1 if failed else 0


def checks(env: Env) -> list[Check]:
    """In the order of their speed."""

    def tool(*argv: str) -> Callable[[], str]:
        program = Path(sys.executable).with_name(argv[0])
        return lambda: _output_of_failure([str(program), *argv[1:]], env.root, env)

    code = [str(_package(env)), "tests", *(["bench"] if (env.root / "bench").is_dir() else [])]
    code = [name for name in code if (env.root / name).exists()]
    return [
        Check("format (ruff)", "format (ruff)", tool("ruff", "format", "--check", "--output-format", "concise", *code)),
        Check("règles (ruff)", "lint (ruff)", tool("ruff", "check", "--output-format", "concise", *code)),
        Check("contrats d'import", "import contracts", tool("lint-imports", "--no-cache")),
        Check("code mort (vulture)", "dead code (vulture)", tool("vulture")),
        Check("licences", "licences", refused_licences),
        Check("API écrite en accord avec le code", "written API in step with the code", lambda: _openapi(env)),
        Check("types (mypy)", "types (mypy)", lambda: _types(env)),
        Check("types de l'interface générés", "generated front-end types", lambda: _generated_types(env)),
        Check(
            "interface (format, règles, types, textes)",
            "front end (format, lint, types, texts)",
            lambda: _npm_check(env),
        ),
    ]


def _package(env: Env) -> Path:
    return Path(__file__).resolve().parents[2].relative_to(env.root)


def _types(env: Env) -> str:
    """The package, then each suite by itself: every suite has a conftest of its own."""
    mypy = str(Path(sys.executable).with_name("mypy"))
    home = Path(__file__).resolve().parents[3]
    bench = ["bench"] if (env.root / "bench").is_dir() else []
    failures = [_output_of_failure([mypy, str(_package(env)), *bench], env.root, env, MYPYPATH=str(home))]
    for suite in SUITES:
        if (env.root / "tests" / suite).is_dir():
            argv = [mypy, "--explicit-package-bases", f"tests/{suite}"]
            failures.append(_output_of_failure(argv, env.root, env, MYPYPATH=_bases(env, suite, home)))
    return "\n".join(output for output in failures if output)


def _bases(env: Env, suite: str, home: Path) -> str:
    """Where a suite's imports start: at its own folder when it imports its conftest, else at the root."""
    folder = env.root / "tests" / suite
    imports_conftest = any("\nfrom conftest import" in path.read_text("utf-8") for path in folder.rglob("*.py"))
    return f"{home}:{folder}:{env.root}/tests" if imports_conftest else f"{home}:{env.root}"


def _openapi(env: Env) -> str:
    return _output_of_failure(manage("openapi", "--check"), env.root, env)


def _generated_types(env: Env) -> str:
    """Generate again beside the file, compare, put back: the checkout is left as it was."""
    written = env.frontend_dir / "src" / "lib" / "api" / "schema.d.ts"
    former = written.read_text(encoding="utf-8")
    try:
        if output := _npm(env, "gen"):
            return output
        if written.read_text(encoding="utf-8") == former:
            return ""
        return f"{written.relative_to(env.root)}: npm run gen"
    finally:
        if written.read_text(encoding="utf-8") != former:
            written.write_text(former, encoding="utf-8")


def _npm_check(env: Env) -> str:
    return _npm(env, "check")


def _npm(env: Env, script: str) -> str:
    node = frontend.ensure_modules(env, lambda _: None)
    path = f"{node.parent}:{os.environ.get('PATH', '/usr/bin:/bin')}"
    return _output_of_failure(frontend.npm(node, "run", "--silent", script), env.frontend_dir, env, PATH=path)


def _output_of_failure(argv: Sequence[str], cwd: Path, env: Env, **more: str) -> str:
    """Empty when the program exits with 0. `more`: variables of its environment."""
    variables = {**environ(env), "NO_COLOR": "1", "DECROCHE_MODE": "test", **more}
    done = subprocess.run(
        argv, cwd=cwd, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stdout.strip() or f"{argv[0]}: exit code {done.returncode}"

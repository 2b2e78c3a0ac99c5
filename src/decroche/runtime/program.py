"""What the supervisor runs: a long-lived program, or a step that runs once to its end (migrations)."""

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from decroche.runtime.privileges import Account


@dataclass(frozen=True)
class Program:
    """One named process of the installation. `ready` and `prepare` may block: they run in a thread."""

    name: str
    argv: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)
    """The whole environment of the process."""
    cwd: Path = Path("/")
    after: Sequence[str] = ()
    """Names of programs that must be ready (of steps: done) before this one starts."""
    ready: Callable[[], bool] = lambda: True
    prepare: Callable[[], None] = lambda: None
    """Before each start, so after each crash too."""
    account: Account | None = None
    needs: Sequence[Path] = ()
    """Files and folders that it opens, for an account to whom a folder on the way may be closed."""
    opens_low_ports: bool = False
    """Ports below 1024, for an account that is not root."""
    stop_signal: int = signal.SIGTERM
    stop_timeout_s: float = 10.0
    death_signal: int | None = None
    """Sent to it should the supervisor be killed; None: its stop signal."""
    ready_timeout_s: float = 60.0
    is_step: bool = False
    """Runs once to its end; exit code 0 means done, any other one fails the start."""
    is_needed: Callable[[], bool] = lambda: True
    """Of a step: False leaves it out, as done already."""
    done: Callable[[], None] = lambda: None
    """Of a step: called after its exit code 0, to note that it needs no second time."""


def order(programs: Sequence[Program]) -> list[Program]:
    """Programs so that each comes after those it waits for. Raises ValueError on an unknown name or a circle."""
    names = {program.name for program in programs}
    if unknown := {name for program in programs for name in program.after} - names:
        raise ValueError(f"unknown program: {', '.join(sorted(unknown))}")
    ordered: list[Program] = []
    waiting = list(programs)
    while waiting:
        placed = {program.name for program in ordered}
        free = [program for program in waiting if placed.issuperset(program.after)]
        if not free:
            raise ValueError(f"circle among: {', '.join(program.name for program in waiting)}")
        ordered += free
        waiting = [program for program in waiting if program not in free]
    return ordered


def backoff_s(deaths_in_a_row: int) -> float:
    """Wait before the next start: 0.5 s, doubled at each death, 30 s at most."""
    return float(min(30.0, 0.5 * 2 ** max(0, deaths_in_a_row - 1)))

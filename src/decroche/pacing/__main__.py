"""`python -m decroche.pacing --mode predictive`: a snapshot as JSON per line, a decision as JSON per line.

The documented way for anyone's simulator to try the policy: docs/pacing.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import get_args

from decroche.pacing.memory import Memory
from decroche.pacing.policy import decide
from decroche.pacing.reading import LineReader, Unreadable
from decroche.pacing.snapshot import Mode


def answers(lines: Iterable[str], mode: str | None) -> Iterator[str]:
    """One line for each that is not blank. A line that cannot be read changes nothing."""
    reader, memory = LineReader(), Memory()
    for line in lines:
        if not line.strip():
            continue
        try:
            snapshot = reader.snapshot(json.loads(line), mode)
            decision = decide(snapshot, memory)
        except json.JSONDecodeError as error:
            yield json.dumps({"error": f"The line is not JSON: {error.msg} at character {error.pos + 1}."})
        except Unreadable as error:
            yield json.dumps({"error": str(error)})
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            yield json.dumps({"error": f"The snapshot cannot be decided upon: {error}."})
        else:
            memory = decision.memory
            yield json.dumps({"n": decision.n, "why": decision.why.facts()})


def main() -> int:
    """Until the input ends."""
    parser = argparse.ArgumentParser(prog="python -m decroche.pacing", description=__doc__)
    parser.add_argument("--mode", choices=get_args(Mode), help="takes the place of the snapshots' mode")
    options = parser.parse_args()
    for answer in answers(sys.stdin, options.mode):
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())

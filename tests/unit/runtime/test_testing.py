"""Two runs of the tests beside each other never meet on a port."""

import subprocess
import sys

CLAIMS = """
import sys
from decroche.runtime import testing
print(*(testing.free_ports(10) for _ in range(20)), testing.own_rtp_start(), flush=True)
sys.stdin.read()  # a claim lasts as long as who made it
"""


def test_runs_that_choose_ports_at_the_same_moment_choose_different_ones() -> None:
    runs = [
        subprocess.Popen([sys.executable, "-c", CLAIMS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    claimed = [port for run in runs if run.stdout for port in run.stdout.readline().split()]
    for run in runs:
        run.communicate("")
    assert len(claimed) == 4 * 21
    assert len(set(claimed)) == len(claimed)

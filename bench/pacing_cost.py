"""What a decision costs at 100 agents, beside a bare function of the same arity. The figure is printed last.

The snapshots are those of a simulated quarter of an hour, taken after the first; one core.
"""

from __future__ import annotations

import argparse
import time

from bench.figures import percentile
from bench.pacing_policies import Ours
from bench.pacing_scenarios import BASE
from bench.pacing_simulator import Day
from decroche.pacing import Decision, Memory, Snapshot, Why, decide

WARM_S, SPAN_S = 900.0, 900.0


def bare(snapshot: Snapshot, memory: Memory) -> Decision:
    """Takes and gives the same, decides nothing."""
    return Decision(0, memory, Why("bare", 0, 0))


class Timed(Ours):
    """Ours, with its snapshots kept."""

    kept: list[Snapshot] = []
    start: Memory | None = None

    def __call__(self, day: Day) -> int:
        """At every event."""
        shot = self.snapshot(day)
        if day.now >= WARM_S:
            self.start = self.start or self.memory
            self.kept.append(shot)
        decision = decide(shot, self.memory)
        self.memory = decision.memory
        return decision.n


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=100)
    options = parser.parse_args()
    policy = Timed()
    day = Day(BASE, options.agents, seed=1)
    day.until_s = WARM_S + SPAN_S
    day.run(policy)
    costs = []
    for function in (bare, decide):
        memory = policy.start or Memory()
        spent = []
        for shot in policy.kept:
            began = time.perf_counter()
            decision = function(shot, memory)
            spent.append(time.perf_counter() - began)
            memory = decision.memory
        costs.append(1e6 * sum(spent) / len(spent))
        p50, p99 = (1e6 * percentile(spent, share) for share in (0.5, 0.99))
        print(
            f"{function.__name__:<8} n={len(spent):<6} mean={costs[-1]:7.1f} µs  p50={p50:7.1f} µs  p99={p99:7.1f} µs"
        )
    print(f"a decision at {options.agents} agents: {costs[1]:.0f} µs, {costs[1] / costs[0]:.0f} × a bare function")


if __name__ == "__main__":
    main()

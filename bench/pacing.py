"""How much agents talk, and how many persons meet silence, by policy, scenario and size of team.

    .venv/bin/python -m bench.pacing --quick
    .venv/bin/python -m bench.pacing --agents 3,10 --scenario base,stepping --policy predictive,progressive --days 5
    .venv/bin/python -m bench.pacing --picture docs/images/pacing.svg

Utilisation is (talk + wrap-up) ÷ (signed in − paused). The seeds are `--seed` and those after it; the same seed gives
every policy the same calls and the same talks.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.pacing_picture import picture
from bench.pacing_policies import AdaptiveRatio, Ewma, Ours, progressive
from bench.pacing_scenarios import SCENARIOS
from bench.pacing_simulator import Day, Policy, Result8h

SIZES = (3, 5, 10, 20, 50, 100, 300)
POLICIES: dict[str, Callable[[], Policy]] = {
    "progressive": lambda: progressive,
    "adaptive": AdaptiveRatio,
    "adaptive-tuned": lambda: AdaptiveRatio(highest=6.0, every_s=30.0, gain=0.15, limit=0.025),
    "ewma": Ewma,
    "power": lambda: Ours("power"),
    "predictive": Ours,
}
DAYS = {3: 12, 5: 10, 10: 6, 20: 4, 50: 2, 100: 1, 300: 1}


@dataclass(frozen=True)
class Figures:
    """Days of one policy in one scenario with one size of team."""

    scenario: str
    agents: int
    policy: str
    days: list[Result8h]
    seconds: float

    @property
    def utilisation(self) -> float:
        """Mean over the days, in %."""
        return sum(day.utilisation for day in self.days) / len(self.days)

    @property
    def share(self) -> float:
        """Abandoned, in % of those answered by a person."""
        return 100 * sum(day.abandoned for day in self.days) / max(1, sum(day.connected for day in self.days))

    def line(self) -> str:
        """Of the table."""
        worst = 100 * max(day.share for day in self.days)
        calls = sum(day.launched for day in self.days) / sum(day.agent_hours for day in self.days)
        return (
            f"{self.scenario:<15} {self.agents:>6} {self.policy:<15} {self.utilisation:>11.1f} "
            f"{self.share:>9.2f} {worst:>8.2f} {calls:>10.1f} {len(self.days):>5} {self.seconds / len(self.days):>7.1f}"
        )


HEADER = (
    f"{'scenario':<15} {'agents':>6} {'policy':<15} {'utilisation':>11} {'abandoned':>9} {'max/day':>8} "
    f"{'calls/ag-h':>10} {'days':>5} {'s/day':>7}"
)


def measured(scenario: str, agents: int, policy: str, seeds: range, every_event: bool) -> Figures:
    """Play the days."""
    began = time.perf_counter()
    days = [Day(SCENARIOS[scenario], agents, seed, every_event).run(POLICIES[policy]()) for seed in seeds]
    return Figures(scenario, agents, policy, days, time.perf_counter() - began)


def main() -> None:
    """Print the table; draw the picture when asked."""
    options = _options()
    figures = []
    print(HEADER)
    for scenario in options.scenario.split(","):
        for agents in (int(size) for size in options.agents.split(",")):
            days = options.days or (1 if options.quick else DAYS.get(agents, 3))
            for policy in options.policy.split(","):
                seeds = range(options.seed, options.seed + days)
                figures.append(measured(scenario, agents, policy, seeds, not options.every_2_5_s))
                print(figures[-1].line(), flush=True)
    print(f"seeds from {options.seed}")
    if options.picture:
        shown = [(f.policy, f.agents, f.utilisation) for f in figures if f.scenario == "base"]
        Path(options.picture).write_text(picture(shown), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agents", help="sizes, with commas")
    parser.add_argument("--scenario", default="base", help=f"with commas, or all: {', '.join(SCENARIOS)}")
    parser.add_argument("--policy", default="all", help=f"with commas, or all: {', '.join(POLICIES)}")
    parser.add_argument("--days", type=int, help="days of each; by default more of small teams")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="one day of 3, 5 and 10 agents")
    parser.add_argument("--every-2-5-s", action="store_true", help="decide every 2.5 s instead of at each event")
    parser.add_argument("--picture", help="write an SVG of the base scenario there")
    options = parser.parse_args()
    options.agents = options.agents or ("3,5,10" if options.quick else ",".join(map(str, SIZES)))
    options.scenario = ",".join(SCENARIOS) if options.scenario == "all" else options.scenario
    options.policy = ",".join(POLICIES) if options.policy == "all" else options.policy
    return options


if __name__ == "__main__":
    main()

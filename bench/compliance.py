"""Judgements a second on one core, beside a loop that only calls a function. Prints the count and the ratio, last.

The cases are those of a working floor: nearly nine in ten lawful, with a consent and some earlier calls; the rest
refused by the hour, a list, or for want of a consent.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice

from decroche.compliance import CampaignFacts, ContactFacts, History, Intent, ListEntry, Proof, decide
from decroche.compliance.cases import LEGAL_HOURS
from decroche.compliance.hours import read_slots

AIM = 20_000
MONDAY_11 = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Case = tuple[Intent, History]


def cases() -> list[Case]:
    """Twenty, of different persons, days and places."""
    campaign = CampaignFacts(principal="123456782", slots=read_slots(LEGAL_HOURS))
    found: list[Case] = []
    for n in range(20):
        intent = Intent(
            "automatic",
            f"+33639980{n:03d}",
            MONDAY_11 + timedelta(minutes=7 * n),
            "+33199000001",
            True,
            campaign,
            ContactFacts("", ("75011", "67000", "13001", "59000")[n % 4]),
        )
        history = History(
            attempts_at=tuple(intent.at - timedelta(days=3 * d) for d in range(1, n % 4 + 1)),
            proofs=(Proof("consent", intent.at - timedelta(days=20 + n)),),
        )
        found.append((intent, history))
    found[4] = (replace(found[4][0], at=MONDAY_11.replace(hour=12)), found[4][1])
    found[9] = (found[9][0], replace(found[9][1], do_not_call=(ListEntry("everywhere"),)))
    found[14] = (found[14][0], replace(found[14][1], proofs=()))
    return found


def nothing(intent: Intent, history: History) -> None:
    """What the judge is compared with."""


def per_second(judge: Callable[[Intent, History], object], count: int) -> float:
    """Calls a second of processor time."""
    work = list(islice(cycle(cases()), count))
    started = time.process_time()
    for intent, history in work:
        judge(intent, history)
    return count / (time.process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    count = parser.parse_args().count
    per_second(decide, 2_000)
    bare, judged = per_second(nothing, count), per_second(decide, count)
    print(f"bare calls: {bare:,.0f}/s")
    print(f"judgements: {judged:,.0f}/s (aim: {AIM:,}), one in {bare / judged:,.0f} bare calls")


if __name__ == "__main__":
    main()

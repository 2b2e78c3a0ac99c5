"""When a contact is called again, and on which number: pure.

A campaign may hold one rule for each result; where it has none, the defaults below apply.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from decroche.calls.results import Result

DIALED_KINDS = ("phone", "mobile", "office")
"""Order in which a contact's numbers are tried. A fax is never dialed."""


@dataclass(frozen=True, slots=True)
class Rule:
    """After this result: wait `delay_s`, give up when it has come `max_attempts` times, change number or not."""

    delay_s: int
    max_attempts: int
    next_phone: bool = True


DEFAULT_RULES: Mapping[str, Rule] = {
    Result.NO_ANSWER: Rule(4 * 3600, 4),
    Result.BUSY: Rule(15 * 60, 4, next_phone=False),
    Result.REJECTED: Rule(24 * 3600, 2),
    Result.MACHINE: Rule(4 * 3600, 4),
    Result.ABANDONED: Rule(72 * 3600, 2, next_phone=False),  # 72 h: see docs on abandoned calls
    Result.CONGESTION: Rule(5 * 60, 6, next_phone=False),
    Result.FAILED: Rule(30 * 60, 3),
    Result.UNALLOCATED: Rule(60, 1),  # goes on to the next number, or is over
    Result.CANCELLED: Rule(10 * 60, 6, next_phone=False),
    Result.CONNECTED: Rule(24 * 3600, 3, next_phone=False),  # talked, and no outcome was given
}

FREE_OF_CHARGE = frozenset({Result.CONGESTION, Result.FAILED, Result.CANCELLED})
"""Our own or the network's fault: not counted against the campaign's maximum of attempts."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands after an attempt."""

    state: str
    """waiting or finished."""
    not_before: datetime
    phone_position: int
    finished_reason: str = ""


@dataclass(frozen=True, slots=True)
class Attempted:
    """An attempt that is over, and what is known of the entry, this attempt included in the counts."""

    result: Result
    at: datetime
    attempts: int
    by_result: Mapping[str, int] = field(default_factory=dict)
    phone_position: int = 0
    phone_count: int = 1


def dialable(phones: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(kind, e164) in the order of dialing, each number once."""
    seen: set[str] = set()
    ordered = [phone for kind in DIALED_KINDS for phone in phones if phone[0] == kind]
    return [phone for phone in ordered if not (phone[1] in seen or seen.add(phone[1]))]  # type: ignore[func-returns-value]


def after(attempt: Attempted, rules: Mapping[str, Rule], max_attempts: int) -> Place:
    """What becomes of the entry where the agent gave no outcome."""
    rule = rules.get(attempt.result) or DEFAULT_RULES[attempt.result]
    position = attempt.phone_position
    if rule.next_phone and attempt.phone_count > 0:
        position = (position + 1) % attempt.phone_count
    has_fresh_number = rule.next_phone and attempt.phone_position + 1 < attempt.phone_count
    charged = attempt.attempts - sum(attempt.by_result.get(result, 0) for result in FREE_OF_CHARGE)
    if charged >= max_attempts:
        return Place("finished", attempt.at, position, "max_attempts")
    if attempt.by_result.get(attempt.result, 1) >= rule.max_attempts and not has_fresh_number:
        return Place("finished", attempt.at, position, f"{attempt.result}"[:20])
    # Another number of the same contact need not wait as long as the same one: a minute, so that nobody is hammered.
    delay_s = min(rule.delay_s, 60) if has_fresh_number and attempt.result is Result.UNALLOCATED else rule.delay_s
    return Place("waiting", attempt.at + timedelta(seconds=delay_s), position)

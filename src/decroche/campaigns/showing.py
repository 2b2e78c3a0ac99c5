"""Which of a campaign's numbers a call shows: by department, else by zone called, else its own; in turn. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from decroche.compliance.numbers import zone_called
from decroche.compliance.presented import is_of_another, may_serve, range_of

SHOWN_SINCE = """
SELECT presented, count(*) AS calls FROM calls_call
WHERE claimed_at >= %(since)s AND presented <> '' AND direction = 'outbound' GROUP BY presented
"""
"""How many calls showed each number."""


class Shown(NamedTuple):
    """A number that a campaign may show, and for which calls.

    `department`: to those who live there; `zone`: as `CampaignPresentedNumber.zone`; both empty: always. `holder`: the
    SIREN of the company that holds it, "" where nobody wrote it down.
    """

    e164: str
    zone: str = ""
    department: str = ""
    daily_limit: int | None = None
    holder: str = ""

    @property
    def is_default(self) -> bool:
        """Shown to all for whom there is none nearer."""
        return not self.zone and not self.department


@dataclass(frozen=True, slots=True)
class Choice:
    """The number to show, "" where the campaign has none; `exhausted`: it has had all its calls of the day."""

    e164: str
    exhausted: bool = False
    holder: str = ""


def choose(
    numbers: Sequence[Shown],
    *,
    called: str,
    postal_code: str,
    principal: str,
    automatic: bool,
    on_simulator: bool,
    today: Mapping[str, int],
) -> Choice:
    """The lawful one with the fewest calls today, below its limit; the lowest where several are equal.

    The nearest kind is used up first. Where none is lawful, one that is not is answered, so that the judge says why.
    """
    unlawful: Shown | None = None
    worn: Shown | None = None
    for near in _by_nearness(numbers, called, postal_code):
        by_turn = sorted(near, key=lambda one: (today.get(one.e164, 0), one.e164))
        for one in by_turn:
            if (
                not may_serve(one.e164, automatic=automatic)
                or is_of_another(one.holder, principal)
                or _is_fiction_on_a_line(one.e164, on_simulator)
            ):
                unlawful = unlawful or one
            elif one.daily_limit is None or today.get(one.e164, 0) < one.daily_limit:
                return Choice(one.e164, holder=one.holder)
            else:
                worn = worn or one
    last = worn or unlawful
    return Choice("") if last is None else Choice(last.e164, last is worn, last.holder)


def department_of(postal_code: str) -> str:
    """Code of the department: "69", "2A", "974"; "" of what is no French postal code."""
    if len(postal_code) != 5 or not (postal_code.isascii() and postal_code.isdigit()):
        return ""
    if postal_code.startswith("20"):
        return "2A" if postal_code < "20200" else "2B"
    return postal_code[: 3 if postal_code.startswith("97") else 2]


def _by_nearness(numbers: Sequence[Shown], called: str, postal_code: str) -> Iterator[list[Shown]]:
    department, zone = department_of(postal_code), zone_called(called)
    if department:
        yield [one for one in numbers if one.department == department]
    if zone:
        yield [one for one in numbers if one.zone == zone and not one.department]
    yield [one for one in numbers if one.is_default]


def _is_fiction_on_a_line(e164: str, on_simulator: bool) -> bool:
    return not on_simulator and range_of(e164) == "fiction"

"""What the judge is asked about one number of one candidate, by the floor and by every screen, and his answer. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from decroche.campaigns.candidate import Candidate
from decroche.campaigns.showing import Shown, choose
from decroche.compliance import (
    Allowed,
    CampaignFacts,
    History,
    Intent,
    Kind,
    Refused,
    Verdict,
    allowed_on,
    decide,
    french,
)
from decroche.compliance.hours import Slot
from decroche.compliance.numbers import MAINLAND
from decroche.compliance.reasons import PresentedExhausted


def judged(
    candidate: Candidate, number: str, kind: Kind, at: datetime, *,
    campaign: CampaignFacts, shown: Sequence[Shown], lines: Collection[bool], today: Mapping[str, int],
) -> tuple[Intent, History, Verdict]:  # fmt: skip
    """The case of a call to this number at that instant, and the verdict.

    `shown`: the campaign's numbers; `today`: how many calls each has had; `lines`: see below. What is lawful waits for
    the next day where every number that may be shown has had its calls.
    """
    on_simulator = is_for_simulator(number, lines)
    choice = choose(
        shown,
        called=number,
        postal_code=str(candidate.contact["postal_code"]),
        principal=campaign.principal,
        automatic=kind == "automatic",
        on_simulator=on_simulator,
        today=today,
    )
    intent = Intent(
        kind=kind,
        e164=number,
        at=at,
        presented=choice.e164,
        on_simulator=on_simulator,
        campaign=campaign,
        contact=candidate.facts(),
        holder=choice.holder,
    )
    history = candidate.history_of(number)
    verdict = decide(intent, history)
    if choice.exhausted and isinstance(verdict, Allowed):
        verdict = _tomorrow(intent, history)
    return intent, history, verdict


def is_for_simulator(number: str, lines: Collection[bool]) -> bool:
    """`lines`: for each line that may be used, whether it is the simulator's. Where both kinds are, the number says."""
    natures = set(lines)
    if natures == {True, False}:
        return isinstance(allowed_on(number, simulator=True), Allowed)
    return natures == {True}


def _tomorrow(intent: Intent, history: History) -> Refused:
    """Until the first lawful moment of the next day (of Paris, as numbers are counted), as far as that can be told."""
    zone = ZoneInfo(MAINLAND)
    day = intent.at.astimezone(zone).date() + timedelta(days=1)
    at = datetime.combine(day, time.min, zone).astimezone(UTC)
    then = decide(replace(intent, at=at), history)
    until = then.until if isinstance(then, Refused) and then.until is not None else at
    return Refused((PresentedExhausted("", until),), until)


_AT_ANY_TIME = tuple(Slot(day, 0, 24 * 60) for day in range(7))


def set_aside(intent: Intent, history: History, refused: Refused) -> tuple[Intent, Allowed] | None:
    """The case without what a supervisor may set aside by the rulebook's rows, and its yes; None: the law refuses too.

    What may be is the campaign's own hours: legal hours, days off and all the rest are judged again without them.
    """
    rows = [french().by_id.get(reason.rule) for reason in refused.reasons]
    if not all(row is not None and row.override for row in rows):
        return None
    relaxed = replace(intent, campaign=replace(intent.campaign, slots=_AT_ANY_TIME))
    verdict = decide(relaxed, history)
    return (relaxed, verdict) if isinstance(verdict, Allowed) else None

"""May we call now? `decide(intent, history, rules) -> Allowed | Refused(reason, until)`: pure, in the order of gravity.

Every path to a carrier asks it: automatic, preview, manual, callback and test calls. The agent's own telephone is not
canvassed and only passes `allowed_on`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from decroche.common.fiction import is_fiction
from decroche.compliance.hours import Slot, is_day_off, is_open, next_opening
from decroche.compliance.numbers import is_french_mobile, is_possible, time_zone_of
from decroche.compliance.reasons import Reason

Kind = Literal["automatic", "preview", "manual", "test"]
Audience = Literal["b2c", "b2b"]


@dataclass(frozen=True, slots=True)
class Intent:
    """The call that somebody wants to place at `at`. `presented` is "" where no number could be found to show."""

    kind: Kind
    e164: str
    at: datetime
    presented: str
    on_simulator: bool
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What happened before. `attempts_at`: instants when this consumer was called lately, any order, any campaign."""

    attempts_at: tuple[datetime, ...] = ()
    do_not_call: bool = False
    do_not_call_campaign: bool = False
    erased: bool = False
    abandoned_at: datetime | None = None
    """When this number last answered and found nobody, in an automatic mode."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the day. `max_attempts` in `window` (Code de la consommation D223-9): None where none applies."""

    audience: Audience = "b2c"
    slots: tuple[Slot, ...] = field(default=())
    days_off: bool = True
    max_attempts: int | None = 4
    window: timedelta = timedelta(days=30)
    after_abandoned: timedelta = timedelta(hours=72)
    """No automatic call to a number that was abandoned, for so long (industry's norm, Ofcom 2010)."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Dial."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Do not dial; `until` is when the reason ends, None for never by itself."""

    reason: Reason
    until: datetime | None = None


Verdict = Allowed | Refused
ALLOWED = Allowed()


def rules_for(audience: Audience, slots: tuple[Slot, ...]) -> Rules:
    """Consumers are protected on days off and from a fifth attempt; companies by the campaign's own hours."""
    if audience == "b2b":
        return Rules("b2b", slots, days_off=False, max_attempts=None)
    return Rules("b2c", slots)


def allowed_on(e164: str, *, simulator: bool) -> Verdict:
    """Whether this kind of trunk may carry this number at all: fiction stays on the simulator, and only fiction."""
    if not e164:
        return Refused(Reason.NO_NUMBER)
    if not is_possible(e164):
        return Refused(Reason.INVALID_NUMBER)
    if is_fiction(e164) and not simulator:
        return Refused(Reason.FICTION_NUMBER)
    if simulator and not is_fiction(e164):
        return Refused(Reason.REAL_NUMBER_ON_SIMULATOR)
    return ALLOWED


def decide(intent: Intent, history: History, rules: Rules) -> Verdict:
    """The gravest refusal first, so that a record never to be called is not merely put off."""
    carried = allowed_on(intent.e164, simulator=intent.on_simulator)
    if isinstance(carried, Refused):
        return carried
    if history.erased:
        return Refused(Reason.ERASED)
    if history.do_not_call:
        return Refused(Reason.DO_NOT_CALL)
    if history.do_not_call_campaign:
        return Refused(Reason.DO_NOT_CALL_CAMPAIGN)
    if not intent.presented:
        return Refused(Reason.NO_PRESENTED_NUMBER)
    if is_french_mobile(intent.presented):
        return Refused(Reason.MOBILE_PRESENTED)
    if intent.kind == "test":
        return ALLOWED
    return _frequency(intent, history, rules) or _abandoned(intent, history, rules) or _hours(intent, rules) or ALLOWED


def _frequency(intent: Intent, history: History, rules: Rules) -> Refused | None:
    if rules.max_attempts is None:
        return None
    recent = sorted(at for at in history.attempts_at if at > intent.at - rules.window)
    if len(recent) < rules.max_attempts:
        return None
    return Refused(Reason.TOO_MANY_ATTEMPTS, recent[-rules.max_attempts] + rules.window)


def _abandoned(intent: Intent, history: History, rules: Rules) -> Refused | None:
    if intent.kind != "automatic" or history.abandoned_at is None:
        return None
    until = history.abandoned_at + rules.after_abandoned
    return Refused(Reason.ABANDONED_LATELY, until) if intent.at < until else None


def _hours(intent: Intent, rules: Rules) -> Refused | None:
    zone = time_zone_of(intent.e164, intent.postal_code)
    off = rules.days_off and is_day_off(intent.at.astimezone(ZoneInfo(zone)).date(), zone, intent.postal_code)
    if not off and is_open(rules.slots, intent.at, zone):
        return None
    until = next_opening(rules.slots, intent.at, zone, days_off=rules.days_off, postal_code=intent.postal_code)
    return Refused(Reason.PUBLIC_HOLIDAY if off else Reason.OUTSIDE_HOURS, until)

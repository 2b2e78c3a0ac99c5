"""May we call now? `decide(intent, history, rulebook) -> Allowed(until) | Refused(reasons, until)`: pure and total.

Every path to a carrier asks it: automatic, preview, manual, callback, transfer and test calls. All reasons are given,
the gravest first; more refusals in the history never make a call lawful, and their order does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from decroche.common.fiction import is_fiction
from decroche.compliance import reasons as r
from decroche.compliance.hours import Slot, after_working_days, is_day_off, is_open, is_precise, next_opening, within
from decroche.compliance.intent import CampaignFacts, History, Intent, Kind, Proof
from decroche.compliance.numbers import MAINLAND, is_possible
from decroche.compliance.presented import AUTOMATIC_TOO, is_of_another, range_of
from decroche.compliance.rulebook import Rulebook, Rules, french

LOOKS_AHEAD = 12
"""Times that the end of a refusal is put off because another begins there."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """Dial. `until`: when this answer may change by itself; None: not foreseeable."""

    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Do not dial. `reasons`: at least one, the gravest first; `until`: when a call would be lawful, None for never."""

    reasons: tuple[r.Reason, ...]
    until: datetime | None = None

    @property
    def reason(self) -> r.Reason:
        return self.reasons[0]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.reasons)


Verdict = Allowed | Refused


def allowed_on(e164: str, *, simulator: bool) -> Verdict:
    """Whether this kind of trunk may carry this number at all: fiction stays on the simulator, and only fiction."""
    reason = _carried(e164, simulator=simulator)
    return Allowed() if reason is None else Refused((reason,))


def decide(intent: Intent, history: History, rulebook: Rulebook | None = None) -> Verdict:
    """The verdict by the rules of the contact's own day. Total: never raises on well-typed facts."""
    book = rulebook or french()
    intent, history = _in_utc(intent, history)
    found = tuple(_reasons(intent, history, book))
    if not found:
        return Allowed(_allowed_until(intent, history, book))
    more, until = _lawful_from(intent, history, book, found)
    return Refused(found + more, until)


def _in_utc(intent: Intent, history: History) -> tuple[Intent, History]:
    """Python adds days to local times by the clock on the wall; windows are of real time."""
    if intent.at.tzinfo is not UTC:
        intent = replace(intent, at=intent.at.astimezone(UTC))
    if not all(at.tzinfo is UTC for at in _instants(history)):
        history = replace(
            history,
            attempts_at=tuple(at.astimezone(UTC) for at in history.attempts_at),
            proofs=tuple(
                replace(
                    one,
                    given_at=one.given_at.astimezone(UTC),
                    slots=tuple((start.astimezone(UTC), end.astimezone(UTC)) for start, end in one.slots),
                )
                for one in history.proofs
            ),
            objected_at=None if history.objected_at is None else history.objected_at.astimezone(UTC),
            abandoned_at=None if history.abandoned_at is None else history.abandoned_at.astimezone(UTC),
        )
    return intent, history


def _instants(history: History) -> Iterator[datetime]:
    yield from history.attempts_at
    for one in history.proofs:
        yield one.given_at
        for slot in one.slots:
            yield from slot
    for at in (history.objected_at, history.abandoned_at):
        if at is not None:
            yield at


def _reasons(intent: Intent, history: History, book: Rulebook) -> Iterator[r.Reason]:
    rules = rules_of(intent, book)
    yield from _number(intent, history)
    yield from _presented(intent, rules)
    if intent.kind == "test":
        return  # nobody is canvassed
    yield from _person(intent, history, rules)
    if intent.canvasses_consumer:
        yield from _basis(intent, history, rules)
        yield from _frequency(intent, history, rules)
    yield from _abandoned(intent, history, rules)
    yield from _moment(intent, history, rules)


def rules_of(intent: Intent, book: Rulebook) -> Rules:
    """The rules of the day where the contact lives."""
    return book.on(intent.at.astimezone(ZoneInfo(intent.zone)).date())


def _lawful_from(
    intent: Intent, history: History, book: Rulebook, found: tuple[r.Reason, ...]
) -> tuple[tuple[r.Reason, ...], datetime | None]:
    """When all reasons are over and none has come instead; with the reasons for which that is never."""
    at = _last(found)
    for _ in range(LOOKS_AHEAD):
        if at is None or at <= intent.at:
            return (), None
        later = tuple(_reasons(replace(intent, at=at), history, book))
        if not later:
            return (), at
        at = _last(later)
        if at is None:
            known = {one.code for one in found}
            return tuple(one for one in later if one.until is None and one.code not in known), None
    return (), at


def _last(found: tuple[r.Reason, ...]) -> datetime | None:
    """When the last of them ends; None where one never does."""
    ends = [one.until for one in found]
    return None if None in ends else max(end for end in ends if end is not None)


# ── The number ───────────────────────────────────────────────────────────────
def _carried(e164: str, *, simulator: bool) -> r.Reason | None:
    if not e164:
        return r.NoNumber()
    if not is_possible(e164):
        return r.InvalidNumber()
    if is_fiction(e164) and not simulator:
        return r.FictionNumber()
    if simulator and not is_fiction(e164):
        return r.RealNumberOnSimulator()
    return None


_LISTS: dict[str, type[r.DoNotCall]] = {
    "everywhere": r.DoNotCall,
    "prefix": r.DoNotCallPrefix,
    "campaign": r.DoNotCallCampaign,
}


def _number(intent: Intent, history: History) -> Iterator[r.Reason]:
    if history.erased:
        yield r.Erased("erasure")
    carried = _carried(intent.e164, simulator=intent.on_simulator)
    if carried is not None:
        yield carried
    for scope, kind in _LISTS.items():
        since = [one.since for one in history.do_not_call if one.scope == scope]
        if since:
            yield kind("do_not_call", None, min((at for at in since if at is not None), default=None))


# ── The number shown ─────────────────────────────────────────────────────────
def _presented(intent: Intent, rules: Rules) -> Iterator[r.Reason]:
    if not intent.presented:
        yield r.NoPresentedNumber("presented/known")
        return
    shown = range_of(intent.presented)
    if shown == "fiction" and not intent.on_simulator:
        yield r.FictionPresented("presented/known")
    elif shown == "premium" and (row := rules.get("presented_premium")):
        yield r.PremiumPresented(row.id)
    elif shown == "mobile" and (row := rules.get("presented_mobile")):
        yield r.MobilePresented(row.id)
    elif shown == "technical" and (row := rules.get("presented_technical")):
        yield r.TechnicalPresented(row.id)
    elif shown == "foreign":
        yield r.ForeignPresented("presented/known")
    elif intent.is_automatic and shown not in AUTOMATIC_TOO and (row := rules.get("presented_automatic")):
        yield r.TerritorialPresented(row.id)
    if is_of_another(intent.holder, intent.campaign.principal) and (row := rules.get("presented_principal")):
        yield r.PresentedOfAnother(row.id)


# ── The person ───────────────────────────────────────────────────────────────
def _person(intent: Intent, history: History, rules: Rules) -> Iterator[r.Reason]:
    row, at = rules.get("refusal"), history.objected_at
    if row is None or at is None or at > intent.at:
        return
    if row.value.length is None:
        yield r.Objected(row.id, None, at)
    elif (until := at + row.value.length) > intent.at:
        yield r.ObjectedLately(row.id, until, at)


def _frequency(intent: Intent, history: History, rules: Rules) -> Iterator[r.Reason]:
    row = rules.get("frequency")
    if row is None:
        return
    window = timedelta(days=row.value.days)
    recent = sorted(at for at in history.attempts_at if intent.at - window < at <= intent.at)
    if len(recent) >= row.value.attempts:
        until = recent[-row.value.attempts] + window
        yield r.TooManyAttempts(row.id, until, len(recent), row.value.attempts, row.value.days)


def _abandoned(intent: Intent, history: History, rules: Rules) -> Iterator[r.Reason]:
    row, at = rules.get("abandoned_lock"), history.abandoned_at
    if not intent.is_automatic or row is None or at is None:
        return
    until = at + row.value.length
    if intent.at < until:
        yield r.AbandonedLately(row.id, until, at)


# ── The legal basis ──────────────────────────────────────────────────────────
def _basis(intent: Intent, history: History, rules: Rules) -> Iterator[r.Reason]:
    campaign = intent.campaign
    ban = rules.bans.get(campaign.sector)
    if ban is not None and campaign.basis not in ban.value.but:
        yield r.BannedSector(ban.id, None, campaign.sector)
    row = rules.get("proof")
    if row is None:
        return
    if not campaign.principal:
        yield r.NoPrincipal(row.id)
        return
    yield from _PROOFS.get(campaign.basis, _consent)(intent, history, rules)


def _consent(intent: Intent, history: History, rules: Rules) -> Iterator[r.Reason]:
    row, given = rules.rows["proof"], [one for one in history.proofs if one.kind == "consent"]
    here = [one for one in given if one.e164 in ("", intent.e164)]
    if any(_is_live(one, intent.at, rules) for one in here):
        return
    if not here:
        yield r.ConsentOtherNumber(row.id) if given else r.NoConsent(row.id)
        return
    to_come = [one.given_at for one in here if one.given_at > intent.at and one.withdrawn_at is None]
    if to_come:
        yield r.NotYetConsented(row.id, min(to_come))
        return
    withdrawn = [one.withdrawn_at for one in here if one.withdrawn_at is not None]
    if withdrawn:
        yield r.ConsentWithdrawn(row.id, None, max(withdrawn))
    else:
        yield r.ConsentExpired(row.id, None, max(_ends(one, rules) for one in here))


def _contract(intent: Intent, history: History, rules: Rules) -> Iterator[r.Reason]:
    held = (one for one in history.proofs if one.kind == "contract")
    if not any(
        one.given_at <= intent.at
        and (one.expires_at is None or intent.at < one.expires_at)
        and (one.withdrawn_at is None or intent.at < one.withdrawn_at)
        for one in held
    ):
        yield r.NoContract(rules.rows["proof"].id)


def _request(intent: Intent, history: History, rules: Rules) -> Iterator[r.Reason]:
    row = rules.rows["proof"]
    asked = [
        one
        for one in history.proofs
        if one.kind == "callback_request"
        and one.given_at <= intent.at
        and (one.withdrawn_at is None or intent.at < one.withdrawn_at)
        and one.e164 in ("", intent.e164)
    ]
    if not asked:
        yield r.NoRequest(row.id)
    elif all(intent.at >= _request_ends(one, intent, rules) for one in asked):
        yield r.RequestTooOld(row.id, None, max(one.given_at for one in asked))


_PROOFS = {"consent": _consent, "contract": _contract, "callback_request": _request}


def _request_ends(proof: Proof, intent: Intent, rules: Rules) -> datetime:
    days = rules.rows["proof"].value.request_working_days
    ends = after_working_days(proof.given_at, days, intent.zone, intent.contact.postal_code)
    return ends if proof.expires_at is None else min(ends, proof.expires_at)


def _ends(proof: Proof, rules: Rules) -> datetime:
    """When a consent is over: its own end, one year at most, its withdrawal."""
    longest = months_after(proof.given_at, rules.rows["proof"].value.consent_months)
    return min(at for at in (longest, proof.expires_at, proof.withdrawn_at) if at is not None)


def _is_live(proof: Proof, at: datetime, rules: Rules) -> bool:
    return proof.given_at <= at < _ends(proof, rules)


def months_after(at: datetime, months: int) -> datetime:
    """The same day so many months later; 29 February ends on 28."""
    year, month = divmod(at.month - 1 + months, 12)
    for day in (at.day, 30, 29, 28):
        try:
            return at.replace(year=at.year + year, month=month + 1, day=min(at.day, day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")  # pragma: no cover


# ── The moment ───────────────────────────────────────────────────────────────
def _moment(intent: Intent, history: History, rules: Rules) -> Iterator[r.Reason]:
    """A time agreed to precisely is lawful whatever the hour and the day (L223-1)."""
    if _agreed(intent, history, rules) is not None:
        return
    campaign, zone, code = intent.campaign, intent.zone, intent.contact.postal_code
    regional = campaign.regional_days_off
    days_off = intent.calls_consumer or not campaign.on_days_off
    slots, row = _slots(intent, rules)
    if not slots:
        yield r.NoCampaignHours("own_hours")
        return
    off = days_off and is_day_off(
        intent.at.astimezone(ZoneInfo(zone)).date(), zone, code, regional=regional or intent.canvasses_consumer
    )
    if not off and is_open(slots, intent.at, zone):
        return
    until = next_opening(
        slots, intent.at, zone, days_off=days_off, postal_code=code, regional=regional or intent.canvasses_consumer
    )
    if off:
        yield r.PublicHoliday("days_off", until)
    elif row is not None and not is_open(row.value.slots, intent.at, zone):
        yield r.OutsideHours(row.id, until)
    else:
        yield r.OutsideCampaignHours("own_hours", until)


def _slots(intent: Intent, rules: Rules) -> tuple[tuple[Slot, ...], Any]:
    row = rules.get("hours") if intent.canvasses_consumer else None
    own = intent.campaign.slots
    return (own, None) if row is None else (within(own, row.value.slots), row)


def _agreed(intent: Intent, history: History, rules: Rules) -> datetime | None:
    """The end of the precise time that the person agreed to and that runs now; None: there is none."""
    row = rules.get("proof")
    ends = [
        end
        for one in history.proofs
        if one.slots and one.e164 in ("", intent.e164) and (row is None or _is_live(one, intent.at, rules))
        for start, end in one.slots
        if start <= intent.at < end and is_precise(start, end, intent.zone)
    ]
    return max(ends, default=None)


# ── Until when ───────────────────────────────────────────────────────────────
def _allowed_until(intent: Intent, history: History, book: Rulebook) -> datetime | None:
    """The first foreseeable instant when the answer may be another."""
    rules = rules_of(intent, book)
    ends = [end for end in (_midnight(intent, rules), _proof_until(intent, history, rules)) if end is not None]
    if intent.kind != "test":
        ends.append(_agreed(intent, history, rules) or _slot_end(intent, rules))
    return min(ends, default=None)


def calling_hours(campaign: CampaignFacts, at: datetime) -> tuple[Slot, ...]:
    """The week in which this campaign may call those it is made for, by the rules of the day in Paris."""
    row = french().on(at.astimezone(ZoneInfo(MAINLAND)).date()).get("hours")
    canvasses_consumers = campaign.audience == "b2c" and campaign.basis != "not_canvassing"
    return within(campaign.slots, row.value.slots) if row is not None and canvasses_consumers else campaign.slots


def of_campaign(
    campaign: CampaignFacts, presented: Iterable[tuple[str, str]], at: datetime, *, automatic: bool, on_simulator: bool
) -> tuple[r.Reason, ...]:
    """What forbids every call of a campaign, whoever is called: what its settings must mend before it opens.

    `presented`: each number that it may show, with its holder (SIREN or ""): one that may be shown is enough.
    """
    rules = french().on(at.astimezone(ZoneInfo(MAINLAND)).date())
    found: list[r.Reason] = [] if campaign.slots else [r.NoCampaignHours("own_hours")]
    if campaign.audience == "b2c" and campaign.basis != "not_canvassing":
        ban = rules.bans.get(campaign.sector)
        if ban is not None and campaign.basis not in ban.value.but:
            found.append(r.BannedSector(ban.id, None, campaign.sector))
        row = rules.get("proof")
        if row is not None and not campaign.principal:
            found.append(r.NoPrincipal(row.id))
    kind: Kind = "automatic" if automatic else "manual"
    wrong = [
        list(_presented(Intent(kind, "", at, number, on_simulator, campaign, holder=holder), rules))
        for number, holder in presented or [("", "")]
    ]
    if all(wrong):
        found += wrong[0]
    return tuple(found)


def _slot_end(intent: Intent, rules: Rules) -> datetime:
    slots, _ = _slots(intent, rules)
    local = intent.at.astimezone(ZoneInfo(intent.zone))
    minute = local.hour * 60 + local.minute
    end = max(s.end_min for s in slots if s.day == local.weekday() and s.start_min <= minute < s.end_min)
    return (datetime.combine(local.date(), time.min, local.tzinfo) + timedelta(minutes=end)).astimezone(UTC)


def _midnight(intent: Intent, rules: Rules) -> datetime | None:
    """When the next rules begin, where the contact lives."""
    if rules.until is None:
        return None
    return datetime.combine(rules.until, time.min, ZoneInfo(intent.zone)).astimezone(UTC)


def _proof_until(intent: Intent, history: History, rules: Rules) -> datetime | None:
    if not intent.canvasses_consumer or rules.get("proof") is None or intent.kind == "test":
        return None
    here = [one for one in history.proofs if one.kind == intent.campaign.basis and one.e164 in ("", intent.e164)]
    match intent.campaign.basis:
        case "callback_request":
            ends = [_request_ends(one, intent, rules) for one in here if one.given_at <= intent.at]
        case "contract":
            ends = [end for one in here for end in (one.expires_at, one.withdrawn_at) if end is not None]
        case _:
            ends = [_ends(one, rules) for one in here if _is_live(one, intent.at, rules)]
    return max((end for end in ends if end > intent.at), default=None)

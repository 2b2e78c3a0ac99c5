"""The facts of one call's dossier: those of the judge's own decision first, then what tables say today."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.calls.results import REACHED_THE_CONTACT
from decroche.calls.selectors import visible
from decroche.campaigns.models import PresentedNumber
from decroche.campaigns.question import set_aside
from decroche.common.errors import NotFound
from decroche.compliance import Allowed, History, Intent, decide, french
from decroche.compliance.cases import BadCaseError, read
from decroche.compliance.numbers import time_zone_of
from decroche.compliance.presented import may_serve, range_of
from decroche.compliance.rulebook import Rules
from decroche.contacts.do_not_call.erased import digests
from decroche.contacts.models import DoNotCall, ErasedRefusal
from decroche.ledger.certificate import hash_of
from decroche.ledger.dossier import facts as f
from decroche.ledger.models import Decision, Principal, Proof
from decroche.ledger.selectors import proofs_out, whole
from decroche.ledger.services import name_of

USUAL_DAYS = 30
_PRESENTED = ("presented_known", "presented_principal", "presented_premium", "presented_mobile", "presented_technical")


class _Case(NamedTuple):
    """The decision's case as the judge reads it; `intent` None where a later program cannot."""

    row: Decision
    intent: Intent | None
    history: History


def gather(viewer: User | None, call_id: UUID, now: datetime) -> f.DossierFacts:
    """`viewer` None: the machine's own administrator, at its console. Raises NotFound."""
    calls = Call.objects.all() if viewer is None else visible(viewer)
    call = (
        calls.select_related("campaign__principal", "contact", "agent", "decision")
        .filter(pk=call_id, direction="outbound")
        .first()
    )
    if call is None:
        raise NotFound
    case = _case(call)
    e164 = case.intent.e164 if case and case.intent else call.e164
    numbers = _numbers(call, e164)
    rules = _rules(call, case, e164)
    principal = _principal(call, case)
    proofs = _proofs(call, principal, numbers, case, now)
    return f.DossierFacts(
        made_at=now,
        made_by="" if viewer is None else viewer.display_name,
        rulebook=french().version,
        call=_call(call),
        decision=None if case is None else _decision(case),
        basis=_basis(call, case, principal),
        proofs=proofs,
        refusals=[*_then(case), *_now(call, numbers)],
        attempts=_attempts(call, case, principal, numbers, rules),
        presented=_presented(call, case, rules),
        recording=_recording(call),
        rows=[_row(row) for row in _in_force(case, rules)],
    )


# ── The call, and what was decided ───────────────────────────────────────────
def _case(call: Call) -> _Case | None:
    row = getattr(call, "decision", None)
    if row is None:
        return None
    try:
        # Rows are dated: a later rulebook judges an earlier day as it was.
        _, intent, history = read(json.dumps({k: v for k, v in row.case.items() if k != "rulebook"}))
    except BadCaseError:
        return _Case(row, None, History())
    return _Case(row, intent, history)


def _call(call: Call) -> f.CallFacts:
    contact = call.contact
    return f.CallFacts(
        **{name: getattr(call, name) for name in f.CallFacts.model_fields if name not in _OTHERWISE},
        campaign=call.campaign.name if call.campaign else "",
        agent=call.agent.display_name if call.agent else "",
        contact=name_of(contact) if contact is not None and contact.erased_at is None else "",
        erased_at=contact.erased_at if contact is not None else None,
    )


_OTHERWISE = ("campaign", "agent", "contact", "erased_at")


def _decision(case: _Case) -> f.DecisionFacts:
    row, intent = case.row, case.intent
    again, codes = _again(case)
    text = json.dumps(row.case, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f.DecisionFacts(
        at=row.at, rulebook=row.rulebook, until=row.until, kind=str(row.case.get("intent", {}).get("kind", "")),
        zone=intent.zone if intent else "", override=row.override, case=row.case,
        case_sha256=hashlib.sha256(text.encode()).hexdigest(), again=again, codes=codes,
    )  # fmt: skip


def _again(case: _Case) -> tuple[f.Again, list[str]]:
    if case.intent is None:
        return "unreadable", []
    verdict = decide(case.intent, case.history)
    if isinstance(verdict, Allowed):
        return "allowed", []
    aside = case.row.override is not None and set_aside(case.intent, case.history, verdict) is not None
    return ("set_aside" if aside else "refused"), list(verdict.codes)


# ── For whom, and what proves it ─────────────────────────────────────────────
def _principal(call: Call, case: _Case | None) -> Principal | None:
    """As the decision knew it: a campaign may have changed hands since."""
    if case is not None and case.intent is not None:
        return Principal.objects.filter(siren=case.intent.campaign.principal).first()
    return call.campaign.principal if call.campaign else None


def _basis(call: Call, case: _Case | None, principal: Principal | None) -> f.BasisFacts | None:
    campaign, contact = call.campaign, call.contact
    if case is not None and case.intent is not None:
        known, intent = case.intent.campaign, case.intent
        said: dict[str, str] = {"basis": known.basis, "audience": known.audience, "sector": known.sector}
        kind: str = intent.contact.kind
        consumer, siren = intent.calls_consumer, known.principal
    elif campaign is not None:
        said = {"basis": campaign.basis, "audience": campaign.audience, "sector": campaign.sector}
        kind = contact.kind if contact is not None else ""
        consumer = kind == "person" or (kind == "" and campaign.audience == "b2c")
        siren = principal.siren if principal else ""
    else:
        return None
    return f.BasisFacts(
        source="decision" if case is not None and case.intent is not None else "campaign",
        **said, contact_kind=kind, calls_consumer=consumer, siren=siren,
        principal=principal.name if principal else "",
    )  # fmt: skip


def _numbers(call: Call, e164: str) -> list[str]:
    """All that the person is known by: this call's number, and those of the record."""
    own = [] if call.contact is None else call.contact.phones.values_list("e164", flat=True)
    return sorted({*own, e164} - {""})


def _proofs(
    call: Call, principal: Principal | None, numbers: Sequence[str], case: _Case | None, now: datetime
) -> list[f.ProofFacts]:
    if principal is None:
        return []
    mine = Q(e164__in=numbers)
    if call.contact_id is not None:
        mine |= Q(contact=call.contact_id)
    known = {(one.kind, one.given_at) for one in case.history.proofs} if case else set()
    rows = proofs_out(whole(Proof.objects.filter(mine, principal=principal)), now)
    return [f.ProofFacts(known_then=(one.kind, one.given_at) in known, sha256=hash_of(one), proof=one) for one in rows]


# ── Refusals ─────────────────────────────────────────────────────────────────
def _then(case: _Case | None) -> Iterator[f.RefusalFacts]:
    if case is None:
        return
    for one in case.history.do_not_call:
        yield f.RefusalFacts(when="then", scope=one.scope, since=one.since, origin=one.origin)
    if case.history.objected_at is not None:
        yield f.RefusalFacts(when="then", scope="objection", since=case.history.objected_at, origin="")
    if case.history.erased:
        yield f.RefusalFacts(when="then", scope="erased", since=None, origin="")


def _now(call: Call, numbers: Sequence[str]) -> Iterator[f.RefusalFacts]:
    beginnings = {number[:length] for number in numbers for length in range(2, len(number) + 1)}
    listed = Q(e164__in=numbers, is_prefix=False) | Q(e164__in=beginnings, is_prefix=True)
    if call.contact_id is not None:
        listed |= Q(contact=call.contact_id)
    here = Q(campaign=None) | Q(campaign=call.campaign_id)
    for row in DoNotCall.objects.filter(listed, here).order_by("created_at", "pk"):
        scope: Any = "prefix" if row.is_prefix else "everywhere" if row.campaign_id is None else "campaign"
        yield f.RefusalFacts(when="now", scope=scope, since=row.created_at, origin=row.origin)
    known = {*digests(numbers), *_digest(call)}
    for kept in ErasedRefusal.objects.filter(here, digest__in=known).order_by("refused_at"):
        yield f.RefusalFacts(when="now", scope="erased", since=kept.refused_at, origin="")


def _digest(call: Call) -> list[str]:
    """Of the number called, where its person was erased."""
    row = getattr(call, "decision", None)
    return [row.number_digest] if row is not None and row.number_digest else []


# ── Attempts ─────────────────────────────────────────────────────────────────
def _attempts(
    call: Call, case: _Case | None, principal: Principal | None, numbers: Sequence[str], rules: Rules
) -> f.AttemptFacts:
    row = rules.get("frequency")
    days = row.value.days if row else USUAL_DAYS
    intent = case.intent if case else None
    basis = _basis(call, case, principal)
    limited = row is not None and (basis is None or (basis.calls_consumer and basis.basis != "not_canvassing"))
    since = call.claimed_at - timedelta(days=days)
    if case is not None and intent is not None and intent.canvasses_consumer:
        found = sorted(at for at in case.history.attempts_at if since < at <= case.row.at)
    else:
        found = list(_logged(call, principal, numbers, since).values_list("claimed_at", flat=True))
    return f.AttemptFacts(
        source="decision" if intent is not None and intent.canvasses_consumer else "log",
        since=since, days=days, limit=row.value.attempts if row and limited else None, at=found,
    )  # fmt: skip


def _logged(call: Call, principal: Principal | None, numbers: Sequence[str], since: datetime) -> QuerySet[Call]:
    mine = Q(e164__in=numbers)
    if call.contact_id is not None:
        mine |= Q(contact=call.contact_id)
    counted = [str(result) for result in REACHED_THE_CONTACT]
    ours = Call.objects.filter(mine, direction="outbound", result__in=counted)
    before = ours.filter(claimed_at__gt=since, claimed_at__lt=call.claimed_at)
    return before.filter(campaign__principal=principal).order_by("claimed_at")


# ── The number shown, the recording, the rules ───────────────────────────────
def _presented(call: Call, case: _Case | None, rules: Rules) -> f.PresentedFacts:
    e164 = call.presented
    automatic = case.intent.is_automatic if case and case.intent else call.mode not in ("manual", "preview")
    holder = PresentedNumber.objects.filter(e164=e164).select_related("principal").first()
    names = (*_PRESENTED, *(("presented_automatic",) if automatic else ()))
    return f.PresentedFacts(
        e164=e164, range=range_of(e164) if e164 else "", automatic=automatic,
        lawful=bool(e164) and may_serve(e164, automatic=automatic),
        rows=[row.id for name in names if (row := rules.get(name)) is not None],
        holder=holder.principal.name if holder and holder.principal else "",
    )  # fmt: skip


def _recording(call: Call) -> f.RecordingFacts:
    campaign = call.campaign
    return f.RecordingFacts(
        setting=campaign.recording if campaign else "never",
        purpose=campaign.recording_purpose if campaign else "",
        share=campaign.recording_share if campaign else 0,
        notice=campaign.recording_notice if campaign else "",
        refused_at=call.recording_refused_at,
        recordings=[f.RecordedFacts.from_orm(one) for one in call.recordings.order_by("started_at")],
    )


def _rules(call: Call, case: _Case | None, e164: str) -> Rules:
    """Of the day where the person lives."""
    code = call.contact.postal_code if call.contact else ""
    zone = case.intent.zone if case and case.intent else time_zone_of(e164, code)
    return french().on(call.claimed_at.astimezone(ZoneInfo(zone)).date())


def _in_force(case: _Case | None, rules: Rules) -> list[str]:
    if case is not None:
        return list(case.row.rows)
    return sorted(row.id for row in (*rules.rows.values(), *rules.bans.values()))


def _row(identifier: str) -> f.RowFacts:
    """A row that a later rulebook has no more is named all the same."""
    row = french().by_id.get(identifier)
    if row is None:
        return f.RowFacts(id=identifier, rule="", source="", since=None, until=None, sourced=False)
    return f.RowFacts(
        id=row.id, rule=row.rule, source=row.source, since=row.since, until=row.until, sourced=row.sourced
    )

"""Reading the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import NotFound
from decroche.common.pagination import cut, decode_cursor
from decroche.compliance.judge import months_after
from decroche.contacts.access import get_contact
from decroche.contacts.do_not_call.erased import digests
from decroche.contacts.records import contact_refs, person
from decroche.ledger.models import Evidence, Principal, Proof
from decroche.ledger.schemas import (
    ChannelCode,
    EvidenceOut,
    PrincipalOut,
    ProofKindCode,
    ProofOut,
    ProofPage,
    ProofState,
    Slot,
    WithdrawalChannelCode,
    WithdrawalOut,
)

CLOCK = SystemClock()
CONSENT_MONTHS = 12


def calls_to(e164: str) -> list[tuple[UUID, datetime]]:
    """(id, at) of the calls placed to a number, the latest first; also those to a person who was erased since."""
    rows = Call.objects.filter(
        Q(e164=e164) | Q(decision__number_digest__in=list(digests([e164]))), direction="outbound"
    )
    return list(rows.order_by("-claimed_at").values_list("pk", "claimed_at"))


def principals() -> QuerySet[Principal]:
    """By name, with what belongs to them."""
    return Principal.objects.annotate(
        n_campaigns=Count("campaigns", distinct=True), n_proofs=Count("proofs", distinct=True)
    )


def principal_out(row: Principal) -> PrincipalOut:
    """With its counts."""
    found = principals().get(pk=row.pk) if not hasattr(row, "n_proofs") else row
    return PrincipalOut(
        id=found.pk,
        name=found.name,
        siren=found.siren,
        campaigns=found.n_campaigns,  # type: ignore[attr-defined]
        proofs=found.n_proofs,  # type: ignore[attr-defined]
    )


def proofs_of(user: User, contact_id: int, clock: Clock = CLOCK) -> list[ProofOut]:
    """A contact's own, and those of his numbers. Raises NotFound."""
    contact = get_contact(user, contact_id)
    numbers = contact.phones.values("e164")
    return proofs_out(whole(Proof.objects.filter(Q(contact=contact) | Q(e164__in=numbers) & ~Q(e164=""))), clock.now())


def proofs(*, principal_id: int | None, kind: str | None, cursor: str, limit: int, clock: Clock = CLOCK) -> ProofPage:
    """The whole ledger, the latest first."""
    found = whole(Proof.objects.all())
    if principal_id is not None:
        found = found.filter(principal=principal_id)
    if kind is not None:
        found = found.filter(kind=kind)
    if cursor:
        at, pk = decode_cursor(cursor, datetime.fromisoformat, int)
        found = found.filter(Q(given_at__lt=at) | Q(given_at=at, pk__lt=pk))
    rows, next_cursor = cut(list(found[: limit + 1]), limit, lambda one: (one.given_at.isoformat(), one.pk))
    return ProofPage(items=proofs_out(rows, clock.now()), next_cursor=next_cursor)


def proof(user: User, proof_id: int, clock: Clock = CLOCK) -> ProofOut:
    """One row. Raises NotFound, for an agent also where the contact is not his."""
    row = whole(Proof.objects.filter(pk=proof_id)).first()
    if row is None or (row.contact is None and not user.is_supervisor):
        raise NotFound
    if row.contact is not None:
        get_contact(user, row.contact.pk)
    return proofs_out([row], clock.now())[0]


def whole(rows: QuerySet[Proof]) -> QuerySet[Proof]:
    return (
        rows.select_related("principal", "contact", "evidence", "recorded_by")
        .prefetch_related("withdrawals__recorded_by")
        .order_by("-given_at", "-pk")
    )


def proofs_out(rows: QuerySet[Proof] | list[Proof], now: datetime) -> list[ProofOut]:
    """Rows as screens show them."""
    rows = list(rows)
    contacts = contact_refs([row.contact for row in rows if row.contact is not None])
    counted = {row.pk: principal_out(row) for row in principals().filter(pk__in={row.principal_id for row in rows})}
    return [_out(row, contacts, counted, now) for row in rows]


def _out(row: Proof, contacts: dict, counted: dict[int, PrincipalOut], now: datetime) -> ProofOut:  # type: ignore[type-arg]
    taken_back = next(iter(row.withdrawals.all()), None)
    ends = ends_at(row, taken_back.at if taken_back else None)
    return ProofOut(
        **{name: getattr(row, name) for name in _SAME},
        kind=cast("ProofKindCode", row.kind),
        channel=cast("ChannelCode", row.channel),
        state=_state(row, taken_back is not None, ends, now),
        principal=counted[row.principal_id],
        contact=contacts.get(row.contact_id),
        ends_at=ends,
        slots=[Slot(start=datetime.fromisoformat(start), end=datetime.fromisoformat(end)) for start, end in row.slots],
        evidence=None if row.evidence is None else evidence_out(row.evidence),
        recorded_by=person(row.recorded_by),
        withdrawal=None
        if taken_back is None
        else WithdrawalOut(
            at=taken_back.at,
            channel=cast("WithdrawalChannelCode", taken_back.channel),
            note=taken_back.note,
            recorded_by=person(taken_back.recorded_by),
        ),
    )


_SAME = (
    "id", "who", "e164", "third_party", "object", "wording", "wording_version", "act", "given_at", "zone", "expires_at",
    "reference", "batch_id", "call_id", "recorded_at", "archive_until",
)  # fmt: skip


def ends_at(row: Proof, withdrawn_at: datetime | None) -> datetime | None:
    """When it stops to allow calls: a consent within a year, whatever it says; a request's days are the judge's."""
    longest = months_after(row.given_at.astimezone(UTC), CONSENT_MONTHS) if row.kind == Proof.Kind.CONSENT else None
    return min((at for at in (longest, row.expires_at, withdrawn_at) if at is not None), default=None)


def _state(row: Proof, is_withdrawn: bool, ends: datetime | None, now: datetime) -> ProofState:
    if is_withdrawn:
        return "withdrawn"
    if row.given_at > now:
        return "to_come"
    return "expired" if ends is not None and ends <= now else "live"


def evidence_out(row: Evidence) -> EvidenceOut:
    """A file, without its contents."""
    return EvidenceOut.from_orm(row)

"""Writing into the ledger: principals, proofs, withdrawals. What a person agreed to is never changed afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.campaigns import reconsider
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.notify import notify_floor
from decroche.compliance import french
from decroche.compliance.hours import is_precise
from decroche.compliance.judge import months_after
from decroche.compliance.numbers import time_zone_of
from decroche.contacts import phones
from decroche.contacts.access import get_contact
from decroche.contacts.models import Contact
from decroche.ledger.errors import AlreadyWithdrawn, PrincipalInUse, SirenTaken
from decroche.ledger.models import Evidence, Principal, Proof, Withdrawal
from decroche.ledger.schemas import PrincipalIn, ProofIn, WithdrawIn

CLOCK = SystemClock()
AHEAD = timedelta(minutes=5)
"""How much another machine's clock may be before ours."""
KEPT_BY = {"consent": "keep_consent", "callback_request": "keep_consent", "contract": "keep_contract"}


# ── Principals ───────────────────────────────────────────────────────────────
@transaction.atomic
def create_principal(actor: User, body: PrincipalIn) -> Principal:
    """Raises InvalidFields, SirenTaken."""
    siren = "".join(body.siren.split())
    if not is_siren(siren):
        raise InvalidFields(
            siren=(
                "Un SIREN a 9 chiffres, dont le dernier est une clé : vérifiez-le.",
                "A SIREN has 9 digits, the last of which is a check digit: verify it.",
            )
        )
    if (known := Principal.objects.filter(siren=siren).first()) is not None:
        raise SirenTaken(name=known.name)
    row = Principal.objects.create(name=body.name, siren=siren)
    record(actor, "principal.create", row, siren=siren)
    return row


@transaction.atomic
def rename_principal(actor: User, principal_id: int, name: str) -> Principal:
    """Raises NotFound."""
    row = _principal(principal_id)
    row.name = name
    row.save(update_fields=["name"])
    record(actor, "principal.update", row, name=name)
    return row


@transaction.atomic
def delete_principal(actor: User, principal_id: int) -> None:
    """Raises NotFound, PrincipalInUse."""
    row = _principal(principal_id)
    if row.campaigns.exists() or row.proofs.exists():
        raise PrincipalInUse
    record(actor, "principal.delete", row, siren=row.siren)
    row.delete()


def is_siren(text: str) -> bool:
    """Nine digits with a good check digit (Luhn)."""
    if len(text) != 9 or not (text.isascii() and text.isdigit()):
        return False
    doubled = (int(c) * (1 + i % 2) for i, c in enumerate(text))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


# ── Proofs ───────────────────────────────────────────────────────────────────
@transaction.atomic
def record_proof(actor: User, contact_id: int, body: ProofIn, clock: Clock = CLOCK) -> Proof:
    """Raises NotFound, InvalidFields. The contact's places that waited for it are judged again."""
    contact, now = get_contact(actor, contact_id), clock.now()
    principal = Principal.objects.filter(pk=body.principal_id).first()
    if principal is None:
        raise InvalidFields(principal_id=("Ce mandant n'existe plus.", "This principal no longer exists."))
    e164 = _number(body.number)
    zone = time_zone_of(e164, contact.postal_code)
    _check_times(body, zone, now)
    if body.evidence_id is not None and not Evidence.objects.filter(pk=body.evidence_id).exists():
        raise InvalidFields(evidence_id=("Ce fichier n'existe plus.", "This file no longer exists."))
    if body.call_id is not None and not Call.objects.filter(pk=body.call_id, contact=contact).exists():
        raise InvalidFields(
            call_id=("Cet appel n'est pas celui de cette fiche.", "This call does not belong to this contact.")
        )
    row = Proof.objects.create(
        principal=principal,
        contact=contact,
        kind=body.kind,
        who=body.who or name_of(contact),
        e164=e164,
        third_party=body.third_party,
        object=body.object,
        wording=body.wording,
        wording_version=body.wording_version,
        channel=body.channel,
        act=body.act,
        given_at=body.given_at,
        zone=zone,
        expires_at=body.expires_at,
        slots=[[one.start.isoformat(), one.end.isoformat()] for one in body.slots],
        evidence_id=body.evidence_id,
        reference=body.reference,
        call_id=body.call_id,
        recorded_by=actor,
        recorded_at=now,
        archive_until=archive_until(body.kind, body.given_at),
    )
    record(actor, "proof.record", row, kind=body.kind, contact_id=contact.pk, principal_id=principal.pk)
    reconsider.of_contacts([contact.pk])
    notify_floor("contact_changed", id=contact.pk)
    return row


@transaction.atomic
def withdraw(actor: User, proof_id: int, body: WithdrawIn, clock: Clock = CLOCK) -> Proof:
    """Raises NotFound, AlreadyWithdrawn, InvalidFields. Acts at once, on records claimed or offered just now too."""
    row = Proof.objects.select_for_update(of=("self",)).select_related("contact").filter(pk=proof_id).first()
    if row is None:
        raise NotFound
    if row.contact is not None:
        get_contact(actor, row.contact.pk)
    if row.withdrawals.exists():
        raise AlreadyWithdrawn
    now = clock.now()
    at = body.at or now
    if not row.given_at <= at <= now + AHEAD:
        raise InvalidFields(
            at=(
                "Le retrait vient après le consentement, et pas dans le futur.",
                "A withdrawal must come after the consent, and not be in the future.",
            )
        )
    Withdrawal.objects.create(
        proof=row, at=at, channel=body.channel, note=body.note, recorded_by=actor, recorded_at=now
    )
    record(actor, "proof.withdraw", row, channel=body.channel)
    if row.contact is not None:
        notify_floor("contact_changed", id=row.contact.pk)
        notify_floor("contact_refused", id=row.contact.pk)
    return row


def archive_until(kind: str, given_at: datetime) -> datetime:
    """How long the proof is kept: consents three years from their collection (R223-3), contracts five."""
    row = next(one for one in french().rows if one.rule == KEPT_BY[kind])
    return months_after(given_at, row.value.months)


def name_of(contact: Contact) -> str:
    """As the proof names the person, "Mme Hélène Lefèvre, Boulangerie Lefèvre"; never empty."""
    person = " ".join(part for part in (contact.civility, contact.first_name, contact.last_name) if part)
    return ", ".join(part for part in (person, contact.company) if part)[:250] or f"Fiche {contact.pk}"


def _number(text: str) -> str:
    if not text:
        return ""
    e164 = phones.normalise(text)
    if isinstance(e164, phones.PhoneProblem):
        raise InvalidFields(number=phones.SENTENCES[e164])
    return e164


def _check_times(body: ProofIn, zone: str, now: datetime) -> None:
    if body.given_at > now + AHEAD:
        raise InvalidFields(
            given_at=("Un accord ne se date pas dans le futur.", "A proof cannot be dated in the future.")
        )
    if body.expires_at is not None and body.expires_at <= body.given_at:
        raise InvalidFields(expires_at=("La fin doit être après le début.", "The end must be after the start."))
    if body.kind == "consent" and body.expires_at is not None and body.expires_at > months_after(body.given_at, 12):
        raise InvalidFields(
            expires_at=(
                "Un consentement vaut un an au plus (R223-1) : choisissez une fin plus proche.",
                "A consent is valid for one year at most (R223-1): choose an earlier end.",
            )
        )
    for index, slot in enumerate(body.slots):
        if slot.end <= slot.start:
            raise InvalidFields(
                **{f"slots.{index}.end": ("La fin doit être après le début.", "The end must be after the start.")}
            )
        if not is_precise(slot.start, slot.end, zone):
            raise InvalidFields(
                **{
                    f"slots.{index}.end": (
                        "Un créneau précis tient dans un jour, à l'heure de la personne (L223-1) : un par jour.",
                        "A precise time is within one day, where the person lives (L223-1): add one for each day.",
                    )
                }
            )


def _principal(principal_id: int) -> Principal:
    row = Principal.objects.select_for_update().filter(pk=principal_id).first()
    if row is None:
        raise NotFound
    return row

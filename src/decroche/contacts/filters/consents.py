"""Conditions about what the person agreed to, by principal."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from decroche.compliance.judge import months_after
from decroche.contacts.filters.asked import Asked, listed_values, numbers_of
from decroche.contacts.filters.schema import Condition
from decroche.ledger.models import Proof, Withdrawal

CONSENT = Proof.Kind.CONSENT
CONSENT_MONTHS = 12


def consent(one: Condition, asked: Asked) -> Q:
    """One in force, for one of these principals."""
    found = _agreed(one, _in_force(asked.now))
    return found if one.value else ~found


def consent_ended(one: Condition, asked: Asked) -> Q:
    """One that expired or was taken back, and none in force for the same principal."""
    same_person = Q(contact=OuterRef("contact")) | Q(e164=OuterRef("e164")) & ~Q(e164="")
    others = Proof.objects.filter(_in_force(asked.now), same_person, kind=CONSENT, principal=OuterRef("principal"))
    found = _agreed(one, Q(given_at__lte=asked.now) & ~Q(Exists(others)))
    return found if one.value else ~found


def _in_force(now: datetime) -> Q:
    """As the judge has it: a consent lasts a year at most."""
    withdrawn = Withdrawal.objects.filter(proof=OuterRef("pk"), at__lte=now)
    begun = Q(given_at__lte=now, given_at__gt=months_after(now, -CONSENT_MONTHS))
    return begun & (Q(expires_at=None) | Q(expires_at__gt=now)) & ~Q(Exists(withdrawn))


def _agreed(one: Condition, which: Q) -> Q:
    """A consent of the person, or one given for one of his numbers."""
    proofs = Proof.objects.filter(which, kind=CONSENT)
    if one.op == "one_of":
        proofs = proofs.filter(principal__in=listed_values(one))
    of_a_number = numbers_of().filter(Exists(proofs.filter(e164=OuterRef("e164")).exclude(e164="")))
    return Q(Exists(proofs.filter(contact=OuterRef("pk")))) | Q(Exists(of_a_number))

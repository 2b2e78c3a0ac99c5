"""The demo's campaign to consumers: a principal, what each person agreed to, and all the reasons not to call some.

`settle` leaves its queue as a floor finds it: who may not be called is over, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, repeat
from random import Random

from decroche.accounts.models import User
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.compliance.cases import LEGAL_HOURS
from decroche.contacts.models import Contact, ContactPhone, DoNotCall
from decroche.demo.people import PERSONS, Numbers, Person, make_people
from decroche.ledger.models import ConsentWording, Principal, Proof, Withdrawal
from decroche.ledger.services import archive_until, name_of

SIREN = "123456782"
"""A valid one that no company has."""
COUNT = 160
WORDING = (
    "J'accepte d'être appelé par la Mutuelle des Alpages pour une complémentaire santé. "
    "Je peux retirer cet accord à tout moment."
)
SPOKEN = (
    "Acceptez-vous que la Mutuelle des Alpages vous rappelle au sujet de sa complémentaire santé, pendant un an ? "
    "Vous pourrez retirer cet accord à tout moment, par simple appel."
)
AGREED, NEVER_ASKED, EXPIRED, TOOK_IT_BACK, FORBIDDEN = "agreed", "never_asked", "expired", "took_it_back", "forbidden"
STANDINGS = ((AGREED, 104), (NEVER_ASKED, 24), (EXPIRED, 14), (TOOK_IT_BACK, 10), (FORBIDDEN, 8))
"""How many of the persons stand how."""


def settings(principal: Principal, now: datetime) -> dict[str, object]:
    """What distinguishes this campaign from the demo's others."""
    return {
        "name": "Complémentaire santé particuliers", "mode": "preview", "priority": 0, "recording": "never",
        "audience": Campaign.Audience.B2C, "basis": Campaign.Basis.CONSENT, "principal": principal,
        "hours": LEGAL_HOURS, "wrap_up": "unlimited", "opened_at": now - timedelta(days=3),
    }  # fmt: skip


def add(
    campaign: Campaign, principal: Principal, manager: User, now: datetime, random: Random, numbers: Numbers, first: int
) -> list[DoNotCall]:
    """Its persons with their numbers, proofs and places in the queue; `first`: how many persons there are already.

    Gives what is to be put on the do-not-call list.
    """
    ConsentWording.objects.create(
        campaign=campaign, version=1, object="Complémentaire santé", text=SPOKEN, made_by=manager,
        made_at=now - timedelta(days=3),
    )  # fmt: skip
    people = make_people(random, [random.choice(PERSONS) for _ in range(COUNT)], numbers, first)
    contacts = Contact.objects.bulk_create(_contact(one, now) for one in people)
    ContactPhone.objects.bulk_create(
        ContactPhone(contact=contact, kind=kind, e164=e164)
        for contact, one in zip(contacts, people, strict=True)
        for kind, e164 in one.phones.items()
    )
    QueueEntry.objects.bulk_create(
        QueueEntry(campaign=campaign, contact=contact, not_before=now - timedelta(days=2)) for contact in contacts
    )
    standings = list(chain.from_iterable(repeat(standing, count) for standing, count in STANDINGS))
    random.shuffle(standings)
    asked = [(contact, how) for contact, how in zip(contacts, standings, strict=True) if how != NEVER_ASKED]
    proofs = Proof.objects.bulk_create(_proof(contact, how, principal, now, random) for contact, how in asked)
    taken = now - timedelta(days=8)
    Withdrawal.objects.bulk_create(
        Withdrawal(proof=proof, at=taken, channel="phone", note="", recorded_at=taken)
        for proof, (_, how) in zip(proofs, asked, strict=True)
        if how == TOOK_IT_BACK
    )
    return list(_forbidden(people, standings, manager, now))


def _contact(one: Person, now: datetime) -> Contact:
    at = now - timedelta(days=2)
    return Contact(
        kind="person", civility=one.civility, first_name=one.first_name, last_name=one.last_name, address=one.address,
        postal_code=one.postal_code, city=one.city, client_code=one.client_code, email=one.email, created_at=at,
        updated_at=at,
    )  # fmt: skip


def _proof(contact: Contact, how: str, principal: Principal, now: datetime, random: Random) -> Proof:
    days = random.randint(380, 420) if how == EXPIRED else random.randint(9, 200)
    given = now - timedelta(days=days, minutes=random.randint(0, 1439))
    return Proof(
        principal=principal, contact=contact, who=name_of(contact), object="Complémentaire santé", wording=WORDING,
        wording_version="site-2025-08", channel="web_form", act="Case cochée, formulaire envoyé", given_at=given,
        recorded_at=now - timedelta(days=2), archive_until=archive_until("consent", given),
    )  # fmt: skip


def _forbidden(people: list[Person], standings: list[str], manager: User, now: datetime) -> Iterator[DoNotCall]:
    for one, how in zip(people, standings, strict=True):
        if how == FORBIDDEN:
            for e164 in one.phones.values():
                yield DoNotCall(e164=e164, origin="import", created_by=manager, created_at=now - timedelta(days=1))

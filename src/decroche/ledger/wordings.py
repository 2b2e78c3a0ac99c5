"""Consents asked for in a call: the exact words that agents read aloud, each version kept, and the yes to them."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.calls.models import Call
from decroche.campaigns.models import Campaign
from decroche.campaigns.selectors import works_on
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts.records import person
from decroche.ledger.errors import NotTalkedTo, NoWording
from decroche.ledger.models import ConsentWording, Proof
from decroche.ledger.schemas import ConsentWordingIn, ConsentWordingOut, ConsentWordings, ProofIn, SpokenConsentIn
from decroche.ledger.services import record_proof

CLOCK = SystemClock()
ACT = "oui prononcé au téléphone"


def of_campaign(viewer: User, campaign_id: int) -> ConsentWordings:
    """Raises NotFound, for an agent also where he is not assigned."""
    found = Campaign.objects.filter(pk=campaign_id)
    if not (found if viewer.is_supervisor else found.filter(works_on(viewer))).exists():
        raise NotFound
    rows = ConsentWording.objects.filter(campaign=campaign_id).select_related("made_by")
    versions = [
        ConsentWordingOut(
            version=row.version, object=row.object, text=row.text, made_by=person(row.made_by), made_at=row.made_at
        )
        for row in rows
    ]
    current = versions[0] if versions and versions[0].text else None
    return ConsentWordings(current=current, versions=versions)


@transaction.atomic
def change(actor: User, campaign_id: int, body: ConsentWordingIn, clock: Clock = CLOCK) -> None:
    """Raises NotFound, InvalidFields. The same words again make no version."""
    campaign = Campaign.objects.select_for_update().filter(pk=campaign_id).first()
    if campaign is None:
        raise NotFound
    if body.text and not body.object:
        raise InvalidFields(
            object=("Dites sur quels biens ou services porte l'accord.", "Say which goods or services it is about.")
        )
    last = ConsentWording.objects.filter(campaign=campaign).first()
    if (last.object, last.text) == (body.object, body.text) if last else not body.text:
        return
    row = ConsentWording.objects.create(
        campaign=campaign,
        version=last.version + 1 if last else 1,
        object=body.object,
        text=body.text,
        made_by=actor,
        made_at=clock.now(),
    )
    record(actor, "consent_wording.change", campaign, version=row.version)


@transaction.atomic
def record_spoken(actor: User, call_id: UUID, body: SpokenConsentIn, clock: Clock = CLOCK) -> Proof:
    """Raises NotFound, NoWording, NotTalkedTo, InvalidFields. An agent's own calls only."""
    calls = Call.objects.select_for_update(of=("self",)).select_related("campaign").filter(pk=call_id)
    call = (calls if actor.is_supervisor else calls.filter(agent=actor)).first()
    if call is None or call.contact_id is None:
        raise NotFound
    if call.answered_at is None:
        raise NotTalkedTo
    wording = ConsentWording.objects.filter(campaign=call.campaign).first() if call.campaign else None
    if call.campaign is None or call.campaign.principal_id is None or wording is None or not wording.text:
        raise NoWording
    version = version_of(call.campaign, wording)
    before = Proof.objects.filter(call=call, wording_version=version, withdrawals=None).first()
    if before is not None and not body.slots:
        return before
    return record_proof(
        actor,
        call.contact_id,
        ProofIn(
            principal_id=call.campaign.principal_id,
            object=wording.object,
            wording=wording.text,
            wording_version=version,
            channel="phone",
            act=ACT,
            given_at=clock.now(),
            slots=body.slots,
            call_id=call.pk,
        ),
        clock,
    )


def version_of(campaign: Campaign, wording: ConsentWording) -> str:
    """As proofs name it: unique among all campaigns."""
    return f"campagne {campaign.pk}, version {wording.version}"

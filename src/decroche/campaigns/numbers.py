"""The numbers that the principal holds and may show."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns import reconsider
from decroche.campaigns.errors import NumberInUse, NumberTaken
from decroche.campaigns.models import Campaign, PresentedNumber
from decroche.campaigns.schemas import PresentedNumberIn
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.fiction import is_fiction
from decroche.common.notify import notify_floor
from decroche.contacts.phones import SENTENCES, PhoneProblem, is_mobile, normalise
from decroche.ledger.models import Principal

MOBILE = (
    "Un plateau ne peut pas présenter un 06 ou un 07 (Arcep). Choisissez un 01 à 05, un 09 ou un polyvalent vérifié.",
    "A call floor may not show an 06 or 07 number (Arcep). Choose 01 to 05, 09, or a verified polyvalent number.",
)


def presented_numbers() -> QuerySet[PresentedNumber]:
    """All of them, with the campaigns that show them."""
    every = PresentedNumber.objects.select_related("principal")
    return every.prefetch_related("campaignpresentednumber_set").order_by("e164")


@transaction.atomic
def create(actor: User, body: PresentedNumberIn) -> PresentedNumber:
    """Raises InvalidFields, NumberTaken."""
    e164 = normalise(body.number)
    if isinstance(e164, PhoneProblem):
        raise InvalidFields(number=SENTENCES[e164])
    if is_mobile(e164) and not is_fiction(e164):
        raise InvalidFields(number=MOBILE)
    _check_principal(body.principal_id)
    _check_return(body.return_to, body.return_campaign_id)
    row, created = PresentedNumber.objects.get_or_create(e164=e164, defaults=body.model_dump(exclude={"number"}))
    if not created:
        raise NumberTaken
    record(actor, "presented_number.create", row)
    return row


@transaction.atomic
def update(actor: User, number_id: int, given: dict[str, Any]) -> PresentedNumber:
    """Raises NotFound, InvalidFields. The campaigns that show it are told, and what waited for it waits no more."""
    row = _get(number_id)
    _check_principal(given.get("principal_id"))
    for name, value in given.items():
        setattr(row, name, value)
    _check_return(row.return_to, row.return_campaign_id)
    row.save()
    record(actor, "presented_number.update", row, **given)
    campaigns = sorted(set(Campaign.objects.filter(presented_numbers__number=row).values_list("pk", flat=True)))
    for campaign_id in campaigns:
        notify_floor("campaign_changed", id=campaign_id)
    if {"daily_limit", "active"} & set(given):
        reconsider.after_exhaustion(campaigns)
    if "principal_id" in given:
        for campaign_id in campaigns:
            reconsider.of_campaign(campaign_id)
    return row


@transaction.atomic
def delete(actor: User, number_id: int) -> None:
    """Raises NotFound, NumberInUse."""
    row = _get(number_id)
    if count := Campaign.objects.filter(presented_numbers__number=row).distinct().count():
        raise NumberInUse(count=count)
    record(actor, "presented_number.delete", row, e164=row.e164)
    row.delete()


def _check_principal(principal_id: int | None) -> None:
    if principal_id is not None and not Principal.objects.filter(pk=principal_id).exists():
        both = ("Ce mandant n'existe plus. Rechargez la page.", "This principal no longer exists. Reload the page.")
        raise InvalidFields(principal_id=both)


def _check_return(to: str, campaign_id: int | None) -> None:
    if campaign_id is not None and not Campaign.objects.filter(pk=campaign_id).exists():
        both = ("Cette campagne n'existe plus. Rechargez la page.", "This campaign no longer exists. Reload the page.")
        raise InvalidFields(return_campaign_id=both)
    if to == PresentedNumber.ReturnTo.CAMPAIGN and campaign_id is None:
        both = ("Choisissez la campagne qui reçoit ces appels.", "Choose the campaign that receives these calls.")
        raise InvalidFields(return_campaign_id=both)


def _get(number_id: int) -> PresentedNumber:
    row = PresentedNumber.objects.select_for_update().filter(pk=number_id).first()
    if row is None:
        raise NotFound
    return row

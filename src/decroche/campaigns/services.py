"""Making, changing, opening, stopping, archiving and copying campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.campaigns import announcement_files, defaults, reconsider, selectors
from decroche.campaigns.errors import (
    CampaignArchived,
    CampaignIsOpen,
    CampaignNameTaken,
    CampaignNotOpen,
    CampaignNotReady,
    NotForConsumers,
)
from decroche.campaigns.models import (
    Campaign,
    CampaignAssignment,
    CampaignPresentedNumber,
    RetryRule,
    Script,
    legal_hours,
)
from decroche.campaigns.recording import USUAL_SHARE, is_systematic
from decroche.campaigns.schemas import CampaignIn, CampaignPatch, Hours
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.notify import notify_floor
from decroche.contacts.phones import SENTENCES, PhoneProblem, normalise
from decroche.dispositions.models import Disposition
from decroche.ledger.models import Principal
from decroche.messages.models import Sender
from decroche.telephony.models import Trunk

Status = Campaign.Status
LINKS = ("trunk", "principal", "sender")
STEERED = ("order", "filter", "filter_label", "steering", "steering_progress")
"""About the entries of one queue: a copy starts without."""
USUAL_BASIS = {"b2c": "consent", "b2b": "business"}
JUDGED_BY = {"audience", "basis", "sector", "principal_id", "hours", "on_days_off", "regional_days_off"}
"""Settings on which the judge's verdicts depend."""
SYSTEMATIC = (
    "Seule la preuve d'un contrat permet d'enregistrer tous les appels : baissez la part, ou changez la finalité.",
    "Recording every call is only allowed as proof of a contract: lower the share, or change the purpose.",
)
COPIED_LISTS = (CampaignAssignment, CampaignPresentedNumber, RetryRule, Script, Disposition)


def lock(campaign_id: int, *, editable: bool = True) -> Campaign:
    """The row, held until the transaction ends; calls and queue entries that point at it are written all the same.

    Raises NotFound and, to be edited, CampaignArchived.
    """
    row = Campaign.objects.select_for_update(no_key=True).filter(pk=campaign_id).first()
    if row is None:
        raise NotFound
    if editable and row.status == Status.ARCHIVED:
        raise CampaignArchived
    return row


def changed(actor: User, row: Campaign, action: str, **detail: Any) -> None:
    """Save, log, and tell the floor; `updated_at` moves, and with it the version of the desk's data."""
    row.save()
    record(actor, action, row, **detail)
    notify_floor("campaign_changed", id=row.pk)


@transaction.atomic
def create(actor: User, body: CampaignIn) -> int:
    """Id of the draft. Raises CampaignNameTaken."""
    _check_name(body.name)
    row = Campaign.objects.create(**body.model_dump(), basis=USUAL_BASIS[body.audience])
    defaults.fill(row)
    changed(actor, row, "campaign.create")
    return row.pk


@transaction.atomic
def update(actor: User, campaign_id: int, body: CampaignPatch) -> None:
    """Raises NotFound, CampaignArchived, CampaignNameTaken, InvalidFields."""
    row = lock(campaign_id)
    given = body.given()
    if "name" in given:
        _check_name(given["name"], but=row.pk)
    if given.get("callback_number"):
        given["callback_number"] = _number(given["callback_number"])
    if given.get("trunk_id") is not None and not Trunk.objects.filter(pk=given["trunk_id"]).exists():
        both = (
            "Cette ligne opérateur n'existe plus. Choisissez-en une autre.",
            "This trunk no longer exists. Choose another.",
        )
        raise InvalidFields(trunk_id=both)
    if given.get("sender_id") is not None and not Sender.objects.filter(pk=given["sender_id"]).exists():
        raise InvalidFields(sender_id=("Cet expéditeur n'existe plus.", "This sender no longer exists."))
    if given.get("principal_id") is not None and not Principal.objects.filter(pk=given["principal_id"]).exists():
        raise InvalidFields(principal_id=("Ce mandant n'existe plus.", "This principal no longer exists."))
    if "audience" in given and "basis" not in given and given["audience"] != row.audience:
        given["basis"] = USUAL_BASIS[given["audience"]]
    if "recording_purpose" in given and "recording_share" not in given:
        given["recording_share"] = USUAL_SHARE[given["recording_purpose"]]
    if "hours" in given:
        _check_hours(given["hours"])
    if "amd_settings" in given:
        given["amd_settings"] = {name: value for name, value in given["amd_settings"].items() if value is not None}
    before = {name: getattr(row, name) for name in given}
    for name, value in given.items():
        setattr(row, name, value)
    if row.audience == Campaign.Audience.B2C and given.keys() & {"hours", "audience"}:
        _check_legal_hours(row.hours)
    if row.audience == Campaign.Audience.B2C and row.machine_action == Campaign.MachineAction.MESSAGE:
        raise NotForConsumers
    if row.recording == Campaign.Recording.ALL and is_systematic(row.recording_purpose, row.recording_share):
        raise InvalidFields(recording_share=SYSTEMATIC)
    changes = {name: [before[name], value] for name, value in given.items() if before[name] != value}
    announcement_files.keep_in_step(row)
    changed(actor, row, "campaign.update", changes=changes)
    if changes.keys() & JUDGED_BY:
        reconsider.of_campaign(row.pk)


@transaction.atomic
def open_(actor: User, campaign_id: int) -> None:
    """Raises NotFound, CampaignNotReady with its reasons."""
    row = lock(campaign_id, editable=False)
    if reasons := selectors.missing(row):
        raise CampaignNotReady(reasons=",".join(reasons))
    announcement_files.keep_in_step(row)
    if row.status != Status.OPEN:
        row.status, row.opened_at = Status.OPEN, timezone.now()
        changed(actor, row, "campaign.open")
        _settle_soon(row)


def _settle_soon(row: Campaign) -> None:
    from decroche.campaigns import tasks  # which reads and writes campaigns itself

    tasks.settle_soon(row.pk)


@transaction.atomic
def stop(actor: User, campaign_id: int) -> None:
    """Raises NotFound, CampaignNotOpen."""
    row = lock(campaign_id, editable=False)
    if row.status == Status.STOPPED:
        return
    if row.status != Status.OPEN:
        raise CampaignNotOpen
    row.status = Status.STOPPED
    changed(actor, row, "campaign.stop")


@transaction.atomic
def archive(actor: User, campaign_id: int) -> None:
    """Raises NotFound, CampaignIsOpen."""
    row = lock(campaign_id, editable=False)
    if row.status == Status.OPEN:
        raise CampaignIsOpen
    if row.status != Status.ARCHIVED:
        row.status = Status.ARCHIVED
        changed(actor, row, "campaign.archive")


@transaction.atomic
def duplicate(actor: User, campaign_id: int, name: str | None) -> int:
    """Id of a draft with the same settings, lists, script and outcomes. Raises NotFound, CampaignNameTaken."""
    source = selectors.get(campaign_id)
    if name is not None:
        _check_name(name)
    fields = model_to_dict(source, exclude=["id", "name", "status", *LINKS, "opened_at", *STEERED])
    links = {f"{name}_id": getattr(source, f"{name}_id") for name in LINKS}
    copy = Campaign.objects.create(**fields, **links, name=name or _free_name(source.name))
    for model in COPIED_LISTS:
        for one in model._default_manager.filter(campaign_id=source.pk).order_by("pk"):
            one.pk = None
            one._state.adding = True
            one.campaign = copy
            one.save()
    announcement_files.copy(source, copy)
    changed(actor, copy, "campaign.duplicate", source=source.pk)
    return copy.pk


def _check_name(name: str, *, but: int = 0) -> None:
    if Campaign.objects.filter(name__iexact=name).exclude(pk=but).exists():
        raise CampaignNameTaken(name=name)


def _free_name(name: str) -> str:
    """ "X (copie)", "X (copie 2)"… at most 120 characters."""
    taken = {one.lower() for one in Campaign.objects.values_list("name", flat=True)}
    endings = (" (copie)" if n == 1 else f" (copie {n})" for n in range(1, len(taken) + 2))
    return next(free for ending in endings if (free := name[: 120 - len(ending)] + ending).lower() not in taken)


def _number(text: str) -> str:
    number = normalise(text)
    if isinstance(number, PhoneProblem):
        raise InvalidFields(callback_number=SENTENCES[number])
    return number


def _check_hours(hours: list[Hours]) -> None:
    """Each stretch ends after it begins, and none overlaps another of the same day."""
    for index, one in enumerate(hours):
        if one["from"] >= one["to"]:
            both = ("La fin doit être après le début.", "The end must be after the start.")
            raise InvalidFields(**{f"hours.{index}.to": both})
        for other in hours[:index]:
            if set(one["days"]) & set(other["days"]) and one["from"] < other["to"] and other["from"] < one["to"]:
                both = ("Ces horaires se chevauchent avec une autre ligne.", "These hours overlap another time slot.")
                raise InvalidFields(**{f"hours.{index}.from": both})


def _check_legal_hours(hours: list[Hours]) -> None:
    """Consumers are called within the hours of the law only (Code de la consommation D223-9), whoever asks."""
    legal = legal_hours()
    for index, one in enumerate(hours):
        if not any(_lies_within(one, allowed) for allowed in legal):
            both = (
                "Un particulier ne s'appelle que du lundi au vendredi, de 10 h à 13 h et de 14 h à 20 h (D223-9).",
                "Consumers may only be called Monday to Friday, 10:00 to 13:00 and 14:00 to 20:00 (D223-9).",
            )
            raise InvalidFields(**{f"hours.{index}.from": both})


def _lies_within(one: Hours, allowed: Mapping[str, Any]) -> bool:
    return set(one["days"]) <= set(allowed["days"]) and allowed["from"] <= one["from"] and one["to"] <= allowed["to"]

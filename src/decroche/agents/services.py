"""Changing groups and pause reasons."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.agents import selectors
from decroche.agents.errors import GroupInUse, GroupNameTaken, LastPauseReason, PauseLabelTaken
from decroche.agents.models import AgentGroup, AgentStateInterval, PauseReason
from decroche.agents.schemas import GroupIn, PauseReasonIn
from decroche.campaigns.models import Campaign
from decroche.common.errors import InvalidFields, NotFound
from decroche.common.notify import notify_floor


@transaction.atomic
def create_group(actor: User, body: GroupIn) -> AgentGroup:
    """Raises GroupNameTaken, InvalidFields."""
    _check_group_name(body.name)
    group = AgentGroup.objects.create(name=body.name)
    _set_members(group, body.member_ids)
    record(actor, "group.create", group, member_ids=body.member_ids)
    return selectors.groups().get(pk=group.pk)


@transaction.atomic
def update_group(actor: User, group_id: int, given: dict[str, Any]) -> AgentGroup:
    """Raises NotFound, GroupNameTaken, InvalidFields. Those who come and go see their campaigns change."""
    group = _group(group_id)
    if "name" in given:
        _check_group_name(given["name"], but=group.pk)
        group.name = given["name"]
        group.save()
    if "member_ids" in given:
        before = set(group.members.values_list("pk", flat=True))
        _set_members(group, given["member_ids"])
        for user_id in before ^ set(given["member_ids"]):
            notify_floor("user_changed", id=user_id)
    record(actor, "group.update", group, **given)
    return selectors.groups().get(pk=group.pk)


@transaction.atomic
def delete_group(actor: User, group_id: int) -> None:
    """Raises NotFound, GroupInUse."""
    group = _group(group_id)
    in_use = Campaign.objects.filter(assignments__group=group).exclude(status=Campaign.Status.ARCHIVED)
    if count := in_use.distinct().count():
        raise GroupInUse(count=count)
    record(actor, "group.delete", group, name=group.name)
    group.savedsearch_set.update(shared="nobody", group=None)  # they stay with their owners
    group.delete()


@transaction.atomic
def create_pause_reason(actor: User, body: PauseReasonIn) -> PauseReason:
    """Raises PauseLabelTaken."""
    _check_label(body.label)
    reason = PauseReason.objects.create(**body.model_dump())
    record(actor, "pause_reason.create", reason)
    notify_floor("pause_reasons_changed")
    return reason


@transaction.atomic
def update_pause_reason(actor: User, reason_id: int, given: dict[str, Any]) -> PauseReason:
    """Raises NotFound, PauseLabelTaken, LastPauseReason."""
    reason = _reason(reason_id)
    if "label" in given:
        _check_label(given["label"], but=reason.pk)
    if given.get("active") is False:
        _check_another_stays(reason)
    for name, value in given.items():
        setattr(reason, name, value)
    reason.save()
    record(actor, "pause_reason.update", reason, **given)
    notify_floor("pause_reasons_changed")
    return reason


@transaction.atomic
def delete_pause_reason(actor: User, reason_id: int) -> None:
    """Raises NotFound, LastPauseReason. A reason that statistics need becomes inactive."""
    reason = _reason(reason_id)
    _check_another_stays(reason)
    record(actor, "pause_reason.delete", reason, label=reason.label)
    if AgentStateInterval.objects.filter(pause_reason=reason).exists():
        reason.active = False
        reason.save()
    else:
        reason.delete()
    notify_floor("pause_reasons_changed")


def _group(group_id: int) -> AgentGroup:
    group = AgentGroup.objects.select_for_update().filter(pk=group_id).first()
    if group is None:
        raise NotFound
    return group


def _reason(reason_id: int) -> PauseReason:
    reason = PauseReason.objects.select_for_update().filter(pk=reason_id).first()
    if reason is None:
        raise NotFound
    return reason


def _check_group_name(name: str, *, but: int = 0) -> None:
    if AgentGroup.objects.filter(name__iexact=name).exclude(pk=but).exists():
        raise GroupNameTaken(name=name)


def _check_label(label: str, *, but: int = 0) -> None:
    if PauseReason.objects.filter(label__iexact=label).exclude(pk=but).exists():
        raise PauseLabelTaken(label=label)


def _check_another_stays(reason: PauseReason) -> None:
    if reason.active and not PauseReason.objects.filter(active=True).exclude(pk=reason.pk).exists():
        raise LastPauseReason


def _set_members(group: AgentGroup, member_ids: list[int]) -> None:
    members = User.objects.filter(pk__in=member_ids)
    if len(members) != len(set(member_ids)):
        both = (
            "Un de ces utilisateurs n'existe plus. Rechargez la page.",
            "One of these users is gone. Reload the page.",
        )
        raise InvalidFields(member_ids=both)
    group.members.set(members)

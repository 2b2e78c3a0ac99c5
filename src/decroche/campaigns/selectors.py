"""Reading campaigns, their script and where their contacts stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.db.models import Count, Min, Q
from django.utils import timezone

from decroche.accounts.models import User
from decroche.callbacks.models import Callback
from decroche.campaigns.codes import AnnouncementKind
from decroche.campaigns.errors import MISSING
from decroche.campaigns.models import Announcement, Campaign, CampaignAssignment, Mode, QueueEntry, Script
from decroche.campaigns.schemas import (
    AmdSettings,
    AnnouncementOut,
    AssignmentOut,
    CampaignItem,
    CampaignNumberOut,
    CampaignOut,
    Missing,
    QueueCounts,
    RetryRuleOut,
)
from decroche.campaigns.script_schema import ScriptOut
from decroche.campaigns.territory import Part, label_of
from decroche.common.errors import Language, NotFound
from decroche.contacts.models import CustomField
from decroche.telephony.amd import AMD_USUAL
from decroche.telephony.models import Trunk

State = QueueEntry.State
POOLED = (Mode.POWER, Mode.PREDICTIVE)
"""Modes in which a person may answer and find no agent."""
CONTACT_VARIABLES = (
    "civility",
    "first_name",
    "last_name",
    "company",
    "address",
    "address2",
    "postal_code",
    "city",
    "client_code",
    "email",
)
VARIABLES = (
    *(f"contact.{name}" for name in CONTACT_VARIABLES),
    "agent.first_name",
    "agent.last_name",
    "campaign.name",
    "campaign.caller_name",
    "campaign.callback_number",
)
PLAIN_FIELDS = [
    "id",
    "name",
    "status",
    "mode",
    "audience",
    "priority",
    "caller_name",
    "callback_number",
    "trunk_id",
    "hours",
    "ring_timeout_s",
    "wrap_up",
    "wrap_up_s",
    "wrap_up_extension_s",
    "recording",
    "power_ratio",
    "abandon_cap",
    "lines_max",
    "amd_enabled",
    "amd_timing",
    "amd_check_share",
    "machine_action",
    "disposition_hangs_up",
    "max_attempts",
    "opened_at",
    "created_at",
    "updated_at",
]


def desk_version(updated_at: datetime) -> int:
    """Milliseconds of the campaign's last change: scripts, outcomes and lists touch it too."""
    return round(updated_at.timestamp() * 1000)


def works_on(user: User) -> Q:
    """Campaigns to which the user is assigned, by himself or with a group."""
    mine = CampaignAssignment.objects.filter(Q(user=user) | Q(group__members=user))
    return Q(pk__in=mine.values("campaign_id"))


def campaigns(viewer: User, *, q: str = "", status: str | None = None, archived: bool = False) -> list[CampaignItem]:
    """The most urgent first; an agent's own."""
    found = Campaign.objects.filter(name__icontains=q) if q else Campaign.objects.all()
    if not viewer.is_supervisor:
        found = found.filter(works_on(viewer))
    if status:
        found = found.filter(status=status)
    elif not archived:
        found = found.exclude(status=Campaign.Status.ARCHIVED)
    rows = list(found)
    counts = _entries_of([row.pk for row in rows])
    return [_item(row, counts.get(row.pk, {})) for row in rows]


def get(campaign_id: int) -> Campaign:
    """The row. Raises NotFound."""
    found = Campaign.objects.filter(pk=campaign_id).first()
    if found is None:
        raise NotFound
    return found


def campaign(campaign_id: int, language: Language) -> CampaignOut:
    """One campaign, whole. Raises NotFound."""
    row = get(campaign_id)
    return CampaignOut(
        **{name: getattr(row, name) for name in PLAIN_FIELDS},
        version=desk_version(row.updated_at),
        amd_settings=AmdSettings(**row.amd_settings),
        amd_usual=AmdSettings(**AMD_USUAL),
        announcements=[announcement_out(one) for one in row.announcements.order_by("kind")],
        assignments=_assignments(row),
        presented_numbers=_numbers(row),
        retry_rules=[
            RetryRuleOut.model_validate(rule, from_attributes=True) for rule in row.retry_rules.order_by("id")
        ],
        missing=[Missing(code=code, message=_reason(code, language)) for code in missing(row)],
    )


def missing(row: Campaign) -> list[Any]:
    """Codes of why it cannot be opened; empty: it can."""
    if row.status == Campaign.Status.ARCHIVED:
        return ["archived"]
    found = []
    workers = User.objects.filter(is_active=True).filter(
        Q(campaignassignment__campaign=row) | Q(agent_groups__campaignassignment__campaign=row)
    )
    if not workers.exists():
        found.append("no_assignment")
    trunks = Trunk.objects.filter(enabled=True)
    if not (trunks.filter(pk=row.trunk_id) if row.trunk_id else trunks).exists():
        found.append("no_trunk")
    # In manual mode the carrier shows the trunk's own number; a machine that dials must say which one it shows.
    if row.mode != Mode.MANUAL and not row.presented_numbers.filter(number__active=True).exists():
        found.append("no_presented_number")
    if not row.dispositions.filter(active=True).exists():
        found.append("no_disposition")
    if row.mode in POOLED and not row.caller_name:
        found.append("no_caller_name")
    if row.mode in POOLED and not row.callback_number:
        found.append("no_callback_number")
    leaves_message = row.amd_enabled and row.machine_action == Campaign.MachineAction.MESSAGE
    if leaves_message and not row.announcements.filter(kind="machine").exists():
        found.append("no_machine_message")
    return found


def announcement_out(row: Announcement) -> AnnouncementOut:
    return AnnouncementOut(
        kind=cast("AnnouncementKind", row.kind),
        is_recorded=not row.text,
        text=row.text,
        duration_s=row.duration_s,
        made_at=row.made_at,
        url=f"/api/campaigns/{row.campaign_id}/announcements/{row.kind}/sound?v={row.pk.hex[:8]}",
    )


def script(campaign_id: int) -> ScriptOut:
    """Raises NotFound."""
    row = get(campaign_id)
    found, _ = Script.objects.get_or_create(campaign=row)
    return script_out(found)


def script_out(row: Script) -> ScriptOut:
    """The script with the variables that its texts may hold."""
    return ScriptOut(version=row.version, pages=row.pages, objections=row.objections, variables=variables())


def variables() -> list[str]:
    """What may stand between {{ and }} in a script."""
    return [*VARIABLES, *(f"contact.custom.{key}" for key in CustomField.objects.values_list("key", flat=True))]


def queue_counts(campaign_id: int) -> QueueCounts:
    """Where the contacts of a campaign stand now. Raises NotFound."""
    row, now = get(campaign_id), timezone.now()
    later = Q(state=State.WAITING, not_before__gt=now)
    counts = row.queue.aggregate(
        total=Count("id"),
        waiting_now=Count("id", filter=Q(state=State.WAITING, not_before__lte=now)),
        waiting_later=Count("id", filter=later),
        next_at=Min("not_before", filter=later),
        claimed=Count("id", filter=Q(state=State.CLAIMED)),
        finished=Count("id", filter=Q(state=State.FINISHED)),
        withdrawn=Count("id", filter=Q(state=State.WITHDRAWN)),
        never_called=Count("id", filter=Q(state=State.WAITING, attempts=0)),
    )
    finished = row.queue.filter(state=State.FINISHED).values_list("finished_reason").annotate(Count("id")).order_by()
    callbacks = Callback.objects.filter(campaign=row, state=Callback.State.SCHEDULED).count()
    return QueueCounts(**counts, finished_by_reason=dict(finished), callbacks=callbacks)


def _entries_of(campaign_ids: list[int]) -> dict[int, dict[str, int]]:
    entries = QueueEntry.objects.filter(campaign_id__in=campaign_ids).values_list("campaign_id", "state")
    counts: dict[int, dict[str, int]] = {}
    for campaign_id, state, n in entries.annotate(n=Count("id")).order_by():
        counts.setdefault(campaign_id, {})[state] = n
    return counts


def _item(row: Campaign, counts: dict[str, int]) -> CampaignItem:
    return CampaignItem(
        **{name: getattr(row, name) for name in CampaignItem.model_fields if not name.startswith(("entries", "terr"))},
        territory=label_of([Part(*part) for part in row.territory]),
        entries=sum(counts.values()),
        entries_waiting=counts.get(State.WAITING, 0) + counts.get(State.CLAIMED, 0),
        entries_finished=counts.get(State.FINISHED, 0),
    )


def _assignments(row: Campaign) -> list[AssignmentOut]:
    found = row.assignments.select_related("user", "group").order_by("-priority", "id")
    return [
        AssignmentOut(
            id=one.pk,
            user_id=one.user_id,
            group_id=one.group_id,
            name=one.user.display_name if one.user else one.group.name if one.group else "",
            priority=one.priority,
        )
        for one in found
    ]


def _numbers(row: Campaign) -> list[CampaignNumberOut]:
    found = row.presented_numbers.select_related("number").order_by("zone")
    return [
        CampaignNumberOut.model_validate(
            {"number_id": one.number_id, "zone": one.zone, "e164": one.number.e164, "label": one.number.label}
        )
        for one in found
    ]


def _reason(code: str, language: Language) -> str:
    text = MISSING[code][1 if language == "en" else 0]
    return text[0].upper() + text[1:] + "."

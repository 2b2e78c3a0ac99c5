"""Reading campaigns, their script and where their contacts stand."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any, cast

from django.db import connection
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from decroche.accounts.models import User
from decroche.campaigns.codes import AnnouncementKind, Audience, Basis, Sector
from decroche.campaigns.errors import MISSING
from decroche.campaigns.models import Announcement, Campaign, CampaignAssignment, Mode, QueueEntry, Script
from decroche.campaigns.queue.standing import waits_inside
from decroche.campaigns.schemas import (
    AmdSettings,
    AnnouncementOut,
    AssignmentOut,
    CampaignItem,
    CampaignNumberOut,
    CampaignOut,
    Missing,
    RetryRuleOut,
)
from decroche.campaigns.script_schema import ScriptOut
from decroche.campaigns.territory import Part, label_of, multirange
from decroche.common.errors import Language, NotFound
from decroche.compliance import CampaignFacts, of_campaign
from decroche.compliance.hours import read_slots
from decroche.contacts.models import CustomField
from decroche.telephony.amd import AMD_USUAL
from decroche.telephony.models import Trunk

State = QueueEntry.State
AUTOMATIC = (Mode.PROGRESSIVE, Mode.POWER, Mode.PREDICTIVE)
"""Modes in which a machine launches the calls."""
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
    "basis",
    "sector",
    "principal_id",
    "on_days_off",
    "regional_days_off",
    "priority",
    "caller_name",
    "callback_number",
    "trunk_id",
    "sender_id",
    "hours",
    "ring_timeout_s",
    "wrap_up",
    "wrap_up_s",
    "wrap_up_extension_s",
    "recording",
    "recording_purpose",
    "recording_share",
    "recording_notice",
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
    counts = _entries_of(rows)
    return [_item(row, counts[row.pk]) for row in rows]


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
        territory=label_of([Part(*part) for part in row.territory]),
        filter_label=row.filter_label,
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
    found += [code for code in _forbidden(row) if code not in found and code != "no_presented_number"]
    if row.mode in POOLED and not row.caller_name:
        found.append("no_caller_name")
    if row.mode in POOLED and not row.callback_number:
        found.append("no_callback_number")
    leaves_message = row.amd_enabled and row.machine_action == Campaign.MachineAction.MESSAGE
    if leaves_message and not row.announcements.filter(kind="machine").exists():
        found.append("no_machine_message")
    return found


def _forbidden(row: Campaign) -> list[str]:
    """Codes of what the rules forbid whoever is called."""
    natures = lines_of(row)
    shown = row.presented_numbers.filter(number__active=True).values_list(
        "number__e164", Coalesce("number__principal__siren", Value(""))
    )
    reasons = of_campaign(
        facts_of(row), list(shown), timezone.now(), automatic=row.mode in AUTOMATIC, on_simulator=natures == {True}
    )
    return [reason.code for reason in reasons]


def lines_of(row: Campaign) -> set[bool]:
    """For each line that it may use, whether it is the simulator's."""
    trunks = Trunk.objects.filter(enabled=True)
    return set((trunks.filter(pk=row.trunk_id) if row.trunk_id else trunks).values_list("simulator", flat=True))


def facts_of(row: Campaign) -> CampaignFacts:
    """What the judge asks of a campaign."""
    return CampaignFacts(
        basis=cast("Basis", row.basis),
        audience=cast("Audience", row.audience),
        sector=cast("Sector", row.sector),
        principal=row.principal.siren if row.principal else "",
        slots=read_slots(row.hours),
        on_days_off=row.on_days_off,
        regional_days_off=row.regional_days_off,
    )


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


# For every campaign in one pass.
_ENTRIES = f"""
SELECT q.campaign_id, q.state, count(*),
  count(*) FILTER (WHERE q.not_before <= %(now)s AND {waits_inside("w.steering", "w.within")})
FROM unnest(%(campaigns)s::bigint[], %(withins)s::text[]::int4multirange[], %(steerings)s::int[])
  AS w(campaign_id, within, steering)
JOIN campaigns_queueentry q ON q.campaign_id = w.campaign_id GROUP BY 1, 2
"""  # noqa: S608 — constants only


def _entries_of(rows: list[Campaign]) -> dict[int, Counter[str]]:
    """By campaign: how many entries in each state, and `callable_now`."""
    withins = [multirange(row.territory_ranges) if row.territory_ranges else None for row in rows]
    counts: dict[int, Counter[str]] = {row.pk: Counter() for row in rows}
    with connection.cursor() as cursor:
        facts: dict[str, Any] = {
            "campaigns": list(counts),
            "withins": withins,
            "steerings": [row.steering for row in rows],
            "now": timezone.now(),
        }
        cursor.execute(_ENTRIES, facts)
        for campaign_id, state, count, callable_now in cursor.fetchall():
            counts[campaign_id][state] = count
            counts[campaign_id]["callable_now"] += callable_now
    return counts


def _item(row: Campaign, counts: Counter[str]) -> CampaignItem:
    counted = ("entries", "terr", "callable")
    return CampaignItem(
        **{name: getattr(row, name) for name in CampaignItem.model_fields if not name.startswith(counted)},
        territory=label_of([Part(*part) for part in row.territory]),
        entries=sum(counts[state] for state in State.values),
        callable_now=counts["callable_now"],
        entries_waiting=counts[State.WAITING] + counts[State.CLAIMED],
        entries_finished=counts[State.FINISHED],
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
    found = row.presented_numbers.select_related("number").order_by("department", "zone", "pk")
    return [
        CampaignNumberOut.model_validate(
            {
                "number_id": one.number_id,
                "zone": one.zone,
                "department": one.department,
                "e164": one.number.e164,
                "label": one.number.label,
            }
        )
        for one in found
    ]


def _reason(code: str, language: Language) -> str:
    text = MISSING[code][1 if language == "en" else 0]
    return text[0].upper() + text[1:] + "."

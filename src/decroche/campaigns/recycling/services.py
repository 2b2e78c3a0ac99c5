"""Recycling: tried out, done, undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from decroche.accounts.audit import record
from decroche.accounts.models import User
from decroche.calls.results import REACHED_THE_CONTACT
from decroche.campaigns import selectors
from decroche.campaigns.models import Campaign
from decroche.campaigns.recycling.choice import NEVER, NO_NUMBER, chosen
from decroche.campaigns.recycling.errors import AlreadyUndone, NothingToRecycle, RecyclingUnderWay
from decroche.campaigns.recycling.models import Recycling
from decroche.campaigns.recycling.run import AT_ONCE, run, undo
from decroche.campaigns.recycling.schemas import EndIn, RecycleIn, RecyclePreview, RecyclingOut
from decroche.campaigns.services import lock
from decroche.common.errors import InvalidFields, NotFound
from decroche.dispositions.models import Disposition

Status = Recycling.Status
AT_LATEST = timedelta(days=366)
LAST_FEW = 20

_PREVIEW = """
SELECT count(*), count(*) FILTER (WHERE never), count(*) FILTER (WHERE NOT never AND no_number),
  count(*) FILTER (WHERE NOT never AND NOT no_number AND too_many),
  count(*) FILTER (WHERE NOT never AND NOT no_number AND NOT too_many AND abandoned),
  count(*) FILTER (WHERE refusal)
FROM (SELECT ({never}) AS never, ({no_number}) AS no_number,
    %(consumers)s AND (SELECT count(*) FROM calls_call h WHERE h.contact_id = q.contact_id
      AND h.claimed_at > %(month)s AND h.result = ANY(%(counted)s) AND h.direction = 'outbound') >= 4 AS too_many,
    q.last_result = 'abandoned' AND q.last_call_at > %(three_days)s AS abandoned,
    EXISTS (SELECT 1 FROM dispositions_disposition d WHERE d.id = q.disposition_id AND d.reached
      AND d.tone = 'negative') AND q.finished_reason = 'close' AS refusal
  FROM campaigns_queueentry q JOIN contacts_contact c ON c.id = q.contact_id
  WHERE q.campaign_id = %(campaign)s AND {chosen}) q
"""


def preview(campaign_id: int, ends: list[EndIn]) -> RecyclePreview:
    """What such a recycling would do now; nothing is changed. Raises NotFound."""
    return _preview(selectors.get(campaign_id), ends)


def recycle(actor: User, campaign_id: int, body: RecycleIn) -> RecyclingOut:
    """Put them back: at once where they are few, else by a job.

    Raises NotFound, CampaignArchived, InvalidFields, NothingToRecycle, RecyclingUnderWay.
    """
    row = _start(actor, campaign_id, body)
    if row.expected <= AT_ONCE:
        run(row.pk)
    return recycling_out(Recycling.objects.get(pk=row.pk))


@transaction.atomic
def _start(actor: User, campaign_id: int, body: RecycleIn) -> Recycling:
    from decroche.campaigns.recycling.tasks import recycle_entries

    campaign, now = lock(campaign_id), timezone.now()
    if Recycling.objects.filter(campaign=campaign, status__in=(Status.RUNNING, Status.UNDOING)).exists():
        raise RecyclingUnderWay
    expected = _preview(campaign, body.ends)
    count = expected.chosen - expected.never - expected.no_number
    if count == 0:
        raise NothingToRecycle
    row = Recycling.objects.create(
        campaign=campaign,
        ends=[end.model_dump() for end in body.ends],
        keeps_attempts=body.keeps_attempts,
        not_before=_when(body.not_before, now),
        expected=count,
        created_by=actor,
        created_at=now,
    )
    record(actor, "campaign.recycle", campaign, recycling=row.pk, entries=count, keeps_attempts=body.keeps_attempts)
    if count > AT_ONCE:
        recycle_entries.defer(recycling_id=row.pk)
    return row


def take_back(actor: User, recycling_id: int) -> RecyclingOut:
    """Undo it for those that nobody called since, while it runs too. Raises NotFound, AlreadyUndone."""
    row = _start_undo(actor, recycling_id)
    if row.recycled <= AT_ONCE:
        undo(row.pk)
    return recycling_out(Recycling.objects.get(pk=row.pk))


@transaction.atomic
def _start_undo(actor: User, recycling_id: int) -> Recycling:
    from decroche.campaigns.recycling.tasks import undo_recycling

    row = Recycling.objects.select_for_update().filter(pk=recycling_id).first()
    if row is None:
        raise NotFound
    if row.status in (Status.UNDOING, Status.UNDONE):
        raise AlreadyUndone
    row.status, row.reached_id, row.undone_by, row.undone_at = Status.UNDOING, 0, actor, timezone.now()
    row.save()
    record(actor, "campaign.recycle_undone", row.campaign, recycling=row.pk)
    if row.recycled > AT_ONCE:
        undo_recycling.defer(recycling_id=row.pk)
    return row


def recyclings(campaign_id: int) -> list[RecyclingOut]:
    """The last fifty, the newest first. Raises NotFound."""
    return [recycling_out(one) for one in _whole(Recycling.objects.filter(campaign=selectors.get(campaign_id)))[:50]]


def recent_recyclings() -> list[RecyclingOut]:
    """Of all campaigns: those under way, and the last few."""
    return [recycling_out(one) for one in _whole(Recycling.objects.all())[:LAST_FEW]]


def _whole(found: QuerySet[Recycling]) -> QuerySet[Recycling]:
    return found.select_related("campaign", "created_by", "undone_by")


def recycling_out(row: Recycling) -> RecyclingOut:
    """With names of people and outcomes."""
    ends = [EndIn(**end) for end in row.ends]
    labels = dict(
        Disposition.objects.filter(pk__in=[end.disposition_id for end in ends if end.disposition_id]).values_list(
            "id", "label"
        )
    )
    return RecyclingOut(
        **{name: getattr(row, name) for name in _PLAIN},
        campaign=row.campaign.name,
        ends=ends,
        labels=[labels.get(end.disposition_id, "") if end.disposition_id else "" for end in ends],
        created_by=row.created_by.display_name if row.created_by else "",
        undone_by=row.undone_by.display_name if row.undone_by else "",
    )


_PLAIN = (
    "id", "campaign_id", "status", "keeps_attempts", "not_before", "expected", "recycled", "restored", "kept",
    "created_at", "undone_at",
)  # fmt: skip


def _when(asked: datetime | None, now: datetime) -> datetime:
    if asked is None:
        return now
    if asked.tzinfo is None or asked > now + AT_LATEST:
        both = ("Choisissez une date dans l'année qui vient.", "Choose a date within a year.")
        raise InvalidFields(not_before=both)
    return max(asked, now)


def _preview(campaign: Campaign, ends: list[EndIn]) -> RecyclePreview:
    now = timezone.now()
    facts: dict[str, Any] = {
        "campaign": campaign.pk,
        "now": now,
        "month": now - timedelta(days=30),
        "three_days": now - timedelta(hours=72),
        "counted": [str(result) for result in REACHED_THE_CONTACT],
        "consumers": campaign.audience == Campaign.Audience.B2C,
    }
    sql = _PREVIEW.format(never=NEVER, no_number=NO_NUMBER, chosen=chosen(ends, facts))
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        found, never, no_number, too_many, abandoned, refusals = cursor.fetchone()
    return RecyclePreview(
        chosen=found,
        callable=found - never - no_number - too_many - abandoned,
        never=never,
        no_number=no_number,
        too_many_attempts=too_many,
        abandoned_lately=abandoned,
        refusals=refusals,
    )

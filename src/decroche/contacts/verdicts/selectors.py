"""The judge asked about a contact, with the facts that the floor would have."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db import connection

from decroche.accounts.models import User
from decroche.campaigns.candidate import IN_CAMPAIGNS, Candidate, candidate_of, instants
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.question import judged, set_aside
from decroche.campaigns.retry import dialable
from decroche.campaigns.selectors import AUTOMATIC, facts_of
from decroche.campaigns.showing import SHOWN_SINCE, Shown
from decroche.common.clock import Clock, SystemClock
from decroche.common.errors import Language
from decroche.compliance import Intent, Reason, Refused, french
from decroche.compliance.numbers import MAINLAND, time_zone_of
from decroche.contacts.access import campaign_ids_of, get_contact
from decroche.contacts.schemas import CampaignRef
from decroche.contacts.verdicts.schemas import CampaignVerdicts, ContactVerdicts, NumberVerdict, VerdictReason
from decroche.telephony.models import Trunk

CLOCK = SystemClock()
MOST_CAMPAIGNS = 50
_JSONB = 3802


def verdicts(user: User, contact_id: int, clock: Clock = CLOCK) -> ContactVerdicts:
    """Raises NotFound."""
    contact, now = get_contact(user, contact_id), clock.now()
    campaigns, has_place = _campaigns(user, contact.pk)
    candidates = candidates_of_contact(contact.pk, [row.pk for row in campaigns], now)
    lines = list(Trunk.objects.filter(enabled=True).values_list("pk", "simulator"))
    today = _shown_today(now)
    answers = [
        CampaignVerdicts(
            campaign=CampaignRef(id=row.pk, name=row.name),
            is_open=row.status == Campaign.Status.OPEN,
            has_place=has_place,
            numbers=_numbers(row, candidate, lines, today, now, cast("Language", user.language)),
        )
        for row, candidate in zip(campaigns, candidates, strict=True)
    ]
    first = next(iter(contact.phones.order_by("pk").values_list("e164", flat=True)), "")
    return ContactVerdicts(
        at=now, zone=time_zone_of(first, contact.postal_code), rulebook=french().version, campaigns=answers
    )


def _campaigns(user: User, contact_id: int) -> tuple[list[Campaign], bool]:
    rows = Campaign.objects.exclude(status=Campaign.Status.ARCHIVED).order_by("name", "pk").select_related("principal")
    rows = rows.prefetch_related("presented_numbers__number__principal")
    if not user.is_supervisor:
        rows = rows.filter(pk__in=campaign_ids_of(user))
    placed = rows.filter(pk__in=QueueEntry.objects.filter(contact_id=contact_id).values("campaign_id"))
    found = list(placed[:MOST_CAMPAIGNS])
    return (found, True) if found else (list(rows.filter(status=Campaign.Status.OPEN)[:MOST_CAMPAIGNS]), False)


def candidates_of_contact(contact_id: int, campaign_ids: Sequence[int], now: datetime) -> list[Candidate]:
    """The contact as each of these campaigns sees him."""
    with connection.cursor() as cursor:
        cursor.execute(IN_CAMPAIGNS, instants(now) | {"contact": contact_id, "campaigns": list(campaign_ids)})
        columns = [(column.name, column.type_code == _JSONB) for column in cursor.description]
        return [
            candidate_of({
                name: json.loads(value) if is_json and isinstance(value, str) else value
                for (name, is_json), value in zip(columns, row, strict=True)
            })
            for row in cursor.fetchall()
        ]  # fmt: skip


def _shown_today(now: datetime) -> dict[str, int]:
    paris = now.astimezone(ZoneInfo(MAINLAND))
    with connection.cursor() as cursor:
        cursor.execute(SHOWN_SINCE, {"since": paris.replace(hour=0, minute=0, second=0, microsecond=0)})
        return dict(cursor.fetchall())


def _numbers(
    row: Campaign,
    candidate: Candidate,
    lines: list[tuple[int, bool]],
    today: Mapping[str, int],
    now: datetime,
    language: Language,
) -> list[NumberVerdict]:
    facts: dict[str, Any] = {
        "campaign": facts_of(row),
        "shown": [
            Shown(
                one.number.e164,
                one.zone,
                one.department,
                one.number.daily_limit,
                one.number.principal.siren if one.number.principal else "",
            )
            for one in row.presented_numbers.all()
            if one.number.active
        ],
        "today": today,
        "lines": {simulator for pk, simulator in lines if row.trunk_id in (None, pk)},
    }
    found = []
    for kind, e164 in dialable(candidate.phones):
        intent, history, by_hand = judged(candidate, e164, "manual", now, **facts)
        reasons = list(by_hand.reasons) if isinstance(by_hand, Refused) else []
        told = [_reason(one, intent, language) for one in reasons]
        if row.mode in AUTOMATIC:
            by_machine = judged(candidate, e164, "automatic", now, **facts)[2]
            more = by_machine.reasons if isinstance(by_machine, Refused) else ()
            told += [
                _reason(one, intent, language, machine_only=True)
                for one in more
                if one.code not in {known.code for known in reasons}
            ]
        found.append(
            NumberVerdict(
                kind=cast("Any", kind),
                e164=e164,
                allowed=not reasons,
                until=by_hand.until,
                may_be_set_aside=isinstance(by_hand, Refused) and set_aside(intent, history, by_hand) is not None,
                reasons=told,
            )
        )
    return found


def _reason(one: Reason, intent: Intent, language: Language, *, machine_only: bool = False) -> VerdictReason:
    row = french().by_id.get(one.rule)
    return VerdictReason(
        code=one.code,
        row=one.rule,
        source=row.source if row else "",
        sentence=one.sentence(language, intent.zone),
        until=one.until,
        machine_only=machine_only,
    )

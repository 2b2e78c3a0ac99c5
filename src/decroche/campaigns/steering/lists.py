"""The lists that feed a campaign: counted, and each given a priority and a share of the calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from decroche.accounts.models import User
from decroche.campaigns import selectors, services
from decroche.campaigns.models import Campaign, CampaignList
from decroche.campaigns.steering.schema import ListOut, ListsIn
from decroche.campaigns.steering.services import renew
from decroche.common.errors import InvalidFields
from decroche.contacts.models import ImportBatch

Kind = CampaignList.Kind
REST = "rest"
_COUNTS = """
SELECT list_id, batch_id, count(*) AS total,
  count(*) FILTER (WHERE state = 'waiting' AND not_before <= %(now)s) AS callable,
  count(*) FILTER (WHERE state = 'waiting' AND not_before > %(now)s) AS later,
  count(*) FILTER (WHERE state = 'claimed') AS claimed,
  count(*) FILTER (WHERE attempts > 0) AS called,
  count(*) FILTER (WHERE state = 'finished') AS finished
FROM campaigns_queueentry WHERE campaign_id = %(campaign)s GROUP BY list_id, batch_id
"""
COUNTED = ("total", "callable", "later", "claimed", "called", "finished")


def lists(campaign_id: int) -> list[ListOut]:
    """The highest priority first, then the largest share; the rest last among its equals. Raises NotFound."""
    row = selectors.get(campaign_id)
    counts: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"campaign": row.pk, "now": timezone.now()})
        for list_id, batch_id, *numbers in cursor.fetchall():
            key = f"list:{list_id}" if list_id else f"batch:{batch_id}" if batch_id else REST
            found = counts.setdefault(key, dict.fromkeys(COUNTED, 0))
            for name, number in zip(COUNTED, numbers, strict=True):
                found[name] += number
    known = {_key(one): one for one in row.lists.select_related("batch")}
    names = dict(ImportBatch.objects.filter(queueentry__campaign=row).distinct().values_list("id", "name"))
    shown = [_out(key, known.get(key), counts.get(key, {}), names) for key in known.keys() | counts.keys()]
    return sorted(shown, key=lambda one: (-one.priority, one.kind == REST, -one.share, one.name, one.key))


@transaction.atomic
def put(actor: User, campaign_id: int, body: ListsIn) -> list[ListOut]:
    """Replace priorities and shares; the next call obeys. Raises NotFound, CampaignArchived, InvalidFields."""
    row = services.lock(campaign_id)
    there = {one.key: one for one in lists(row.pk)} | {REST: None}
    wanted = {one.key: one for one in body.lists}
    for index, one in enumerate(body.lists):
        if one.key not in there or wanted[one.key] is not one:
            both = (
                "Cette liste n'alimente pas cette campagne, ou figure deux fois : actualisez la page.",
                "This list does not feed this campaign, or is given twice: reload the page.",
            )
            raise InvalidFields(**{f"lists.{index}.key": both})
    before = _settings(row)
    for key in there:
        entry = _row(row, key)
        given = wanted.get(key)
        entry.priority, entry.share = (given.priority, given.share) if given else (0, 1)
        entry.save()
    after = _settings(row)
    if before != after:
        renew(row)
        services.changed(actor, row, "campaign.lists", changes={"lists": [before, after]})
    return lists(row.pk)


def _settings(row: Campaign) -> dict[str, list[int]]:
    """Those that differ from the usual."""
    return {_key(one): [one.priority, one.share] for one in row.lists.all() if (one.priority, one.share) != (0, 1)}


def _row(row: Campaign, key: str) -> CampaignList:
    """As kept, or a new one."""
    kind, _, number = key.partition(":")
    if kind == "list":
        return CampaignList.objects.get(pk=int(number), campaign=row)
    found, _ = CampaignList.objects.get_or_create(campaign=row, kind=kind, batch_id=int(number) if number else None)
    return found


def _key(one: CampaignList) -> str:
    return REST if one.kind == Kind.REST else f"batch:{one.batch_id}" if one.kind == Kind.BATCH else f"list:{one.pk}"


def _out(key: str, kept: CampaignList | None, counts: Mapping[str, int], names: Mapping[int, str]) -> ListOut:
    kind, _, number = key.partition(":")
    batch_id = int(number) if kind == "batch" else None
    values: dict[str, Any] = {name: counts.get(name, 0) for name in COUNTED}
    return ListOut(
        key=key,
        kind="fed" if kind == "list" else "batch" if kind == "batch" else "rest",
        name=kept.name if kept and kind == "list" else names.get(batch_id or 0, ""),
        batch_id=batch_id,
        priority=kept.priority if kept else 0,
        share=kept.share if kept else 1,
        **values,
    )

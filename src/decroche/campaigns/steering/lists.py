"""The lists that feed a campaign: counted, and each given a priority and a share of the calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from decroche.accounts.models import User
from decroche.campaigns import selectors, services
from decroche.campaigns.models import Campaign, CampaignList
from decroche.campaigns.queue.standing import STANDING, STANDINGS, facts
from decroche.campaigns.steering.schema import ListOut, ListsIn
from decroche.campaigns.steering.services import renew
from decroche.common.errors import InvalidFields
from decroche.common.notify import notify_floor
from decroche.contacts.models import ImportBatch

Kind = CampaignList.Kind
REST = "rest"
COUNTED = ("total", "called", *STANDINGS)
# The words of the queue's view, so that its figures are these, added up.
_COUNTS = f"""
SELECT list_id, batch_id, count(*), count(*) FILTER (WHERE attempts > 0),
  {", ".join(f"count(*) FILTER (WHERE standing = '{one}')" for one in STANDINGS)}
FROM (SELECT q.list_id, q.batch_id, q.attempts, {STANDING} AS standing
  FROM campaigns_queueentry q WHERE q.campaign_id = %(campaign)s) q
GROUP BY list_id, batch_id
"""  # noqa: S608 — constants only


def lists(campaign_id: int) -> list[ListOut]:
    """The highest priority first, then the largest share; the rest last among its equals. Raises NotFound."""
    row = selectors.get(campaign_id)
    counts: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, facts(row, timezone.now()))
        for list_id, batch_id, *numbers in cursor.fetchall():
            key = f"list:{list_id}" if list_id else f"batch:{batch_id}" if batch_id else REST
            found = counts.setdefault(key, dict.fromkeys(COUNTED, 0))
            for name, number in zip(COUNTED, numbers, strict=True):
                found[name] += number
    known = {_key(one): one for one in row.lists.all()}
    told = counts.keys() | {key for key, one in known.items() if one.kind == Kind.FED or _is_set(one)}
    ids = [int(key.removeprefix("batch:")) for key in told if key.startswith("batch:")]
    batches = ImportBatch.objects.only("name", "created_at").in_bulk(ids)
    shown = [_out(key, known.get(key), counts.get(key, {}), batches) for key in told]
    return sorted(shown, key=lambda one: (-one.priority, one.kind == REST, -one.share, one.name, one.key))


def join(campaign_id: int, batches: Iterable[int]) -> None:
    """Batches come into the queue: where lists share the calls each is a list of its own from the start, with priority
    0 and share 1, and not one of the rest. In the transaction of their entries; the floor learns of it.
    """
    known = list(CampaignList.objects.filter(campaign=campaign_id))
    there = {one.batch_id for one in known}
    new = [one for one in batches if one not in there]
    if new and any(map(_is_set, known)):
        made = [CampaignList(campaign_id=campaign_id, kind=Kind.BATCH, batch_id=one) for one in new]
        CampaignList.objects.bulk_create(made, ignore_conflicts=True)
        notify_floor("campaign_changed", id=campaign_id)


def named(row: Campaign, name: str) -> CampaignList:
    """The list of entries fed under that name, made where there is none; the floor learns of a new one."""
    found, is_new = CampaignList.objects.get_or_create(campaign=row, kind=Kind.FED, name=name)
    if is_new:
        notify_floor("campaign_changed", id=row.pk)
    return found


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
    return {_key(one): [one.priority, one.share] for one in row.lists.all() if _is_set(one)}


def _is_set(one: CampaignList) -> bool:
    return (one.priority, one.share) != (0, 1)


def _row(row: Campaign, key: str) -> CampaignList:
    """As kept, or a new one."""
    kind, _, number = key.partition(":")
    if kind == "list":
        return CampaignList.objects.get(pk=int(number), campaign=row)
    found, _ = CampaignList.objects.get_or_create(campaign=row, kind=kind, batch_id=int(number) if number else None)
    return found


def _key(one: CampaignList) -> str:
    return REST if one.kind == Kind.REST else f"batch:{one.batch_id}" if one.kind == Kind.BATCH else f"list:{one.pk}"


def _out(key: str, kept: CampaignList | None, counts: Mapping[str, int], batches: Mapping[int, ImportBatch]) -> ListOut:
    kind, _, number = key.partition(":")
    batch_id = int(number) if kind == "batch" else None
    source = kept if kind == "list" else batches.get(batch_id or 0)
    values: dict[str, Any] = {name: counts.get(name, 0) for name in COUNTED}
    return ListOut(
        key=key,
        kind="fed" if kind == "list" else "batch" if kind == "batch" else "rest",
        name=source.name if source else "",
        since=source.created_at if source else None,
        batch_id=batch_id,
        priority=kept.priority if kept else 0,
        share=kept.share if kept else 1,
        **values,
    )

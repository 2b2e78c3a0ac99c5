"""Claims of 50 entries out of a million, four at once, however the campaign is steered, against one of 50 out of 1,000.

    .venv/bin/python -m bench.contacts_claim --rows 1000000

Each claim is the floor's own: locked, marked, the calls' rows written, committed; then all is put back, off the clock.
A fifth of the queue, at its head and at its end, is put off until tomorrow, as after a day of calls that nobody
answered. "one each" is a round divided by its claims; "latency" is one claim's, while three others run on two cores.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import psycopg

from bench.contacts_base import alone

AT_ONCE = 4
CLAIM = 50
ROUNDS, WARM_UP = 25, 8
"""The first rounds prepare the statements."""

_QUEUE = """
INSERT INTO campaigns_queueentry (campaign_id, contact_id, state, priority, not_before, attempts, attempts_by_result,
  phone_position, last_result, finished_reason, refused_reason, batch_id)
SELECT %(campaign)s, id, 'waiting', 0, now() - interval '1 hour', 0, '{}', 0, '', '', '',
  CASE WHEN id %% 3 = 0 THEN %(batch)s::bigint END
FROM contacts_contact ORDER BY id LIMIT %(count)s
"""
_PUT_OFF = """
UPDATE campaigns_queueentry SET not_before = now() + interval '1 day' WHERE campaign_id = %(campaign)s
  AND (id <= (SELECT min(id) FROM campaigns_queueentry WHERE campaign_id = %(campaign)s) + %(count)s / 10
    OR id > (SELECT max(id) FROM campaigns_queueentry WHERE campaign_id = %(campaign)s) - %(count)s / 10)
"""
_PUT_BACK = """
UPDATE campaigns_queueentry SET state = 'waiting', claim = NULL, lease_until = NULL, admitted = NULLIF(%(steering)s, 0)
WHERE state = 'claimed'
"""
Step = Callable[[Any, int], object]
"""By whom, in which campaign."""


def figures(db_url: str, rows: int) -> Iterator[str]:
    """Lines as they are measured; the aim's ratio last."""
    from decroche.accounts.models import User
    from decroche.campaigns.models import Campaign

    boss = User.objects.create_user("bench-claim", role="supervisor")
    few = min(1000, rows)
    small, large = (Campaign.objects.create(name=f"Bench {n}").pk for n in (1, 2))
    _fill(db_url, small, few, put_off=False)
    _fill(db_url, large, rows, put_off=True)
    bare = asyncio.run(_measure(db_url, small, at_once=1))
    yield f"claim of {CLAIM} of {few:,}, no filter, alone: {bare.latency * 1000:.1f} ms"
    four = asyncio.run(_measure(db_url, small, at_once=AT_ONCE))
    yield f"the same, {AT_ONCE} at once: one each {four.each * 1000:.1f} ms, latency {four.latency * 1000:.1f} ms"
    for name, steps in CASES.items():
        before = time.perf_counter()
        for step in (_usual, *steps):
            step(boss, large)
        obeys = time.perf_counter() - before
        before = time.perf_counter()
        _admit(large)
        admitted = time.perf_counter() - before
        _settle(db_url)
        found = asyncio.run(_measure(db_url, large, at_once=AT_ONCE))
        yield (
            f"claim of {CLAIM} of {rows:,}, {name}, {AT_ONCE} at once (steered in {obeys:.1f} s, the last admitted"
            f" {admitted:.1f} s later): one each {found.each * 1000:.1f} ms, latency {found.latency * 1000:.1f} ms;"
            f" ratio {found.each / bare.latency:.2f} (latency {found.latency / bare.latency:.2f},"
            f" to {AT_ONCE} at once of {few:,} {found.latency / four.latency:.2f})"
        )


def _fill(url: str, campaign: int, count: int, *, put_off: bool) -> None:
    from decroche.contacts.models import ImportBatch

    batch = ImportBatch.objects.create(name="Bench", file_name="x.csv", stored_as="x")
    facts = {"campaign": campaign, "count": count, "batch": batch.pk}
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(_QUEUE, facts)
        if put_off:
            db.execute(_PUT_OFF, facts)
    _settle(url)


def _settle(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("VACUUM ANALYZE campaigns_queueentry, contacts_contact, contacts_contactphone")


# ── The ways to steer, by the services that the API calls ────────────────────
def _usual(boss: Any, campaign: int) -> None:
    from decroche.campaigns import territories
    from decroche.campaigns.steering import lists, services
    from decroche.campaigns.steering.schema import ListsIn, OrderIn
    from decroche.campaigns.territory_schema import TerritoryIn

    services.put_order(boss, campaign, OrderIn(kind="due"))
    services.put_filter(boss, campaign, None)
    lists.put(boss, campaign, ListsIn(lists=[]))
    territories.put(boss, campaign, TerritoryIn(parts=[]))


def _territory(boss: Any, campaign: int) -> None:
    from decroche.campaigns import territories
    from decroche.campaigns.territory_schema import TerritoryIn

    parts = {"parts": [{"kind": "department", "code": "69"}, {"kind": "department", "code": "01"}]}
    territories.put(boss, campaign, TerritoryIn.model_validate(parts))


def _order(boss: Any, campaign: int) -> None:
    from decroche.campaigns.steering import services
    from decroche.campaigns.steering.schema import OrderIn

    services.put_order(boss, campaign, OrderIn(kind="field", field="company", descending=True))


def _filter(boss: Any, campaign: int) -> None:
    from decroche.campaigns.steering import services
    from decroche.campaigns.steering.schema import FilterIn

    towns = {"filter": {"field": "city", "op": "one_of", "value": ["Lyon", "Dole"]}}
    services.put_filter(boss, campaign, FilterIn.model_validate(towns))


def _shares(boss: Any, campaign: int) -> None:
    from decroche.campaigns.steering import lists
    from decroche.campaigns.steering.schema import ListIn, ListsIn

    keys = [one.key for one in lists.lists(campaign)]
    lists.put(boss, campaign, ListsIn(lists=[ListIn(key=key, share=7 - 4 * n) for n, key in enumerate(keys)]))


CASES: dict[str, tuple[Step, ...]] = {
    "no filter": (),
    "a field's order": (_order,),
    "a territory, a filter, a field's order, shares": (_territory, _filter, _order, _shares),
    "a territory and a field's order": (_territory, _order),
    "a territory": (_territory,),
}


def _admit(campaign: int) -> None:
    from decroche.campaigns.tasks import admit_entries

    admit_entries(campaign)


# ── The clock ────────────────────────────────────────────────────────────────
@dataclass(frozen=True, slots=True)
class Took:
    """Medians: of one claim from its start to its end, and of a round divided by its claims."""

    latency: float
    each: float


async def _measure(url: str, campaign: int, *, at_once: int) -> Took:
    wanted = await asyncio.to_thread(_wanted, campaign)
    connections = [await psycopg.AsyncConnection.connect(url, autocommit=True) for _ in range(at_once)]
    latency: list[float] = []
    each: list[float] = []
    for number in range(WARM_UP + ROUNDS):
        before = time.perf_counter()
        took = await asyncio.gather(*(_claim(connection, wanted) for connection in connections))
        if number >= WARM_UP:
            each.append((time.perf_counter() - before) / at_once)
            latency += took
        await connections[0].execute(_PUT_BACK, {"steering": wanted.rule.number if wanted.rule else 0})
        await connections[0].execute("DELETE FROM calls_call")
    for connection in connections:
        await connection.close()
    return Took(statistics.median(latency), statistics.median(each))


def _wanted(campaign: int) -> Any:
    from decroche.campaigns.claim import Wanted
    from decroche.campaigns.models import Campaign
    from decroche.campaigns.steering.in_force import streams_of
    from decroche.campaigns.steering.services import rule_of_row
    from decroche.campaigns.steering.shares import Turns
    from decroche.campaigns.territory import zones

    row = Campaign.objects.get(pk=campaign)
    streams = streams_of(list(row.lists.order_by("id").values_list("id", "priority", "share")))
    return Wanted(
        campaign,
        zones=tuple(zones([(first, last) for first, last in row.territory_ranges])),
        rule=rule_of_row(row),
        turns=Turns(streams),
    )


async def _claim(connection: Any, wanted: Any) -> float:
    """One claim; how long it took. All fifty are found, whatever the others hold."""
    from decroche.calls import rows
    from decroche.campaigns.claim import claim_next

    now = datetime.now(UTC)
    before = time.perf_counter()
    found: Any = await claim_next(
        connection, wanted, claims=[uuid4() for _ in range(CLAIM)], now=now, judge=lambda _candidate, _claim: "yes",
        insert_calls=lambda claimed: rows.insert(*(_row(one, now) for one in claimed)),
    )  # fmt: skip
    took = time.perf_counter() - before
    if len(found.found) < CLAIM:
        raise AssertionError(f"{len(found.found)} of {CLAIM} claimed")
    return took


def _row(one: Any, now: datetime) -> Any:
    from decroche.calls.rows import CallRow

    c = one.candidate
    return CallRow(
        one.claim, c.campaign_id, c.contact_id, c.entry_id, None, None, None, "power", c.phones[0][1], "phone", "", now
    )


if __name__ == "__main__":
    sys.exit(alone(__doc__, figures))

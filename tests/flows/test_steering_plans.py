"""However a campaign is steered, a claim reads indexes: never all of the queue, of the contacts, of their numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from decroche.accounts.models import User
from decroche.campaigns import territories
from decroche.campaigns.claim import Wanted, judging, picking
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.steering import lists, services
from decroche.campaigns.steering.in_force import streams_of
from decroche.campaigns.steering.schema import FilterIn, ListsIn, OrderIn
from decroche.campaigns.steering.shares import Turns
from decroche.campaigns.tasks import admit_entries
from decroche.campaigns.territory_schema import TerritoryIn
from decroche.contacts.models import CustomField, ImportBatch
from tests.flows.test_territory import QUEUE, nodes

NUMBERS = """
INSERT INTO contacts_contactphone (contact_id, kind, e164)
  SELECT id, 'phone', '+3319900' || lpad((id %% 10000)::text, 4, '0') FROM contacts_contact;
UPDATE contacts_contact SET city = CASE WHEN id %% 10 = 0 THEN 'Dole' ELSE 'Lyon' END,
  custom = jsonb_build_object('valeur', id %% 977);
UPDATE campaigns_queueentry SET not_before = now() + interval '1 day' WHERE id %% 7 = 0;
UPDATE campaigns_queueentry SET batch_id = %(batch)s WHERE id %% 3 = 0;
"""
BIG = ("campaigns_queueentry", "contacts_contact", "contacts_contactphone")
CASES: dict[str, dict[str, Any]] = {
    "an order": {"order": {"kind": "newest"}},
    "a field": {"order": {"kind": "field", "field": "custom.valeur", "descending": True}},
    "a filter": {"filter": {"field": "city", "op": "is", "value": "Dole"}},
    "a number's end": {"filter": {"field": "phone", "op": "ends", "value": "77"}},
    "a territory": {"order": {"kind": "random"}, "territory": "69"},
    "shares": {"shares": True},
    "all": {
        "order": {"kind": "fewest_attempts"},
        "filter": {
            "any": [{"field": "city", "op": "is", "value": "Dole"}, {"field": "notes", "op": "known", "value": True}]
        },
        "territory": "69",
        "shares": True,
    },
}


@pytest.fixture
def campaign(transactional_db: None) -> Campaign:
    CustomField.objects.create(key="valeur", label="Valeur", kind="number")
    batch = ImportBatch.objects.create(name="Janvier", file_name="x.csv", stored_as="x")
    made = Campaign.objects.create(name="Nationale")
    with connection.cursor() as cursor:
        cursor.execute(QUEUE, {"campaign": made.pk})
        cursor.execute(NUMBERS, {"batch": batch.pk})
    return made


def steer(campaign: Campaign, boss: User, case: dict[str, Any]) -> Wanted:
    if "order" in case:
        services.put_order(boss, campaign.pk, OrderIn.model_validate(case["order"]))
    if "filter" in case:
        services.put_filter(boss, campaign.pk, FilterIn.model_validate({"filter": case["filter"]}))
    if "territory" in case:
        parts = [{"kind": "department", "code": case["territory"]}]
        territories.put(boss, campaign.pk, TerritoryIn.model_validate({"parts": parts}))
    if "shares" in case:
        batch = ImportBatch.objects.get()
        lists.put(boss, campaign.pk, ListsIn.model_validate({"lists": [{"key": f"batch:{batch.pk}", "share": 3}]}))
    admit_entries(campaign.pk)
    campaign.refresh_from_db()
    streams = streams_of(list(campaign.lists.order_by("id").values_list("id", "priority", "share")))
    return Wanted(campaign.pk, rule=services.rule_of_row(campaign), turns=Turns(streams))


@pytest.mark.parametrize("name", CASES)
def test_no_claim_reads_a_whole_table(campaign: Campaign, name: str) -> None:
    wanted = steer(campaign, User.objects.create_user("nadia", role="supervisor"), CASES[name])
    assert wanted.rule is not None
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE campaigns_queueentry, contacts_contact, contacts_contactphone")
        scans = [*plan(cursor, *asked(wanted)), *plan(cursor, *judging(wanted, FAR))]
    assert QueueEntry.objects.filter(admitted=wanted.rule.number).exists()
    assert not [node for node in scans if node["Node Type"] == "Seq Scan" and node["Relation Name"] in BIG]
    assert {"queue_admitted", "queue_unjudged"} <= {node.get("Index Name") for node in scans}


FAR = datetime(2099, 1, 1, tzinfo=UTC)


def asked(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    assert wanted.rule is not None
    streams = connection.ops.adapt_json_value(wanted.turns.offers(), None)
    return picking(wanted, 64), {
        **wanted.rule.params, "user": None, "campaign": wanted.campaign_id, "promise_campaigns": [], "now": FAR,
        "promises_only": False, "steering": wanted.rule.number, "since": FAR, "abandoned_since": FAR, "counted": [],
        "also": [],
        "streams": streams,
    }  # fmt: skip


def plan(cursor: Any, sql: str, facts: dict[str, Any]) -> list[Any]:
    """The nodes that read a table."""
    cursor.execute("EXPLAIN (FORMAT JSON) " + sql, facts)
    return [node for node in nodes(cursor.fetchone()[0][0]["Plan"]) if "Relation Name" in node]

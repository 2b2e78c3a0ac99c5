"""Where the contacts of a campaign stand: each counted once, and each figure with the list behind it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection

from decroche.campaigns.models import QueueEntry
from decroche.dispositions.models import Disposition


@pytest.fixture
def entries(as_supervisor, campaign, path, make_contacts, make_user, now):
    """One entry for each standing, and its label."""
    ids = make_contacts(14, postal_code="69003", last_name="Morel")
    as_supervisor.post(f"{path}/queue", {"contact_ids": ids})
    rows = list(QueueEntry.objects.order_by("id"))
    soon, late = now + timedelta(minutes=5), now + timedelta(days=3)
    outcome = Disposition.objects.filter(campaign=campaign["id"], effect="close").first()
    never = Disposition.objects.filter(campaign=campaign["id"], effect="do_not_call").first()
    assert outcome
    assert never
    camille = make_user("camille", first_name="Camille", last_name="Petit", role="agent")
    changes = [
        {},
        {"refused_reason": "outside_hours"},
        {"owner_until": now, "not_before": now - timedelta(minutes=1)},
        {"not_before": soon, "attempts": 1},
        {"not_before": late},
        {"not_before": now + timedelta(days=60)},
        {"not_before": soon, "owner": camille, "owner_until": soon},
        {"not_before": late, "refused_reason": "too_many_attempts"},
        {"state": "finished", "refused_reason": "invalid_number", "finished_reason": "invalid_number"},
        {"state": "claimed"},
        {"state": "finished", "finished_reason": "close", "disposition": outcome},
        {"state": "finished", "finished_reason": "do_not_call", "disposition": never},
        {"state": "finished", "finished_reason": "max_attempts", "last_result": "busy"},
        {"state": "withdrawn"},
    ]
    for row, change in zip(rows, changes, strict=True):
        QueueEntry.objects.filter(pk=row.pk).update(**change)
    return rows


def test_each_is_counted_once(as_supervisor, path, entries):
    view = as_supervisor.get(f"{path}/queue-counts").json()
    figures = ("callable", "later", "promised", "refused", "outside", "in_call", "finished", "withdrawn")
    assert [view[name] for name in figures] == [3, 3, 1, 2, 0, 1, 3, 1]
    assert view["total"] == sum(view[name] for name in figures) == 14
    assert view["never_called"] == 7


def test_the_later_ones_are_told_by_the_hour_by_the_day_and_beyond(as_supervisor, path, entries):
    moments = as_supervisor.get(f"{path}/queue-counts").json()["moments"]
    assert [(one["unit"], one["count"]) for one in moments] == [("hour", 2), ("day", 1), ("year", 1)]


def test_refusals_say_why_and_when_they_end(as_supervisor, path, entries, now):
    refusals = {one["code"]: one for one in as_supervisor.get(f"{path}/queue-counts").json()["refusals"]}
    assert (refusals["invalid_number"]["for_good"], refusals["invalid_number"]["first_free_at"]) == (True, None)
    assert not refusals["too_many_attempts"]["for_good"]
    assert refusals["too_many_attempts"]["first_free_at"] == refusals["too_many_attempts"]["last_free_at"]


def test_ends_are_told_by_outcome_or_by_reason_and_a_no_for_ever_stays_one(as_supervisor, path, entries):
    ends = as_supervisor.get(f"{path}/queue-counts").json()["ends"]
    told = {(one["label"] or one["code"], one["last_result"], one["recyclable"]) for one in ends}
    assert ("max_attempts", "busy", True) in told
    assert [one["recyclable"] for one in ends if one["disposition_id"]].count(False) == 1


def test_who_lives_outside_the_territory_waits_outside_promises_aside(as_supervisor, path, entries):
    as_supervisor.put(f"{path}/territory", {"parts": [{"kind": "department", "code": "75"}]})
    view = as_supervisor.get(f"{path}/queue-counts").json()
    assert (view["callable"], view["promised"], view["outside"], view["later"]) == (1, 1, 5, 0)
    assert as_supervisor.get("/campaigns").json()["items"][0]["callable_now"] == view["callable"]


def test_behind_each_figure_is_its_list(as_supervisor, path, entries):
    view = as_supervisor.get(f"{path}/queue-counts").json()
    for standing in ("callable", "later", "promised", "refused", "outside", "in_call", "finished", "withdrawn"):
        rows = as_supervisor.get(f"{path}/queue-entries?standing={standing}").json()["items"]
        assert (len(rows), {one["standing"] for one in rows}) == (view[standing], {standing} if rows else set())


def test_behind_each_part_of_a_figure_is_its_list(as_supervisor, path, entries):
    view = as_supervisor.get(f"{path}/queue-counts").json()
    for one in view["refusals"]:
        assert len(listed(as_supervisor, path, standing="refused", code=one["code"])) == one["count"]
    for one in view["ends"]:
        asked = {"code": one["code"], "last_result": one["last_result"]}
        if one["disposition_id"]:
            asked = {"disposition_id": one["disposition_id"]}
        assert len(listed(as_supervisor, path, standing="finished", **asked)) == one["count"]
    for one in view["moments"]:
        asked = {"from_at": quote(one["from_at"]), "until_at": quote(one["until_at"])}
        found = [listed(as_supervisor, path, standing=standing, **asked) for standing in ("later", "promised")]
        assert sum(map(len, found)) == one["count"]


def listed(client, path, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return client.get(f"{path}/queue-entries?{query}").json()["items"]


def test_a_line_says_who_and_whose_promise_it_is(as_supervisor, path, entries):
    (line,) = listed(as_supervisor, path, standing="promised")
    assert (line["name"], line["postal_code"], line["owner"]) == ("Morel", "69003", "Camille Petit")
    assert line["e164"].startswith("+3319900")


@pytest.mark.parametrize("standing", ["callable", "finished"])
def test_pages_follow_one_another(as_supervisor, path, entries, standing):
    seen, cursor = [], ""
    while True:
        page = as_supervisor.get(f"{path}/queue-entries?standing={standing}&limit=1&cursor={cursor}").json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 3


def test_a_page_is_the_head_of_an_index(as_supervisor, path, entries):
    with connection.cursor() as cursor:
        cursor.execute(MANY)
        cursor.execute("ANALYZE campaigns_queueentry; ANALYZE contacts_contact")
    for standing, index in (("callable", "queue_next"), ("finished", "queue_over"), ("refused", "queue_refused")):
        assert index in plan_of(as_supervisor, f"{path}/queue-entries?standing={standing}")


MANY = """
INSERT INTO contacts_contact (created_at, updated_at, civility, first_name, last_name, company, siret, address,
  address2, postal_code, city, country, client_code, email, custom)
SELECT now(), now(), '', '', 'x', '', '', '', '', '', '', 'FR', '', '', '{}' FROM generate_series(1, 20000);
INSERT INTO campaigns_queueentry (campaign_id, contact_id, state, priority, not_before, attempts, attempts_by_result,
  phone_position, last_result, finished_reason, refused_reason)
SELECT (SELECT max(id) FROM campaigns_campaign), id, CASE WHEN id %% 2 = 0 THEN 'waiting' ELSE 'finished' END, 0,
  now() - interval '1 hour', 0, '{}', 0, '', '', CASE WHEN id %% 50 = 1 THEN 'erased' ELSE '' END
FROM contacts_contact ON CONFLICT DO NOTHING;
""".replace("%%", "%")


def plan_of(client, path):
    """The plan of the statement that reads the page."""
    asked = []

    def listen(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        client.get(path)
    (page,) = [one for one in asked if "campaigns_queueentry q" in one[0]]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + page[0], page[1])
        return str(cursor.fetchall())


def test_an_agent_may_not(as_agent, path):
    assert as_agent.get(f"{path}/queue-counts").status_code == 403
    assert as_agent.get(f"{path}/queue-entries?standing=callable").status_code == 403


def test_the_lists_count_as_the_queue_does(as_supervisor, path, entries):
    """Bug: a list's "later" held the promised, the refused for now and those outside the territory too."""
    for parts in ([], [{"kind": "department", "code": "75"}]):
        as_supervisor.put(f"{path}/territory", {"parts": parts})
        view = as_supervisor.get(f"{path}/queue-counts").json()
        (rest,) = as_supervisor.get(f"{path}/lists").json()["items"]
        alike = ("callable", "later", "promised", "refused", "outside", "in_call", "finished", "total")
        assert [rest[name] for name in alike] == [view[name] for name in alike]

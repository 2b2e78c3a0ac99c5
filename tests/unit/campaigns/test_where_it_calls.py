"""Territories: resolved to ranges, set and removed through the API."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.accounts.models import AuditEntry
from decroche.campaigns.departments import DEPARTMENTS, REGIONS
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.territory import Part, holds, is_known, label_of, resolve, zones
from decroche.contacts.models import Contact

TOWNS = ["69123", "75056", "2A004", "97411", "29232"]
PARTS = st.one_of(
    st.from_regex(r"[0-9]{5}", fullmatch=True).map(lambda code: Part("code", code)),
    st.from_regex(r"[0-9]{1,4}", fullmatch=True).map(lambda code: Part("prefix", code)),
    st.sampled_from(sorted(DEPARTMENTS)).map(lambda code: Part("department", code)),
    st.sampled_from(sorted(REGIONS)).map(lambda code: Part("region", code)),
    st.sampled_from(TOWNS).map(lambda code: Part("town", code)),
    st.builds(lambda code, km: Part("radius", f"{code}:{km}"), st.sampled_from(TOWNS), st.integers(5, 200)),
)


@given(st.lists(PARTS, max_size=8), st.integers(0, 99_999))
def test_a_place_is_within_where_one_of_the_parts_holds_it(parts, place):
    assert holds(resolve(parts), place) == any(holds(resolve([part]), place) for part in parts)


@given(st.lists(PARTS, max_size=8))
def test_ranges_are_ordered_apart_and_the_same_zone_by_zone(parts):
    ranges = resolve(parts)
    assert all(before[1] + 1 < after[0] for before, after in pairwise(ranges))
    by_zone = [code for z in zones(ranges) for code in z.codes or range(z.number * 1000, z.number * 1000 + 1000)]
    assert by_zone == [code for first, last in ranges for code in range(first, last + 1)]


@pytest.mark.parametrize(
    ("part", "inside", "outside"),
    [
        (Part("department", "69"), (69000, 69999), (68999, 70000)),
        (Part("department", "2A"), (20000, 20199), (20200,)),
        (Part("department", "2B"), (20200, 20699), (20199,)),
        (Part("department", "974"), (97400, 97499), (97300, 97500)),
        (Part("region", "94"), (20000, 20620), (21000,)),
        (Part("prefix", "0"), (1000, 9999), (10000, -1000)),
        (Part("code", "01000"), (1000,), (1001,)),
    ],
)
def test_what_a_part_holds(part, inside, outside):
    assert [holds(resolve([part]), place) for place in (*inside, *outside)] == [True] * len(inside) + [False] * len(
        outside
    )


def test_every_department_but_one_is_in_one_region():
    listed = [code for _, codes in REGIONS.values() for code in codes]
    assert sorted(listed) == sorted(set(DEPARTMENTS) - {"975"})


def test_a_label_names_two_and_counts_the_others():
    assert label_of([Part("department", "69"), Part("prefix", "01"), Part("code", "75011")]) == "Rhône (69), 01… +1"


@pytest.mark.parametrize(
    "part",
    [
        Part("code", "6900"),
        Part("prefix", "69003"),
        Part("department", "20"),
        Part("town", "69000"),
        Part("radius", "69123"),
        Part("radius", "69123:4"),
        Part("radius", "69123:201"),
        Part("radius", "69123:+9"),
    ],
)
def test_what_is_no_place_is_refused(as_supervisor, path, part):
    assert not is_known(part)
    body = {"parts": [{"kind": part.kind, "code": part.code}]}
    assert as_supervisor.put(f"{path}/territory", body).status_code == 422


@pytest.fixture
def queue(as_supervisor, path, make_contacts):
    ids = make_contacts(2, postal_code="69003") + make_contacts(1, postal_code="75011") + make_contacts(1)
    as_supervisor.post(f"{path}/queue", {"contact_ids": ids})
    return ids


def test_it_is_set_counted_logged_and_removed(as_supervisor, campaign, path, queue, floor_words):
    parts = [{"kind": "department", "code": "69"}, {"kind": "department", "code": "2a"}]
    answer = as_supervisor.put(f"{path}/territory", {"parts": parts}).json()
    assert answer["label"] == "Rhône (69), Corse-du-Sud (2A)"
    assert answer["kept"] == {"waiting": 4, "inside": 2, "callable_now": 2, "promises": 0}
    assert floor_words[-1] == {"kind": "campaign_changed", "id": campaign["id"]}
    assert as_supervisor.get("/campaigns").json()["items"][0]["territory"] == answer["label"]
    assert as_supervisor.get(f"/campaigns/{campaign['id']}").json()["territory"] == answer["label"]
    assert as_supervisor.delete(f"{path}/territory").json()["kept"]["inside"] == 4
    assert AuditEntry.objects.filter(action="campaign.territory").count() == 2
    assert set(QueueEntry.objects.values_list("state", flat=True)) == {"waiting"}


def test_it_is_tried_out_without_a_change(as_supervisor, path, queue):
    body = {"parts": [{"kind": "region", "code": "11"}]}
    assert as_supervisor.post(f"{path}/territory/preview", body).json()["inside"] == 1
    assert as_supervisor.get(f"{path}/territory").json()["parts"] == []


def test_a_contact_who_moves_takes_his_place_along(as_supervisor, path, queue):
    Contact.objects.filter(pk=queue[2]).update(postal_code="69100")
    assert QueueEntry.objects.get(contact=queue[2]).place == 69100


def test_abroad_is_in_no_territory(as_supervisor, path, make_contacts):
    as_supervisor.post(f"{path}/queue", {"contact_ids": make_contacts(1, postal_code="1000", country="BE")})
    assert QueueEntry.objects.get().place == -1000


def test_a_copy_has_the_same_territory(as_supervisor, path):
    as_supervisor.put(f"{path}/territory", {"parts": [{"kind": "prefix", "code": "690"}]})
    copy = as_supervisor.post(f"{path}/duplicate", {}).json()
    assert Campaign.objects.get(pk=copy["id"]).territory_ranges == [[69000, 69099]]


def test_an_agent_may_not(as_agent, path):
    assert as_agent.put(f"{path}/territory", {"parts": []}).status_code == 403


def test_a_radius_is_set_and_named_and_who_set_it_is_said(as_supervisor, path, queue):
    answer = as_supervisor.put(f"{path}/territory", {"parts": [{"kind": "radius", "code": "69266:10"}]}).json()
    assert (answer["label"], answer["kept"]["inside"]) == ("Villeurbanne + 10\u202fkm", 2)
    assert answer["set_by"]
    assert answer["set_at"]
    assert as_supervisor.get(f"{path}/territory").json()["parts"][0]["code"] == "69266:10"


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("lyon", ("town", "69123", "Lyon")),
        ("saint etienne", ("town", "42218", "Saint-Étienne")),
        ("st-malo", ("town", "35288", "Saint-Malo")),
        ("bretagne", ("region", "53", "Bretagne")),
        ("69", ("department", "69", "Rhône (69)")),
        ("2a", ("department", "2A", "Corse-du-Sud (2A)")),
        ("690", ("prefix", "690", "690…")),
        ("69100", ("code", "69100", "69100")),
    ],
)
def test_a_place_is_found_as_it_is_typed(as_supervisor, q, first):
    found = as_supervisor.get(f"/territory-places?q={q}").json()["items"]
    assert first == tuple(found[0][name] for name in ("kind", "code", "name"))


def test_a_postal_code_says_its_towns_and_nonsense_finds_nothing(as_supervisor):
    assert as_supervisor.get("/territory-places?q=69100").json()["items"][0]["detail"] == "Villeurbanne"
    for q in ("zzzz", "999999", "9z", "%2C", "\u0661"):
        assert as_supervisor.get(f"/territory-places?q={q}").json()["items"] == []

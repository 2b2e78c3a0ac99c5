"""Where communes are, and what lies around them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.campaigns.places.communes import around, as_ranges, at_postal_code, communes
from decroche.campaigns.places.distance import distance_km
from decroche.campaigns.territory import holds

LYON, PARIS, VILLEURBANNE, MARSEILLE = "69123", "75056", "69266", "13055"


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (LYON, VILLEURBANNE, 3.2),
        (PARIS, LYON, 392),
        (PARIS, "78646", 17),
        ("29232", "29019", 53),
        (LYON, MARSEILLE, 277),
    ],
)
def test_known_distances(one, other, km):
    here, there = communes()[one].at, communes()[other].at
    assert here
    assert there
    assert distance_km(here, there) == pytest.approx(km, rel=0.05)


def test_a_degree_of_the_equator():
    assert distance_km((0, 0), (0, 1)) == pytest.approx(111.19, abs=0.01)


def test_around_lyon():
    five, fifty = around(LYON, 5), around(LYON, 50)
    assert [holds(five, code) for code in (69001, 69009, 69100)] == [True] * 3
    assert [holds(five, code) for code in (69400, 42000, 75011)] == [False] * 3
    assert [holds(fifty, code) for code in (69400, 38200, 69220)] == [True] * 3
    assert not holds(fifty, 71000)


def test_paris_is_its_districts():
    assert holds(around(PARIS, 5), 75116)
    assert not holds(around("75120", 5), 75015)


@given(st.sampled_from([LYON, PARIS, "2A004", "97411"]), st.integers(5, 199))
def test_a_wider_radius_holds_the_narrower(code, km):
    narrow, wide = around(code, km), around(code, km + 1)
    assert all(
        holds(wide, code) for first, last in narrow for code in range(first, last + 1) if code in at_postal_code()
    )


@given(st.sets(st.sampled_from(sorted(at_postal_code())), max_size=60))
def test_ranges_hold_each_of_their_postal_codes_and_no_other_known_one(codes):
    ranges = as_ranges(codes)
    assert {code for code in at_postal_code() if holds(ranges, code)} == codes
    assert all(before[1] < after[0] for before, after in pairwise(ranges))


def test_the_list_is_whole():
    assert len(communes()) == 35_009
    assert sum(one.at is None for one in communes().values()) < 10
    assert {len(one.code) for one in communes().values()} == {5}

"""What a merge proposes, as pure rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

EARLY = datetime(2026, 1, 5, tzinfo=UTC)
LATE = EARLY + timedelta(days=30)


@pytest.mark.parametrize(
    ("kept", "other", "kept_at", "other_at", "side"),
    [
        ("", "Dole", LATE, EARLY, "other"),
        ("Dole", "", EARLY, LATE, "kept"),
        ("Dole", "Dole", EARLY, LATE, "kept"),
        ("Rue des Granges", "3 rue des granges", LATE, EARLY, "other"),
        ("Boulangerie Lefèvre", "LEFEVRE", EARLY, LATE, "kept"),
        ("Dole", "Vesoul", EARLY, LATE, "other"),
        ("Dole", "Vesoul", LATE, EARLY, "kept"),
        ("Hélène", "HELENE", EARLY, LATE, "kept"),
        ("lefevre", "Lefevre", LATE, EARLY, "other"),
        (None, 0, LATE, EARLY, "other"),
        (False, None, EARLY, LATE, "kept"),
    ],
)
def test_the_fuller_then_the_later(kept, other, kept_at, other_at, side):
    from decroche.contacts.merging.choice import better

    assert better(kept, other, kept_at, other_at) == side


def test_numbers_of_the_kept_record_stay_and_others_find_a_place():
    from decroche.contacts.merging.choice import unite

    found = unite({"phone": "+33199000001"}, {"phone": "+33639982011", "fax": "+33199000009"}, ["+33639982011"])
    assert found.placed == {"phone": "+33199000001", "mobile": "+33639982011", "fax": "+33199000009"}
    assert found.overflow == []


def test_a_number_of_both_is_there_once():
    from decroche.contacts.merging.choice import unite

    assert unite({"phone": "+33199000001"}, {"office": "+33199000001"}, []).placed == {"phone": "+33199000001"}


def test_the_others_number_keeps_its_own_kind_before_a_homeless_one_takes_it():
    from decroche.contacts.merging.choice import unite

    found = unite({"phone": "+33199000001"}, {"phone": "+33199000002", "office": "+33199000003"}, [])
    assert found.placed == {"phone": "+33199000001", "office": "+33199000003", "mobile": "+33199000002"}


def test_a_fax_never_becomes_a_number_to_dial():
    from decroche.contacts.merging.choice import unite

    found = unite({"fax": "+33199000001"}, {"fax": "+33199000002"}, [])
    assert (found.placed, found.overflow) == ({"fax": "+33199000001"}, ["+33199000002"])


def test_what_has_no_place_is_told():
    from decroche.contacts.merging.choice import unite

    kept = {"phone": "+33199000001", "mobile": "+33639982001", "office": "+33199000003"}
    assert unite(kept, {"phone": "+33199000004"}, []).overflow == ["+33199000004"]


def place(**facts):
    from decroche.contacts.merging.places import Place

    bare: dict[str, Any] = {
        "state": "waiting", "priority": 0, "not_before": EARLY, "attempts": 0, "by_result": {}, "owner_id": None,
        "owner_until": None, "last_result": "", "last_call_at": None, "disposition_id": None, "finished_reason": "",
        "refused_reason": "",
    }  # fmt: skip
    return Place(**(bare | facts))


def test_of_two_places_the_most_advanced_wins_and_attempts_add_up():
    from decroche.contacts.merging.places import united

    over = place(
        state="finished", finished_reason="outcome", attempts=1, by_result={"connected": 1}, last_call_at=EARLY
    )
    busy = place(attempts=2, by_result={"busy": 1, "connected": 1}, last_call_at=LATE, last_result="busy")
    for found in (united(over, busy), united(busy, over)):
        assert (found.state, found.finished_reason, found.attempts) == ("finished", "outcome", 3)
        assert (found.by_result, found.last_result) == ({"busy": 1, "connected": 2}, "busy")


def test_a_promise_wins_over_everything():
    from decroche.contacts.merging.places import united

    promise = place(owner_until=LATE, not_before=LATE, owner_id=7)
    assert united(place(state="finished", attempts=9), promise).owner_id == 7


def test_withdrawn_by_a_manager_stays_withdrawn():
    from decroche.contacts.merging.places import united

    assert united(place(attempts=3), place(state="withdrawn")).state == "withdrawn"


def test_two_that_wait_wait_for_the_later():
    from decroche.contacts.merging.places import united

    assert united(place(not_before=LATE), place(attempts=1)).not_before == LATE

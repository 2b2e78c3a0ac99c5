"""What is handed to the journal together is written together, and in no other order than was meant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from decroche.calls import rows
from decroche.calls.journal import Kind, Line, together
from decroche.calls.rows import CallRow

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


def noted(name: str, *, first: bool = False) -> Kind:
    return Kind(name, lambda lines: [(name, {"n": [line["n"] for line in lines]})], first=first)


SETTLED, MOVED = noted("settled"), noted("moved", first=True)


def written(*entries: object) -> list[tuple[str, object]]:
    return [(query, facts.get("n")) for query, facts in together(entries)]  # type: ignore[arg-type]


def a_call() -> CallRow:
    return CallRow(uuid4(), 1, 2, 3, 4, 5, 6, "progressive", "+33199000001", "phone", "+33199000100", NOW)


def step(row: CallRow, old: str, new: str) -> Line:
    return rows.transition(row, old=old, new=new, trigger=new, at=NOW + timedelta(seconds=1))


def test_neighbours_of_a_kind_are_one_statement() -> None:
    lines = [Line(SETTLED, {"n": n}) for n in range(3)]
    assert written(*lines) == [("settled", [0, 1, 2])]


def test_a_statement_between_two_lines_stays_between_them() -> None:
    kept = ("UPDATE promise", {"n": 9})
    lines = [Line(SETTLED, {"n": n}) for n in range(2)]
    assert written(lines[0], kept, lines[1]) == [("settled", [0]), ("UPDATE promise", 9), ("settled", [1])]


def test_lines_that_go_first_keep_their_own_order() -> None:
    entries = [Line(SETTLED, {"n": 0}), Line(MOVED, {"n": 1}), Line(SETTLED, {"n": 2}), Line(MOVED, {"n": 3})]
    assert written(*entries) == [("moved", [1, 3]), ("settled", [0, 2])]


def test_the_steps_of_one_call_are_one_guarded_update_and_an_event_each() -> None:
    row = a_call()
    [(_, facts)] = together([step(row, "claimed", "placing"), step(row, "placing", "ringing")])
    [now] = facts["rows"].obj
    assert (now["was"], now["state"]) == ("claimed", "ringing")
    assert [(s["old"], s["new"]) for s in facts["steps"].obj] == [("claimed", "placing"), ("placing", "ringing")]


def test_steps_that_do_not_follow_each_other_are_guarded_each_by_its_own_state() -> None:
    row = a_call()
    statements = together([step(row, "claimed", "placing"), step(row, "ringing", "ended")])
    assert [facts["rows"].obj[0]["was"] for _, facts in statements] == ["claimed", "ringing"]

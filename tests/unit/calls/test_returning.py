"""Who answers a contact that calls back: the whole table, and what holds whatever the floor looks like."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.calls.returning import (
    CALLED_BACK_AFTER,
    Answer,
    Attempt,
    ReturnNumber,
    Team,
    answer,
    called_back_at,
    campaign_for,
    last_agent,
)

CAMILLE, NOE, INES = 1, 2, 3
HEALTH, FIBRE, ENERGY = 10, 20, 30
NOW = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)

people = st.frozensets(st.integers(1, 5))
numbers = st.builds(
    ReturnNumber, st.sampled_from(["caller", "campaign", "message"]), st.none() | st.just(FIBRE), st.integers(5, 120)
)


@st.composite
def teams(draw: st.DrawFn) -> Team:
    signed_in = draw(people)
    ready = draw(st.permutations(sorted(signed_in)))
    return Team(draw(st.booleans()), signed_in, tuple(ready[: draw(st.integers(0, len(ready)))]))


@pytest.mark.parametrize(
    ("number", "attempts", "campaign"),
    [
        (ReturnNumber(), [Attempt(HEALTH), Attempt(FIBRE)], HEALTH),
        (ReturnNumber(), [Attempt(ENERGY), Attempt(FIBRE)], FIBRE),
        (ReturnNumber(shown_by=(FIBRE, HEALTH)), [], FIBRE),
        (ReturnNumber(shown_by=(FIBRE,)), [Attempt(HEALTH)], HEALTH),
        (ReturnNumber("campaign", FIBRE), [Attempt(HEALTH)], FIBRE),
        (ReturnNumber("campaign", ENERGY), [Attempt(HEALTH)], HEALTH),
        (ReturnNumber("message"), [Attempt(HEALTH)], HEALTH),
        (ReturnNumber(), [], None),
        (ReturnNumber(shown_by=(ENERGY,)), [Attempt(ENERGY)], None),
    ],
    ids=[
        "the last that called", "one that was archived is passed over", "an unknown caller: who shows the number",
        "who called comes before who shows it", "one campaign always", "unless it was archived",
        "a message has the voice of who called", "a number that nobody shows", "all archived",
    ],
)  # fmt: skip
def test_the_campaign_that_speaks_to_him(number: ReturnNumber, attempts: list[Attempt], campaign: int | None) -> None:
    assert campaign_for(number, attempts, {HEALTH, FIBRE}) == campaign


def test_the_agent_who_called_last_is_of_that_campaign_and_a_machines_call_had_none() -> None:
    attempts = [Attempt(FIBRE, INES), Attempt(HEALTH), Attempt(HEALTH, NOE), Attempt(HEALTH, CAMILLE)]
    assert last_agent(attempts, HEALTH) == NOE
    assert last_agent(attempts, ENERGY) is None


EVERYBODY = frozenset({CAMILLE, NOE, INES})


@pytest.mark.parametrize(
    ("number", "team", "last", "expected"),
    [
        (ReturnNumber(), Team(True, EVERYBODY, (NOE, CAMILLE)), CAMILLE, Answer("last_agent", CAMILLE)),
        (ReturnNumber(), Team(True, EVERYBODY, (NOE, INES)), CAMILLE, Answer("team", NOE)),
        (ReturnNumber(), Team(True, EVERYBODY, (INES, NOE)), None, Answer("team", INES)),
        (ReturnNumber(wait_s=45), Team(True, EVERYBODY), CAMILLE, Answer("all_busy", wait_s=45)),
        (ReturnNumber(), Team(True), CAMILLE, Answer("nobody")),
        (ReturnNumber(), Team(False, EVERYBODY, (CAMILLE,)), CAMILLE, Answer("closed")),
        (ReturnNumber("message"), Team(True, EVERYBODY, (CAMILLE,)), CAMILLE, Answer("message_only")),
    ],
)
def test_who_answers_him(number: ReturnNumber, team: Team, last: int | None, expected: Answer) -> None:
    assert answer(number, team, last) == expected


@given(numbers, teams(), st.none() | st.integers(1, 5))
def test_only_somebody_who_is_free_in_opening_hours_takes_him(
    number: ReturnNumber, team: Team, last: int | None
) -> None:
    given_to = answer(number, team, last).agent_id
    assert given_to is None or (given_to in team.ready and team.in_hours and number.where != "message")


@given(numbers, teams(), st.none() | st.integers(1, 5))
def test_nobody_waits_where_somebody_is_free_or_where_nobody_can_come(
    number: ReturnNumber, team: Team, last: int | None
) -> None:
    waits = answer(number, team, last).wait_s > 0
    assert waits == (number.where != "message" and team.in_hours and bool(team.signed_in) and not team.ready)


@given(numbers, teams(), st.integers(1, 5))
def test_who_called_last_is_never_passed_over_while_free(number: ReturnNumber, team: Team, last: int) -> None:
    decided = answer(number, team, last)
    assert decided.agent_id in (None, last) or last not in team.ready


@pytest.mark.parametrize(
    ("refused", "until", "at"),
    [
        (False, None, NOW + CALLED_BACK_AFTER),
        (False, NOW + timedelta(hours=3), NOW + CALLED_BACK_AFTER),
        (True, NOW + timedelta(hours=14), NOW + timedelta(hours=14)),
        (True, NOW + timedelta(days=20), None),
        (True, None, None),
    ],
    ids=["at once", "while it is allowed", "when the campaign opens", "too far away to promise", "never"],
)
def test_he_is_called_back_as_soon_as_the_rules_allow(
    refused: bool, until: datetime | None, at: datetime | None
) -> None:
    assert called_back_at(NOW, refused=refused, until=until) == at

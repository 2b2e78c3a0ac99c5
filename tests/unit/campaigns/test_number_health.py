"""A number that telephones mark as spam shows it against its own past; few calls prove nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from decroche.calls.models import Call
from decroche.campaigns.models import PresentedNumber
from decroche.campaigns.number_health.judge import Day, judge
from decroche.campaigns.number_health.selectors import BY_DAY, health, parameters

TODAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


class Noon:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


def days(*, recent: tuple[int, int, int], past: tuple[int, int, int]) -> list[Day]:
    """(rang, answered, short) of each of the last 7 days, and of each of the 28 before."""
    return [
        Day(TODAY - timedelta(days=n), figures[0], *figures)
        for n in range(35)
        for figures in [recent if n < 7 else past]
    ]


# ── The judge ────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("recent", "past", "state", "signs"),
    [
        ((100, 40, 4), (100, 40, 4), "ok", ()),
        ((100, 60, 4), (100, 40, 4), "ok", ()),  # better than usual
        ((100, 20, 2), (100, 40, 4), "degraded", ("far_fewer_answers",)),
        ((100, 33, 3), (100, 40, 4), "watch", ("fewer_answers",)),
        ((100, 40, 8), (100, 40, 6), "ok", ()),  # a difference that chance makes
        ((100, 40, 20), (100, 40, 12), "watch", ("more_short",)),
        ((100, 40, 20), (100, 40, 4), "degraded", ("far_more_short",)),
        ((100, 33, 20), (100, 40, 4), "degraded", ("far_more_short", "fewer_answers")),
        ((100, 0, 0), (100, 40, 4), "degraded", ("far_fewer_answers",)),
        ((2, 0, 0), (100, 40, 4), "unknown", ()),
        ((100, 20, 2), (1, 1, 0), "unknown", ()),
        ((0, 0, 0), (0, 0, 0), "unknown", ()),
    ],
)
def test_each_state_with_what_made_it(recent: Any, past: Any, state: str, signs: tuple[str, ...]) -> None:
    found = judge(days(recent=recent, past=past), TODAY)
    assert (found.state, found.signs) == (state, signs)


def test_a_bad_day_among_few_calls_is_not_called_a_change() -> None:
    found = judge([*days(recent=(3, 1, 0), past=(3, 1, 0))[1:], Day(TODAY, 3, 3, 0, 0)], TODAY)
    assert found.state == "ok"


@pytest.mark.parametrize(
    ("limit", "signs"), [(None, ()), (200, ()), (112, ()), (111, ("near_limit",)), (50, ("near_limit",))]
)
def test_a_number_close_to_its_daily_limit_is_watched(limit: int | None, signs: tuple[str, ...]) -> None:
    assert judge(days(recent=(100, 40, 4), past=(100, 40, 4)), TODAY, limit).signs == signs


def test_days_out_of_the_window_and_days_to_come_do_not_count() -> None:
    usual = days(recent=(100, 40, 4), past=(100, 40, 4))
    outside = [Day(TODAY - timedelta(days=35), 900, 900, 0, 0), Day(TODAY + timedelta(days=1), 900, 900, 0, 0)]
    assert judge(usual + outside, TODAY) == judge(usual, TODAY)


FIGURES = st.integers(0, 300).flatmap(
    lambda rang: st.integers(0, rang).flatmap(lambda got: st.tuples(st.just(rang), st.just(got), st.integers(0, got)))
)


@given(FIGURES, FIGURES, st.randoms())
def test_it_answers_whatever_the_figures_are_and_in_any_order(recent: Any, past: Any, chance: Any) -> None:
    some = days(recent=recent, past=past)
    found = judge(some, TODAY)
    chance.shuffle(some)
    assert judge(some, TODAY) == found
    assert (found.state in ("ok", "unknown")) == (found.signs == ())


@given(FIGURES)
def test_a_number_that_is_as_it_always_was_is_never_degraded(figures: Any) -> None:
    assert judge(days(recent=figures, past=figures), TODAY).state in ("ok", "unknown")


# ── The calls ────────────────────────────────────────────────────────────────
@pytest.fixture
def number(db: None) -> PresentedNumber:
    return PresentedNumber.objects.create(e164="+33199000001", daily_limit=300)


def add(count: int, days_ago: int, *, result: str = "no_answer", talk_s: int | None = None, **fields: Any) -> None:
    at = NOW - timedelta(days=days_ago)
    answered = {} if talk_s is None else {"answered_at": at, "ended_at": at + timedelta(seconds=talk_s)}
    Call.objects.bulk_create(
        Call(
            id=uuid4(), mode="progressive", e164="+33199001234", result=result,
            **{"state": "ended", "presented": "+33199000001", "claimed_at": at} | answered | fields,
        )
        for _ in range(count)
    )  # fmt: skip


def test_calls_are_counted_by_day_of_paris_with_answers_and_short_ones(number: Any) -> None:
    add(6, 0)
    add(2, 0, result="connected", talk_s=120)
    add(1, 0, result="connected", talk_s=4)
    add(1, 0, result="abandoned", talk_s=3)  # ours, not the person's doing
    add(1, 0, result="failed")
    add(1, 1, claimed_at=datetime(2026, 11, 25, 23, 30, tzinfo=UTC))  # the 26th in Paris
    add(1, 0, state="talking", result="")  # not over
    add(1, 0, presented="+33199000002")
    (found,) = health(Noon())
    day = found.days[-1]
    assert (day.day, day.calls, day.short) == (TODAY, 12, 1)
    assert day.answer_rate == pytest.approx(4 / 11)
    assert found.recent.calls == 12
    assert found.recent.short_rate == pytest.approx(1 / 4)
    assert [one.day for one in found.days] == [TODAY - timedelta(days=n) for n in range(34, -1, -1)]


def test_a_manager_sees_the_state_and_an_agent_does_not(as_supervisor: Any, as_agent: Any, number: Any) -> None:
    (found,) = as_supervisor.get("/presented-numbers/health").json()
    assert (found["number_id"], found["state"], found["signs"]) == (number.pk, "unknown", [])
    assert as_agent.get("/presented-numbers/health").status_code == 403


def test_the_figures_are_read_from_the_index_alone(number: PresentedNumber) -> None:
    """A million calls are not looked through for a page of settings."""
    PresentedNumber.objects.create(e164="+33199000002")
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO calls_call (id, mode, e164, phone_kind, presented, state, result, hung_up_by, claimed_at,
            hold_s, cut, why, floor) SELECT gen_random_uuid(), 'power', '', '',
            '+331990000' || lpad((n %% 20)::text, 2, '0'), 'ended', 'no_answer', '',
            %s - n * interval '5 minutes', 0, FALSE, '{}', 'main'
            FROM generate_series(1, 30000) n""",
            [NOW],
        )
        cursor.execute("ANALYZE calls_call")
        cursor.execute("EXPLAIN " + BY_DAY, parameters(TODAY - timedelta(days=34)))
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "call_presented" in plan
    assert "Seq Scan on calls_call" not in plan

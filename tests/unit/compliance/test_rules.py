"""Who may be called, when, how often, showing what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from decroche.compliance import Allowed, History, Intent, Reason, Refused, decide, rules_for, sentence
from decroche.compliance.hours import day_end, next_opening, read_slots
from decroche.compliance.numbers import normalise, time_zone_of, zone_called

LEGAL = read_slots(
    [
        {"days": [0, 1, 2, 3, 4], "from": "10:00", "to": "13:00"},
        {"days": [0, 1, 2, 3, 4], "from": "14:00", "to": "20:00"},
    ]
)
MONDAY_11 = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MOBILE, PARIS = "+33639980011", "+33199000001"


def judged(history: History = History(), audience: Any = "b2c", **fields: Any) -> Reason | None:  # noqa: B008
    values: dict[str, Any] = {
        "kind": "automatic", "e164": MOBILE, "at": MONDAY_11, "presented": PARIS, "on_simulator": True, **fields,
    }  # fmt: skip
    verdict = decide(Intent(**values), history, rules_for(audience, LEGAL))
    return verdict.reason if isinstance(verdict, Refused) else None


def test_a_consumer_is_called_on_a_working_morning() -> None:
    assert judged() is None


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), Reason.OUTSIDE_HOURS),
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), Reason.OUTSIDE_HOURS),
        (datetime(2026, 11, 23, 19, 0, tzinfo=UTC), Reason.OUTSIDE_HOURS),
        (datetime(2026, 11, 22, 10, 0, tzinfo=UTC), Reason.OUTSIDE_HOURS),
        (datetime(2026, 12, 25, 10, 0, tzinfo=UTC), Reason.PUBLIC_HOLIDAY),
        (datetime(2026, 7, 14, 9, 0, tzinfo=UTC), Reason.PUBLIC_HOLIDAY),
    ],
)
def test_hours_and_days_off_of_consumers(at: datetime, reason: Reason) -> None:
    assert judged(at=at) is reason


def test_the_first_minute_counts_and_the_last_does_not() -> None:
    assert judged(at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) is None
    assert judged(at=datetime(2026, 11, 23, 11, 59, tzinfo=UTC)) is None


def test_the_hours_are_those_of_the_contacts_own_place() -> None:
    early = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 8:00 in Paris, 11:00 in La Réunion
    assert judged(at=early) is Reason.OUTSIDE_HOURS
    assert judged(at=early, postal_code="97400") is None


def test_companies_may_be_called_on_a_public_holiday() -> None:
    assert judged(audience="b2b", at=datetime(2026, 7, 14, 9, 0, tzinfo=UTC)) is None


def test_good_friday_is_a_day_off_in_strasbourg_only() -> None:
    good_friday = datetime(2026, 4, 3, 9, 0, tzinfo=UTC)
    assert judged(at=good_friday, postal_code="67000") is Reason.PUBLIC_HOLIDAY
    assert judged(at=good_friday, postal_code="75011") is None


def test_a_fifth_call_in_thirty_days_is_refused_until_the_first_is_old_enough() -> None:
    calls = tuple(MONDAY_11 - timedelta(days=days) for days in (29, 20, 10, 1))
    verdict = decide(
        Intent("automatic", MOBILE, MONDAY_11, PARIS, True), History(attempts_at=calls), rules_for("b2c", LEGAL)
    )
    assert verdict == Refused(Reason.TOO_MANY_ATTEMPTS, calls[0] + timedelta(days=30))


def test_calls_older_than_thirty_days_are_forgotten() -> None:
    calls = tuple(MONDAY_11 - timedelta(days=days) for days in (31, 20, 10, 1))
    assert judged(History(attempts_at=calls)) is None


def test_the_do_not_call_list_stands_above_hours_and_never_ends() -> None:
    sunday = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
    assert judged(History(do_not_call=True), at=sunday) is Reason.DO_NOT_CALL
    assert judged(History(do_not_call_campaign=True)) is Reason.DO_NOT_CALL_CAMPAIGN


@pytest.mark.parametrize(
    ("e164", "simulator", "reason"),
    [
        (MOBILE, False, Reason.FICTION_NUMBER),
        ("+33142685300", True, Reason.REAL_NUMBER_ON_SIMULATOR),
        ("+33142685300", False, None),
        ("+3314268530", False, Reason.INVALID_NUMBER),
        ("", True, Reason.NO_NUMBER),
    ],
)
def test_numbers_kept_for_fiction_stay_on_the_simulator(e164: str, simulator: bool, reason: Reason | None) -> None:
    assert judged(e164=e164, on_simulator=simulator) is reason


def test_a_number_must_be_shown_and_never_a_mobile() -> None:
    assert judged(presented="") is Reason.NO_PRESENTED_NUMBER
    assert judged(presented="+33612345678") is Reason.MOBILE_PRESENTED


def test_a_test_call_minds_neither_hours_nor_frequency() -> None:
    assert judged(kind="test", at=datetime(2026, 11, 22, 2, 0, tzinfo=UTC)) is None


def test_a_friday_night_waits_for_monday() -> None:
    friday = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    assert next_opening(LEGAL, friday, "Europe/Paris") == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def test_a_campaign_without_hours_never_opens() -> None:
    assert next_opening((), MONDAY_11, "Europe/Paris") is None


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_said_in_both_languages(reason: Reason) -> None:
    french, english = sentence(reason, "fr", "demain"), sentence(reason, "en", "tomorrow")
    assert french != english
    assert "{" not in french + english


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("06 39 98 20 11", "+33639982011"), ("06.39.98.20.11", "+33639982011"), ("0033639982011", "+33639982011"),
        ("+33 (0)6 39 98 20 11", "+33639982011"), ("0262 20 11 22", "+262262201122"),
        ("02 61 91 00 01", "+33261910001"),
        ("bonjour", ""), ("12", ""),
    ],
)  # fmt: skip
def test_a_number_is_read_in_any_french_form(typed: str, e164: str) -> None:
    assert normalise(typed) == e164


def test_zones() -> None:
    assert [zone_called(n) for n in (PARIS, "+33465710001", MOBILE, "+33970000000")] == ["1", "4", "67", ""]
    assert time_zone_of("+262269000000") == "Indian/Mayotte"
    assert isinstance(
        decide(Intent("manual", MOBILE, MONDAY_11, PARIS, True), History(), rules_for("b2b", LEGAL)), Allowed
    )


def test_a_machine_leaves_an_abandoned_number_alone_for_72_hours() -> None:
    lately = History(abandoned_at=MONDAY_11 - timedelta(hours=71))
    intent = Intent("automatic", MOBILE, MONDAY_11, PARIS, on_simulator=True)
    until = MONDAY_11 + timedelta(hours=1)
    assert decide(intent, lately, rules_for("b2c", LEGAL)) == Refused(Reason.ABANDONED_LATELY, until)
    assert judged(History(abandoned_at=MONDAY_11 - timedelta(hours=72))) is None


@pytest.mark.parametrize("kind", ["manual", "preview"])
def test_a_person_may_call_an_abandoned_number_back_at_once(kind: str) -> None:
    assert judged(History(abandoned_at=MONDAY_11 - timedelta(minutes=5)), kind=kind) is None


def test_companies_too_are_left_alone_after_an_abandoned_call() -> None:
    assert judged(History(abandoned_at=MONDAY_11), audience="b2b") is Reason.ABANDONED_LATELY


@pytest.mark.parametrize(
    ("at", "end"),
    [
        (MONDAY_11, datetime(2026, 11, 23, 19, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 12, 30, tzinfo=UTC), datetime(2026, 11, 23, 19, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 19, 0, tzinfo=UTC), None),
        (datetime(2026, 11, 22, 11, 0, tzinfo=UTC), None),
    ],
    ids=["in the morning", "at lunch", "once it is over", "on a Sunday"],
)
def test_a_day_ends_with_its_last_hours(at: datetime, end: datetime | None) -> None:
    assert day_end(LEGAL, at, "Europe/Paris") == end

"""Each rule by its examples: who may be called, when, how often, on what basis, showing what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from decroche.compliance import Allowed, History, ListEntry, Proof, Refused, decide, french
from decroche.compliance.hours import after_working_days, day_end, next_opening
from decroche.compliance.numbers import is_french_mobile, normalise, time_zone_of, zone_called
from decroche.compliance.presented import range_of
from decroche.compliance.reasons import BY_CODE, BannedSector
from decroche.compliance.rulebook import ROWS, Frequency, Row, Rulebook
from decroche.compliance.short import SHORT, recalled
from tests.unit.compliance.conftest import (
    CONSENT,
    LEGAL,
    MOBILE,
    MONDAY_11,
    PARIS,
    ROUND_THE_CLOCK,
    SIREN,
    WITH_CONSENT,
    codes,
    intent,
    until,
)


def paris(*when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo("Europe/Paris"))  # type: ignore[arg-type,misc]


def test_a_consumer_who_consented_is_called_on_a_working_morning() -> None:
    assert codes() == ()


# ── Hours (D223-9) ───────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("at", "found"),
    [
        (paris(2026, 11, 23, 9, 59, 59), ("outside_hours",)),
        (paris(2026, 11, 23, 10, 0, 0), ()),
        (paris(2026, 11, 23, 12, 59, 59), ()),
        (paris(2026, 11, 23, 13, 0, 0), ("outside_hours",)),
        (paris(2026, 11, 23, 13, 59, 59), ("outside_hours",)),
        (paris(2026, 11, 23, 14, 0, 0), ()),
        (paris(2026, 11, 23, 19, 59, 59), ()),
        (paris(2026, 11, 23, 20, 0, 0), ("outside_hours",)),
        (paris(2026, 11, 21, 11, 0), ("outside_hours",)),
        (paris(2026, 11, 22, 11, 0), ("outside_hours",)),
        (paris(2026, 12, 25, 11, 0), ("public_holiday",)),
        (paris(2027, 7, 14, 11, 0), ("public_holiday",)),
        (paris(2026, 10, 26, 10, 0), ()),  # the first morning of winter time
        (paris(2026, 10, 26, 9, 59, 59), ("outside_hours",)),
        (paris(2027, 3, 29, 10, 0), ("public_holiday",)),  # the first morning of summer time is Easter Monday
        (paris(2027, 3, 30, 9, 59, 59), ("outside_hours",)),
        (paris(2027, 3, 30, 10, 0), ()),
    ],
)
def test_the_hours_of_consumers_to_the_second(at: datetime, found: tuple[str, ...]) -> None:
    assert codes(at=at) == found


def test_a_campaign_that_calls_round_the_clock_keeps_to_the_legal_hours_of_consumers() -> None:
    assert codes(at=paris(2026, 11, 23, 21, 0), slots=ROUND_THE_CLOCK) == ("outside_hours",)
    assert codes(at=paris(2026, 11, 23, 21, 0), slots=ROUND_THE_CLOCK, basis="not_canvassing") == ()
    assert codes(at=paris(2026, 11, 23, 21, 0), slots=ROUND_THE_CLOCK, basis="business", audience="b2b") == ()


def test_a_campaign_that_calls_less_says_that_it_is_its_own_hours() -> None:
    mornings = tuple(slot for slot in LEGAL if slot.start_min == 600)
    assert codes(at=paris(2026, 11, 23, 15, 0), slots=mornings) == ("outside_campaign_hours",)
    assert until(at=paris(2026, 11, 23, 15, 0), slots=mornings) == paris(2026, 11, 24, 10, 0)


def test_midnight_in_reunion_is_not_midnight_in_paris() -> None:
    # 15 August 2027 is a Sunday there and here; 1 November 2027 a Monday: a day off that begins three hours earlier.
    late_sunday = datetime(2027, 10, 31, 20, 0, tzinfo=UTC)  # 21:00 in Paris, Monday 00:00 in La Réunion
    assert codes(at=late_sunday, postal_code="97400", basis="not_canvassing", slots=ROUND_THE_CLOCK) == (
        "public_holiday",
    )
    assert codes(at=late_sunday, postal_code="75011", basis="not_canvassing", slots=ROUND_THE_CLOCK) == ()
    just_before = late_sunday - timedelta(seconds=1)
    assert codes(at=just_before, postal_code="97400", basis="not_canvassing", slots=ROUND_THE_CLOCK) == ()


def test_the_hours_are_those_of_the_contacts_own_place() -> None:
    early = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 8:00 in Paris, 11:00 in La Réunion
    assert codes(at=early) == ("outside_hours",)
    assert codes(at=early, postal_code="97400") == ()


def test_local_days_off_count_for_consumers_and_are_an_option_elsewhere() -> None:
    good_friday = paris(2027, 3, 26, 11, 0)
    assert codes(at=good_friday, postal_code="67000") == ("public_holiday",)
    assert codes(at=good_friday, postal_code="75011") == ()
    survey: dict[str, Any] = {"at": good_friday, "postal_code": "67000", "basis": "not_canvassing"}
    assert codes(**survey) == ("public_holiday",)
    assert codes(**survey, regional_days_off=False) == ()


@pytest.mark.parametrize(
    ("postal_code", "abolition", "working"),
    [
        ("97110", (2027, 5, 27), (2027, 5, 28)), ("97150", (2027, 5, 28), (2027, 5, 27)),
        ("97801", (2027, 5, 28), (2027, 5, 27)), ("97133", (2026, 10, 9), (2027, 5, 27)),
        ("97701", (2026, 10, 9), (2027, 5, 27)), ("97300", (2027, 6, 10), (2027, 5, 27)),
    ],
)  # fmt: skip
def test_slavery_was_abolished_on_another_day_on_each_island(
    postal_code: str, abolition: tuple[int, int, int], working: tuple[int, int, int]
) -> None:
    there: dict[str, Any] = {"postal_code": postal_code, "e164": "+33639980011"}
    assert codes(at=datetime(*abolition, 15, 0, tzinfo=UTC), **there) == ("public_holiday",)
    assert codes(at=datetime(*working, 15, 0, tzinfo=UTC), **there) == ()


def test_companies_are_called_on_days_off_only_where_the_campaign_says_so() -> None:
    bastille_day: dict[str, Any] = {"at": paris(2027, 7, 14, 11, 0), "audience": "b2b", "basis": "business"}
    assert codes(**bastille_day) == ("public_holiday",)
    assert codes(**bastille_day, on_days_off=True) == ()


def test_a_person_in_a_campaign_for_companies_is_protected_as_a_consumer() -> None:
    late = paris(2026, 11, 23, 21, 0)
    companies: dict[str, Any] = {"audience": "b2b", "basis": "business", "slots": ROUND_THE_CLOCK}
    assert codes(History(), at=late, **companies) == ()
    assert codes(History(), at=late, contact_kind="person", **companies) == ("no_consent", "outside_hours")


def test_a_time_of_more_than_a_day_is_not_precise() -> None:
    start, late = paris(2026, 11, 22, 18, 0), paris(2026, 11, 22, 22, 30)
    for end, told in [
        (paris(2026, 11, 23, 0, 0), ()),
        (paris(2026, 11, 23, 0, 1), ("outside_hours",)),
        (paris(2027, 8, 1, 0, 0), ("outside_hours",)),
    ]:
        assert codes(History(proofs=(replace(CONSENT, slots=((start, end),)),)), at=late) == told


def test_a_time_agreed_to_precisely_is_lawful_whatever_the_hour() -> None:
    sunday = paris(2026, 11, 22, 18, 0)
    agreed = replace(CONSENT, slots=((sunday, sunday + timedelta(minutes=30)),))
    assert codes(History(proofs=(agreed,)), at=sunday) == ()
    assert until(History(proofs=(agreed,)), at=sunday) == sunday + timedelta(minutes=30)
    assert codes(History(proofs=(agreed,)), at=sunday + timedelta(minutes=30)) == ("outside_hours",)
    assert codes(History(proofs=(agreed,)), at=sunday - timedelta(seconds=1)) == ("outside_hours",)


# ── Frequency (D223-9) ───────────────────────────────────────────────────────
def test_a_fifth_call_in_thirty_days_is_refused_until_the_first_is_old_enough() -> None:
    calls = tuple(MONDAY_11 - timedelta(days=days) for days in (28, 20, 10, 1))
    history = replace(WITH_CONSENT, attempts_at=calls)
    verdict = decide(intent(), history)
    assert isinstance(verdict, Refused)
    assert verdict.codes == ("too_many_attempts",)
    assert verdict.until == calls[0] + timedelta(days=30)


def test_the_window_of_thirty_days_ends_to_the_second() -> None:
    others = tuple(MONDAY_11 - timedelta(days=days) for days in (20, 10, 1))
    exactly = MONDAY_11 - timedelta(days=30)
    assert codes(replace(WITH_CONSENT, attempts_at=(exactly, *others))) == ()
    assert codes(replace(WITH_CONSENT, attempts_at=(exactly + timedelta(seconds=1), *others))) == ("too_many_attempts",)


def test_calls_older_than_thirty_days_are_forgotten() -> None:
    calls = tuple(MONDAY_11 - timedelta(days=days) for days in (31, 20, 10, 1))
    assert codes(replace(WITH_CONSENT, attempts_at=calls)) == ()


def test_companies_and_surveys_have_no_legal_maximum() -> None:
    often = replace(WITH_CONSENT, attempts_at=(MONDAY_11 - timedelta(days=1),) * 9)
    assert codes(often, audience="b2b", basis="business") == ()
    assert codes(often, basis="not_canvassing") == ()


def test_the_end_of_a_refusal_is_a_moment_when_a_call_is_lawful() -> None:
    calls = (paris(2026, 10, 24, 13, 30),) * 4  # thirty days later is a Monday at 12:30, winter time
    assert until(replace(WITH_CONSENT, attempts_at=calls)) == paris(2026, 11, 23, 12, 30)
    late = (paris(2026, 10, 24, 21, 0),) * 4  # … at 20:00: too late, so Tuesday at 10
    assert until(replace(WITH_CONSENT, attempts_at=late)) == paris(2026, 11, 24, 10, 0)


# ── Consent and other bases (L223-1) ─────────────────────────────────────────
def test_before_11_august_2026_no_consent_was_asked_for() -> None:
    assert codes(History(), at=paris(2026, 8, 10, 19, 59, 59)) == ()
    assert codes(History(), at=paris(2026, 8, 11, 10, 0)) == ("no_consent",)


def test_an_allowed_call_holds_until_the_next_rules() -> None:
    assert until(History(), at=paris(2026, 8, 10, 19, 0)) == paris(2026, 8, 10, 20, 0)


@pytest.mark.parametrize(
    ("proof", "found"),
    [
        (None, ("no_consent",)),
        (CONSENT, ()),
        (replace(CONSENT, e164=MOBILE), ()),
        (replace(CONSENT, e164=PARIS), ("consent_other_number",)),
        (replace(CONSENT, given_at=MONDAY_11), ()),
        (replace(CONSENT, given_at=MONDAY_11 + timedelta(seconds=1)), ("consent_later",)),
        (replace(CONSENT, given_at=datetime(2025, 11, 23, 10, 0, tzinfo=UTC)), ("consent_expired",)),
        (replace(CONSENT, given_at=datetime(2025, 11, 23, 10, 0, 1, tzinfo=UTC)), ()),
        (replace(CONSENT, expires_at=MONDAY_11), ("consent_expired",)),
        (replace(CONSENT, expires_at=MONDAY_11 + timedelta(seconds=1)), ()),
        (replace(CONSENT, withdrawn_at=MONDAY_11), ("consent_withdrawn",)),
        (replace(CONSENT, withdrawn_at=MONDAY_11 + timedelta(seconds=1)), ()),
        (replace(CONSENT, kind="contract"), ("no_consent",)),
    ],
)
def test_a_consent_holds_one_year_for_its_number_until_it_is_withdrawn(
    proof: Proof | None, found: tuple[str, ...]
) -> None:
    assert codes(History(proofs=() if proof is None else (proof,))) == found


def test_a_consent_of_29_february_ends_on_28() -> None:
    given = replace(CONSENT, given_at=paris(2028, 2, 29, 12, 0))
    assert codes(History(proofs=(given,)), at=paris(2029, 2, 28, 11, 59, 59)) == ()
    assert codes(History(proofs=(given,)), at=paris(2029, 2, 28, 12, 0)) == ("consent_expired",)


def test_a_new_consent_counts_after_an_old_one_was_withdrawn() -> None:
    old = replace(CONSENT, withdrawn_at=MONDAY_11 - timedelta(days=20))
    new = replace(CONSENT, given_at=MONDAY_11 - timedelta(days=2))
    assert codes(History(proofs=(old, new))) == ()


def test_a_campaign_without_a_principal_canvasses_nobody() -> None:
    assert codes(principal="") == ("no_principal",)
    assert codes(principal="", basis="not_canvassing") == ()


def test_a_contract_in_progress_needs_no_consent() -> None:
    contract = Proof("contract", datetime(2020, 1, 1, tzinfo=UTC))
    assert codes(History(proofs=(contract,)), basis="contract") == ()
    assert codes(History(proofs=(replace(contract, expires_at=MONDAY_11),)), basis="contract") == ("no_contract",)
    assert codes(History(), basis="contract") == ("no_contract",)


def test_a_request_for_a_call_back_holds_for_five_working_days() -> None:
    asked = Proof("callback_request", paris(2026, 11, 6, 18, 0))  # Friday; 11 November is a day off
    history = History(proofs=(asked,))
    assert codes(history, basis="callback_request", at=paris(2026, 11, 16, 19, 59)) == ()
    assert codes(history, basis="callback_request", at=paris(2026, 11, 17, 10, 0)) == ("request_too_old",)
    assert codes(history, basis="callback_request", at=paris(2026, 11, 6, 17, 59)) == ("no_request",)
    assert after_working_days(asked.given_at, 5, "Europe/Paris") == paris(2026, 11, 17, 0, 0)


@pytest.mark.parametrize("sector", ["energy", "home_adaptation", "training_account"])
def test_nobody_is_canvassed_in_a_banned_sector_even_with_consent(sector: str) -> None:
    request = Proof("callback_request", MONDAY_11 - timedelta(hours=3))
    both = History(proofs=(CONSENT, request))
    assert codes(both, sector=sector) == ("banned_sector",)
    assert codes(both, sector=sector, basis="callback_request") == ()
    assert codes(both, sector=sector, basis="business", audience="b2b") == ()


def test_home_adaptation_was_banned_on_1_july_2025() -> None:
    assert codes(History(), sector="home_adaptation", at=paris(2025, 6, 30, 11, 0)) == ()
    assert codes(History(), sector="home_adaptation", at=paris(2025, 7, 1, 11, 0)) == ("banned_sector",)


# ── Refusals ─────────────────────────────────────────────────────────────────
def test_who_refused_is_never_called_again_whatever_the_basis() -> None:
    history = replace(WITH_CONSENT, objected_at=MONDAY_11 - timedelta(days=300))
    for basis, audience in (("consent", "b2c"), ("not_canvassing", "b2c"), ("business", "b2b")):
        assert "objected" in codes(history, basis=basis, audience=audience)
    assert until(history) is None


def test_before_august_2026_a_refusal_held_for_sixty_days() -> None:
    said_no = History(objected_at=paris(2026, 2, 2, 11, 0))
    assert codes(said_no, at=paris(2026, 3, 2, 11, 0)) == ("objected_lately",)
    assert codes(said_no, at=paris(2026, 4, 3, 10, 59, 59)) == ("objected_lately",)
    assert codes(said_no, at=paris(2026, 4, 3, 12, 0)) == ()


def test_a_wait_that_would_end_under_stricter_rules_never_ends() -> None:
    said_no = replace(WITH_CONSENT, objected_at=paris(2026, 7, 20, 11, 0))
    verdict = decide(intent(at=paris(2026, 8, 10, 11, 0)), said_no)
    assert isinstance(verdict, Refused)
    assert verdict.until is None
    assert "objected" in verdict.codes


def test_the_do_not_call_lists_stand_above_hours_and_never_end() -> None:
    sunday = paris(2026, 11, 22, 11, 0)
    listed = replace(WITH_CONSENT, do_not_call=(ListEntry("everywhere", MONDAY_11),))
    assert codes(listed, at=sunday) == ("do_not_call", "outside_hours")
    assert until(listed, at=sunday) is None
    assert codes(replace(WITH_CONSENT, do_not_call=(ListEntry("campaign"),))) == ("do_not_call_campaign",)
    assert codes(replace(WITH_CONSENT, do_not_call=(ListEntry("prefix"),))) == ("do_not_call_prefix",)


def test_an_erased_record_is_never_called() -> None:
    assert codes(replace(WITH_CONSENT, erased=True)) == ("erased",)


# ── Abandoned calls ──────────────────────────────────────────────────────────
def test_a_machine_leaves_an_abandoned_number_alone_for_72_hours() -> None:
    history = replace(WITH_CONSENT, abandoned_at=MONDAY_11 - timedelta(hours=72))
    assert codes(history) == ()
    lately = replace(history, abandoned_at=MONDAY_11 - timedelta(hours=72) + timedelta(seconds=1))
    assert codes(lately) == ("abandoned_lately",)
    assert codes(lately, kind="manual") == ()
    assert codes(lately, kind="callback") == ()


# ── Numbers ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("e164", "simulator", "found"),
    [
        (MOBILE, False, ("fiction_number",)),
        ("+33142685300", True, ("real_number_on_simulator",)),
        ("+33142685300", False, ()),
        ("+3314268530", False, ("invalid_number",)),
        ("", True, ("no_number",)),
    ],
)
def test_numbers_kept_for_fiction_stay_on_the_simulator(e164: str, simulator: bool, found: tuple[str, ...]) -> None:
    assert codes(e164=e164, on_simulator=simulator, presented="+33162000001") == found


@pytest.mark.parametrize(
    ("presented", "by_machine", "by_hand"),
    [
        ("", "no_presented_number", "no_presented_number"),
        ("+33612345678", "mobile_presented", "mobile_presented"),
        ("+262692345678", "mobile_presented", "mobile_presented"),
        ("+33899123456", "premium_presented", "premium_presented"),
        ("+33118218", "premium_presented", "premium_presented"),
        ("+333639", "premium_presented", "premium_presented"),
        ("+33937123456", "technical_presented", "technical_presented"),
        ("+33142685300", "territorial_presented", None),
        ("+33970123456", "territorial_presented", None),
        ("+262262123456", "territorial_presented", None),
        ("+33162123456", None, None),
        ("+33949123456", None, None),
        ("+33947512345", None, None),
        ("+33598712345", None, None),
        ("+33805123456", None, None),
        ("+442071234567", "foreign_presented", "foreign_presented"),
        (PARIS, "fiction_presented", "fiction_presented"),
    ],
)
def test_which_numbers_a_machine_and_a_hand_may_show(
    presented: str, by_machine: str | None, by_hand: str | None
) -> None:
    facts: dict[str, Any] = {"e164": "+33142685300", "on_simulator": False, "presented": presented}
    assert codes(kind="automatic", **facts) == ((by_machine,) if by_machine else ())
    for kind in ("preview", "manual", "callback", "transfer", "test"):
        assert codes(kind=kind, **facts) == ((by_hand,) if by_hand else ())


def test_before_2023_machines_showed_any_number() -> None:
    assert codes(History(), presented="+33162000001", at=paris(2022, 12, 15, 11, 0)) == ()
    assert codes(
        History(), e164="+33142685300", on_simulator=False, presented="+33142685301", at=paris(2022, 12, 15, 11, 0)
    ) == ()  # fmt: skip


def test_ranges_of_numbers() -> None:
    assert range_of("+33377000000") == "polyvalent"
    assert range_of("+33800000000") == "free"


# ── All together ─────────────────────────────────────────────────────────────
def test_every_reason_is_given_and_the_gravest_comes_first() -> None:
    history = History(
        do_not_call=(ListEntry("everywhere"),),
        attempts_at=(MONDAY_11 - timedelta(days=1),) * 5,
        abandoned_at=MONDAY_11 - timedelta(hours=1),
        objected_at=MONDAY_11 - timedelta(hours=1),
    )
    assert codes(history, sector="energy", at=MONDAY_11.replace(hour=21)) == (
        "do_not_call", "objected", "banned_sector", "no_consent", "too_many_attempts", "abandoned_lately",
        "outside_hours",
    )  # fmt: skip


def test_a_test_call_minds_neither_hours_nor_consent() -> None:
    assert codes(History(), kind="test", at=paris(2026, 11, 22, 2, 0)) == ()
    assert codes(History(do_not_call=(ListEntry("everywhere"),)), kind="test") == ("do_not_call",)


def test_a_campaign_without_hours_never_calls() -> None:
    assert codes(slots=()) == ("no_campaign_hours",)


# ── The rulebook ─────────────────────────────────────────────────────────────
def test_every_row_names_its_source_and_every_reason_a_row() -> None:
    assert all(row.source for row in ROWS)
    assert max(row.since for row in ROWS) <= date.fromisoformat(french().version)


def test_a_new_rule_is_a_new_row() -> None:
    stricter = Row("frequency/2027", "frequency", Frequency(2, 30), date(2027, 1, 1), "a fictional decree")
    rows = [replace(row, until=date(2027, 1, 1)) if row.id == "frequency/2026-08" else row for row in ROWS]
    book = Rulebook([*rows, stricter], "fiction")
    twice = replace(WITH_CONSENT, attempts_at=(paris(2026, 12, 28, 11, 0),) * 2)
    assert codes(twice, book, at=paris(2026, 12, 31, 19, 0)) == ()
    assert codes(twice, book, at=paris(2027, 1, 4, 10, 0)) == ("too_many_attempts",)


def test_two_rows_of_one_rule_never_hold_on_one_day() -> None:
    with pytest.raises(ValueError, match="both hold"):
        Rulebook([*ROWS, Row("again", "frequency", Frequency(1, 1), date(2026, 12, 1), "x")], "wrong")


@pytest.mark.parametrize("kind", BY_CODE.values())
def test_every_reason_is_said_in_both_languages(kind: type) -> None:
    values = {name: MONDAY_11 for name in kind.__dataclass_fields__ if name in ("until", "at", "since")}  # type: ignore[attr-defined]
    reason = kind(**values, **({"sector": "energy"} if kind is BannedSector else {}))
    french_, english = reason.sentence("fr"), reason.sentence("en")
    assert french_ != english
    assert "{" not in french_ + english
    assert "None" not in french_ + english


def test_moments_are_said_in_the_contacts_time() -> None:
    verdict = decide(intent(at=datetime(2026, 11, 23, 18, 0, tzinfo=UTC), postal_code="97400"), WITH_CONSENT)
    assert isinstance(verdict, Refused)
    assert "24/11/2026 à 10:00" in verdict.reason.sentence("fr", "Indian/Reunion")


# ── Days and numbers ─────────────────────────────────────────────────────────
def test_a_friday_night_waits_for_monday() -> None:
    friday = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    assert next_opening(LEGAL, friday, "Europe/Paris") == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def test_a_campaign_without_hours_never_opens() -> None:
    assert next_opening((), MONDAY_11, "Europe/Paris") is None


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
    assert isinstance(decide(intent(principal=SIREN), WITH_CONSENT), Allowed)


@pytest.mark.parametrize(
    ("e164", "postal_code", "zone"),
    [
        ("+262692000000", "", "Indian/Reunion"), ("+262692000000", "75011", "Europe/Paris"),
        ("+262692000000", "20200", "Europe/Paris"), ("+262692000000", "97600", "Indian/Mayotte"),
        ("+262692000000", "00100", "Indian/Reunion"), ("+262692000000", "SW1A 1AA", "Indian/Reunion"),
        (MOBILE, "97150", "America/Guadeloupe"), (MOBILE, "97801", "America/Guadeloupe"),
    ],
)  # fmt: skip
def test_an_address_says_the_hour_before_the_number_does(e164: str, postal_code: str, zone: str) -> None:
    assert time_zone_of(e164, postal_code) == zone


@pytest.mark.parametrize("e164", ["+33639980011", "+33700000000", "+262692000000", "+596697000000", "+594694000000"])
def test_mobiles_are_known_overseas_too(e164: str) -> None:
    assert is_french_mobile(e164)
    assert not is_french_mobile("+33199000001")


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


def test_every_reason_has_a_short_name_for_counts() -> None:
    assert set(SHORT) == set(BY_CODE)


def test_a_kept_code_is_said_again_with_its_end() -> None:
    assert recalled("outside_hours", MONDAY_11).endswith("rappelez à partir du 23/11/2026 à 11:00.")
    assert recalled("too_many_attempts", MONDAY_11) == "Maximum légal d'appels atteint, jusqu’au 23/11/2026 à 11:00."
    assert recalled("consent_expired", None, "en") == "Consent expired."
    assert recalled("of another age", None) == "of another age"


@pytest.mark.parametrize("code", BY_CODE)
def test_every_kept_code_has_a_sentence_with_and_without_an_end(code: str) -> None:
    for until_ in (None, MONDAY_11):
        assert not {"{", "}", "None"} & set(recalled(code, until_))

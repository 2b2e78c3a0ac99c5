"""Whatever the facts: refusals only add up, order does not matter, and the end of a refusal is an allowed moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from decroche.compliance import CampaignFacts, ContactFacts, History, Intent, ListEntry, Proof, Refused, decide
from decroche.compliance.cases import answer, read, write
from tests.unit.compliance.conftest import LEGAL, MOBILE, PARIS, ROUND_THE_CLOCK, SIREN

INSTANTS = st.datetimes(datetime(2022, 6, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
KINDS = st.sampled_from(["automatic", "preview", "manual", "callback", "transfer", "test"])
PROOFS = st.builds(
    Proof,
    st.sampled_from(["consent", "contract", "callback_request"]),
    INSTANTS,
    st.sampled_from(["", MOBILE, PARIS]),
    st.none() | INSTANTS,
    st.none() | INSTANTS,
    st.lists(INSTANTS.map(lambda at: (at, at + timedelta(hours=1))), max_size=2).map(tuple),
)
HISTORIES = st.builds(
    History,
    attempts_at=st.lists(INSTANTS, max_size=7).map(tuple),
    do_not_call=st.lists(
        st.builds(ListEntry, st.sampled_from(["everywhere", "campaign", "prefix"]), st.none() | INSTANTS), max_size=2
    ).map(tuple),
    proofs=st.lists(PROOFS, max_size=4).map(tuple),
    objected_at=st.none() | INSTANTS,
    abandoned_at=st.none() | INSTANTS,
    erased=st.booleans(),
)
CAMPAIGNS = st.builds(
    CampaignFacts,
    st.sampled_from(["consent", "contract", "callback_request", "business", "not_canvassing"]),
    st.sampled_from(["b2c", "b2b"]),
    st.sampled_from(["", "", "energy", "home_adaptation", "training_account"]),
    st.sampled_from([SIREN, SIREN, ""]),
    st.sampled_from([LEGAL, ROUND_THE_CLOCK, ()]),
    st.booleans(),
    st.booleans(),
)
INTENTS = st.builds(
    Intent,
    KINDS,
    st.sampled_from([MOBILE, MOBILE, PARIS, "+33142685300", "+3312", ""]),
    INSTANTS,
    st.sampled_from([PARIS, "+33162000001", "+33142685300", "+33612345678", ""]),
    st.booleans(),
    CAMPAIGNS,
    st.builds(ContactFacts, st.sampled_from(["", "person", "company"]), st.sampled_from(["75011", "67000", "97400"])),
)
MORE = settings(max_examples=300)


def codes(intent: Intent, history: History) -> set[str]:
    verdict = decide(intent, history)
    return set(verdict.codes) if isinstance(verdict, Refused) else set()


@MORE
@given(INTENTS, HISTORIES, HISTORIES)
def test_more_refusals_never_make_a_call_lawful(intent: Intent, history: History, other: History) -> None:
    worse = replace(
        history,
        attempts_at=history.attempts_at + other.attempts_at,
        do_not_call=history.do_not_call + other.do_not_call,
        objected_at=history.objected_at or other.objected_at,
        abandoned_at=history.abandoned_at or other.abandoned_at,
        erased=history.erased or other.erased,
    )
    if codes(intent, history):
        assert codes(intent, worse)


@MORE
@given(INTENTS, HISTORIES, st.randoms())
def test_the_order_of_the_facts_does_not_matter(intent: Intent, history: History, random: Any) -> None:
    shuffled: dict[str, Any] = {}
    for name in ("attempts_at", "do_not_call", "proofs"):
        values = list(getattr(history, name))
        random.shuffle(values)
        shuffled[name] = tuple(values)
    assert decide(intent, replace(history, **shuffled)) == decide(intent, history)


@MORE
@given(INTENTS, HISTORIES)
def test_a_refusal_ends_at_an_allowed_moment_and_never_in_the_past(intent: Intent, history: History) -> None:
    verdict = decide(intent, history)
    if isinstance(verdict, Refused) and verdict.until is not None:
        assert verdict.until > intent.at
        assert not isinstance(decide(replace(intent, at=verdict.until), history), Refused)


@MORE
@given(INTENTS, HISTORIES, st.floats(0, 1, exclude_max=True))
def test_an_allowed_call_stays_lawful_until_it_was_said_to(intent: Intent, history: History, share: float) -> None:
    verdict = decide(intent, history)
    if isinstance(verdict, Refused):
        return
    assert verdict.until is None or verdict.until > intent.at
    later = [at for at in history.attempts_at if at > intent.at]
    if verdict.until is not None and not later and history.objected_at is None and history.abandoned_at is None:
        at = intent.at + (verdict.until - intent.at) * share
        assert codes(replace(intent, at=at), history) == set()


@MORE
@given(INTENTS, HISTORIES)
def test_a_machine_never_may_what_a_hand_may_not(intent: Intent, history: History) -> None:
    by_hand = codes(replace(intent, kind="manual"), history)
    assert by_hand <= codes(replace(intent, kind="automatic"), history)


@MORE
@given(INTENTS, HISTORIES)
def test_a_case_written_down_is_judged_the_same_by_whoever_reads_it(intent: Intent, history: History) -> None:
    import json

    _, again, history_again = read(json.dumps(write(intent, history)))
    assert answer(again, history_again) == answer(intent, history)

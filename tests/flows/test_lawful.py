"""The law at work on a floor: consents, principals, rules that change, a refusal during somebody else's claim."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from decroche.calls.models import Call
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.common.notify import notify_floor
from decroche.compliance import Refused, decide
from decroche.compliance.cases import answer, read
from decroche.contacts.models import ContactPhone, DoNotCall
from decroche.ledger.models import Decision, Principal
from tests.fakes.asterisk import NOBODY, PATIENT, PERSON
from tests.fakes.story import Refusal, Story
from tests.flows.tell import Tell

WORKDAY = [
    {"days": [0, 1, 2, 3, 4], "from": "10:00", "to": "13:00"},
    {"days": [0, 1, 2, 3, 4], "from": "14:00", "to": "20:00"},
]


def test_a_consumer_without_a_consent_is_never_dialed_and_his_place_says_why(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(audience="b2c")
        (without,) = await floor.prospects(campaign, 1, PATIENT, consents=False)
        (with_one,) = await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.talks()
        assert floor.asterisk.dialed == [floor.number_of(with_one)]
        entry = await floor.entry(without)
        assert (entry.state, entry.finished_reason, entry.refused_reason) == ("finished", "no_consent", "no_consent")

    tell(story)


def test_a_proof_for_one_principal_is_worth_nothing_for_another(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(audience="b2c")
        (contact,) = await floor.prospects(campaign, 1, PATIENT, consents=False)
        other = await floor.rows(lambda: Principal.objects.create(name="Banque", siren="987654324"))
        await floor.rows(lambda: floor.consents(contact, other))
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(minutes=5)
        assert floor.asterisk.dialed == []

    tell(story)


def test_attempts_count_together_across_campaigns_and_numbers_of_one_principal(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        rules = {"no_answer": {"delay_s": 60, "max_attempts": 99, "next_phone": True}}
        common: dict[str, Any] = {"audience": "b2c", "rules": rules, "max_attempts": 99, "hours": WORKDAY}
        first = await floor.campaign("Mutuelle", **common)
        second = await floor.campaign("Prévoyance", **common)
        (contact,) = await floor.prospects(first, 1, NOBODY)

        def elsewhere() -> None:
            ContactPhone.objects.create(contact=contact, kind="mobile", e164="+33639980099")
            QueueEntry.objects.create(campaign=second, contact=contact, not_before=floor.clock.now())

        await floor.rows(elsewhere)
        camille = await floor.agent("Camille", first)
        noe = await floor.agent("Noé", second)
        await camille.goes_ready()
        await noe.goes_ready()
        await floor.passes(hours=8)
        calls = await floor.calls()
        assert len(calls) == 4
        assert {call.campaign_id for call in calls} == {first.pk, second.pk}

    tell(story)


def test_each_call_keeps_the_decision_that_allowed_it_and_anybody_judges_it_again(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(audience="b2c", hours=WORKDAY)
        await floor.prospects(campaign, 3, PERSON)
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await camille.talks()
        (decision,) = await floor.rows(lambda: list(Decision.objects.select_related("call")))
        assert decision.call.e164 in floor.asterisk.dialed
        assert "proof/2026-08" in decision.rows
        import json

        _, intent, history = read(json.dumps(decision.case))
        assert answer(intent, history)["verdict"] == "allowed"
        assert isinstance(decide(intent, replace(history, proofs=())), Refused)

    tell(story)


def test_a_number_typed_over_a_record_is_judged_by_the_list_too(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        await floor.rows(lambda: DoNotCall.objects.create(e164="+33639980077", created_at=floor.clock.now()))
        camille = await floor.agent("Camille", campaign)
        with pytest.raises(Refusal) as refusal:
            await camille.does("dial", contact_id=contact.pk, number="06 39 98 00 77")
        assert refusal.value.code == "do_not_call"
        assert floor.asterisk.dialed == []

    tell(story)


def test_a_whole_beginning_of_numbers_may_be_on_the_list(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        prefix = floor.number_of(contact)[:8]
        await floor.rows(lambda: DoNotCall.objects.create(e164=prefix, is_prefix=True, created_at=floor.clock.now()))
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(minutes=2)
        assert floor.asterisk.dialed == []
        assert (await floor.entry(contact)).refused_reason == "do_not_call_prefix"

    tell(story)


def test_a_refusal_takes_back_the_record_that_another_agent_is_offered(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        talking = await floor.campaign("Mutuelle", mode="manual")
        offering = await floor.campaign("Prévoyance", mode="preview")
        (contact,) = await floor.prospects(talking, 1, PATIENT)
        number = floor.number_of(contact)
        twin = (await floor.prospects(offering, 1, PATIENT))[0]
        await floor.rows(lambda: ContactPhone.objects.create(contact=twin, kind="mobile", e164=number))
        camille = await floor.agent("Camille", talking)
        noe = await floor.agent("Noé", offering)
        await noe.goes_ready()
        await noe.sees(lambda: noe.doing == "preview")
        await camille.does("dial", contact_id=contact.pk)
        await camille.talks()
        await camille.disposes("Ne plus appeler")
        await noe.sees(lambda: noe.doing != "preview")
        assert "offer_refused_meanwhile" in noe.notices

    tell(story)


def test_a_refusal_stops_a_call_that_was_claimed_and_not_dialed_yet(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        calls = floor.floor.calls
        place = calls.place

        def refused_first(call: Any) -> None:
            floor.floor.refusals._contacts[contact.pk] = floor.clock.now()
            place(call)

        calls.place = refused_first  # type: ignore[method-assign]
        await camille.goes_ready()
        await floor.passes(seconds=5)
        assert floor.asterisk.dialed == []
        assert await floor.rows(lambda: Call.objects.filter(placed_at__isnull=False).count()) == 0

    tell(story)


def test_a_campaign_without_a_principal_burns_none_of_its_entries(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(audience="b2c")
        (contact,) = await floor.prospects(campaign, 1, PATIENT)

        def principal(value: Principal | None) -> None:
            Campaign.objects.update(principal=value)
            notify_floor("campaign_changed", id=campaign.pk)

        await floor.web(lambda: principal(None))
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(minutes=10)
        assert floor.asterisk.dialed == []
        assert (await floor.entry(contact)).state == "waiting"
        await floor.web(lambda: principal(Principal.objects.get()))
        await floor.passes(hours=1, minutes=5)
        assert floor.asterisk.dialed == [floor.number_of(contact)]

    tell(story)


def test_a_consent_that_ends_during_the_campaign_ends_the_calls(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        rules = {"no_answer": {"delay_s": 3600, "max_attempts": 99, "next_phone": True}}
        campaign = await floor.campaign(audience="b2c", rules=rules, max_attempts=99, hours=WORKDAY)
        (contact,) = await floor.prospects(campaign, 1, NOBODY, consents=False)
        ends = floor.clock.now() + timedelta(minutes=90)
        await floor.rows(lambda: floor.consents(contact, Principal.objects.get(), expires_at=ends))
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        await floor.passes(hours=8)
        calls = await floor.calls()
        assert calls
        assert all(call.claimed_at < ends for call in calls)
        assert (await floor.entry(contact)).refused_reason == "consent_expired"

    tell(story)


def test_the_only_orders_to_dial_a_contact_pass_the_judge() -> None:
    """Four places give Asterisk the order to call: contacts (with a permit), test calls (judged), our own people."""
    folder = Path(__file__).parents[2] / "src/decroche"
    found = {}
    for path in folder.rglob("*.py"):
        if path.parts[-2] == "ari":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.AsyncFunctionDef | ast.FunctionDef)):
            calls = [n for n in ast.walk(function) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
            if any(n.func.attr == "originate" and ast.unparse(n.func).endswith("ari.originate") for n in calls):  # type: ignore[attr-defined]
                found[f"{path.name}:{function.name}"] = ast.unparse(function)
    assert sorted(found) == [
        "effects.py:originate",
        "legs.py:_originate",
        "monitoring.py:_originate",
        "testcalls.py:call",
    ]
    assert "refusals.stops(call)" in found["effects.py:originate"].split("ari.originate")[0]
    assert "decide(intent, history)" in found["testcalls.py:call"].split("ari.originate")[0]

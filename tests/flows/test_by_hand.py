"""Calls that an agent launches himself: previewed records, manual calls, records looked at."""

from __future__ import annotations

from typing import Any

import pytest

from decroche.accounts.models import AuditEntry
from decroche.campaigns.models import QueueEntry
from decroche.contacts.erasing.services import erase
from decroche.contacts.models import Contact, DoNotCall
from decroche.ledger.models import Decision
from tests.fakes.asterisk import PATIENT
from tests.fakes.story import Agent, Refusal, Story
from tests.flows.tell import Tell


async def previewing(floor: Story, count: int = 2) -> Agent:
    campaign = await floor.campaign(mode="preview")
    await floor.prospects(campaign, count, PATIENT)
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    await camille.sees(lambda: camille.doing == "preview")
    return camille


def test_a_record_is_shown_and_nothing_dialed_until_the_agent_says_so(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await previewing(floor)
        assert camille.state["record"]["last_name"].startswith("Lefèvre")
        await floor.passes(minutes=5)
        assert floor.asterisk.dialed == []
        await camille.does("call_offered")
        await camille.talks()

    tell(story)


def test_a_skipped_record_waits_and_the_next_one_is_offered(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await previewing(floor)
        first = camille.state["record"]["contact_id"]
        await camille.does("skip_offered", reason="concurrent", later_s=3600)
        await camille.sees(lambda: camille.doing == "preview" and camille.state["record"]["contact_id"] != first)
        entry = await floor.rows(lambda: QueueEntry.objects.get(contact_id=first))
        assert (entry.state, entry.attempts, entry.refused_reason) == ("waiting", 0, "skipped: concurrent")

    tell(story)


def test_a_pause_gives_the_offered_record_back(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await previewing(floor, 1)
        reason = await floor.pause_reason()
        await camille.does("pause", reason_id=reason)
        assert camille.state["record"] is None
        assert (await floor.rows(QueueEntry.objects.get)).state == "waiting"

    tell(story)


def test_a_record_found_while_another_is_offered_takes_its_place(tell: Tell) -> None:
    """Seen on the floor: the search opened, and what it found was refused as if there were a call."""

    async def story(floor: Story) -> None:
        camille = await previewing(floor)
        offered = camille.state["record"]["contact_id"]
        other = await floor.rows(lambda: QueueEntry.objects.exclude(contact_id=offered).get().contact_id)
        await camille.does("open_record", contact_id=other)
        assert (camille.state["record"]["contact_id"], camille.doing) == (other, "paused")
        await floor.passes(seconds=1)
        assert (await floor.rows(lambda: QueueEntry.objects.get(contact_id=offered))).state == "waiting"

    tell(story)


def test_a_number_typed_by_hand_makes_a_bare_record(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        floor.asterisk.everybody = PATIENT
        camille = await floor.agent("Camille", campaign)
        await camille.does("dial", number="06 39 98 20 11")
        await camille.talks()
        made = await floor.rows(Contact.objects.get)
        assert camille.state["record"]["contact_id"] == made.pk
        assert camille.call["e164"] == "+33639982011"

    tell(story)


def test_a_number_that_is_known_finds_its_record(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.does("dial", number="0" + floor.number_of(contact)[3:])
        await camille.talks()
        assert camille.state["record"]["contact_id"] == contact.pk
        assert await floor.rows(Contact.objects.count) == 1

    tell(story)


def test_two_agents_never_dial_the_same_contact(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        camille, noe = await floor.agent("Camille", campaign), await floor.agent("Noé", campaign)
        await camille.does("dial", contact_id=contact.pk)
        with pytest.raises(Refusal) as refusal:
            await noe.does("dial", contact_id=contact.pk)
        assert refusal.value.code == "contact_in_call"

    tell(story)


def test_after_a_manual_call_from_a_pause_the_agent_is_paused_again(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="progressive")
        contacts = await floor.prospects(campaign, 3, PATIENT)
        camille = await floor.agent("Camille", campaign)
        await camille.does("dial", contact_id=contacts[2].pk)
        await camille.talks()
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("end_wrap_up")
        assert camille.doing == "paused"

    tell(story)


def test_a_record_is_looked_at_without_being_called(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign()
        (contact,) = await floor.prospects(None, 1)
        camille = await floor.agent("Camille", campaign)
        await camille.does("open_record", contact_id=contact.pk)
        assert camille.state["record"]["contact_id"] == contact.pk
        await camille.does("close_record")
        assert camille.state["record"] is None
        assert floor.asterisk.dialed == []

    tell(story)


def test_keys_hold_and_mute_reach_the_telephone(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await previewing(floor)
        await camille.does("call_offered")
        await camille.talks()
        line = floor.asterisk.lines[f"call-{camille.call['id']}"]
        await camille.does("keys", digits="1#")
        await camille.does("hold", on=True)
        await floor.until(lambda: line.music, 1)
        assert (camille.doing, line.bridge) == ("hold", "")
        await camille.does("hold", on=False)
        await floor.until(lambda: line.bridge, 1)
        assert (line.music, floor.asterisk.keys[0][1]) == (False, "1#")

    tell(story)


def test_the_number_of_an_erased_person_who_refused_is_dialed_no_more(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(mode="manual")
        (contact,) = await floor.prospects(campaign, 1, PATIENT)
        number = floor.number_of(contact)
        chief = await floor.user("Nadia", role="supervisor")
        await floor.rows(lambda: DoNotCall.objects.create(e164=number, contact=contact, created_at=floor.floor.now))
        await floor.rows(lambda: erase(chief, [contact.pk]))
        assert await floor.rows(DoNotCall.objects.count) == 0
        camille = await floor.agent("Camille", campaign)
        with pytest.raises(Refusal) as refused:
            await camille.does("dial", number="0" + number[3:])
        assert refused.value.code == "do_not_call"
        assert floor.asterisk.dialed == []
        assert (await floor.rows(DoNotCall.objects.get)).origin == "erased_refusal"

    tell(story)


# ── A refusal set aside ──────────────────────────────────────────────────────
NEVER_OPEN = [{"days": [6], "from": "10:00", "to": "11:00"}]
"""Sundays only."""


async def out_of_hours(floor: Story, role: str, **campaign: Any) -> tuple[Agent, Contact]:
    made = await floor.campaign(mode="manual", hours=NEVER_OPEN, **campaign)
    (contact,) = await floor.prospects(made, 1, PATIENT)
    somebody = Agent(floor, await floor.user("Inès", made, role=role))
    await somebody.signs_in()
    return somebody, contact


def test_a_supervisor_sets_the_campaigns_own_hours_aside_and_it_is_written_down(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        ines, contact = await out_of_hours(floor, "supervisor", audience="b2b")
        with pytest.raises(Refusal) as refusal:
            await ines.does("dial", contact_id=contact.pk)
        assert refusal.value.code == "outside_campaign_hours"
        await ines.does("dial", contact_id=contact.pk, override_reason="  Le client\n a demandé cet appel. ")
        await ines.talks()
        (decision,) = await floor.rows(lambda: list(Decision.objects.all()))
        assert decision.override is not None
        told = {name: decision.override[name] for name in ("by", "reason", "codes")}
        assert told == {
            "by": ines.user.pk,
            "reason": "Le client a demandé cet appel.",
            "codes": ["outside_campaign_hours"],
        }
        entry = await floor.rows(lambda: AuditEntry.objects.get(action="call.override"))
        assert (entry.actor_id, entry.object_id) == (ines.user.pk, str(decision.pk))
        assert entry.detail["codes"] == ["outside_campaign_hours"]

    tell(story)


def test_an_agent_never_sets_a_refusal_aside(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille, contact = await out_of_hours(floor, "agent", audience="b2b")
        with pytest.raises(Refusal) as refusal:
            await camille.does("dial", contact_id=contact.pk, override_reason="Je veux l'appeler.")
        assert refusal.value.code == "override_not_yours"
        assert floor.asterisk.dialed == []
        assert await floor.rows(AuditEntry.objects.filter(action="call.override").count) == 0

    tell(story)


def test_nobody_sets_the_do_not_call_list_aside(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        ines, contact = await out_of_hours(floor, "admin", audience="b2b")
        number = floor.number_of(contact)
        await floor.rows(lambda: DoNotCall.objects.create(e164=number, created_at=floor.clock.now()))
        with pytest.raises(Refusal) as refusal:
            await ines.does("dial", contact_id=contact.pk, override_reason="Il a changé d'avis.")
        assert refusal.value.code == "do_not_call"
        assert floor.asterisk.dialed == []

    tell(story)


def test_a_campaign_whose_hours_are_set_aside_keeps_the_legal_ones(tell: Tell) -> None:
    """Its own hours never meet the legal ones, so it has none at all: setting them aside gives back the law's."""

    async def story(floor: Story) -> None:
        ines, contact = await out_of_hours(floor, "supervisor", audience="b2c")
        await floor.passes(hours=12)
        with pytest.raises(Refusal) as refusal:
            await ines.does("dial", contact_id=contact.pk, override_reason="Il m'attend.")
        assert refusal.value.code == "no_campaign_hours"
        assert floor.asterisk.dialed == []

    tell(story)

"""A contact calls one of our numbers back: the agent who called him, the team, a wait, or a message and a promise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from decroche.callbacks.models import Callback
from decroche.calls.models import Call, CallEvent
from decroche.campaigns.models import Announcement, Campaign, PresentedNumber, QueueEntry
from decroche.contacts.models import Contact, DoNotCall
from tests.fakes.asterisk import NOBODY, PATIENT
from tests.fakes.story import PRESENTED, Agent, Story
from tests.flows.tell import Tell

NEVER = [{"days": [0, 1, 2, 3, 4, 5, 6], "from": "03:00", "to": "03:01"}]
STRANGER = "+33639980077"
ELSEWHERE = "0199000999"


async def manual(floor: Story, **fields: Any) -> Campaign:
    """Nothing is dialed by itself, so that agents stay free."""
    return await floor.campaign(mode="manual", **fields)


async def rung_by(floor: Story, agent: Agent, campaign: Campaign) -> Contact:
    """The agent called this contact, who was not there."""
    (contact,) = await floor.prospects(campaign, 1, NOBODY)
    await agent.does("dial", contact_id=contact.pk)
    await agent.sees(lambda: agent.state["call"] is None or agent.call["result"] == "no_answer")
    await agent.does("ready")
    await floor.passes(seconds=1)
    return contact


def calls_back(floor: Story, contact: Contact, number: str = PRESENTED, **how: Any) -> str:
    return floor.asterisk.calls_in(number, "0" + floor.number_of(contact)[3:], **how)


async def last_call(floor: Story) -> Call:
    return (await floor.calls())[-1]


def sounds(floor: Story, channel: str) -> list[str]:
    return [media for where, media in floor.asterisk.played if where == channel]


async def two_agents(floor: Story, campaign: Campaign) -> tuple[Agent, Agent]:
    agents = [await floor.agent(name, campaign) for name in ("Camille", "Noé")]
    for agent in agents:
        await agent.goes_ready()
        await floor.passes(seconds=1)
    return agents[0], agents[1]


def test_he_reaches_the_agent_who_called_him_with_his_record_though_another_waits_longer(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, noe = await two_agents(floor, campaign)
        contact = await rung_by(floor, noe, campaign)
        channel = calls_back(floor, contact)
        await noe.talks(5)
        assert (noe.call["direction"], noe.state["record"]["contact_id"]) == ("inbound", contact.pk)
        assert camille.doing == "ready"
        assert channel in floor.asterisk.members(f"agent-{noe.state['session']['id']}")

    tell(story)


def test_the_record_is_on_the_screen_before_the_contact_is_on_the_line(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, _ = await two_agents(floor, campaign)
        contact = await rung_by(floor, camille, campaign)
        shown: list[int] = []
        joins = floor.asterisk.add_to_bridge

        async def join(bridge: str, *channels: str) -> None:
            shown.append(camille.state["record"]["contact_id"])
            await joins(bridge, *channels)

        floor.asterisk.add_to_bridge = join  # type: ignore[method-assign, assignment]
        calls_back(floor, contact)
        await camille.talks(5)
        assert shown == [contact.pk]

    tell(story)


def test_where_that_agent_is_not_free_whoever_of_the_campaign_is_takes_him(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, noe = await two_agents(floor, campaign)
        contact = await rung_by(floor, camille, campaign)
        await camille.does("pause", reason_id=await floor.pause_reason())
        calls_back(floor, contact)
        await noe.talks(5)
        assert noe.state["record"]["contact_id"] == contact.pk

    tell(story)


def test_an_agent_of_another_campaign_is_not_disturbed(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign, other = await manual(floor), await manual(floor, name="Fibre")
        camille = await floor.agent("Camille", campaign)
        await camille.goes_ready()
        contact = await rung_by(floor, camille, campaign)
        noe = await floor.agent("Noé", other)
        await noe.goes_ready()
        await camille.does("pause", reason_id=await floor.pause_reason())
        channel = calls_back(floor, contact)
        await floor.passes(seconds=20)
        assert noe.doing == "ready"
        assert floor.asterisk.lines[channel].music

    tell(story)


async def everybody_is_busy(floor: Story, **fields: Any) -> tuple[Agent, Contact, str]:
    """Camille talks to another; the contact whom she had called waits."""
    campaign = await manual(floor, **fields)
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    contact = await rung_by(floor, camille, campaign)
    (other,) = await floor.prospects(campaign, 1, PATIENT)
    await camille.does("dial", contact_id=other.pk)
    await camille.talks()
    return camille, contact, calls_back(floor, contact)


def test_he_is_welcomed_then_hears_music_and_the_first_agent_who_is_free_takes_him(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille, contact, channel = await everybody_is_busy(floor, wrap_up="none")
        await floor.passes(seconds=8)
        assert sounds(floor, channel) == ["sound:decroche/inbound-welcome"]
        assert floor.asterisk.lines[channel].music
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.sees(lambda: camille.state["record"] and camille.state["record"]["contact_id"] == contact.pk, 5)
        await camille.talks(5)
        assert not floor.asterisk.lines[channel].music

    tell(story)


def test_an_agent_freed_during_the_welcome_is_heard_at_once(tell: Tell) -> None:
    """Asterisk joins nobody to a channel that is being spoken to: the words must be stopped first."""

    async def story(floor: Story) -> None:
        camille, _, channel = await everybody_is_busy(floor, wrap_up="none")
        await floor.passes(seconds=1)
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await floor.passes(seconds=1)
        assert f"welcome-{(await last_call(floor)).pk}" not in floor.asterisk._playing
        assert channel in floor.asterisk.members(f"agent-{camille.state['session']['id']}")
        assert not floor.asterisk.lines[channel].music

    tell(story)


def test_when_nobody_came_in_time_he_hears_that_he_is_called_back_and_is(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille, contact, channel = await everybody_is_busy(floor)
        await floor.passes(seconds=40)
        assert sounds(floor, channel)[-1] == "sound:decroche/return-missed"
        call = await last_call(floor)
        assert (call.direction, call.result, call.state) == ("inbound", "missed", "ended")
        promise = await floor.rows(Callback.objects.get)
        assert (promise.contact_id, promise.owner_id, promise.origin) == (contact.pk, camille.user.pk, "return")
        assert timedelta(minutes=9) < promise.due_at - call.claimed_at < timedelta(minutes=11)
        entry = await floor.entry(contact)
        assert (entry.state, entry.not_before, entry.attempts) == ("waiting", promise.due_at, 1)

    tell(story)


def test_the_number_says_how_long_he_waits_and_the_campaign_what_he_hears(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille = await floor.agent("Camille", campaign)
        await floor.rows(lambda: PresentedNumber.objects.update(return_wait_s=90))
        ids = {"waiting": "11111111-1111-4111-8111-111111111111", "goodbye": "22222222-2222-4222-8222-222222222222"}
        await floor.rows(lambda: [announce(campaign, kind, sound) for kind, sound in ids.items()])
        await floor.floor.campaigns.load()
        channel = floor.asterisk.calls_in(PRESENTED, STRANGER)
        await floor.passes(seconds=80)
        assert sounds(floor, channel) == [f"sound:announcements/{ids['waiting']}"]
        await floor.passes(seconds=20)
        assert sounds(floor, channel)[-1] == f"sound:announcements/{ids['goodbye']}"
        assert camille.doing == "paused"

    def announce(campaign: Campaign, kind: str, sound: str) -> Announcement:
        now = campaign.created_at
        return Announcement.objects.create(id=sound, campaign=campaign, kind=kind, duration_s=5, made_at=now)

    tell(story)


def test_a_caller_who_gives_up_waiting_is_called_back_too(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        _, contact, channel = await everybody_is_busy(floor)
        await floor.passes(seconds=4)
        floor.asterisk.callee_hangs_up(channel)
        await floor.passes(seconds=1)
        assert (await last_call(floor)).hung_up_by == "contact"
        assert await floor.rows(lambda: Callback.objects.get().contact_id) == contact.pk

    tell(story)


async def out_of_hours(floor: Story) -> tuple[Contact, Agent, Campaign]:
    campaign = await manual(floor)
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    contact = await rung_by(floor, camille, campaign)
    await floor.rows(lambda: Campaign.objects.update(hours=NEVER))
    await floor.floor.campaigns.load()
    return contact, camille, campaign


def test_out_of_hours_no_agent_is_disturbed_and_he_is_called_back_when_the_campaign_opens(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        contact, camille, _ = await out_of_hours(floor)
        channel = calls_back(floor, contact)
        await floor.passes(seconds=10)
        assert camille.doing == "ready"
        assert sounds(floor, channel) == ["sound:decroche/return-missed"]
        assert channel not in floor.asterisk.lines
        promise = await floor.rows(Callback.objects.get)
        local = promise.due_at.astimezone(floor.floor.campaigns.zone)
        assert (local.hour, local.minute) == (3, 0)

    tell(story)


def test_calling_again_and_again_makes_one_promise(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        contact, _, _ = await out_of_hours(floor)
        for _ in range(3):
            calls_back(floor, contact)
            await floor.passes(seconds=10)
        assert await floor.rows(lambda: Callback.objects.filter(state="scheduled").count()) == 1
        assert [call.result for call in await floor.calls()][1:] == ["missed"] * 3

    tell(story)


def test_a_later_promise_is_brought_forward_and_keeps_its_words(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        contact, camille, campaign = await out_of_hours(floor)
        later = floor.clock.now() + timedelta(days=5)
        await floor.rows(
            lambda: Callback.objects.create(
                contact=contact, campaign=campaign, due_at=later, owner=camille.user, note="Après le conseil."
            )
        )
        calls_back(floor, contact)
        await floor.passes(seconds=10)
        promise = await floor.rows(Callback.objects.get)
        assert promise.due_at < later
        assert promise.note.startswith("A rappelé le")
        assert promise.note.endswith("Après le conseil.")
        assert promise.owner_id == camille.user.pk

    tell(story)


def test_an_earlier_promise_stays_as_it_was_agreed(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        contact, camille, campaign = await out_of_hours(floor)
        soon = floor.clock.now() + timedelta(minutes=5)
        await floor.rows(
            lambda: Callback.objects.create(contact=contact, campaign=campaign, due_at=soon, owner=camille.user)
        )
        calls_back(floor, contact)
        await floor.passes(seconds=10)
        assert await floor.rows(lambda: Callback.objects.get().due_at) == soon

    tell(story)


def test_where_nobody_is_signed_in_he_does_not_wait(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        (contact,) = await floor.prospects(campaign, 1)
        channel = calls_back(floor, contact)
        await floor.passes(seconds=2)
        assert sounds(floor, channel) == ["sound:decroche/return-missed"]
        assert (await last_call(floor)).why["reason"] == "nobody"

    tell(story)


def test_who_never_wants_to_be_called_reaches_an_agent_and_is_promised_nothing(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille = await floor.agent("Camille", campaign)
        (contact,) = await floor.prospects(campaign, 1)
        now = floor.clock.now()
        await floor.rows(
            lambda: DoNotCall.objects.create(e164=floor.number_of(contact), origin="manual", created_at=now)
        )
        channel = calls_back(floor, contact)
        await floor.passes(seconds=50)
        assert sounds(floor, channel)[-1] == "sound:decroche/return-goodbye"
        assert not await floor.rows(Callback.objects.exists)
        await camille.goes_ready()
        calls_back(floor, contact)
        await camille.talks(5)
        assert camille.state["record"]["contact_id"] == contact.pk

    tell(story)


def test_in_such_a_call_he_may_ask_never_to_be_called_again(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, _ = await two_agents(floor, campaign)
        contact = await rung_by(floor, camille, campaign)
        calls_back(floor, contact)
        await camille.talks(5)
        await camille.disposes("Ne plus appeler")
        await camille.does("hang_up")
        await camille.does("end_wrap_up")
        entry = await floor.entry(contact)
        assert (entry.state, entry.finished_reason) == ("finished", "do_not_call")
        assert await floor.rows(lambda: DoNotCall.objects.get().e164) == floor.number_of(contact)

    tell(story)


def test_it_is_no_attempt_nothing_of_it_is_counted_as_one(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor, audience="b2c")
        boss = await floor.supervisor("Nadia")
        camille, _ = await two_agents(floor, campaign)
        contact = await rung_by(floor, camille, campaign)
        before = await floor.entry(contact)
        for _ in range(5):  # more than a consumer may be called in a month
            channel = calls_back(floor, contact)
            await camille.talks(5)
            await camille.disposes("Absent")
            floor.asterisk.callee_hangs_up(channel)
            await camille.sees(lambda: camille.doing == "wrap_up", 5)
            await camille.does("end_wrap_up")
        entry = await floor.entry(contact)
        assert (entry.attempts, entry.last_result) == (before.attempts, before.last_result)
        (row,) = boss.state["campaigns"]
        assert (row["calls_today"], row["connected_today"], row["abandoned_today"]) == (1, 0, 0)
        await camille.does("dial", contact_id=contact.pk)

    tell(story)


def test_without_an_outcome_his_place_in_the_queue_is_what_it_was(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, _ = await two_agents(floor, campaign)
        (contact,) = await floor.prospects(campaign, 1)
        at = floor.clock.now() + timedelta(days=3)
        await floor.rows(lambda: QueueEntry.objects.update(not_before=at, refused_reason="too_often"))
        calls_back(floor, contact, stays_for=8)
        await camille.talks(5)
        await camille.sees(lambda: camille.doing == "wrap_up", 10)
        await camille.does("sign_out")
        entry = await floor.entry(contact)
        assert (entry.state, entry.not_before, entry.refused_reason, entry.claim) == ("waiting", at, "too_often", None)

    tell(story)


def test_who_reached_us_is_not_called_back_for_the_call_before(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille, contact, _ = await everybody_is_busy(floor)
        await floor.passes(seconds=50)
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.does("end_wrap_up")
        await floor.passes(seconds=1)
        calls_back(floor, contact)
        await camille.sees(lambda: camille.state["record"], 5)
        await camille.talks(5)
        await camille.disposes("Intéressé")
        await camille.does("hang_up")
        await camille.does("end_wrap_up")
        promise = await floor.rows(Callback.objects.get)
        assert (promise.state, promise.kept_in_call_id) == ("done", (await last_call(floor)).pk)

    tell(story)


def test_a_number_that_is_none_of_ours_is_unallocated_and_leaves_no_trace(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        await manual(floor)
        channel = floor.asterisk.calls_in(ELSEWHERE, STRANGER)
        await floor.passes(seconds=2)
        assert floor.asterisk.turned_away == [(channel, "unallocated")]
        assert await floor.calls() == []

    tell(story)


@pytest.mark.parametrize("caller", [STRANGER, "anonymous", "'; DROP TABLE calls_call; --", "\u202e<script>", ""])
def test_an_unknown_caller_reaches_the_campaign_that_shows_the_number(tell: Tell, caller: str) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, _ = await two_agents(floor, campaign)
        floor.asterisk.calls_in(PRESENTED, caller)
        await camille.talks(5)
        number = STRANGER if caller == STRANGER else ""
        assert camille.call["e164"] == number
        assert [phone["e164"] for phone in camille.state["record"]["phones"]] == [number] * bool(number)
        await camille.disposes("Intéressé")

    tell(story)


def test_an_unknown_caller_whom_nobody_answered_leaves_a_line_in_the_log_and_no_record(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        await floor.agent("Camille", campaign)
        floor.asterisk.calls_in(PRESENTED, STRANGER)
        await floor.passes(seconds=60)
        call = await last_call(floor)
        assert (call.result, call.e164, call.contact_id, call.campaign_id) == ("missed", STRANGER, None, campaign.pk)
        assert not await floor.rows(Contact.objects.exists)

    tell(story)


def test_a_number_for_messages_only_disturbs_nobody(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, _ = await two_agents(floor, campaign)
        await floor.rows(lambda: PresentedNumber.objects.update(return_to="message"))
        contact = await rung_by(floor, camille, campaign)
        channel = calls_back(floor, contact)
        await floor.passes(seconds=10)
        assert camille.doing == "ready"
        assert sounds(floor, channel) == ["sound:decroche/return-missed"]

    tell(story)


def test_a_number_of_one_campaign_brings_all_its_callers_there(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        sales, care = await manual(floor), await manual(floor, name="Service client")
        camille = await floor.agent("Camille", sales)
        await camille.goes_ready()
        contact = await rung_by(floor, camille, sales)
        noe = await floor.agent("Noé", care)
        await noe.goes_ready()
        await floor.rows(lambda: PresentedNumber.objects.update(return_to="campaign", return_campaign=care))
        calls_back(floor, contact)
        await noe.talks(5)
        assert noe.state["campaign"]["name"] == "Service client"

    tell(story)


def test_holding_and_losing_the_line_are_as_in_any_call(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, _ = await two_agents(floor, campaign)
        channel = calls_back(floor, await rung_by(floor, camille, campaign))
        await camille.talks(5)
        await camille.does("hold", on=True)
        await floor.passes(seconds=1)
        assert floor.asterisk.lines[channel].music
        await camille.does("hold", on=False)
        await camille.talks(5)
        again = camille.reloads()
        await floor.passes(seconds=1)
        assert floor.asterisk.lines[channel].music
        await again.does("reattach")
        again.softphone_registers()
        await again.talks(10)

    tell(story)


def test_a_floor_that_dies_in_mid_call_finds_it_again_with_its_record(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, _ = await two_agents(floor, campaign)
        contact = await rung_by(floor, camille, campaign)
        channel = calls_back(floor, contact)
        await camille.talks(5)
        await floor.settled()
        await floor.floor_is_killed()
        await floor.floor_starts()
        again = Agent(floor, camille.user)
        await again.does("reattach")
        again.softphone_registers()
        await again.talks(10)
        assert (again.call["direction"], again.state["record"]["contact_id"]) == ("inbound", contact.pk)
        floor.asterisk.callee_hangs_up(channel)
        await again.sees(lambda: again.doing == "wrap_up", 5)
        await again.disposes("Intéressé")
        await again.does("end_wrap_up")
        assert (await last_call(floor)).result == "connected"

    tell(story)


def test_a_caller_whom_a_dead_floor_had_not_answered_is_answered_by_the_next(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, _ = await two_agents(floor, campaign)
        contact = await rung_by(floor, camille, campaign)
        await floor.floor_is_killed()
        floor.asterisk.lose_connection()
        calls_back(floor, contact)
        floor.asterisk.find_connection()
        await floor.floor_starts()
        again = Agent(floor, camille.user)
        await again.does("reattach")
        again.softphone_registers()
        await again.talks(60)
        assert again.state["record"]["contact_id"] == contact.pk

    tell(story)


def test_a_caller_who_waits_while_the_floor_restarts_waits_on_and_not_for_ever(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        _, contact, channel = await everybody_is_busy(floor)
        await floor.passes(seconds=3)
        await floor.settled()
        await floor.floor_is_killed()
        await floor.floor_starts()
        await floor.passes(seconds=10)
        assert floor.asterisk.lines[channel].music
        await floor.passes(seconds=40)
        assert channel not in floor.asterisk.lines
        assert await floor.rows(lambda: Callback.objects.get().contact_id) == contact.pk

    tell(story)


def test_a_caller_who_hangs_up_while_the_floor_is_away_was_missed(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        _, _, channel = await everybody_is_busy(floor)
        await floor.passes(seconds=3)
        await floor.settled()
        await floor.floor_is_killed()
        floor.asterisk.callee_hangs_up(channel)
        await floor.floor_starts()
        await floor.passes(seconds=1)
        assert (await last_call(floor)).result == "missed"

    tell(story)


def test_he_may_call_while_he_is_being_dialed(tell: Tell) -> None:
    """One live call per contact is the rule for ours; his own must not be refused by it."""

    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, noe = await two_agents(floor, campaign)
        (contact,) = await floor.prospects(campaign, 1, NOBODY)
        await camille.does("dial", contact_id=contact.pk)
        await floor.passes(seconds=3)
        calls_back(floor, contact)
        await noe.talks(5)
        assert noe.state["record"]["contact_id"] == contact.pk
        assert camille.doing == "ringing"

    tell(story)


def test_events_that_come_twice_change_nothing(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await manual(floor)
        camille, _ = await two_agents(floor, campaign)
        contact = await rung_by(floor, camille, campaign)
        floor.asterisk.duplicates = True
        channel = calls_back(floor, contact)
        await camille.talks(5)
        await floor.passes(seconds=2)
        floor.asterisk.callee_hangs_up(channel)
        await floor.passes(seconds=2)
        call = await last_call(floor)
        events = await floor.rows(lambda: list(CallEvent.objects.filter(call=call).values_list("trigger", flat=True)))
        assert [name for name in events if name != "bridged"] == ["came_in", "destroyed"]

    tell(story)


def test_the_live_floor_shows_which_way_a_call_goes(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        boss = await floor.supervisor("Nadia")
        await everybody_is_busy(floor)
        await floor.passes(seconds=1)
        assert sorted(call["direction"] for call in boss.state["calls"]) == ["inbound", "outbound"]

    tell(story)

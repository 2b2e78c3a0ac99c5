"""Recordings by the rules: refused by the person, silent while bank data is said."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import pytest

from decroche.accounts.models import AuditEntry
from decroche.calls.models import Call, CallEvent, Recording
from decroche.campaigns.models import Campaign
from decroche.campaigns.recording import is_drawn
from tests.fakes.asterisk import PATIENT, PERSON
from tests.fakes.story import Agent, Refusal, Story
from tests.flows.tell import Tell


def test_a_new_campaign_records_nothing() -> None:
    assert Campaign().recording == "never"


async def talking(floor: Story, recording: str = "all", **fields: Any) -> Agent:
    campaign = await floor.campaign(recording=recording, **fields)
    await floor.prospects(campaign, 1, PATIENT)
    camille = await floor.agent("Camille", campaign)
    await camille.goes_ready()
    await camille.talks()
    await floor.passes(seconds=1)
    return camille


def sound(path: Path) -> Path:
    """A second of it."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16_000))
    return path


def spooled(folder: Path, floor: Story) -> list[Path]:
    """What Asterisk would have written of the recordings that it was asked for."""
    return [sound(folder / f"{name}.wav") for name in floor.asterisk.recorded]


async def recordings(floor: Story) -> list[Recording]:
    return await floor.rows(lambda: list(Recording.objects.order_by("started_at")))


async def events(floor: Story) -> list[str]:
    named = CallEvent.objects.filter(trigger__startswith="recording").order_by("id")
    return await floor.rows(lambda: list(named.values_list("trigger", flat=True)))


# ── The person objects ───────────────────────────────────────────────────────


def test_an_objection_deletes_what_was_recorded_and_nothing_records_that_call_again(tell: Tell, tmp_path: Path) -> None:
    async def story(floor: Story) -> None:
        camille = await talking(floor, "on_demand")
        await camille.does("record", on=True)
        await floor.passes(seconds=5)
        await camille.does("record", on=False)
        spooled(tmp_path, floor)
        await floor.passes(seconds=15)
        first = tmp_path / f"{(await recordings(floor))[0].pk}.wav"
        assert first.exists()
        await camille.does("record", on=True)
        await floor.passes(seconds=1)
        spooled(tmp_path, floor)
        await camille.does("object_to_recording")
        assert (camille.call["recording"], camille.call["recording_refused"]) == (False, True)
        made = await recordings(floor)
        assert [(one.status, one.deleted_for) for one in made] == [("deleted", "objection")] * 2
        assert list(tmp_path.glob("*.wav")) == []
        with pytest.raises(Refusal, match="recording_refused"):
            await camille.does("record", on=True)
        await camille.does("hang_up")
        await floor.passes(seconds=20)
        assert list(tmp_path.glob("*.wav")) == []
        assert {one.status for one in await recordings(floor)} == {"deleted"}
        entry = await floor.rows(lambda: AuditEntry.objects.get(action="recording.objection"))
        assert (entry.actor_id, entry.detail) == (camille.user.pk, {"recordings": 2})

    tell(story)


def test_a_recording_that_is_being_mixed_is_thrown_away_too(tell: Tell, tmp_path: Path) -> None:
    async def story(floor: Story) -> None:
        camille = await talking(floor, recording_share=1.0)
        spooled(tmp_path, floor)
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await floor.passes(seconds=9.99)
        await camille.does("object_to_recording")
        await floor.passes(seconds=20)
        assert [one.status for one in await recordings(floor)] == ["deleted"]
        assert list(tmp_path.glob("*.wav")) == []

    tell(story)


def test_no_restart_of_the_floor_forgets_an_objection(tell: Tell, tmp_path: Path) -> None:
    async def story(floor: Story) -> None:
        camille = await talking(floor, "on_demand")
        await camille.does("record", on=True)
        await floor.passes(seconds=1)
        await camille.does("object_to_recording")
        await floor.floor_is_killed()
        left = spooled(tmp_path, floor)  # as if it had died between the row and the files
        await floor.floor_starts()
        again = Agent(floor, camille.user)
        await again.does("reattach")
        assert again.call["recording_refused"]
        assert not any(path.exists() for path in left)
        with pytest.raises(Refusal, match="recording_refused"):
            await again.does("record", on=True)

    tell(story)


def test_an_objection_is_heard_until_the_wrap_up_is_over_and_written_once(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await talking(floor, recording_share=1.0)
        await camille.does("hang_up")
        await camille.sees(lambda: camille.doing == "wrap_up")
        await camille.does("object_to_recording")
        await camille.does("object_to_recording")
        assert await floor.rows(AuditEntry.objects.filter(action="recording.objection").count) == 1
        assert (await floor.rows(Call.objects.get)).recording_refused_at is not None

    tell(story)


def test_an_objection_needs_a_talk(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await floor.agent("Camille", await floor.campaign())
        with pytest.raises(Refusal, match="no_call"):
            await camille.does("object_to_recording")

    tell(story)


# ── Never systematic ─────────────────────────────────────────────────────────


def test_only_the_drawn_share_of_the_calls_is_recorded(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        campaign = await floor.campaign(recording="all", recording_share=0.5)
        await floor.prospects(campaign, 12, PERSON)
        agents = [await floor.agent(f"Agent {n}", campaign) for n in range(3)]
        for agent in agents:
            await agent.goes_ready()
        await floor.passes(minutes=1)
        calls = [call for call in await floor.calls() if call.bridged_at]
        recorded = {one.call_id for one in await recordings(floor)}
        assert len(calls) == 3
        assert recorded == {call.pk for call in calls if is_drawn(call.pk, 0.5)}

    tell(story)


# ── Bank data ────────────────────────────────────────────────────────────────


def test_a_pause_silences_both_sides_and_the_agent_ends_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await talking(floor, recording_share=1.0)
        await camille.does("pause_recording")
        assert floor.asterisk.silenced == set(floor.asterisk.recorded)
        assert (camille.call["recording"], camille.call["recording_paused"]) == (True, True)
        assert camille.call["recording_resumes_at"] is not None
        await floor.passes(seconds=20)
        await camille.does("resume_recording")
        assert floor.asterisk.silenced == set()
        assert (camille.call["recording_paused"], camille.call["recording_resumes_at"]) == (False, None)
        await floor.passes(minutes=5)
        assert await events(floor) == ["recording_on", "recording_paused", "recording_resumed"]

    tell(story)


def test_a_pause_ends_by_itself_and_the_agent_is_told(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await talking(floor, recording_share=1.0)
        await camille.does("pause_recording")
        await floor.passes(seconds=89)
        assert camille.call["recording_paused"]
        await floor.passes(seconds=2)
        assert not camille.call["recording_paused"]
        assert floor.asterisk.silenced == set()
        assert camille.notices == ["recording_resumed"]
        resumed = await floor.rows(lambda: CallEvent.objects.get(trigger="recording_resumed"))
        assert resumed.detail == {"by": "limit"}

    tell(story)


def test_a_pause_found_by_a_new_floor_lasts_until_the_agent_ends_it(tell: Tell) -> None:
    """Never the bank data: nobody knows for how long the floor was away, nor what is being said."""

    async def story(floor: Story) -> None:
        camille = await talking(floor, recording_share=1.0)
        await camille.does("pause_recording")
        await floor.floor_is_killed()
        await floor.floor_starts()
        again = Agent(floor, camille.user)
        await again.does("reattach")
        again.softphone_registers()
        await again.talks()
        await floor.passes(minutes=10)
        assert (again.call["recording_paused"], again.call["recording_resumes_at"]) == (True, None)
        assert floor.asterisk.silenced == set(floor.asterisk.recorded)
        await again.does("resume_recording")
        assert floor.asterisk.silenced == set()

    tell(story)


def test_a_pause_that_the_telephone_engine_did_not_make_is_said(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await talking(floor, recording_share=1.0)
        floor.asterisk.recorded.clear()
        with pytest.raises(Refusal, match="recording_not_paused"):
            await camille.does("pause_recording")
        assert not camille.call["recording_paused"]
        assert not (await recordings(floor))[0].paused

    tell(story)


def test_what_is_not_recorded_is_not_paused(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await talking(floor, "never")
        with pytest.raises(Refusal, match="not_recording"):
            await camille.does("pause_recording")

    tell(story)

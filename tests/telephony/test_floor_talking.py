"""Talking on the real Asterisk: voices where they belong, hold, lines lost and found, supervisors' ears."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from decroche.callbacks.models import Callback
from decroche.telephony.simulator_behaviours import number_ending_in
from decroche.telephony.trunk_config import dial_string
from tests.fakes.story import Agent, Window
from tests.telephony.floor_story import PERSON, TONE, LiveStory
from tests.telephony.harness import Engine
from tests.telephony.sip_phone import ws_phone
from tests.telephony.sound import read

SILENT = 95


@pytest.fixture
async def floor(
    asterisk: Engine, transactional_db: None, database_url: str, tmp_path: Path
) -> AsyncIterator[LiveStory]:
    story = LiveStory(asterisk, database_url, tmp_path)
    await story.floor_starts()
    yield story
    await story.floor_stops()


async def talking(floor: LiveStory, ending: int = PERSON, **fields: Any) -> Agent:
    campaign = await floor.campaign(**fields)
    camille = await floor.telephone_agent("Camille", campaign)
    await floor.contact(campaign, ending)
    await camille.goes_ready()
    await camille.talks(20)
    return camille


async def members(floor: LiveStory, agent: Agent) -> tuple[str, ...]:
    """Who is in the agent's bridge."""
    bridge = await floor.floor.ari.bridge(f"agent-{agent.state['session']['id']}")
    assert bridge is not None
    return bridge.channel_ids


async def are(floor: LiveStory, agent: Agent, count: int) -> None:
    """So many in it, now or soon: what is told to screens is done by Asterisk a moment later."""

    async def holds() -> bool:
        return len(await members(floor, agent)) == count

    await floor.comes(holds)


async def test_a_recording_has_the_contact_left_and_the_agent_right(floor: LiveStory, tmp_path: Path) -> None:
    camille = await talking(floor, recording="all", recording_share=1.0)
    await asyncio.sleep(4)
    await camille.does("hang_up")
    made = await floor.recorded()
    assert made.duration_s
    assert made.duration_s > 3
    left, right = read(tmp_path / f"{made.pk}.wav", side=0), read(tmp_path / f"{made.pk}.wav", side=1)
    assert right.part(1, 2).share_of(440) > 0.8 > 0.3 > left.part(1, 2).share_of(440)
    assert left.rms() > 100


async def test_what_is_said_during_a_pause_is_silence_of_the_same_length(floor: LiveStory, tmp_path: Path) -> None:
    """Contact and agent both whistle; two seconds in the middle are bank data."""
    camille = await talking(floor, TONE, recording="all", recording_share=1.0)
    await asyncio.sleep(2.5)
    await camille.does("pause_recording")
    await asyncio.sleep(2)
    await camille.does("resume_recording")
    await asyncio.sleep(2)
    await camille.does("hang_up")
    made = await floor.recorded()
    assert made.duration_s
    assert made.duration_s > 5.5
    for side in (0, 1):
        sound = read(tmp_path / f"{made.pk}.wav", side=side)
        assert sound.longest_silence_s() > 1.5
        assert sound.part(1, 2).rms() > 100
        assert sound.part(made.duration_s - 1.2, made.duration_s - 0.4).rms() > 100


async def test_an_objection_leaves_no_file_of_the_call(floor: LiveStory, asterisk: Engine, tmp_path: Path) -> None:
    camille = await talking(floor, TONE, recording="all", recording_share=1.0)
    spool = asterisk.env.asterisk_dir / "spool/recording"
    await floor.until(lambda: list(spool.glob("rec-*")), 5)
    await asyncio.sleep(1)
    await camille.does("object_to_recording")
    assert not list(spool.glob("rec-*"))
    await camille.does("hang_up")
    await asyncio.sleep(11)
    assert not list(spool.glob("rec-*"))
    assert not list(tmp_path.glob("*.wav"))


async def test_an_agent_records_on_demand_where_the_campaign_allows_it(floor: LiveStory, tmp_path: Path) -> None:
    camille = await talking(floor, recording="on_demand")
    assert not camille.call["recording"]
    await camille.does("record", on=True)
    assert camille.call["recording"]
    await asyncio.sleep(1.5)
    await camille.does("record", on=False)
    await floor.until(lambda: list(tmp_path.glob("*.wav")), 10)
    assert camille.doing == "talking"


async def test_a_contact_on_hold_hears_music_and_then_his_agent_again(floor: LiveStory, asterisk: Engine) -> None:
    camille = await talking(floor, SILENT, recording="all", recording_share=1.0)
    channel = f"call-{camille.call['id']}"
    await asyncio.sleep(1)
    await camille.does("hold", on=True)
    assert camille.doing == "hold"
    await are(floor, camille, 1)
    assert channel not in await members(floor, camille)
    await camille.does("hold", on=False)
    await camille.sees(lambda: camille.doing == "talking", 5)
    await are(floor, camille, 2)
    assert channel in await members(floor, camille)


async def test_a_browser_that_reloads_finds_its_contact_again(floor: LiveStory, asterisk: Engine) -> None:
    campaign = await floor.campaign()
    camille = await floor.agent("Camille", campaign, signed_in=False)
    await camille.does("sign_in")
    credentials = camille.state["session"]["credentials"]
    phone, socket = await ws_phone(credentials["username"], credentials["password"], asterisk.env.asterisk_http_port)
    # The small telephone of the tests speaks no DTLS: the leg answers without media, which is all that is needed here.
    assert await phone.register() == 200
    await floor.until(lambda: camille.leg in ("calling", "up", "failed"), 5)
    await socket.close()
    await floor.until(lambda: camille.leg in ("awaiting_registration", "failed", "lost"), 5)
    await camille.does("reattach")
    fresh = camille.state["session"]["credentials"]
    assert fresh["password"] != credentials["password"]
    again, second = await ws_phone(fresh["username"], fresh["password"], asterisk.env.asterisk_http_port)
    assert await again.register() == 200
    await second.close()


async def test_every_password_that_a_page_is_told_opens_its_line_at_once(floor: LiveStory, asterisk: Engine) -> None:
    """It was told of some before Asterisk had them: refused ("Failed to authenticate"), its line stayed away.

    Asterisk takes its time, as on a loaded machine; the page registers as soon as it is told, as JsSIP does.
    """
    ari = floor.floor.ari
    put = ari.put_object

    async def put_late(*args: Any) -> None:
        await asyncio.sleep(0.3)
        await put(*args)

    ari.put_object = put_late  # type: ignore[method-assign, assignment]
    camille = await floor.agent("Camille", await floor.campaign(), signed_in=False)
    tries: dict[str, asyncio.Task[int]] = {}

    async def register(username: str, password: str) -> int:
        phone, socket = await ws_phone(username, password, asterisk.env.asterisk_http_port)
        try:
            return await phone.register()
        finally:
            await socket.close()

    def receive(message: dict[str, Any]) -> None:
        shown = ((message.get("changes") or {}).get("session") or {}).get("credentials")
        if shown and shown["password"] not in tries:
            tries[shown["password"]] = asyncio.create_task(register(shown["username"], shown["password"]))
        camille._receive(message)

    camille.desk.send = receive
    for command in ("sign_in", "reattach", "reattach"):
        await camille.does(command)
    assert await asyncio.gather(*tries.values()) == [200, 200, 200]


async def test_an_agent_whose_telephone_fails_costs_an_apology_and_a_callback(floor: LiveStory) -> None:
    camille = await talking(floor, TONE)
    session = camille.state["session"]["id"]
    floor.floor.world.agents[camille.user.pk].session.legs_called = 99
    floor.floor.legs._call_again = lambda *args: None  # type: ignore[method-assign]
    await floor.floor.ari.hangup(f"agent-{session}")
    await camille.sees(lambda: camille.call["state"] == "orphaned", 5)
    await camille.sees(lambda: camille.call["result"] == "connected" and camille.doing == "wrap_up", 40)
    call = (await floor.calls())[0]
    assert call.cut
    await floor.until(lambda: True)
    promise = await floor.rows(Callback.objects.get)
    assert promise.origin == "cut"


async def test_a_telephone_that_drops_is_called_again_and_the_talk_goes_on(floor: LiveStory) -> None:
    camille = await talking(floor, TONE)
    await floor.floor.ari.hangup(f"agent-{camille.state['session']['id']}")
    await camille.sees(lambda: camille.call["state"] == "orphaned", 5)
    await camille.sees(lambda: camille.call["state"] == "talking", 12)
    await are(floor, camille, 2)
    assert f"call-{camille.call['id']}" in await members(floor, camille)


async def test_a_supervisor_listens_whispers_and_barges_in(floor: LiveStory, asterisk: Engine) -> None:
    camille = await talking(floor, TONE)
    nadia = await floor.supervisor("Nadia")
    await nadia.does("softphone")
    await nadia.sees(lambda: nadia.state["softphone"], 2)
    await as_telephone(floor, nadia)
    await nadia.sees(lambda: nadia.state["softphone"]["leg"] == "up", 10)
    await nadia.does("monitor", user_id=camille.user.pk, mode="listen")
    await camille.sees(lambda: camille.call["monitored"] == "listen", 2)
    await asyncio.sleep(0.5)
    assert len(await members(floor, camille)) == 2
    await nadia.does("monitor", user_id=camille.user.pk, mode="barge")
    await floor.until(lambda: nadia.state["monitoring"]["mode"] == "barge", 2)
    await are(floor, camille, 3)
    await nadia.does("stop_monitoring")
    await are(floor, camille, 2)


async def as_telephone(floor: LiveStory, supervisor: Window) -> None:
    """His line is a simulated telephone, as the tests have no browser here."""
    boss = floor.floor.monitoring._bosses[supervisor.user.pk]
    trunk = next(iter(floor.floor.world.trunks.values()))
    boss.leg, boss.leg_channel = "calling", f"boss-{boss.user_id}-1"
    await floor.floor.ari.originate(
        channel_id=boss.leg_channel,
        endpoint=dial_string(trunk.config, number_ending_in(TONE, block=2)),
        app_args="boss",
    )


async def test_keys_are_sent_and_the_microphone_closed(floor: LiveStory) -> None:
    camille = await talking(floor, TONE)
    await camille.does("keys", digits="12#")
    await camille.does("mute", on=True)
    assert camille.call["muted"]
    await camille.does("mute", on=False)
    assert not camille.call["muted"]

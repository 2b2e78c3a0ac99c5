"""Commands: what is asked, and what an error answer means."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from decroche.ari.client import AriClient
from decroche.ari.errors import AriConflict, AriError, AriNotFound, AriUnavailable
from decroche.ari.http import MAX_CONCURRENT_REQUESTS
from tests.unit.ari.fake_server import FakeServer, serving

GONE = (404, {"message": "Channel not found"})


@pytest.fixture
async def server() -> AsyncIterator[FakeServer]:
    async with serving(FakeServer()) as running:
        yield running


@pytest.fixture
async def ari(server: FakeServer) -> AsyncIterator[AriClient]:
    async with AriClient(server.url, "user", "password") as client:
        yield client


async def test_originate_sends_our_own_id_and_the_variables(server: FakeServer, ari: AriClient) -> None:
    server.answers["POST", "/channels"] = (200, {"id": "call-1", "state": "Down"})
    await ari.originate(
        channel_id="call-1", endpoint="PJSIP/x@trunk-1", app_args="customer,1", timeout_s=20, variables={"A": "b"}
    )
    ((_, _, query, body),) = server.requests
    assert query == {
        "endpoint": "PJSIP/x@trunk-1",
        "app": "decroche",
        "channelId": "call-1",
        "timeout": "20",
        "appArgs": "customer,1",
    }
    assert body == {"variables": {"A": "b"}}


async def test_a_second_originate_of_a_live_call_is_a_conflict(server: FakeServer, ari: AriClient) -> None:
    server.answers["POST", "/channels"] = (409, {"message": "Channel with given unique ID already exists"})
    with pytest.raises(AriConflict):
        await ari.originate(channel_id="call-1", endpoint="PJSIP/x@trunk-1")


async def test_ending_what_is_gone_is_no_error(server: FakeServer, ari: AriClient) -> None:
    server.answers |= {
        ("DELETE", "/channels/call-1"): GONE,
        ("DELETE", "/bridges/b"): GONE,
        ("DELETE", "/playbacks/p"): GONE,
        ("POST", "/recordings/live/r/stop"): GONE,
        ("DELETE", "/asterisk/config/dynamic/res_pjsip/auth/a1"): GONE,
    }
    assert not await ari.hangup("call-1")
    assert not await ari.destroy_bridge("b")
    assert not await ari.stop_playback("p")
    assert not await ari.stop_recording("r")
    assert not await ari.delete_object("res_pjsip", "auth", "a1")


async def test_a_recording_that_ends_just_now_is_no_error(server: FakeServer, ari: AriClient) -> None:
    """Bug: 409 for a moment, between its end and its being gone: the snoops that it hung on were left."""
    over = (409, {"message": "Recording not in session"})
    calls = (("POST", "stop"), ("POST", "mute"), ("DELETE", "mute"))
    server.answers |= {(method, f"/recordings/live/r/{what}"): over for method, what in calls}
    assert not await ari.stop_recording("r")
    assert not await ari.mute_recording("r")
    assert not await ari.unmute_recording("r")


async def test_what_is_not_there_is_none(server: FakeServer, ari: AriClient) -> None:
    server.answers |= {
        ("GET", "/channels/call-1"): GONE,
        ("GET", "/bridges/b"): GONE,
        ("GET", "/endpoints/PJSIP/a1"): GONE,
    }
    assert await ari.channel("call-1") is None
    assert await ari.bridge("b") is None
    assert await ari.endpoint("PJSIP", "a1") is None


async def test_a_bridge_that_exists_is_taken_as_made(server: FakeServer, ari: AriClient) -> None:
    server.answers["POST", "/bridges"] = (409, {"message": "exists"})
    server.answers["GET", "/bridges/b"] = (200, {"id": "b", "channels": ["call-1"]})
    assert (await ari.create_bridge("b")).channel_ids == ("call-1",)


@pytest.mark.parametrize(
    ("status", "expected"), [(400, AriNotFound), (404, AriNotFound), (409, AriConflict), (422, AriConflict)]
)
async def test_joining_a_bridge_fails_with_its_reason(
    server: FakeServer, ari: AriClient, status: int, expected: type[AriError]
) -> None:
    server.answers["POST", "/bridges/b/addChannel"] = (status, {"message": "no"})
    with pytest.raises(expected):
        await ari.add_to_bridge("b", "call-1")


async def test_leaving_a_bridge_that_one_is_not_in_is_no_error(server: FakeServer, ari: AriClient) -> None:
    server.answers["POST", "/bridges/b/removeChannel"] = (422, {"message": "Channel not in this bridge"})
    assert not await ari.remove_from_bridge("b", "call-1")


async def test_an_identifier_cannot_leave_its_place_in_the_address(server: FakeServer, ari: AriClient) -> None:
    await ari.hangup("../bridges/x?reason=busy")
    assert [path for _, path, _, _ in server.requests] == ["/channels/../bridges/x?reason=busy"]


async def test_an_asterisk_that_does_not_answer_is_unavailable() -> None:
    async with AriClient("http://127.0.0.1:9/ari", "user", "password") as nowhere:
        with pytest.raises(AriUnavailable):
            await nowhere.channels()


async def test_only_so_many_requests_are_under_way_at_once(server: FakeServer, ari: AriClient) -> None:
    server.delay_s = 0.01
    await asyncio.gather(*(ari.hangup(f"call-{n}") for n in range(4 * MAX_CONCURRENT_REQUESTS)))
    assert server.busiest == MAX_CONCURRENT_REQUESTS

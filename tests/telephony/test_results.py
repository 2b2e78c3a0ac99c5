"""How each ending of a call is told: what the floor reads to give every attempt its one result."""

from __future__ import annotations

import pytest

from decroche.ari.errors import AriConflict
from decroche.ari.events import ChannelHangupRequest, ChannelStateChange, Dial, StasisEnd, StasisStart
from tests.telephony.harness import Line


@pytest.mark.parametrize(
    ("ending", "dialstatus", "cause", "sip_status"),
    [
        (70, "BUSY", 17, 486),
        (75, "NOANSWER", 21, 403),
        (77, "NOANSWER", 1, 404),
        (78, "NOANSWER", 1, 404),
        (79, "CONGESTION", 34, 503),
        (80, "CONGESTION", 34, 503),
        (74, "NOANSWER", 19, 480),
    ],
    ids=["busy", "rejected", "unallocated", "unallocated-announced", "no-circuit", "congestion", "switched-off"],
)
async def test_an_unanswered_call_ends_with_its_cause(
    phone_line: Line, ending: int, dialstatus: str, cause: int, sip_status: int
) -> None:
    channel_id = await phone_line.call(ending)
    ended = await phone_line.ended(channel_id)
    assert (ended.cause, ended.tech_cause) == (cause, sip_status)
    assert [e.dialstatus for e in phone_line.events if isinstance(e, Dial)][-1] == dialstatus
    assert not [e for e in phone_line.events if isinstance(e, StasisStart)]


async def test_a_call_that_rings_out_is_given_up_without_a_request_from_the_far_side(phone_line: Line) -> None:
    channel_id = await phone_line.call(45, timeout_s=2)
    ended = await phone_line.ended(channel_id)
    assert ended.cause == 19
    assert not [e for e in phone_line.events if isinstance(e, ChannelHangupRequest)]


async def test_ringing_and_answer_are_told_once_each_and_in_order(phone_line: Line) -> None:
    channel_id = await phone_line.answered(92)
    await phone_line.wait_for(Dial, lambda e: e.channel_id == channel_id and e.dialstatus == "ANSWER")
    seen = [e for e in phone_line.events if e.channel_id == channel_id]
    states = [e.channel.state for e in seen if isinstance(e, ChannelStateChange)]
    assert states == ["Ringing", "Up"]
    assert [e.dialstatus for e in seen if isinstance(e, Dial)] == ["", "RINGING", "ANSWER"]
    assert [e.args for e in seen if isinstance(e, StasisStart)] == [("customer",)]


async def test_a_callee_who_hangs_up_at_once_was_answered_all_the_same(phone_line: Line) -> None:
    channel_id = await phone_line.answered(89)
    ended = await phone_line.ended(channel_id)
    assert (ended.cause, ended.tech_cause) == (16, 0)
    await phone_line.wait_for(StasisEnd, lambda e: e.channel_id == channel_id)


async def test_the_same_call_is_never_placed_twice(phone_line: Line) -> None:
    await phone_line.call(45, call_id="once")
    with pytest.raises(AriConflict):
        await phone_line.call(45, call_id="once")


async def test_hanging_up_what_is_gone_says_so(phone_line: Line) -> None:
    channel_id = await phone_line.call(45)
    assert await phone_line.ari.hangup(channel_id)
    await phone_line.ended(channel_id)
    assert not await phone_line.ari.hangup(channel_id)

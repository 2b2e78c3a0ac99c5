"""Events recorded from Asterisk 22.10.1, read back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decroche.ari import events
from decroche.ari.events import parse_event
from decroche.ari.model import parse_bridge, parse_channel, parse_endpoint, parse_info

FIXTURES = Path(__file__).parent / "fixtures"


def recorded(name: str) -> Any:
    return json.loads((FIXTURES / f"{name}.json").read_text())


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("[A-Z]*.json")), ids=lambda p: p.stem)
def test_every_recorded_event_has_its_own_type_and_time(path: Path) -> None:
    raw = json.loads(path.read_text())
    event = parse_event(raw)
    assert type(event).__name__ == raw["type"]
    assert event.at.tzinfo is UTC


def test_a_busy_callee_is_told_with_its_cause_and_sip_status() -> None:
    event = parse_event(recorded("ChannelDestroyed-busy"))
    assert isinstance(event, events.ChannelDestroyed)
    assert (event.cause, event.tech_cause, event.cause_txt) == (17, 486, "User busy")


def test_a_channel_enters_the_application_with_its_arguments() -> None:
    event = parse_event(recorded("StasisStart"))
    assert isinstance(event, events.StasisStart)
    assert event.args == ("customer",)
    assert event.channel.is_up
    assert event.channel_id == event.channel.id


def test_the_progress_of_a_call_is_told_of_the_channel_being_called() -> None:
    event = parse_event(recorded("Dial-RINGING"))
    assert isinstance(event, events.Dial)
    assert event.dialstatus == "RINGING"
    assert event.channel_id is not None
    assert event.channel_id.startswith("call-")


def test_a_browser_gone_is_a_contact_removed() -> None:
    event = parse_event(recorded("ContactStatusChange"))
    assert isinstance(event, events.ContactStatusChange)
    assert (event.endpoint.resource, event.status, event.aor) == ("aFIX", "Removed", "aFIX")


def test_playbacks_and_recordings_belong_to_their_channel() -> None:
    for name in ("PlaybackFinished", "RecordingFinished"):
        channel_id = parse_event(recorded(name)).channel_id
        assert channel_id is not None
        assert channel_id.startswith("call-")


def test_an_event_of_a_later_asterisk_is_kept_as_it_came() -> None:
    raw = {"type": "ChannelTeleported", "timestamp": "2026-11-23T09:11:55.045+0000", "channel": {"id": "call-1"}}
    event = parse_event(raw)
    assert event == events.UnknownEvent(
        at=datetime(2026, 11, 23, 9, 11, 55, 45000, tzinfo=UTC), type="ChannelTeleported", raw=raw
    )
    assert event.channel_id == "call-1"


@given(st.dictionaries(st.text(max_size=8), st.none() | st.integers() | st.text(max_size=8), max_size=4))
def test_a_known_event_in_an_unknown_shape_never_raises(rubbish: dict[str, object]) -> None:
    raw = {"timestamp": "2026-11-23T09:11:55.045+0000", "type": "ChannelDestroyed", "channel": rubbish}
    assert isinstance(parse_event(raw), events.UnknownEvent | events.ChannelDestroyed)


def test_what_exists_is_read_from_recorded_answers() -> None:
    (channel,) = map(parse_channel, recorded("get-channels"))
    assert (channel.state, channel.app_args, channel.caller_number) == ("Up", ("customer",), "+33199000100")
    bridge = parse_bridge(recorded("get-bridges")[0])
    assert (bridge.id, bridge.name, bridge.type) == ("agent-fixture", "fixture", "mixing")
    assert "trunk-1" in [parse_endpoint(raw).resource for raw in recorded("get-endpoints")]
    assert parse_info(recorded("get-info")).version.startswith("22.10.1")

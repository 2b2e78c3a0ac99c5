"""Commands of supervisors: name → arguments."""

from __future__ import annotations

from typing import Literal

from decroche.floor.protocol.of_agents import NoArgs
from decroche.floor.protocol.wire import Wire


class Monitor(Wire):
    """Listen (microphone closed), whisper (the agent alone hears), barge in (both hear); modes change without a gap."""

    user_id: int
    mode: Literal["listen", "whisper", "barge"]


class OnAgent(Wire):
    """An action on one agent."""

    user_id: int


class PauseAgent(Wire):
    """Pause an agent (after the call, if he is in one)."""

    user_id: int
    reason_id: int


class TestCall(Wire):
    """Ring a number through a trunk, play a sentence to it; progress comes as notices, the end as the result."""

    trunk_id: int
    number: str


class OnCampaign(Wire):
    """Open or stop are REST; this makes the floor look at it at once."""

    campaign_id: int


SUPERVISOR_COMMANDS: dict[str, type[Wire]] = {
    "softphone": NoArgs,  # credentials for the supervisor's own line
    "softphone_ready": NoArgs,
    "monitor": Monitor,
    "stop_monitoring": NoArgs,
    "pause_agent": PauseAgent,
    "sign_out_agent": OnAgent,
    "hang_up_agent": OnAgent,
    "test_call": TestCall,
    "refresh_campaign": OnCampaign,
}

"""What all words share: their base, and the codes of states."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

AgentStateCode = Literal["offline", "ready", "preview", "dialing", "ringing", "talking", "hold", "wrap_up", "paused"]
LegState = Literal["none", "awaiting_registration", "calling", "up", "lost", "failed"]
DeviceKind = Literal["browser", "sip", "number"]
ModeCode = Literal["manual", "preview", "progressive", "power", "predictive"]
CallStateCode = Literal[
    "claimed", "placing", "ringing", "screening", "waiting", "talking", "held", "orphaned", "closing", "ended"
]
DirectionCode = Literal["outbound", "inbound"]


class Wire(BaseModel):
    """Anything on the socket: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")

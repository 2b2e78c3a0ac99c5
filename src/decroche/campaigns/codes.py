"""Codes of campaigns as they cross the API; a test holds them to the models and to the floor's protocol."""

from __future__ import annotations

from typing import Literal

ModeCode = Literal["manual", "preview", "progressive", "power", "predictive"]
AmdTiming = Literal["before", "during"]
MachineAction = Literal["hang_up", "message"]
AnnouncementKind = Literal["abandoned", "machine", "waiting", "missed", "goodbye"]
ReturnTo = Literal["caller", "campaign", "message"]
StatusCode = Literal["draft", "open", "stopped", "archived"]
Audience = Literal["b2c", "b2b"]
Basis = Literal["consent", "contract", "callback_request", "business", "not_canvassing"]
Sector = Literal["", "energy", "home_adaptation", "training_account"]
WrapUp = Literal["unlimited", "timed", "none"]
RecordingPolicy = Literal["never", "on_demand", "all"]
RecordingPurpose = Literal["quality", "training", "proof"]

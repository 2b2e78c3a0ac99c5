"""What a key may do, and what a webhook may be told. Codes are part of the public contract: added, never renamed."""

from __future__ import annotations

from typing import Literal

ScopeCode = Literal[
    "contacts:read",
    "contacts:write",
    "imports:read",
    "imports:write",
    "campaigns:read",
    "queue:read",
    "queue:write",
    "calls:read",
    "webhooks:read",
    "webhooks:write",
]
EventCode = Literal[
    "call.ended",
    "call.qualified",
    "contact.do_not_call",
    "appointment.created",
    "import.finished",
]
PING = "webhook.test"
"""Sent by hand, to try an address."""

"""What may happen to a call, as the machine hears it. Times stay with whoever feeds the machine."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One thing that happened."""


@dataclass(frozen=True, slots=True)
class Placed(CallEvent):
    """The order to dial is being given to the telephone engine."""


@dataclass(frozen=True, slots=True)
class CameIn(CallEvent):
    """The contact calls us, and we pick up. `wait_s`: how long he may wait for an agent; 0: he gets a message."""

    agent_there: bool = False
    wait_s: float = 0


@dataclass(frozen=True, slots=True)
class Refused(CallEvent):
    """The telephone engine would not dial. `congestion`: for want of room, not by mistake."""

    congestion: bool = False


@dataclass(frozen=True, slots=True)
class Rang(CallEvent):
    """The far telephone rings, or the network plays something instead of ringing."""


@dataclass(frozen=True, slots=True)
class Answered(CallEvent):
    """The contact picked up. `agent_there`: the call's agent can hear him at this instant."""

    agent_there: bool = True


@dataclass(frozen=True, slots=True)
class Screened(CallEvent):
    """The search for an answering machine is over."""

    machine: bool = False
    agent_there: bool = True


@dataclass(frozen=True, slots=True)
class MachineHeard(CallEvent):
    """The contact that an agent is with, or that waits for one, is an answering machine."""


@dataclass(frozen=True, slots=True)
class GreetingOver(CallEvent):
    """The machine has said its greeting, and records."""


@dataclass(frozen=True, slots=True)
class AgentFound(CallEvent):
    """An agent is free for a contact who waits."""


@dataclass(frozen=True, slots=True)
class AgentWaitOver(CallEvent):
    """Nobody was free in time."""


@dataclass(frozen=True, slots=True)
class AgentGone(CallEvent):
    """The agent's own line was lost."""


@dataclass(frozen=True, slots=True)
class AgentBack(CallEvent):
    """The agent's own line is up again."""


@dataclass(frozen=True, slots=True)
class ReturnWaitOver(CallEvent):
    """The agent's line did not come back in time."""


@dataclass(frozen=True, slots=True)
class Held(CallEvent):
    """The agent put the contact on music."""


@dataclass(frozen=True, slots=True)
class Resumed(CallEvent):
    """The agent took the contact back."""


@dataclass(frozen=True, slots=True)
class HangUp(CallEvent):
    """Somebody of ours wants the call to end: agent, supervisor or system."""

    by: str = "agent"


@dataclass(frozen=True, slots=True)
class MessageOver(CallEvent):
    """The last message was played, or could not be."""


@dataclass(frozen=True, slots=True)
class Destroyed(CallEvent):
    """The contact's channel is gone. `cause` is Q.850, `sip_code` the SIP status; 0 where there was none."""

    cause: int = 0
    sip_code: int = 0


@dataclass(frozen=True, slots=True)
class Vanished(CallEvent):
    """The channel is not there any more, and how it ended was not seen."""


EVENTS: tuple[type[CallEvent], ...] = (
    Placed, CameIn, Refused, Rang, Answered, Screened, MachineHeard, GreetingOver, AgentFound, AgentWaitOver, AgentGone,
    AgentBack, ReturnWaitOver, Held, Resumed, HangUp, MessageOver, Destroyed, Vanished,
)  # fmt: skip


def name_of(event: CallEvent | type[CallEvent]) -> str:
    """`AgentWaitOver` → `agent_wait_over`: how the journal and the logs call it."""
    kind = event if isinstance(event, type) else type(event)
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()

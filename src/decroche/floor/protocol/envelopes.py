"""What carries the views and the commands: snapshots, updates, answers, the last word."""

from __future__ import annotations

from typing import Any, Literal

from decroche.floor.protocol.agent_views import AgentDesktop
from decroche.floor.protocol.supervisor_views import SupervisorDesktop
from decroche.floor.protocol.wire import Wire


class ErrorView(Wire):
    """A refusal: code, one sentence in the user's language, facts."""

    code: str
    message: str
    facts: dict[str, str] = {}


class AgentSnapshot(Wire):
    """First message, and again whenever the server thinks it simpler."""

    type: Literal["snapshot"] = "snapshot"
    seq: int
    state: AgentDesktop


class SupervisorSnapshot(Wire):
    """The same for a supervisor."""

    type: Literal["snapshot"] = "snapshot"
    seq: int
    state: SupervisorDesktop


class Update(Wire):
    """Top-level keys of the state, each replaced whole; `seq` is the last one plus one."""

    type: Literal["update"] = "update"
    seq: int
    changes: dict[str, Any]


class Ack(Wire):
    """The command was done; what it wrote is committed."""

    type: Literal["ack"] = "ack"
    id: int
    result: dict[str, Any] | None = None


class Refused(Wire):
    """The command was not done."""

    type: Literal["refused"] = "refused"
    id: int
    error: ErrorView


class Notice(Wire):
    """Something the person should know that no command of his caused."""

    type: Literal["notice"] = "notice"
    level: Literal["info", "warning", "error"]
    code: str
    message: str


class Bye(Wire):
    """The server closes; only `restarting` is followed by a reconnection without being asked."""

    type: Literal["bye"] = "bye"
    code: Literal["signed_in_elsewhere", "signed_out", "session_expired", "restarting"]
    message: str


class Command(Wire):
    """`args` is one of the classes below, by `name`."""

    type: Literal["command"] = "command"
    id: int
    name: str
    args: dict[str, Any] = {}

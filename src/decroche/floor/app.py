"""The floor's HTTP: two sockets for desktops, one health page. Authentication is Django's session, and the Origin."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Literal

import structlog
from psycopg import InterfaceError, OperationalError
from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from decroche.ari.errors import AriError
from decroche.common.errors import DomainError, Language
from decroche.floor.agent_commands import AgentCommands
from decroche.floor.desks import Desk
from decroche.floor.errors import TelephonyDown, UnknownCommand, Unsound
from decroche.floor.identity import Person, person_of
from decroche.floor.protocol import AGENT_COMMANDS, SUPERVISOR_COMMANDS, Ack, Command, ErrorView, Refused
from decroche.floor.supervisor_commands import SupervisorCommands

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

CLOSED_NOT_SIGNED_IN, CLOSED_FORBIDDEN, CLOSED_DONE, CLOSED_SLOW = 4401, 4403, 4000, 4008
OUTBOX = 2000
"""Messages that a window may be behind before it is closed: it comes back and gets the whole state."""


def make_app(floor: Floor, origins: list[str]) -> Starlette:
    async def health(request: Request) -> JSONResponse:
        return await health_of(floor)

    async def agent(socket: WebSocket) -> None:
        await serve(floor, socket, "agent", origins)

    async def supervise(socket: WebSocket) -> None:
        await serve(floor, socket, "supervisor", origins)

    return Starlette(
        routes=[
            Route("/floor/health", health),
            WebSocketRoute("/floor/agent", agent),
            WebSocketRoute("/floor/supervise", supervise),
        ]
    )


async def health_of(floor: Floor) -> JSONResponse:
    """200 once connected to both Asterisk and the database, and reconciled."""
    database = floor.started.is_set() and floor.listener.listening.is_set()
    ok = database and floor.world.telephony_up
    body = {
        "asterisk": floor.world.telephony_up,
        "database": database,
        "trunks": {str(t.config.id): t.registration for t in floor.world.trunks.values() if t.enabled},
        "agents": len(floor.world.sessions()),
        "calls": len(floor.world.calls),
        "journal_backlog": floor.journal.backlog,
    }
    return JSONResponse(body, status_code=200 if ok else 503)


async def serve(floor: Floor, socket: WebSocket, role: Literal["agent", "supervisor"], origins: list[str]) -> None:
    """One window, from its opening to its end."""
    await socket.accept()
    if socket.headers.get("origin") not in origins:
        await socket.close(CLOSED_FORBIDDEN, "origin")
        return
    await floor.started.wait()
    person = await floor.db.django(lambda: person_of(socket.cookies.get("sessionid", "")))
    if person is None:
        await socket.close(CLOSED_NOT_SIGNED_IN, "not signed in")
        return
    if role == "supervisor" and not person.is_supervisor:
        await socket.close(CLOSED_FORBIDDEN, "role")
        return
    await Connection(floor, socket, role, person).run()


class Connection:
    """Reads commands, sends what the floor says. A window that does not read is closed: the floor waits for nobody."""

    def __init__(self, floor: Floor, socket: WebSocket, role: Literal["agent", "supervisor"], person: Person) -> None:
        self._floor, self._socket = floor, socket
        self._outbox: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(OUTBOX)
        self.desk = Desk(role, person.user_id, person.name, person.language, self._send, self._close)

    async def run(self) -> None:
        sender = asyncio.create_task(self._sender(), name="sender")
        handle = open_desk(self._floor, self.desk)
        try:
            while True:
                message = await self._socket.receive_json()
                await handle(message)
        except (WebSocketDisconnect, RuntimeError, ValueError, KeyError):
            pass
        finally:
            self._floor.desks.closed(self.desk)
            self._close()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait({sender}, timeout=2)
            sender.cancel()

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self._outbox.put_nowait(message)
        except asyncio.QueueFull:
            log.warning("window_too_slow", user=self.desk.user_id)
            self._outbox = asyncio.Queue(OUTBOX)
            self._close()

    def _close(self) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self._outbox.put_nowait(None)

    async def _sender(self) -> None:
        try:
            while (message := await self._outbox.get()) is not None:
                await self._socket.send_json(message)
            await self._socket.close(CLOSED_DONE)
        except (WebSocketDisconnect, RuntimeError):
            return


class Dispatcher:
    """Commands of one window, one after the other: each gets one ack or one refusal."""

    def __init__(self, floor: Floor, desk: Desk) -> None:
        self._floor, self._desk = floor, desk
        if desk.role == "supervisor":
            floor.desks.open_supervisor(desk)
            self._table, self._commands = SUPERVISOR_COMMANDS, SupervisorCommands(floor, desk)
        else:
            agent = floor.desks.open_agent(desk)
            self._table, self._commands = AGENT_COMMANDS, AgentCommands(floor, agent, desk)  # type: ignore[assignment]

    async def __call__(self, message: Any) -> None:
        try:
            command = Command.model_validate(message)
        except ValidationError:
            number = message.get("id") if isinstance(message, dict) else None
            self._refuse(number if isinstance(number, int) else 0, UnknownCommand())
            return
        if command.name == "test_call":  # takes as long as a telephone rings: other commands go on meanwhile
            self._floor.spawn(self._do(command), "test call")
        else:
            await self._do(command)

    async def _do(self, command: Command) -> None:
        try:
            kind = self._table.get(command.name)
            if kind is None:
                raise UnknownCommand
            result = await self._commands.handler(command.name)(kind.model_validate(command.args))
        except ValidationError:
            self._refuse(command.id, UnknownCommand())
        except DomainError as error:
            self._refuse(command.id, error)
        except AriError as error:
            log.warning("command_failed", name=command.name, status=error.status)
            self._refuse(command.id, TelephonyDown())
        except (OperationalError, InterfaceError):
            self._refuse(command.id, Unsound())
        except Exception:
            log.exception("command_failed", name=command.name)
            self._refuse(command.id, DomainError())
        else:
            self._say(Ack(id=command.id, result=result))

    def _refuse(self, number: int, error: DomainError) -> None:
        language: Language = self._desk.language
        facts = {key: str(value) for key, value in error.facts.items()}
        self._say(Refused(id=number, error=ErrorView(code=error.code, message=error.sentence(language), facts=facts)))

    def _say(self, message: BaseModel) -> None:
        self._desk.say(message)


def open_desk(floor: Floor, desk: Desk) -> Dispatcher:
    """The window gets its snapshot; what it sends goes to what is returned."""
    return Dispatcher(floor, desk)

"""The browser's telephone: one password, and another by itself when Asterisk refuses it or says nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, WebSocket, WebSocketRoute, expect

from decroche.runtime.browser_agent import BrowserAgent

REGISTER_WITH_PASSWORD = ("REGISTER", "Authorization:")


@pytest.fixture
def desk(visit: Callable[..., Page]) -> Iterator[BrowserAgent]:
    """The second agent, before he takes his place; he leaves it at the end."""
    page = visit("agent", 1)
    page.goto("/agent")
    if not _is_free(page):
        _leave(page)
        page = visit("agent", 1)
    yield BrowserAgent(page)
    _leave(page)


def _is_free(page: Page) -> bool:
    free, taken = page.get_by_test_id("floor-sign-in"), page.get_by_test_id("record-panel")
    free.or_(taken).first.wait_for()
    return free.is_visible()


def _leave(page: Page) -> None:
    page.get_by_test_id("user-menu").click()
    page.get_by_test_id("sign-out").click()
    page.wait_for_url("**/login**")


def test_who_takes_his_place_is_given_one_password_and_is_not_refused(desk: BrowserAgent) -> None:
    """The page asked for a second one while the first was on its way; the first was refused with it in use."""
    given: set[str] = set()
    asked: list[str] = []
    refused: list[str] = []

    def listen(socket: WebSocket) -> None:
        if socket.url.endswith("/floor/agent"):
            socket.on("framesent", lambda text: asked.append(json.loads(text).get("name", "")))
            socket.on("framereceived", lambda text: given.update(_passwords(json.loads(text))))
        elif socket.url.endswith("/sip"):
            tries = Registrations(refused)
            socket.on("framesent", tries.sent)
            socket.on("framereceived", tries.received)

    desk.page.on("websocket", listen)
    desk.take_place()
    assert (asked.count("sign_in"), asked.count("reattach"), len(given), refused) == (1, 0, 1, [])


def test_a_late_answer_of_the_server_does_not_bring_a_former_password_back(desk: BrowserAgent) -> None:
    """The telephone of the first password was started after the second one's, was refused, and nothing tried again."""
    asked: list[Route] = []
    desk.page.route("**/api/telephony/softphone", lambda route: asked.append(route))
    desk.page.goto("/agent")
    desk.page.get_by_test_id("take-place").click()
    desk.until(lambda: len(asked) > 1 or _leg(desk.page) == "answering", "the line was never called")
    while asked:
        asked.pop().continue_()
        desk.until(lambda: desk.audio().packets > 0, "the line never carried a sound")
    before = desk.audio().packets
    desk.until(lambda: desk.audio().packets > before, "the line did not stay")
    assert desk.page.evaluate("window.decrocheDebug.line.getState().registration") == "registered"


def _leg(page: Page) -> str:
    return str(page.evaluate("window.decrocheDebug.line.getState().leg"))


@pytest.mark.parametrize("fault", ["refused", "unanswered"])
def test_a_line_that_does_not_register_is_tried_again_and_the_agent_told(desk: BrowserAgent, fault: str) -> None:
    """Asterisk refused the first two passwords, or dropped the request as it does when it is loaded."""
    spoilt: list[str] = []

    def between(page: WebSocketRoute) -> None:
        server = page.connect_to_server()

        def forward(text: str | bytes) -> None:
            text = str(text)
            if all(word in text for word in REGISTER_WITH_PASSWORD) and len(spoilt) < 2:
                spoilt.append(text)
                if fault == "unanswered":
                    return
                text = text.replace('response="', 'response="00')
            server.send(text)

        page.on_message(forward)

    desk.page.route_web_socket(lambda url: url.endswith("/sip"), between)
    desk.page.goto("/agent")
    desk.page.get_by_test_id("take-place").click()
    banner = desk.page.get_by_test_id("banner")
    expect(banner).to_have_attribute("data-trouble", "line.failing", timeout=60_000)
    expect(banner.get_by_role("button", name="Recharger la page")).to_be_visible()
    desk.until(lambda: desk.audio().packets > 0, "the line was not tried again", 60)
    expect(banner).to_have_count(0)
    assert len(spoilt) == 2


def _passwords(message: dict[str, object]) -> set[str]:
    changes = message.get("changes") or message.get("state") or {}
    session = changes.get("session") if isinstance(changes, dict) else None
    credentials = session.get("credentials") if session else None
    return {credentials["password"]} if credentials else set()


class Registrations:
    """Of one socket: a 401 asks for the password; one that answers the password refuses it."""

    def __init__(self, refused: list[str]) -> None:
        self._refused = refused
        self._password_sent = False

    def sent(self, text: str | bytes) -> None:
        self._password_sent |= all(word in str(text) for word in REGISTER_WITH_PASSWORD)

    def received(self, text: str | bytes) -> None:
        if self._password_sent and str(text).startswith("SIP/2.0 401"):
            self._refused.append(str(text))
        self._password_sent &= not str(text).startswith("SIP/2.0")

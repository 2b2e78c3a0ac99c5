"""The browser's SIP account on a slow Asterisk: told once it is surely there, one password at a time.

A browser that was told too early was refused ("Failed to authenticate"), and its line never came up.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.fakes.story import Agent, Refusal, Story, Window
from tests.flows.tell import Tell

SLOWLY = [0.5, 0.5, 0.5]
"""An auth, an aor, an endpoint."""


def watch(window: Window, account: str) -> list[tuple[str, bool]]:
    """Every password that the window is told from now on, and whether Asterisk had it at that instant."""
    told: list[tuple[str, bool]] = []

    def receive(message: dict[str, Any]) -> None:
        shown = (message.get("changes") or {}).get(account) or {}
        if credentials := shown.get("credentials"):
            name, password = credentials["username"], credentials["password"]
            auth = window.story.asterisk.objects.get(f"auth/{name}", {})
            there = f"endpoint/{name}" in window.story.asterisk.objects and auth.get("password") == password
            told.append((password, there))
        window._receive(message)

    window.desk.send = receive
    return told


def same_time(*windows: tuple[Window, str, dict[str, Any]]) -> Any:
    return asyncio.gather(*(window.does(name, **args) for window, name, args in windows))


def test_who_takes_his_place_is_told_of_his_account_once_asterisk_has_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await floor.agent("Camille", await floor.campaign(), signed_in=False)
        told = watch(camille, "session")
        floor.asterisk.loads_in = [*SLOWLY]
        await camille.signs_in()
        assert {there for _, there in told} == {True}

    tell(story)


def test_a_window_can_tell_an_account_that_is_coming_from_one_that_it_must_ask_for(tell: Tell) -> None:
    """The page asked for other credentials while the first were on their way: both were spoilt."""

    async def story(floor: Story) -> None:
        camille = await floor.agent("Camille", await floor.campaign(), signed_in=False)
        floor.asterisk.loads_in = [*SLOWLY]
        signing_in = asyncio.create_task(camille.does("sign_in"))
        await camille.sees(lambda: camille.state["session"])
        assert (camille.leg, camille.state["session"]["credentials"]) == ("none", None)
        await signing_in
        assert camille.leg == "awaiting_registration"
        assert camille.state["session"]["credentials"]

    tell(story)


def test_a_page_that_asks_again_is_told_of_the_new_password_once_asterisk_has_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await floor.agent("Camille", await floor.campaign())
        told = watch(camille, "session")
        floor.asterisk.loads_in = [*SLOWLY]
        await camille.does("reattach")
        camille.softphone_registers()
        await camille.sees(lambda: camille.leg == "up")
        assert {there for _, there in told} == {True}

    tell(story)


def test_two_windows_at_once_end_with_one_password_and_the_owner_has_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await floor.agent("Camille", await floor.campaign())
        second = Agent(floor, camille.user)
        told = [*watch(camille, "session"), *watch(second, "session")]
        floor.asterisk.loads_in = [2.0, 0.0, 0.1]  # the first one's request arrives after the second one's
        await same_time((camille, "reattach", {}), (second, "sign_in", {"take_over": True}))
        second.softphone_registers()
        await second.sees(lambda: second.leg == "up")
        shown = second.state["session"]["credentials"]
        assert floor.asterisk.objects[f"auth/{shown['username']}"]["password"] == shown["password"]
        assert all(there for _, there in told)

    tell(story)


def test_the_former_page_still_registered_is_not_called_instead_of_the_new_one(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await floor.agent("Camille", await floor.campaign())
        floor.asterisk.loads_in = [*SLOWLY]
        asking = asyncio.create_task(camille.does("reattach"))
        await camille.sees(lambda: camille.leg == "none")
        camille.story.asterisk.register(f"a{camille.state['session']['id']}")
        await asking
        assert camille.leg == "awaiting_registration"

    tell(story)


def test_an_account_that_asterisk_does_not_take_is_loaded_again_and_the_agent_told(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await floor.agent("Camille", await floor.campaign(), signed_in=False)
        told = watch(camille, "session")
        floor.asterisk.refuses_objects = 3
        await camille.does("sign_in")
        session = camille.state["session"]
        assert (session["leg"], session["leg_error"], session["credentials"]) == ("none", "telephony_down", None)
        await camille.sees(lambda: camille.leg == "awaiting_registration")
        assert camille.state["session"]["leg_error"] is None
        camille.softphone_registers()
        await camille.sees(lambda: camille.leg == "up")
        assert all(there for _, there in told)

    tell(story)


def test_signing_out_while_the_account_is_loaded_leaves_nothing_open(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        boss = await floor.supervisor("Dominique")
        camille = await floor.agent("Camille", await floor.campaign(), signed_in=False)
        floor.asterisk.loads_in = [*SLOWLY]
        signing_in = asyncio.create_task(camille.does("sign_in"))
        await camille.sees(lambda: camille.state["session"])
        await boss.does("sign_out_agent", user_id=camille.user.pk)
        with pytest.raises(Refusal, match="not_signed_in"):
            await signing_in
        assert not [name for name in floor.asterisk.objects if "trunk" not in name]

    tell(story)


def test_asterisk_that_restarts_gets_the_password_that_the_browser_still_has(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        camille = await floor.agent("Camille", await floor.campaign())
        shown = camille.state["session"]["credentials"]
        floor.asterisk.restart()
        floor.asterisk.find_connection()
        await floor.until(lambda: f"endpoint/{shown['username']}" in floor.asterisk.objects)
        assert floor.asterisk.objects[f"auth/{shown['username']}"]["password"] == shown["password"]
        camille.softphone_registers()
        await camille.sees(lambda: camille.leg == "up")

    tell(story)


def test_a_supervisor_is_told_of_his_account_once_asterisk_has_it(tell: Tell) -> None:
    async def story(floor: Story) -> None:
        boss = await floor.supervisor("Dominique")
        told = watch(boss, "softphone")
        for _ in range(2):
            floor.asterisk.loads_in = [*SLOWLY]
            await boss.does("softphone")
            await boss.sees(lambda: boss.state["softphone"]["leg"] == "awaiting_registration")
            await boss.sees(lambda: boss.state["softphone"]["credentials"])
        assert {there for _, there in told} == {True}

    tell(story)

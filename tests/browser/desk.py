"""Putting an agent's desktop at rest, whatever a test before left on it."""

from __future__ import annotations

import time
from collections.abc import Callable

from decroche.runtime.browser_agent import BrowserAgent

LIVE = ("dialing", "ringing", "talking", "hold")


def settle(agent: BrowserAgent, timeout_s: float = 180) -> None:
    """Leave whatever call there is with an outcome, and be paused: the space bar makes ready."""
    end = time.monotonic() + timeout_s
    while (agent.state, act(agent)) != ("paused", "ready"):
        assert time.monotonic() < end, f"not at rest: {agent.state}, {act(agent)}"
        _step(agent)
        agent.page.wait_for_timeout(300)


def talk(agent: BrowserAgent) -> None:
    """From a pause into a conversation: both hear each other, and an outcome may be given."""
    agent.key("Space")
    if agent.wait_for_state("talking", "preview", timeout_s=180) == "preview":
        agent.key("Space")
        agent.wait_for_state("talking", timeout_s=120)
    # The state is told a moment before Asterisk has joined the two.
    agent.page.locator("[data-testid=outcomes] button:enabled").first.wait_for()


def until(holds: Callable[[], bool], complaint: str, timeout_s: float = 20) -> None:
    """Polled, where several reads have to agree; the complaint is the failure's text."""
    end = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < end, complaint
        time.sleep(0.05)


def act(agent: BrowserAgent) -> str:
    """What the space bar does now."""
    return agent.page.get_by_test_id("primary").get_attribute("data-act") or ""


def _step(agent: BrowserAgent) -> None:
    """One thing towards it; the desktop may have gone on meanwhile, and the next step sees it."""
    is_paused_next = agent.page.get_by_test_id("cancel-next").is_visible()
    if agent.state in (*LIVE, "ready", "preview", "wrap_up") and not is_paused_next:
        _ask_for_a_pause(agent)
    elif agent.state in LIVE:
        agent.key("Escape")
    elif act(agent) == "choose_outcome":
        agent.key("5")
    elif act(agent) == "next":
        agent.key("Space")
    elif agent.state == "paused" and act(agent) == "call_record":
        agent.key("Escape")


def _ask_for_a_pause(agent: BrowserAgent) -> None:
    """At once, or after the call: so that no other call comes once this one is over."""
    agent.key("p")
    reasons = agent.page.get_by_role("menuitem")
    agent.page.wait_for_timeout(300)
    if reasons.first.is_visible():
        reasons.first.click()
        agent.page.get_by_role("menu").wait_for(state="detached")

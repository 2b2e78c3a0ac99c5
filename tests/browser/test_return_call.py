"""A contact calls back while an agent sits before his desktop: the record, and the words that say who calls whom."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from playwright.sync_api import Page, expect

from decroche.config.env import get_env
from decroche.runtime.browser_agent import BrowserAgent
from tests.browser.axe import faults
from tests.browser.desk import settle
from tests.telephony.harness import Engine, calls_in


def dials(number: str, caller: str) -> None:
    """On a thread of its own: Playwright's loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, calls_in(Engine(get_env(), "simulator"), number, caller)).result()


def last_unanswered(boss: Page, campaign: str) -> dict[str, str]:
    """The last call of a campaign that rang in vain, however many others have been written down since."""
    cursor: str | None = ""
    while cursor is not None:
        page = boss.request.get(f"/api/calls?result=no_answer&limit=100&cursor={quote(cursor)}").json()
        for one in page["items"]:
            if one["campaign_name"] == campaign and one["presented"] and one["contact_name"]:
                found: dict[str, str] = one
                return found
        cursor = page["next_cursor"]
    raise AssertionError(f"{campaign}: no call has rung in vain")


def test_who_calls_back_is_announced_with_his_record_and_heard(agent: BrowserAgent, visit: Callable[..., Page]) -> None:
    boss, page = visit("supervisor"), agent.page
    ours = last_unanswered(boss, "Complémentaire santé TPE")
    boss.goto("/floor")
    dials(ours["presented"], f"0{ours['e164'][3:]}")  # he does not wait for ever
    expect(boss.get_by_test_id("live-calls")).to_contain_text("appel entrant")
    agent.key("Space")
    agent.wait_for_state("talking")
    expect(page.get_by_test_id("contact-name")).to_contain_text(ours["contact_name"])
    expect(page.get_by_test_id("inbound-call")).to_contain_text("Appel entrant – rappel de")
    expect(page.get_by_test_id("script-text")).to_contain_text("Merci de nous rappeler")
    before = agent.audio().energy
    agent.until(lambda: agent.audio().energy - before > 0.01, "the caller was never heard", 60)
    assert faults(page) == []
    settle(agent)

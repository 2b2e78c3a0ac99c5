"""A supervisor on the live floor, in a real browser on the whole floor: sees, hears, pauses, signs out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from decroche.runtime.browser_agent import BrowserAgent
from tests.browser.desk import talk, until

HEARD = """async () => {
  const report = await window.decrocheEar.statistics();
  const inbound = report.find((entry) => entry.type === 'inbound-rtp' && entry.kind === 'audio');
  return inbound?.totalAudioEnergy ?? 0;
}"""
MICROPHONE = "window.decrocheEar.microphone.getState().status"


@pytest.fixture
def boss(visit: Callable[..., Page], agent: BrowserAgent) -> Page:
    """A supervisor who looks at the floor where the first agent has taken his place."""
    page = visit("supervisor")
    page.goto("/floor")
    expect(row(page)).to_be_visible()
    return page


def row(page: Page) -> Locator:
    """The only agent's row."""
    return page.get_by_test_id("table-floor-agents").get_by_role("row").filter(has=page.get_by_test_id("state-badge"))


def button(page: Page, what: str) -> Locator:
    """`listen`, `whisper`, `barge` or `more`, on that row."""
    return row(page).locator(f"[data-testid^={what}-]")


def test_what_is_open_on_a_row_stays_when_the_page_learns_more(visit: Callable[..., Page], agent: BrowserAgent) -> None:
    boss, held = visit("supervisor"), list[Route]()
    boss.route("**/api/pause-reasons*", lambda route: held.append(route))
    with boss.expect_request("**/api/pause-reasons*"):
        boss.goto("/floor")
    button(boss, "more").click()
    sign_out = boss.get_by_role("button", name="Déconnecter du plateau")
    expect(sign_out).to_be_visible()
    held[0].continue_()
    expect(boss.get_by_role("button", name="Déjeuner")).to_be_visible()
    expect(sign_out).to_be_visible()


def test_an_agents_state_is_seen_as_it_changes(boss: Page, agent: BrowserAgent) -> None:
    expect(row(boss).get_by_test_id("state-badge")).to_have_attribute("data-state", "paused")
    agent.key("Space")
    expect(row(boss).get_by_test_id("state-badge")).not_to_have_attribute("data-state", "paused")


def test_a_supervisor_hears_a_conversation_with_the_microphone_closed(boss: Page, agent: BrowserAgent) -> None:
    talk(agent)
    button(boss, "listen").click()
    expect(boss.get_by_test_id("monitor-bar")).to_have_attribute("data-leg", "up")
    until(lambda: boss.evaluate(HEARD) > 0, "nothing was heard")
    assert boss.evaluate(MICROPHONE) == "closed"
    boss.get_by_test_id("stop-monitoring").click()
    expect(boss.get_by_test_id("monitor-bar")).to_have_count(0)


def test_whispering_opens_the_microphone(boss: Page, agent: BrowserAgent) -> None:
    button(boss, "whisper").click()
    expect(boss.get_by_test_id("monitor-bar")).to_have_attribute("data-leg", "up")
    until(lambda: boss.evaluate(MICROPHONE) == "open", "the microphone stayed closed")


def test_an_agent_is_signed_out_from_the_floor_after_a_confirmation(boss: Page, agent: BrowserAgent) -> None:
    button(boss, "more").click()
    boss.get_by_role("button", name="Déconnecter du plateau").click()
    boss.get_by_role("button", name="Déconnecter", exact=True).click()
    boss.mouse.move(1, 1)  # under the pointer, the row would keep its place
    expect(row(boss)).to_have_count(0)

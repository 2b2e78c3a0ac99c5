"""What can be used stays where it is: late answers, and what a call does, come while the pointer is on its way."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from decroche.runtime.browser_agent import BrowserAgent
from tests.browser.desk import settle, talk

# Where each part has been since it is shown, by the contact that is on the screen, at every frame.
_WATCH = """(() => {
  const parts = PARTS, seen = (window.seen = {});
  const look = () => {
    const who = document.querySelector('[data-testid=contact-name]')?.textContent ?? '';
    for (const part of parts) {
      const box = document.querySelector(`[data-testid="${part}"]`)?.getBoundingClientRect();
      if (box?.height) ((seen[part] ??= {})[who] ??= new Set()).add(`${Math.round(box.left)}, ${Math.round(box.top)}`);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
_MOVED = """() => Object.entries(window.seen).flatMap(([part, by]) =>
  Object.values(by).filter((places) => places.size > 1).map((places) => [part, ...places]))"""

# Page, the answer that is late, what is there without it, what stands below it.
_LATE = (
    ("/contacts/1", "**/contacts/1/verdicts", "[data-testid=can-call]", "tab-mails"),
    ("/contacts/1", "**/contacts/1/duplicates", "[data-testid=merge]", "tab-mails"),
    ("/imports/1", "**/imports/1/campaigns", "[data-testid=count-refused]", "download-refused"),
    ("/statistics", "**/statistics/definitions", "h1", "table-statistics-agents"),
    ("/settings/privacy", "**/privacy/retention", "h1", "show-register"),
    ("/settings/privacy", "**/privacy/access-requests", "h1", "show-register"),
)


def test_what_a_late_answer_would_push_away_is_shown_once_that_is_there(visit: Callable[..., Page]) -> None:
    """Bug: tabs, buttons and fields could be used, then went down as what stands above them came."""
    page = visit("admin")
    page.add_init_script(_WATCH.replace("PARTS", json.dumps([below for *_, below in _LATE])))
    for path, late, there, below in _LATE:
        page.route(late, lambda _route: None)
        with page.expect_request(late):
            page.goto(path)
        expect(page.locator(there)).to_be_visible()
        expect(page.get_by_test_id(below)).to_be_hidden()
        page.unroute(late)  # what was held goes on
        expect(page.get_by_test_id(below)).to_be_visible()
        assert page.evaluate(_MOVED) == [], path


def test_a_restriction_has_its_place_before_it_is_counted(visit: Callable[..., Page]) -> None:
    """Bug: its banner came a moment later, over sections that were already in use."""
    page = visit("supervisor")

    def restricted(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "territory": "Jura (39)", "filter_label": "Ceux de Dole"})

    page.route("**/api/campaigns/1", restricted)
    page.route("**/api/campaigns/1/territory", lambda _route: None)
    page.route("**/api/campaigns/1/steering", lambda _route: None)
    page.goto("/campaigns/1/general")
    expect(page.get_by_test_id("territory-banner")).to_contain_text("Jura (39)")
    expect(page.get_by_test_id("filter-banner")).to_contain_text("Ceux de Dole")


def test_nothing_moves_on_the_desktop_whatever_the_call_does(agent: BrowserAgent) -> None:
    """Bugs: the script went down as the talk began, the fields as the consents were counted, the bar with its words."""
    parts = ["record-fields", "script-text", "note", "microphone", "pause-menu", "hold", "search", "outcome-2"]
    agent.page.evaluate(_WATCH.replace("PARTS", json.dumps([*parts, "primary"])))
    talk(agent)
    for key in ("m", "m", "h", "h", "b", "b"):
        agent.key(key)
        agent.page.wait_for_function("() => new Promise((resolve) => requestAnimationFrame(() => resolve(true)))")
    agent.key("Escape")
    agent.wait_for_state("wrap_up")
    settle(agent)
    assert agent.page.evaluate(_MOVED) == []


def test_never_call_again_asks_within_its_own_place(agent: BrowserAgent) -> None:
    """Bug: the question made the outcome wider: those after it moved, or it went to another line itself."""
    talk(agent)
    outcomes = agent.page.get_by_test_id("outcomes").get_by_role("button")
    places = [one.bounding_box() for one in outcomes.all()]
    never = agent.page.locator("[data-effect=do_not_call]").first
    agent.key(never.get_attribute("aria-keyshortcuts") or "")
    expect(never).to_have_attribute("data-asks", "true")
    assert [one.bounding_box() for one in outcomes.all()] == places
    agent.key("Escape")
    expect(never).not_to_have_attribute("data-asks", "true")
    settle(agent)

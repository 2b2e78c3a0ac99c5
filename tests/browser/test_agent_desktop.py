"""The agent's desktop, in a real browser on the whole floor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from decroche.runtime.browser_agent import BrowserAgent
from tests.browser.axe import faults
from tests.browser.desk import settle, talk

REFUSE_MICROPHONE = (
    "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
)


@pytest.fixture
def talking(agent: BrowserAgent) -> Iterator[BrowserAgent]:
    """The agent in a conversation."""
    talk(agent)
    yield agent
    settle(agent)


def test_what_is_noted_and_the_call_survive_a_reload(talking: BrowserAgent) -> None:
    page = talking.page
    who = page.get_by_test_id("contact-name").inner_text()
    talking.key("n")
    page.keyboard.type("Rappeler après les vendanges.")
    page.reload()
    expect(page.get_by_test_id("contact-name")).to_have_text(who)
    expect(page.get_by_test_id("note")).to_have_value("Rappeler après les vendanges.")
    talking.until(lambda: talking.audio().packets > 0, "the line did not come back", 15)
    assert talking.state == "talking"


def test_keys_write_while_typing_and_escape_leaves_the_field_first(talking: BrowserAgent) -> None:
    page = talking.page
    talking.key("n")
    page.keyboard.type(" mhk1")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("mute")).to_have_attribute("aria-pressed", "false")
    assert page.get_by_test_id("note").input_value().endswith(" mhk1")
    assert talking.state == "talking"


def test_the_escape_that_closes_a_panel_does_not_hang_up(talking: BrowserAgent) -> None:
    for key, panel in (("k", "keypad-panel"), ("r", "callback-panel"), ("?", "keys-list")):
        talking.key(key)
        expect(talking.page.get_by_test_id(panel)).to_be_visible()
        talking.page.keyboard.press("Escape")
        expect(talking.page.get_by_test_id(panel)).to_have_count(0)
    assert talking.state == "talking"


def test_the_consents_show_the_words_to_read_or_say_that_none_are_set(talking: BrowserAgent) -> None:
    talking.key("c")
    panel = talking.page.get_by_test_id("desk-consents-panel")
    expect(panel.locator("[data-testid=consent-wording], [data-testid=no-wording]")).to_be_visible()
    talking.page.keyboard.press("Escape")
    expect(panel).to_have_count(0)


def test_never_call_again_is_confirmed_in_its_own_place(talking: BrowserAgent) -> None:
    button = talking.page.locator("[data-effect=do_not_call]").first
    key = button.get_attribute("aria-keyshortcuts") or ""
    talking.key(key)
    expect(button).to_have_attribute("data-asks", "true")
    talking.key("Escape")
    expect(button).not_to_have_attribute("data-asks", "true")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert talking.state == "talking"


def test_a_contact_on_hold_is_taken_back_with_the_space_bar(talking: BrowserAgent) -> None:
    talking.key("h")
    talking.wait_for_state("hold")
    talking.key("Space")
    assert talking.wait_for_state("talking") == "talking"


def test_a_field_is_saved_as_typed(talking: BrowserAgent) -> None:
    page = talking.page
    page.get_by_test_id("field-city").fill("Saint-Étienne")
    expect(page.get_by_test_id("record-fields").get_by_test_id("saved-mark")).to_have_attribute("data-state", "saved")
    page.reload()
    expect(page.get_by_test_id("field-city")).to_have_value("Saint-Étienne")


def test_nobody_is_kept_out_of_a_conversation(talking: BrowserAgent) -> None:
    assert faults(talking.page) == []


def test_nobody_is_kept_out_between_calls(agent: BrowserAgent) -> None:
    assert faults(agent.page) == []


def test_a_refused_microphone_is_explained(visit: Callable[..., Page]) -> None:
    page = visit("agent", 2)
    page.add_init_script(REFUSE_MICROPHONE)
    page.goto("/agent")
    problem = page.get_by_test_id("microphone-problem")
    expect(problem).to_have_attribute("data-problem", "denied")
    expect(page.get_by_test_id("take-place")).to_be_disabled()


def test_a_second_window_asks_before_it_takes_the_session_over(agent: BrowserAgent) -> None:
    second = agent.page.context.new_page()
    second.goto("/agent")
    second.get_by_test_id("take-place").click()
    second.get_by_test_id("take-over").click()
    expect(second.get_by_test_id("agent-desktop")).to_be_visible()
    expect(agent.page.get_by_test_id("gone")).to_be_visible()

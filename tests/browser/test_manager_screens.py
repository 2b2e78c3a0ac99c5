"""Every screen of a manager: nothing for axe to find, in both themes; and a few acts of administration."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from decroche.runtime.browser_agent import sign_in
from tests.browser.axe import faults

CAMPAIGN = (
    "general",
    "legal",
    "people",
    "numbers",
    "hours",
    "calls",
    "pacing",
    "machines",
    "outcomes",
    "script",
    "territory",
    "filter",
    "steering",
    "queue",
)
SETTINGS = (
    "users",
    "groups",
    "pauses",
    "numbers",
    "fields",
    "trunks",
    "principals",
    "company",
    "privacy",
    "integrations",
    "audit",
)
SCREENS = (
    "/floor",
    "/campaigns",
    *(f"/campaigns/1/{section}" for section in CAMPAIGN),
    "/contacts",
    "/contacts/12",
    "/contacts/12?tab=consents",
    "/contacts/12/merge",
    "/contacts/new",
    "/imports",
    "/imports/1",
    "/calls",
    "/exports",
    "/callbacks",
    "/callbacks?tab=appointments",
    "/statistics",
    "/statistics?view=campaigns",
    "/do-not-call",
    *(f"/settings/{section}" for section in SETTINGS),
)


@pytest.fixture(scope="module", params=["light", "dark"])
def admin(request: pytest.FixtureRequest, chrome: Browser, demo: object) -> Iterator[Page]:
    """An administrator's page, in each theme, on the smallest screen."""
    context = chrome.new_context(
        viewport={"width": 1280, "height": 720}, color_scheme=request.param, locale="fr-FR",
        base_url=demo.env.public_url,  # type: ignore[attr-defined]
    )  # fmt: skip
    page = context.new_page()
    sign_in(page, *demo.login("admin"))  # type: ignore[attr-defined]
    yield page
    context.close()


@pytest.mark.parametrize("path", SCREENS)
def test_axe_finds_nothing(admin: Page, path: str) -> None:
    admin.goto(path)
    expect(admin.get_by_role("heading", level=1)).to_be_visible()
    assert faults(admin) == []


def test_a_figure_leads_to_its_calls(visit: Callable[..., Page]) -> None:
    page = visit("supervisor")
    page.goto("/statistics")
    total = page.get_by_test_id("total-reached")
    expect(total).to_be_visible()  # today's have come: the next ones are those of the week
    page.get_by_role("combobox", name="Période").click()
    with page.expect_response("**/api/statistics/agents?*") as answer:
        page.get_by_role("option", name="Semaine dernière").click()
    reached = str(answer.value.json()["total_kpis"]["reached"])
    grouped = r"\s?".join(reached)  # "1 204"
    figure = total.get_by_role("link", name=re.compile(f"^{grouped}$"))
    figure.click()
    expect(page.get_by_test_id("table-calls")).to_be_visible()
    page.get_by_test_id("export-calls").click()
    told = page.get_by_test_id("export-count")
    expect(told).to_contain_text("dans le fichier")
    assert "".join(c for c in told.inner_text() if c.isdigit()) == reached != "0"


def test_a_recording_plays_with_one_voice_a_line(visit: Callable[..., Page]) -> None:
    page = visit("supervisor")
    page.goto("/calls?recording=1")
    page.get_by_test_id("table-calls").locator("[role=row][tabindex]").first.click()
    page.get_by_test_id("play-recording").first.click()
    audio = page.get_by_test_id("recording-audio")
    expect(audio).to_be_visible()
    audio.evaluate("(sound) => new Promise((played) => (sound.ontimeupdate = () => sound.currentTime > 0 && played()))")


def test_a_new_users_password_is_shown_once(visit: Callable[..., Page]) -> None:
    page = visit("admin")
    page.goto("/settings/users")
    page.get_by_test_id("add").click()
    page.get_by_label("Identifiant").fill(f"jeanne-{uuid4().hex[:6]}")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_test_id("new-password")).not_to_be_empty()
    page.reload()
    expect(page.get_by_test_id("new-password")).to_have_count(0)


def test_a_test_call_says_how_it_went(visit: Callable[..., Page]) -> None:
    page = visit("admin")
    page.goto("/settings/trunks")
    page.locator("[data-testid^=test-trunk-]").first.click()
    page.get_by_label("Numéro à appeler").fill("01 99 00 00 01")
    page.get_by_test_id("test-call").click()
    expect(page.get_by_test_id("test-result")).to_have_attribute("data-result", "connected", timeout=60_000)

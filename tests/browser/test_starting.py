"""Caddy answers before the web does: whoever comes then is told to wait, and gets in by himself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from decroche.runtime.browser_agent import open_page
from decroche.runtime.caddy import UNAVAILABLE
from tests.browser.conftest import Demo

NOT_YET = 4
"""Answers that the proxy gives in the web's place."""


@pytest.fixture
def early(demo: Demo, chrome: Browser) -> Iterator[Page]:
    """A page opened while the web starts."""
    page, asked = open_page(chrome, demo.env.public_url), count()

    def answer(route: Route) -> None:
        if next(asked) < NOT_YET:
            route.fulfill(status=502, content_type="application/json", body=json.dumps({"error": UNAVAILABLE}))
        else:
            route.continue_()

    page.route("**/api/auth/*", answer)
    yield page
    page.context.close()


def test_who_signs_in_too_early_is_told_to_wait_and_then_is_in(early: Page, demo: Demo) -> None:
    early.goto("/login")
    username, password = demo.login("supervisor")
    early.locator("input[name=username]").fill(username)
    early.locator("input[name=password]").fill(password)
    early.get_by_test_id("sign-in").click()
    expect(early.get_by_test_id("starting")).to_be_visible()
    early.wait_for_url("**/floor")
    expect(early.get_by_test_id("error-message")).to_have_count(0)


def test_an_address_opened_too_early_says_that_all_starts_and_then_opens(early: Page) -> None:
    early.goto("/floor")
    expect(early.get_by_test_id("starting")).to_be_visible()
    early.wait_for_url("**/login**")

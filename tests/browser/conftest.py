"""The whole floor, started once a run as `./decroche demo` starts it, and pages of a real Chromium on it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from decroche.config.env import Env, get_env
from decroche.runtime.browser_agent import BrowserAgent, chromium, open_page, sign_in
from tests.browser.desk import settle

# As long as a click waits: five seconds say more of a loaded machine than of the page.
expect.set_options(timeout=20_000)
STARTS_WITHIN_S = 600
"""The demo: the two halves of the suite start theirs together."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first test starts the demo, and a conversation comes when it comes."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(STARTS_WITHIN_S + 300))


@dataclass(frozen=True)
class Demo:
    """A running demo and its logins."""

    env: Env
    users: list[dict[str, str]]

    def login(self, role: str, number: int = 0) -> tuple[str, str]:
        """User name and password of the nth user with that role."""
        user = [user for user in self.users if user["role"] == role][number]
        return user["username"], user["password"]

    def manage(self, *words: str, stdin: str = "") -> str:
        """A management command against the demo's database."""
        command = [sys.executable, "-m", "decroche", "manage", *words]
        done = subprocess.run(
            command, cwd=self.env.root, input=stdin, capture_output=True, text=True, check=True, timeout=180
        )
        return done.stdout


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """Started once; stopped by SIGTERM, as a person's Ctrl-C would."""
    env = get_env()
    log_path = env.var / "demo-output.log"
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "decroche", "demo"], cwd=env.root, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    try:
        until = time.monotonic() + STARTS_WITHIN_S
        while not (env.demo_logins_file.exists() and env.public_url in log_path.read_text(errors="replace")):
            if process.poll() is not None or time.monotonic() > until:
                pytest.exit(f"The demo did not start:\n{log_path.read_text(errors='replace')[-3000:]}", returncode=1)
            time.sleep(0.2)
        yield Demo(env, json.loads(env.demo_logins_file.read_text())["users"])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium a run; its microphone speaks."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(demo: Demo, chrome: Browser) -> Iterator[Callable[..., Page]]:
    """Make a signed-in page: `visit("agent")`, `visit("agent", 1)`, `visit("supervisor")`, `visit("admin")`."""
    pages: list[Page] = []

    def make(role: str, number: int = 0) -> Page:
        page = open_page(chrome, demo.env.public_url)
        pages.append(page)
        sign_in(page, *demo.login(role, number))
        return page

    yield make
    for page in pages:
        page.context.close()


@pytest.fixture
def agent(visit: Callable[..., Page]) -> BrowserAgent:
    """The first agent, signed in on the floor, not ready yet."""
    desk = BrowserAgent(visit("agent"))
    desk.take_place()
    settle(desk)
    return desk

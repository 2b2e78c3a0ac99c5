"""An agent in a headless Chromium, driven as a person would: for `demo --check` and the browser tests.

The microphone is a sound file in a loop; what is heard is read from WebRTC's own counters.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from decroche.runtime.debian_programs import chromium_path
from decroche.runtime.errors import UserFacingError

VOICE = Path(__file__).parent.parent / "telephony" / "voices" / "callee-interested.wav"
_READ_STATISTICS = """async () => {
  const report = await window.decrocheDebug.statistics();
  const sum = { energy: 0, seconds: 0, packets: 0, sent: 0 };
  for (const entry of report) {
    if (entry.kind !== 'audio') continue;
    if (entry.type === 'inbound-rtp') {
      sum.energy += entry.totalAudioEnergy ?? 0;
      sum.seconds += entry.totalSamplesDuration ?? 0;
      sum.packets += entry.packetsReceived ?? 0;
    }
    if (entry.type === 'outbound-rtp') sum.sent += entry.packetsSent ?? 0;
  }
  return sum;
}"""


@dataclass(frozen=True, slots=True)
class Audio:
    """WebRTC's counters since the line was made. `energy` is the sum of squared level × seconds."""

    energy: float
    seconds: float
    packets: int
    sent: int


def find_chromium() -> str:
    """Path of a Chromium; raises a sentence that says how to get one."""
    if found := chromium_path():
        return found
    raise UserFacingError(
        "Il manque Chromium pour jouer l'agent : installez-le (Debian : apt-get install chromium), puis relancez.",
        "Chromium is missing to play the agent: install it (Debian: apt-get install chromium), then run this again.",
    )


@contextmanager
def chromium(voice: Path = VOICE) -> Iterator[Browser]:
    """A headless Chromium whose microphone says `voice` again and again."""
    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={voice}",
        "--autoplay-policy=no-user-gesture-required",
        "--allow-loopback-in-peer-connection",
        "--disable-features=WebRtcHideLocalIpsWithMdns",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, address: str, *, width: int = 1440, height: int = 900) -> Page:
    """A fresh session in French, with the counters readable."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="fr-FR",
        permissions=["microphone"],
        base_url=address,
        ignore_https_errors=True,
    )
    context.add_init_script("localStorage.setItem('decrocheDebug', '1')")
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def sign_in(page: Page, username: str, password: str) -> None:
    """The sign-in page, as anybody."""
    page.goto("/login")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.get_by_test_id("sign-in").click()
    page.wait_for_url(lambda url: "/login" not in url)


@dataclass
class BrowserAgent:
    """The agent's desktop on a page that is signed in."""

    page: Page

    def take_place(self) -> None:
        """From the choice of the device to a line that is up."""
        self.page.goto("/agent")
        self.page.get_by_test_id("floor-sign-in").or_(self.page.get_by_test_id("record-panel")).first.wait_for()
        if self.page.get_by_test_id("take-place").is_visible():
            self.page.get_by_test_id("take-place").click()
        self.wait_for_state("paused", "ready", "preview", "dialing", "ringing", "talking")
        self.until(lambda: self.audio().packets > 0, "the agent's line never carried a sound", 30)
        if self.state == "paused":  # the screen learns a moment later that the line is up
            self.page.locator("[data-testid=primary]:not([data-act=wait])").wait_for()

    def key(self, key: str) -> None:
        """One key, with nothing being typed in."""
        self.page.evaluate("document.activeElement instanceof HTMLElement && document.activeElement.blur()")
        self.page.keyboard.press(key)

    @property
    def state(self) -> str:
        """Code of the state in the bar at the top."""
        return self.page.get_by_test_id("state-badge").first.get_attribute("data-state") or ""

    def wait_for_state(self, *codes: str, timeout_s: float = 60) -> str:
        """The first of these states that comes."""
        self.until(lambda: self.state in codes, f"state never became {' or '.join(codes)}", timeout_s)
        return self.state

    def until(self, holds: Callable[[], bool], complaint: str, timeout_s: float = 60) -> None:
        """Poll; the complaint is the failure's text."""
        end = time.monotonic() + timeout_s
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"{complaint} (state is {self.state!r})")
            self.page.wait_for_timeout(50)

    def audio(self) -> Audio:
        """What the line has carried so far."""
        return Audio(**self.page.evaluate(_READ_STATISTICS))

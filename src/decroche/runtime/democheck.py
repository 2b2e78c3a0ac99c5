"""`decroche demo --check`: an agent in a real browser takes three calls, hears, is heard, qualifies them.

Says what it measured, one line each; anything that did not happen is an error. The installation runs already.
"""

from __future__ import annotations

import io
import json
import math
import struct
import time
import wave
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page

from decroche.config.env import Env
from decroche.runtime.browser_agent import BrowserAgent, chromium, open_page, sign_in
from decroche.runtime.console import Console

CALLS = 3
TALK_S = 6
OUTCOME_KEY = "3"
"""« Pas intéressé » in the demo's campaigns: closes the entry, asks nothing more."""
HEARD_ENERGY = 1e-4
"""Sum of squared level × seconds: a whisper of one second is ten times more, comfort noise a thousand times less."""
SPOKEN_RMS = 200
"""Root mean square of 16-bit samples: speech is above 500, line noise below 30."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What one call gave."""

    call_id: str
    record_lead_s: float
    """How long the record was on the screen before the conversation."""
    heard: float
    """Audio energy received during the talk."""


def run(env: Env) -> int:
    """0 only when all of it happened."""
    console = Console(env.language)
    logins = json.loads(env.demo_logins_file.read_text())["users"]
    agent_login = next(user for user in logins if user["role"] == "agent")
    manager_login = next(user for user in logins if user["role"] in ("supervisor", "admin"))
    try:
        with chromium() as browser:
            page = open_page(browser, env.public_url)
            sign_in(page, agent_login["username"], agent_login["password"])
            talks = _work(BrowserAgent(page), console)
            manager = open_page(browser, env.public_url)
            sign_in(manager, manager_login["username"], manager_login["password"])
            failures = [failure for talk in talks for failure in _verify(manager, talk, console)]
    except (AssertionError, BrowserError) as error:
        failures = [str(error).splitlines()[0]]
    for failure in failures:
        console.line(f"✗ {failure}")
    if not failures:
        console.say("✓ trois appels pris, entendus, qualifiés", "✓ three calls taken, heard, given an outcome")
    return 1 if failures else 0


def _work(agent: BrowserAgent, console: Console) -> list[Talk]:
    agent.take_place()
    if agent.state == "paused":  # as everybody is who has just taken a place
        agent.key("Space")
    talks: list[Talk] = []
    while len(talks) < CALLS:
        talk = _take_one(agent)
        if talk is None:
            console.say("le contact a raccroché aussitôt : appel suivant", "the contact hung up at once: next call")
            agent.key("Space")
            continue
        number = len(talks) + 1
        console.say(
            f"appel {number} : fiche à l'écran {talk.record_lead_s:.1f} s avant la conversation, "
            f"énergie entendue {talk.heard:.4f}",
            f"call {number}: contact on the screen {talk.record_lead_s:.1f} s before the conversation, "
            f"energy heard {talk.heard:.4f}",
        )
        talks.append(talk)
        if number < CALLS:
            agent.key("Space")
    return talks


def _take_one(agent: BrowserAgent) -> Talk | None:
    """None where the contact hung up before anything could be said; the outcome is given all the same."""
    name = agent.page.get_by_test_id("contact-name")
    shown_at = 0.0
    until = time.monotonic() + 180
    while agent.state != "talking":
        if agent.state in ("dialing", "ringing") and name.count():
            shown_at = shown_at or time.monotonic()
        elif agent.state == "ready":
            shown_at = 0.0
        if time.monotonic() > until:
            raise AssertionError(f"no conversation within three minutes (state is {agent.state!r})")
        agent.page.wait_for_timeout(30)
    talking_at = time.monotonic()
    if not shown_at:
        raise AssertionError("the contact was not on the screen before the conversation")
    call_id = agent.page.get_by_test_id("agent-desktop").get_attribute("data-call") or ""
    before = agent.audio()
    talked = True
    for _ in range(TALK_S * 10):
        agent.page.wait_for_timeout(100)
        talked = talked and agent.state == "talking"
    heard = agent.audio().energy - before.energy
    agent.key(OUTCOME_KEY)
    agent.until(
        lambda: agent.page.locator("[data-testid^=outcome-][aria-pressed=true]").count() == 1, "no outcome kept"
    )
    if agent.state == "talking":
        agent.key("Escape")
    agent.wait_for_state("wrap_up", "ready", "dialing", "ringing")
    return Talk(call_id, talking_at - shown_at, heard) if talked else None


def _verify(manager: Page, talk: Talk, console: Console) -> list[str]:
    """Against the call log and the recording: what was shown is what was kept."""
    failures = []
    if talk.heard < HEARD_ENERGY:
        failures.append(f"the callee was not heard (energy {talk.heard:.6f})")
    call: dict[str, Any] = {}
    for _ in range(100):
        answer = manager.request.get(f"/api/calls/{talk.call_id}")
        call = answer.json() if answer.ok else {}
        if call.get("result") and any(r["status"] == "ready" for r in call.get("recordings", [])):
            break
        manager.wait_for_timeout(200)
    if call.get("result") != "connected":
        failures.append(f"the log says {call.get('result')!r}, not connected")
    if not call.get("disposition_id"):
        failures.append("the log has no outcome for the call")
    sound = manager.request.get(f"/api/calls/{talk.call_id}/recording")
    if not sound.ok:
        return [*failures, f"no recording (HTTP {sound.status})"]
    contact, agent = levels(sound.body())
    console.say(
        f"enregistrement : contact {contact:.0f}, agent {agent:.0f} (valeur efficace sur 16 bits)",
        f"recording: contact {contact:.0f}, agent {agent:.0f} (root mean square of 16 bits)",
    )
    if agent < SPOKEN_RMS:
        failures.append(f"the agent was not heard (level {agent:.0f})")
    if contact < SPOKEN_RMS:
        failures.append(f"the contact is not on the recording (level {contact:.0f})")
    return failures


def levels(wav: bytes) -> tuple[float, float]:
    """Root mean square of the left and the right side of a 16-bit stereo sound."""
    with wave.open(io.BytesIO(wav)) as sound:
        if sound.getnchannels() != 2 or sound.getsampwidth() != 2:
            raise AssertionError("the recording is not 16-bit stereo")
        samples = struct.unpack(f"<{sound.getnframes() * 2}h", sound.readframes(sound.getnframes()))
    left, right = samples[::2], samples[1::2]
    return _rms(left), _rms(right)


def _rms(samples: tuple[int, ...]) -> float:
    return math.sqrt(sum(sample * sample for sample in samples) / len(samples)) if samples else 0.0

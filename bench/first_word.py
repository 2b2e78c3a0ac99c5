"""How long a person who answers waits for the agent, and how early the record is on the screen.

Real Asterisk, the carrier simulator, 20 agents' lines, progressive. Figures: the callee's answer → both in one bridge
(the telephone engine's own times), the answer → the record at the desktop's socket (negative: before), and the answer →
the desktop told that they talk. Beside it, on the same Asterisk, a bare ARI loop that bridges at the answer.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from typing import Any

from bench.agents import DeskAgent, session_cookie
from bench.figures import percentile, spread
from bench.stage import whole_floor
from decroche.config.env import Env

AGENTS = 20
ENDING_OF_LINES = 95
ENDINGS_OF_CALLEES = (93, 98)
"""Persons: one answers at once, the other after two seconds of ringing."""
TALK_S = 3.0


class Times:
    """When a call's record, and its conversation, were first seen at its agent's socket (epoch seconds, by call id)."""

    def __init__(self) -> None:
        self.record: dict[str, float] = {}
        self.talking: dict[str, float] = {}
        self._contact: dict[int, tuple[int, float]] = {}

    def note(self, agent: DeskAgent, changes: dict[str, Any], at: float) -> None:
        """Called for every message."""
        record, call = agent.state.get("record"), agent.state.get("call")
        if "record" in changes and record:
            self._contact[id(agent)] = (record["contact_id"], at)
        if call and record and self._contact.get(id(agent), (0, 0))[0] == record["contact_id"]:
            self.record.setdefault(call["id"], max(self._contact[id(agent)][1], 0))
        if call and call["state"] == "talking":
            self.talking.setdefault(call["id"], at)


async def work(agent: DeskAgent, until: float) -> None:
    """Talk, hang up, say the outcome, again; until the time or the queue is over."""
    while True:
        try:
            await agent.until(lambda s: bool(s["call"]) and s["call"]["state"] == "talking", until - time.monotonic())
        except RuntimeError:
            return
        await asyncio.sleep(TALK_S)
        await agent.command("dispose", disposition_id=agent.disposition_id)
        await agent.command("hang_up")
        await agent.until(lambda s: not s["call"] or s["call"]["state"] != "talking")


async def floor_side(env: Env, usernames: list[str], numbers: list[str], seconds: float, disposition: int) -> Times:
    """Sign everybody in, let the dialer run for so long."""
    times = Times()
    cookies = await asyncio.to_thread(lambda: [session_cookie(u) for u in usernames])
    agents = [DeskAgent(env, c, n, times.note, disposition) for c, n in zip(cookies, numbers, strict=True)]
    for agent in agents:
        await agent.open()
        await agent.sign_in()
    until = time.monotonic() + seconds
    for agent in agents:
        await agent.command("ready")
    await asyncio.gather(*(work(agent, until) for agent in agents))
    for agent in agents:
        await agent.close()
    return times


async def bare_side(env: Env, endpoints: list[str]) -> list[float]:
    """Answer → bridged, when nothing else is done."""
    from bench.bare_ari import BareLoop
    from decroche.ari.client import AriClient
    from decroche.telephony.instance import ARI_USER

    async with AriClient(env.ari_url, ARI_USER, env.ari_password, app="bench", event_sources=()) as ari:
        loop = BareLoop(ari, bridge_id="bench")
        connected = asyncio.Event()

        async def on_connected() -> None:
            connected.set()

        reader = asyncio.create_task(
            ari.run(on_event=loop.hear, on_connected=on_connected, on_disconnected=lambda: None)
        )
        await connected.wait()
        await ari.create_bridge("bench", name="bench")
        await loop.run(endpoints, in_flight=AGENTS, talk_s=TALK_S)
        await ari.destroy_bridge("bench")
        reader.cancel()
    return [loop.bridged[c] - at for c, at in loop.answered.items() if c in loop.bridged]


def main() -> None:
    """Print the table, and the ratio last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with whole_floor() as env:
        from bench.material import make_agents, make_campaign, numbers
        from decroche.calls.models import Call
        from decroche.telephony.models import Trunk
        from decroche.telephony.trunk_config import TrunkConfig, dial_string

        trunk = Trunk.objects.filter(simulator=True).first()
        assert trunk
        Trunk.objects.filter(pk=trunk.pk).update(channel_limit=90, cps_limit=50)
        agents = make_agents(AGENTS)
        to_call = numbers(600, endings=ENDINGS_OF_CALLEES)
        campaign = make_campaign(agents, trunk, to_call)
        from decroche.common.notify import notify_floor

        notify_floor("trunk_changed", id=trunk.pk)
        notify_floor("campaign_changed", id=campaign.pk)
        time.sleep(2)
        disposition = campaign.dispositions.get().pk
        lines = numbers(AGENTS, endings=(ENDING_OF_LINES,))
        times = asyncio.run(floor_side(env, [a.username for a in agents], lines, options.seconds, disposition))
        calls = list(
            Call.objects.filter(campaign=campaign, bridged_at__isnull=False).values_list(
                "id", "answered_at", "bridged_at"
            )
        )
        bridged = [(b - a).total_seconds() for _, a, b in calls if a and b]
        record = [times.record[str(i)] - a.timestamp() for i, a, _ in calls if str(i) in times.record and a]
        told = [times.talking[str(i)] - a.timestamp() for i, a, _ in calls if str(i) in times.talking and a]
        config = TrunkConfig(id=trunk.pk, host="127.0.0.1", simulator=True)
        bare = asyncio.run(bare_side(env, [dial_string(config, n) for n in to_call[:200]]))
        print(spread("bare loop: answer → bridged", bare))
        print(spread("floor: answer → bridged", bridged))
        print(spread("floor: answer → record at the desktop's socket", record))
        print(spread("floor: answer → desktop told that they talk", told))
        p99 = percentile(bridged, 0.99)
        late = sum(1 for r in record if r > 0)
        print(f"records that came after the answer: {late} of {len(record)}")
        print(
            f"p99 answer → bridged: {p99 * 1000:.1f} ms (aim ≤ 50), {p99 / percentile(bare, 0.99):.2f} × a bare loop's"
        )


if __name__ == "__main__":
    main()

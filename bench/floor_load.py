"""Attempts per second that the whole floor sustains, and beside it what the same Asterisk does for a bare loop.

Callees are SIPp's: they ring for 50 ms and are busy, so that an attempt is claim, rules, row, commit, originate,
events, result, retry, rows. Agents sit on lines of the carrier simulator and are always ready: the dialer always wants
to call.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.agents import DeskAgent, session_cookie
from bench.stage import whole_floor
from decroche.config.env import Env
from decroche.runtime.testing import free_ports

AGENTS = 60
ENDING_OF_LINES = 95


@contextmanager
def busy_callees() -> Iterator[int]:
    """A SIPp on loopback; yields its port."""
    port = free_ports(2)
    scenario = Path(__file__).parent / "sipp" / "busy.xml"
    command = [
        "sipp",
        "-sf",
        str(scenario),
        "-i",
        "127.0.0.1",
        "-p",
        str(port),
        "-mp",
        str(port + 1),
        "-nostdin",
        "-aa",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        yield port
    finally:
        process.kill()
        process.wait()


async def both_sides(env: Env, usernames: list[str], lines: list[str], endpoint: str, seconds: float) -> float:
    """Everybody takes a place; the bare loop runs while they are paused, then the dialer; returns the bare rate.

    The agents' lines cost Asterisk the same on both sides.
    """
    cookies = await asyncio.to_thread(lambda: [session_cookie(u) for u in usernames])
    agents = [DeskAgent(env, c, n) for c, n in zip(cookies, lines, strict=True)]
    for agent in agents:
        await agent.open()
        await agent.sign_in()
    bare = await bare_rate(env, endpoint, seconds)
    await asyncio.gather(*(agent.command("ready") for agent in agents))
    await asyncio.sleep(seconds)
    for agent in agents:
        await agent.close()
    return bare


async def bare_rate(env: Env, endpoint: str, seconds: float) -> float:
    """Attempts per second of originate-and-wait, with as many in flight."""
    from bench.bare_ari import BareLoop
    from decroche.ari.client import AriClient
    from decroche.telephony.instance import ARI_USER

    async with AriClient(env.ari_url, ARI_USER, env.ari_password, app="bench", event_sources=()) as ari:
        loop = BareLoop(ari)
        connected = asyncio.Event()

        async def on_connected() -> None:
            connected.set()

        reader = asyncio.create_task(
            ari.run(on_event=loop.hear, on_connected=on_connected, on_disconnected=lambda: None)
        )
        await connected.wait()
        took = await loop.run(endpoint, in_flight=AGENTS, seconds=seconds)
        reader.cancel()
    return len(loop.started) / took


def _breakdown(campaign_id: int) -> str:
    """Where an attempt's time goes, medians in milliseconds; the gap is from one attempt's end to the agent's next."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY placed_at - claimed_at),
              percentile_cont(0.5) WITHIN GROUP (ORDER BY ended_at - placed_at),
              percentile_cont(0.5) WITHIN GROUP (ORDER BY gap)
            FROM (SELECT placed_at, claimed_at, ended_at,
                lead(claimed_at) OVER (PARTITION BY agent_id ORDER BY claimed_at) - ended_at AS gap
              FROM calls_call WHERE campaign_id = %s AND result = 'busy') attempts
            """,
            [campaign_id],
        )
        claimed, placed, gap = ((value.total_seconds() * 1000 if value else 0) for value in cursor.fetchone())
    return f"median of an attempt: claimed → placed {claimed:.1f} ms, placed → ended {placed:.1f}, gap {gap:.1f}"


def main() -> int:
    """Print both rates, then their ratio last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    with whole_floor() as env, busy_callees() as port:
        from bench.material import make_agents, make_campaign, numbers
        from decroche.calls.models import Call, CallEvent
        from decroche.common.notify import notify_floor
        from decroche.telephony.models import Trunk
        from decroche.telephony.trunk_config import TrunkConfig, dial_string

        line_trunk = Trunk.objects.filter(simulator=True).first()
        assert line_trunk
        Trunk.objects.filter(pk=line_trunk.pk).update(cps_limit=200)
        notify_floor("trunk_changed", id=line_trunk.pk)
        trunk = Trunk.objects.create(
            name="SIPp",
            host="127.0.0.1",
            port=port,
            registers=False,
            simulator=True,
            channel_limit=500,
            cps_limit=1000,
            codecs=["alaw"],
            priority=9,
        )
        agents = make_agents(AGENTS)
        campaign = make_campaign(agents, trunk, numbers(20_000))
        notify_floor("trunk_changed", id=trunk.pk)
        notify_floor("campaign_changed", id=campaign.pk)
        time.sleep(2)
        config = TrunkConfig(id=trunk.pk, host="127.0.0.1")
        lines = numbers(AGENTS, endings=(ENDING_OF_LINES,))
        endpoint = dial_string(config, "+33199000190")
        bare = asyncio.run(both_sides(env, [a.username for a in agents], lines, endpoint, options.seconds))
        time.sleep(5)
        mine = Call.objects.filter(campaign=campaign)
        first, last = mine.order_by("placed_at").first(), mine.filter(result="busy").order_by("-ended_at").first()
        if not (first and last and first.placed_at and last.ended_at):
            from django.db.models import Count

            raise SystemExit(
                f"no busy: {list(mine.values('state', 'result', 'cause', 'sip_code').annotate(n=Count('id')))}"
            )
        busy = mine.filter(result="busy").count()
        elapsed = (last.ended_at - first.placed_at).total_seconds()
        per_s = busy / elapsed
        ends = CallEvent.objects.filter(call__campaign=campaign, new="ended").count()
        unclosed = mine.exclude(state="ended").count() + mine.filter(state="ended", result="").count()
        other = mine.exclude(result="busy").count()
        print(f"attempts {mine.count()}, busy {busy}, other results {other} in {elapsed:.1f} s")
        print(_breakdown(campaign.pk))
        print(f"attempts without exactly one result: {unclosed}; ends written: {ends}")
        print(f"floor {per_s:.1f} attempts/s (aim ≥ 50), bare loop {bare:.1f}/s")
        print(f"floor ÷ bare: {per_s / bare:.2f} (aim ≥ 0.40)")
        return 0 if unclosed == 0 and ends == mine.count() else 1


if __name__ == "__main__":
    sys.exit(main())

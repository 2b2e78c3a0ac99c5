"""Ten agents on the real Asterisk for some minutes in each mode: progressive, then predictive, against the simulator.

Agents sit on telephones of the carrier simulator and obey their sockets; callees are the simulator's persons, busy and
silent telephones. Figures: utilisation, abandoned share, silence after the answer; the last line is a ratio.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from bench.agents import DeskAgent, session_cookie
from bench.stage import whole_floor
from decroche.config.env import Env

AGENTS = 10
ENDING_OF_LINES = 95
PERSONS, SILENT, FAILED = range(45), range(45, 70), range(70, 74)
MIX = ((0.25, PERSONS), (0.65, SILENT), (0.10, FAILED))
MORNING_CALLS = 1600
TALK_MEAN_S, WRAP_UP_MEAN_S = 28.0, 7.0
"""Shorter than on a floor, so that some minutes show as much as some hours."""


@dataclass(frozen=True)
class Figures:
    """Of one mode."""

    utilisation: float
    answered: int
    abandoned: int
    silence_p50_ms: float
    silence_p95_ms: float


async def work(agent: DeskAgent, chance: Random, until: float) -> None:
    """Talk for a while, hang up, give the outcome, go on."""
    while time.monotonic() < until:
        with contextlib.suppress(RuntimeError):
            await agent.until(lambda s: s["state"]["code"] in ("talking", "wrap_up"), until - time.monotonic())
            call_id = agent.state["call"]["id"] if agent.state["call"] else ""
            with contextlib.suppress(RuntimeError):
                await agent.until(lambda s: s["state"]["code"] == "wrap_up", chance.expovariate(1 / TALK_MEAN_S))
            if agent.state["state"]["code"] == "talking" and agent.state["call"]["id"] == call_id:
                await agent.command("hang_up")
                await agent.until(lambda s: s["state"]["code"] == "wrap_up", 10)
            await asyncio.sleep(chance.gammavariate(4, WRAP_UP_MEAN_S / 4))
            await agent.command("dispose", disposition_id=agent.disposition_id)
            await agent.command("end_wrap_up")


async def play(env: Env, usernames: Sequence[str], lines: Sequence[str], seconds: float, disposition: int) -> None:
    cookies = await asyncio.to_thread(lambda: [session_cookie(u) for u in usernames])
    agents = [DeskAgent(env, c, n, disposition_id=disposition) for c, n in zip(cookies, lines, strict=True)]
    for agent in agents:
        await agent.open()
        await agent.sign_in()
    until = time.monotonic() + seconds
    for agent in agents:
        await agent.command("ready")
    await asyncio.gather(*(work(agent, Random(n), until) for n, agent in enumerate(agents)))
    for agent in agents:
        await agent.command("sign_out")
    await asyncio.gather(*(leave(agent) for agent in agents))


async def leave(agent: DeskAgent) -> None:
    """Some stay a few seconds for the calls in the air, and finish the one that they get."""
    while agent.state["session"] is not None:
        await agent.until(lambda s: s["session"] is None or s["state"]["code"] == "wrap_up", 120)
        if agent.state["session"] is not None:
            await agent.command("dispose", disposition_id=agent.disposition_id)
            await agent.command("end_wrap_up")
            await agent.until(lambda s: s["session"] is None or s["state"]["code"] != "wrap_up", 10)
    await agent.close()


def measure(campaign_id: int) -> Figures:
    """From the rows: what the statistics would say."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(s) FILTER (WHERE state IN ('talking', 'hold', 'wrap_up')),"
            " sum(s) FILTER (WHERE state <> 'paused')"
            " FROM (SELECT state, extract(epoch FROM ended_at - started_at) AS s FROM agents_agentstateinterval"
            " WHERE campaign_id = %s AND ended_at IS NOT NULL) spent",
            [campaign_id],
        )
        busy, signed_in = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FILTER (WHERE result IN ('connected','abandoned')),"
            " count(*) FILTER (WHERE result = 'abandoned'),"
            " percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM bridged_at - answered_at)),"
            " percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM bridged_at - answered_at))"
            " FROM calls_call WHERE campaign_id = %s AND agent_id IS NOT NULL OR"
            " campaign_id = %s AND result = 'abandoned'",
            [campaign_id, campaign_id],
        )
        answered, abandoned, p50, p95 = cursor.fetchone()
    return Figures(100 * float(busy / signed_in), answered, abandoned, 1000 * float(p50), 1000 * float(p95))


def run_mode(env: Env, mode: str, seconds: float, rank: int) -> Figures:
    """A campaign of its own, agents of its own; its queue as a French floor finds it."""
    from bench.material import make_agents, make_campaign, numbers
    from decroche.common.notify import notify_floor
    from decroche.dispositions.models import Disposition
    from decroche.telephony.models import Trunk

    trunk = Trunk.objects.get(simulator=True)
    Trunk.objects.filter(pk=trunk.pk).update(channel_limit=200, cps_limit=50)
    notify_floor("trunk_changed", id=trunk.pk)
    chance, pools = Random(5), {share: iter(numbers(1200, endings=tuple(e))) for share, e in MIX}
    to_call = [next(pools[_kind(chance)]) for _ in range(1500)]
    agents = make_agents(AGENTS, prefix=f"{mode}-")
    fields: dict[str, Any] = {"mode": mode, "wrap_up": "unlimited", "name": f"Bench {mode}"}
    names = {"caller_name": "Banc d'essai", "callback_number": "+33199000100"}
    campaign = make_campaign(agents, trunk, to_call, **fields, **names)
    had_a_morning(campaign.pk)
    notify_floor("campaign_changed", id=campaign.pk)
    time.sleep(1)
    lines = numbers(AGENTS * 2, endings=(ENDING_OF_LINES,))[rank * AGENTS :][:AGENTS]
    outcome = Disposition.objects.get(campaign=campaign).pk
    asyncio.run(play(env, [a.username for a in agents], lines, seconds, outcome))
    campaign.status = "stopped"
    campaign.save()
    notify_floor("campaign_changed", id=campaign.pk)
    time.sleep(3)
    return measure(campaign.pk)


def had_a_morning(campaign_id: int) -> None:
    """Earlier today 400 persons answered and none was abandoned, in both modes: the cap allows a dozen."""
    from decroche.calls.models import Call

    now = datetime.now(UTC)
    midnight = now.astimezone(ZoneInfo("Europe/Paris")).replace(hour=0, minute=0, second=0, microsecond=0)
    start = max(midnight, now - timedelta(hours=3))
    moments = [start + (now - timedelta(minutes=2) - start) * (n / MORNING_CALLS) for n in range(MORNING_CALLS)]
    Call.objects.bulk_create(_call_of_the_morning(campaign_id, n, at) for n, at in enumerate(moments))


def _call_of_the_morning(campaign_id: int, n: int, at: datetime) -> Any:
    from decroche.calls.models import Call

    answered = n % 4 == 0
    end = at + timedelta(seconds=12 if answered else 27)
    return Call(
        id=uuid4(), campaign_id=campaign_id, mode="predictive", e164="+33199009999", state="ended", claimed_at=at,
        result="connected" if answered else "no_answer", placed_at=at, ended_at=end, hung_up_by="agent",
        answered_at=end if answered else None,
    )  # fmt: skip


def _kind(chance: Random) -> float:
    return chance.choices([share for share, _ in MIX], [share for share, _ in MIX])[0]


def main() -> int:
    """Print both modes, then the ratio of their utilisations last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=360)
    options = parser.parse_args()
    with whole_floor() as env:
        found = {mode: run_mode(env, mode, options.seconds, n) for n, mode in enumerate(("progressive", "predictive"))}
    for mode, one in found.items():
        share = 100 * one.abandoned / one.answered if one.answered else 0.0
        print(
            f"{mode}: utilisation {one.utilisation:.1f} %, answered {one.answered}, abandoned {one.abandoned}"
            f" ({share:.1f} %), silence after the answer p50 {one.silence_p50_ms:.0f} ms,"
            f" p95 {one.silence_p95_ms:.0f} ms"
        )
    kept = found["predictive"].abandoned <= 0.03 * (found["predictive"].answered + MORNING_CALLS / 4)
    print(f"cap of 3 % of the day kept: {'yes' if kept else 'no'}")
    ratio = found["predictive"].utilisation / found["progressive"].utilisation
    print(f"predictive ÷ progressive utilisation: {ratio:.2f}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())

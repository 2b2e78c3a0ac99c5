"""Agents who want to leave while calls in the air count on them stay some seconds, so that nobody answers to silence.

In progressive mode a call is its agent's from the start, and a pause waits for its end. In power and predictive modes a
free agent may go at once, unless too few others are free for the persons who are about to answer.
"""

from __future__ import annotations

from datetime import timedelta
from math import comb
from typing import TYPE_CHECKING, Literal

from decroche.calls import machine_events as ev
from decroche.calls.machine import Phase
from decroche.floor.world import Agent, Campaign

if TYPE_CHECKING:
    from decroche.floor.service import Floor

STAYS_AT_MOST = timedelta(seconds=15)
"""By then what rang when he asked has rung long enough to be given up (rules-fr.md)."""
UNKNOWN_SHARE = 0.4
"""Persons among the calls in flight, until enough have ended."""
ENOUGH = 40
ONCE_IN_TWENTY = 0.05


def most_of(calls: int, share: float) -> int:
    """The least k such that more than k of `calls`, each with this chance, happen once in twenty times at most."""
    below = 0.0
    for k in range(calls):
        below += comb(calls, k) * share**k * (1 - share) ** (calls - k)
        if below >= 1 - ONCE_IN_TWENTY:
            return k
    return calls


class Leaving:
    """The part of the floor that lets agents go."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def must_stay(self, agent: Agent, what: Literal["pause", "sign_out"], reason_id: int | None = None) -> bool:
        """True: he goes when the calls in the air are over, after the one that he gets, or in 15 s."""
        campaign = self._floor.campaigns.own_choice(agent)
        if agent.state != "ready" or campaign is None or not campaign.is_pooled or not agent.can_take_call:
            return False
        if self._others_ready(agent, campaign) >= self._answers_expected(campaign):
            return False
        self._take_back(campaign)
        if self._others_ready(agent, campaign) >= self._answers_expected(campaign):
            return False
        agent.next, agent.next_pause_reason_id = what, reason_id
        agent.stays_until = self._floor.now + STAYS_AT_MOST
        self._floor.desks.notice(agent, "info", "calls_count_on_you")
        self._floor.desks.touch(agent)
        self._floor.dialer.poke()
        return True

    def look_again(self, agent: Agent) -> None:
        """Every second: whether he may go now."""
        if agent.stays_until is None:
            return
        if agent.state != "ready" or agent.next == "":
            agent.stays_until = None  # he took a call, after which he goes; or he thought better of it
            return
        campaign = self._floor.campaigns.own_choice(agent)
        over = campaign is None or self._others_ready(agent, campaign) >= self._answers_expected(campaign)
        if over or self._floor.now >= agent.stays_until:
            agent.stays_until = None
            self._floor.agents.go(agent)

    # ── Parts ────────────────────────────────────────────────────────────────
    def _others_ready(self, agent: Agent, campaign: Campaign) -> int:
        own_choice = self._floor.campaigns.own_choice
        return sum(
            other is not agent and other.can_take_call and own_choice(other) is campaign
            for other in self._floor.world.sessions()
        )

    def _answers_expected(self, campaign: Campaign) -> int:
        """So many persons at most, nineteen times in twenty."""
        lately = campaign.observed.last(60, self._floor.now)
        share = lately.connected / lately.finished if lately.finished >= ENOUGH else UNKNOWN_SHARE
        return most_of(campaign.in_flight, min(1.0, share))

    def _take_back(self, campaign: Campaign) -> None:
        """Calls that ring nowhere yet disturb nobody when they are given up."""
        for call in list(self._floor.world.calls.values()):
            if call.campaign is campaign and call.agent is None and call.phase in (Phase.CLAIMED, Phase.PLACING):
                self._floor.calls.feed(call, ev.HangUp("system"))

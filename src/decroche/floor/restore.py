"""The world made again from rows, by a floor that has just started: sessions, calls, wrap-ups, claims left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog

from decroche.calls.machine import CallState, Phase
from decroche.calls.results import Result
from decroche.calls.rows import CallRow
from decroche.campaigns.candidate import read_candidate
from decroche.floor.lane import Lane
from decroche.floor.notices import refresh_record
from decroche.floor.world import AUTOMATIC, Agent, LiveCall, Session

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

_SESSIONS = """
SELECT s.id, s.user_id, s.device, s.number, s.started_at, u.first_name, u.last_name, u.username, u.language,
  i.state, i.started_at AS since, i.campaign_id, i.call_id, i.pause_reason_id
FROM agents_agentsession s JOIN accounts_user u ON u.id = s.user_id
LEFT JOIN agents_agentstateinterval i ON i.session_id = s.id AND i.ended_at IS NULL
WHERE s.ended_at IS NULL AND s.floor = %(floor)s
"""

_CALLS = """
SELECT c.*, q.claim = c.id AS holds FROM calls_call c LEFT JOIN campaigns_queueentry q ON q.id = c.queue_entry_id
WHERE c.floor = %(floor)s AND (c.state <> 'ended' OR q.claim = c.id OR EXISTS (
  SELECT 1 FROM agents_agentstateinterval i WHERE i.call_id = c.id AND i.ended_at IS NULL AND c.direction = 'inbound'))
"""


async def restore(floor: Floor) -> None:
    """Once, before anything else: desktops that come back find their screens. Asterisk is asked afterwards."""
    calls = {row["id"]: row for row in await floor.db.fetch(_CALLS, {"floor": floor.name})}
    sessions = await floor.db.fetch(_SESSIONS, {"floor": floor.name})
    for row in sessions:
        _restore_session(floor, row)
    for row in calls.values():
        await _restore_call(floor, row)
    for row in sessions:
        await _restore_state(floor, row)
    for call in list(floor.world.calls.values()):
        if call.is_over and (call.agent is None or call.agent.call is not call):
            floor.calls.settle(call)
    log.info("restored", sessions=len(sessions), calls=len(calls))


def _restore_session(floor: Floor, row: dict[str, Any]) -> None:
    name = f"{row['first_name']} {row['last_name']}".strip() or row["username"]
    agent = floor.world.agents.get(row["user_id"])
    if agent is None:
        agent = Agent(row["user_id"], name, row["language"], Lane(floor.spawn, f"agent {row['user_id']}"))
        floor.world.agents[agent.user_id] = agent
    session = Session(row["id"], row["device"], row["number"], row["started_at"], leg="calling")
    agent.session = session
    floor.accounts.name(agent, session)
    if session.device == "sip":  # a browser still has the one that Asterisk still knows
        session.secret = floor.accounts.secret_for(agent, session)
    agent.state, agent.since = row["state"] or "paused", row["since"] or row["started_at"]
    agent.pause_reason_id = row["pause_reason_id"]
    agent.campaign = floor.world.campaigns.get(row["campaign_id"] or 0)
    if agent.desks:
        agent.owner = agent.desks[-1]
    else:
        floor.sessions.expect_back(agent)


async def _restore_call(floor: Floor, row: dict[str, Any]) -> None:
    campaign = floor.world.campaigns.get(row["campaign_id"] or 0)
    async with floor.db.connection() as conn:
        candidate = await read_candidate(conn, row["queue_entry_id"] or 0, now=floor.now)
    if campaign is None or candidate is None:
        await floor.db.execute(
            "UPDATE calls_call SET state = 'ended', ended_at = %(now)s,"
            " result = CASE WHEN direction = 'inbound' THEN 'missed' ELSE 'failed' END"
            " WHERE id = %(id)s AND state <> 'ended'",
            {"id": row["id"], "now": floor.now},
        )
        return
    known = {name: row[name] for name in CallRow.__dataclass_fields__ if name in row}
    call_row = CallRow(**known)
    phase = Phase(row["state"])
    agent = floor.world.agents.get(row["agent_id"] or 0)
    if agent is not None and agent.session is not None and agent.session.id != row["session_id"]:
        agent = None
    call = LiveCall(
        row=call_row, state=state_of(call_row, phase), since=_since(call_row), campaign=campaign, candidate=candidate,
        lane=Lane(floor.spawn, f"call {call_row.id}"), position=_position(candidate.phones, call_row.e164), agent=agent,
        settles_alone=(call_row.mode in AUTOMATIC or call_row.is_inbound) and not row["bridged_at"],
        outcome=campaign.outcomes.get(row["disposition_id"] or 0), on_music=phase in (Phase.HELD, Phase.ORPHANED),
        welcomed=phase is Phase.WAITING and call_row.is_inbound,
        recording_refused=row["recording_refused_at"] is not None,
    )  # fmt: skip
    floor.world.calls[call.id] = call
    trunk = floor.world.trunks.get(call_row.trunk_id or 0)
    if trunk is not None and phase is not Phase.ENDED:
        trunk.holders.add(call.row.channel or str(call.id))


def state_of(row: CallRow, phase: Phase) -> CallState:
    """What the machine would know, from what the row kept."""
    return CallState(
        # The agent's line is looked at right after this: an orphan is told again that it is gone, with a fresh delay.
        phase=Phase.TALKING if phase is Phase.ORPHANED else phase,
        rang=row.ringing_at is not None,
        answered=row.answered_at is not None,
        inbound=row.is_inbound,
        promises=row.is_inbound and row.why.get("due") is not None,
        talked=row.bridged_at is not None or phase in (Phase.TALKING, Phase.HELD, Phase.ORPHANED),
        cut=row.cut,
        hung_up_by=row.hung_up_by,
        result=Result(row.result) if row.result else None,
        cause=row.cause,
        sip_code=row.sip_code,
    )


def _since(row: CallRow) -> Any:
    return row.ended_at or row.answered_at or row.ringing_at or row.placed_at or row.claimed_at


def _position(phones: tuple[tuple[str, str], ...], e164: str) -> int:
    from decroche.campaigns.retry import dialable

    return next((i for i, (_, number) in enumerate(dialable(phones)) if number == e164), 0)


async def _restore_state(floor: Floor, row: dict[str, Any]) -> None:
    """The agent's screen as it was: his call, his wrap-up, or idle."""
    agent = floor.world.agents[row["user_id"]]
    identifier: UUID | None = row["call_id"]
    call = floor.world.calls.get(identifier) if identifier is not None else None
    if call is None:
        call = next((c for c in floor.world.calls.values() if c.agent is agent and not c.is_over), None)
    if call is not None and call.agent is agent:
        agent.call, agent.campaign = call, call.campaign
        agent.record = floor.claiming.record(call.candidate, call.campaign)
        await refresh_record(floor, agent)
        if call.is_over and agent.state != "wrap_up":
            agent.outcome_missing = agent.state == "paused" and floor.agents.owes_outcome(call)
        if call.is_over and not agent.outcome_missing:
            floor.agents.resume_wrap_up(agent, call)
        elif not call.is_over:
            call.held_since = agent.since if call.phase is Phase.HELD and agent.state == "hold" else None
            floor.agents.follow(call)
    elif agent.state not in ("ready", "paused"):
        floor.agents.change(agent, "ready")
    await floor.agents.load_callbacks(agent)
    await floor.agents.load_figures(agent)


async def settle_left_over(floor: Floor) -> None:
    """Claims without a call are records that were only offered, by a floor that died: back to the queue."""
    await floor.db.execute(
        """
        UPDATE campaigns_queueentry q SET state = 'waiting', claim = NULL, lease_until = NULL
        WHERE q.state = 'claimed' AND q.claim <> ALL(%(mine)s)
          AND NOT EXISTS (SELECT 1 FROM calls_call c WHERE c.id = q.claim)
          AND NOT EXISTS (SELECT 1 FROM agents_agentsession s WHERE s.ended_at IS NULL AND s.floor <> %(floor)s)
        """,
        {"mine": floor.world.live_claims(), "floor": floor.name},
    )

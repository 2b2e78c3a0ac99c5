"""The world as the protocol shows it: to an agent, to a supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decroche.floor.pacing_view import pacing_view
from decroche.floor.protocol import (
    AgentDesktop,
    AgentRow,
    CallRow,
    CallView,
    CampaignRow,
    Credentials,
    SessionView,
    SupervisorDesktop,
    TrunkRow,
)
from decroche.floor.world import Agent, Campaign, LiveCall, Session
from decroche.telephony.agent_endpoint import endpoint_name

if TYPE_CHECKING:
    from decroche.floor.desks import Desk
    from decroche.floor.service import Floor

SIP_DOMAIN = "decroche.invalid"
SIP_SOCKET = "/sip"


def agent_desktop(floor: Floor, agent: Agent, desk: Desk) -> AgentDesktop:
    """As this window may see it: a session that belongs to another window is not shown."""
    owns = agent.session is not None and agent.owner is desk
    call = agent.call if owns else None
    return AgentDesktop(
        now=floor.now,
        user_id=agent.user_id,
        name=agent.name,
        session=_session(agent.session, desk) if owns and agent.session else None,
        state=floor.agents.view(agent),
        campaign=floor.campaigns.view(agent.campaign) if agent.campaign is not None and owns else None,
        campaigns=[floor.campaigns.view(campaign) for campaign in floor.campaigns.of(agent)],
        record=agent.record if owns else None,
        call=_call(floor, call) if call is not None else None,
        callbacks=agent.callbacks,
        figures=agent.figures,
        telephony="ok" if floor.world.telephony_up else "down",
    )


def _session(session: Session, desk: Desk) -> SessionView:
    credentials = None
    if session.show_credentials_to is desk and session.endpoint and session.secret:
        credentials = credentials_of(session.endpoint, session.secret)
    return SessionView(
        id=session.id,
        device=session.device,
        number=session.number,
        started_at=session.started_at,
        leg=session.leg,
        leg_error=session.leg_error,
        credentials=credentials,
    )


def credentials_of(endpoint: str, secret: str) -> Credentials:
    name = endpoint_name(endpoint)
    return Credentials(uri=f"sip:{name}@{SIP_DOMAIN}", username=name, password=secret, socket_path=SIP_SOCKET)


def _call(floor: Floor, call: LiveCall) -> CallView:
    row = call.row
    announced = floor.world.settings.get("listening_announced", True)
    return CallView(
        id=row.id,
        state=call.phase.value,
        e164=row.e164,
        phone_kind=row.phone_kind,
        presented=row.presented,
        mode=row.mode,  # type: ignore[arg-type]
        direction=row.direction,  # type: ignore[arg-type]
        claimed_at=row.claimed_at,
        ringing_at=row.ringing_at,
        answered_at=row.answered_at,
        bridged_at=row.bridged_at,
        ended_at=row.ended_at,
        result=row.result or None,
        hung_up_by=row.hung_up_by or None,
        muted=call.muted,
        held=call.phase.value == "held",
        recording=call.recording is not None,
        recording_paused=call.recording is not None and call.recording.paused,
        recording_resumes_at=call.recording.resumes_at if call.recording is not None else None,
        recording_refused=call.recording_refused,
        disposition_id=call.outcome.id if call.outcome else None,
        monitored=floor.monitoring.mode_on(call.agent) if announced and call.agent is not None else "",
    )


def supervisor_desktop(floor: Floor, desk: Desk) -> SupervisorDesktop:
    """The whole floor."""
    agents = floor.world.sessions()
    return SupervisorDesktop(
        now=floor.now,
        agents=[_agent_row(floor, agent) for agent in sorted(agents, key=lambda a: (a.name, a.user_id))],
        campaigns=[_campaign_row(floor, c, agents) for c in _shown_campaigns(floor)],
        calls=[_call_row(call) for call in floor.world.calls.values() if not call.is_over],
        trunks=[
            TrunkRow(
                id=trunk.config.id,
                name=trunk.name,
                registration=trunk.registration,  # type: ignore[arg-type]
                calls=len(trunk.holders),
                channel_limit=trunk.config.channel_limit,
            )
            for trunk in floor.world.trunks.values()
            if trunk.enabled
        ],
        monitoring=floor.monitoring.view(desk),
        softphone=floor.monitoring.softphone_view(desk),
        telephony="ok" if floor.world.telephony_up else "down",
    )


def _shown_campaigns(floor: Floor) -> list[Campaign]:
    used = {call.campaign.id for call in floor.world.calls.values()}
    shown = [c for c in floor.world.campaigns.values() if c.is_open or c.id in used]
    return sorted(shown, key=lambda c: (-c.priority, c.name))


def _agent_row(floor: Floor, agent: Agent) -> AgentRow:
    session, record, call = agent.session, agent.record, agent.call
    assert session is not None
    callee = f"{record.first_name} {record.last_name}".strip() or record.company if record is not None else ""
    return AgentRow(
        user_id=agent.user_id,
        name=agent.name,
        session_id=session.id,
        device=session.device,
        leg=session.leg,
        state=agent.state,
        since=agent.since or floor.now,
        pause_reason_id=agent.pause_reason_id,
        campaign_id=agent.campaign.id if agent.campaign else None,
        call_id=call.id if call else None,
        callee=callee or (call.row.e164 if call else ""),
        e164=call.row.e164 if call else "",
        contact_id=record.contact_id if record else None,
        monitored_by=floor.monitoring.names_on(agent),
        figures=agent.figures,
    )


def _campaign_row(floor: Floor, campaign: Campaign, agents: list[Agent]) -> CampaignRow:
    mine = [agent for agent in agents if agent.campaign is campaign]
    states = [agent.state for agent in mine]
    tally = campaign.tally
    return CampaignRow(
        id=campaign.id,
        name=campaign.name,
        mode=campaign.mode,  # type: ignore[arg-type]
        status=campaign.status,  # type: ignore[arg-type]
        agents=len(mine),
        ready=states.count("ready"),
        talking=states.count("talking") + states.count("hold"),
        dialing=states.count("dialing"),
        ringing=states.count("ringing"),
        waiting_entries=tally.waiting,
        callable_now=tally.callable_now,
        finished_entries=tally.finished,
        calls_today=tally.calls,
        connected_today=tally.connected,
        abandoned_today=tally.abandoned,
        idle_reason=campaign.idle_reason,
        idle_until=campaign.idle_until,
        pacing=pacing_view(floor, campaign),
        territory=campaign.territory,
        order=campaign.order,
        filter=campaign.filter,
    )


def _call_row(call: LiveCall) -> CallRow:
    contact = call.candidate.contact
    name = f"{contact['first_name']} {contact['last_name']}".strip() or str(contact["company"])
    return CallRow(
        id=call.id,
        campaign_id=call.campaign.id,
        agent_id=call.agent.user_id if call.agent else None,
        state=call.phase.value,
        direction=call.row.direction,  # type: ignore[arg-type]
        since=call.since,
        e164=call.row.e164,
        callee=name or call.row.e164,
    )

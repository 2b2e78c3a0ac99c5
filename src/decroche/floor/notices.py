"""What web and worker changed, and what the floor does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from decroche.campaigns.candidate import read_candidate

if TYPE_CHECKING:
    from decroche.floor.service import Floor
    from decroche.floor.world import Agent

log = structlog.get_logger(__name__)


def on_notice(floor: Floor, kind: str, ids: dict[str, Any]) -> None:
    """One notification of PostgreSQL, on the event loop."""
    if kind == "campaign_changed":
        floor.spawn(floor.campaigns.load(ids.get("id")), "campaign changed")
    elif kind == "queue_changed":
        _queue_changed(floor, ids.get("campaign_id"))
    elif kind == "trunk_changed":
        floor.spawn(floor.trunks.changed(), "trunk changed")
    elif kind == "settings_changed":
        floor.spawn(floor.agents.load_settings(), "settings changed")
    elif kind == "user_changed":
        floor.spawn(floor.campaigns.load(), "groups changed")
    elif kind == "user_signed_out":
        _signed_out(floor, ids.get("user_id"))
    elif kind == "pause_reasons_changed":
        floor.spawn(floor.agents.load_reasons(), "pause reasons")
        floor.spawn(floor.campaigns.load(), "the desks' data hold the reasons")
    elif kind == "contact_changed":
        for agent in floor.world.sessions():
            if agent.record is not None and agent.record.contact_id == ids.get("id"):
                floor.spawn(refresh_record(floor, agent), "contact changed")
    elif kind == "contact_refused":
        floor.spawn(floor.refusals.heard(int(ids["id"])), "contact refused")
    else:
        log.warning("notification_unknown", kind=kind)


def _queue_changed(floor: Floor, campaign_id: int | None) -> None:
    if campaign_id is None:
        return
    floor.campaigns.wake(campaign_id)
    campaign = floor.world.campaigns.get(campaign_id)
    for agent in floor.world.sessions():
        if campaign is not None and agent.user_id in campaign.assigned:
            agent.callbacks_stale = True


def _signed_out(floor: Floor, user_id: int | None) -> None:
    """The web session is over (signed out, password changed, disabled): the floor's goes with it."""
    for desk in [desk for desk in floor.desks.supervisors if desk.user_id == user_id]:
        floor.desks.end(desk, "session_expired")
    agent = floor.world.agents.get(user_id or 0)
    if agent is None:
        return
    floor.desks.close(agent, "session_expired")
    if agent.session is not None:
        floor.spawn(floor.sessions.sign_out(agent, "session_expired"), "sign out")


_NOTE = "SELECT text FROM contacts_contactnote WHERE call_id = %(call)s AND author_id = %(author)s"


async def refresh_record(floor: Floor, agent: Agent) -> None:
    """The record on the screen as the database has it now, with the agent's note of this call: a reload has it back."""
    record = agent.record
    if record is None or record.queue_entry_id is None or agent.campaign is None:
        return
    async with floor.db.connection() as conn:
        candidate = await read_candidate(conn, record.queue_entry_id, now=floor.now)
        note = record.note
        if agent.call is not None:
            facts = {"call": agent.call.id, "author": agent.user_id}
            written = await (await conn.execute(_NOTE, facts)).fetchone()
            note = written[0] if written is not None else note
    if candidate is not None and agent.record is not None and agent.record.contact_id == candidate.contact_id:
        fresh = floor.claiming.record(candidate, agent.campaign, note=note)
        agent.record = fresh.model_copy(
            update={"attempts": agent.record.attempts, "callback_note": agent.record.callback_note}
        )
        floor.desks.touch(agent)

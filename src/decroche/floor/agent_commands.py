"""What agents ask for. Each command is done, committed where it writes, and answered; or refused with a reason."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from decroche.accounts.models import User
from decroche.callbacks import services as callbacks
from decroche.calls import machine_events as ev
from decroche.calls.machine import Phase
from decroche.dispositions import services as dispositions
from decroche.floor import protocol as p
from decroche.floor.by_hand import ByHand
from decroche.floor.desks import Desk
from decroche.floor.errors import (
    CampaignNotYours,
    ElsewhereOnly,
    InCall,
    LineNotReady,
    NoCall,
    NoExtension,
    NotNow,
    NotSignedIn,
    OutcomeMissing,
    RecordingNotAllowed,
    RecordingRefused,
    SignedInElsewhere,
    UnknownPause,
)
from decroche.floor.world import Agent, LiveCall, Session

if TYPE_CHECKING:
    from decroche.floor.service import Floor

Result = dict[str, Any] | None
TALKING = (Phase.TALKING, Phase.HELD, Phase.ORPHANED)


class AgentCommands:
    """One window's commands; a method for each name of the protocol."""

    def __init__(self, floor: Floor, agent: Agent, desk: Desk) -> None:
        self._floor, self._agent, self._desk = floor, agent, desk
        self._by_hand = ByHand(floor, agent)

    def handler(self, name: str) -> Callable[[Any], Awaitable[Result]]:
        """Names come from the protocol's own table, never from the wire."""
        if name not in ("sign_in", "reattach"):
            if self._agent.session is None:
                raise NotSignedIn
            if self._agent.owner is not self._desk:
                raise ElsewhereOnly
        if hasattr(self._by_hand, name):
            return getattr(self._by_hand, name)  # type: ignore[no-any-return]
        return getattr(self, name)  # type: ignore[no-any-return]

    # ── Session ──────────────────────────────────────────────────────────────
    async def sign_in(self, args: p.SignIn) -> Result:
        agent = self._agent
        if agent.session is not None and agent.owner is not self._desk:
            if agent.owner is not None and not args.take_over:
                raise SignedInElsewhere
            return await self.reattach(p.NoArgs())
        await self._floor.sessions.sign_in(agent, self._desk, args.device, args.number)
        return {"session_id": self._session.id}

    async def reattach(self, args: p.NoArgs) -> Result:
        if self._agent.session is None:
            raise NotSignedIn
        self._floor.desks.own(self._agent, self._desk)
        await self._floor.sessions.reattach(self._agent, self._desk)
        return {"session_id": self._session.id}

    async def sign_out(self, args: p.NoArgs) -> Result:
        """At once where idle; after this call where in one. An unqualified talk is left to the retry rules."""
        agent = self._agent
        if agent.call is not None and not agent.call.is_over:
            agent.next = "sign_out"
            self._floor.desks.touch(agent)
            return {"after_call": True}
        if self._floor.leaving.must_stay(agent, "sign_out"):
            return {"after_call": True}
        await self._floor.sessions.sign_out(agent, "signed_out")
        return None

    async def softphone_ready(self, args: p.NoArgs) -> Result:
        session = self._session
        session.leg_failures = 0
        session.registered = True
        self._floor.legs.call(self._agent)
        return None

    # ── State ────────────────────────────────────────────────────────────────
    async def ready(self, args: p.NoArgs) -> Result:
        agent = self._agent
        if agent.call is not None and not agent.call.is_over:
            raise InCall
        if not agent.leg_up:
            raise LineNotReady
        if agent.call is not None:
            self._leave_wrap_up(agent.call, then="")
        agent.resume_paused = False
        if agent.offer is None:
            agent.record = None
            self._floor.agents.change(agent, "ready")
        return None

    async def pause(self, args: p.Pause) -> Result:
        agent = self._agent
        if args.reason_id not in self._floor.world.pause_reasons:
            raise UnknownPause
        if agent.call is not None:
            owes = self._floor.agents.owes_outcome(agent.call)
            if not agent.call.is_over or owes:
                agent.next, agent.next_pause_reason_id = "pause", args.reason_id
                self._floor.desks.touch(agent)
                return {"after_call": True}
            self._leave_wrap_up(agent.call, then="pause", reason_id=args.reason_id)
            return None
        if self._floor.leaving.must_stay(agent, "pause", args.reason_id):
            return {"after_call": True}
        self._floor.agents.release_offer(agent, state=None)
        agent.record = None
        self._floor.agents.change(agent, "paused", reason_id=args.reason_id)
        return None

    async def cancel_next(self, args: p.NoArgs) -> Result:
        agent = self._agent
        agent.next, agent.next_pause_reason_id, agent.next_campaign_id = "", None, None
        agent.stays_until = None
        self._floor.dialer.poke()
        self._floor.desks.touch(agent)
        return None

    async def select_campaign(self, args: p.SelectCampaign) -> Result:
        agent = self._agent
        if args.campaign_id not in {campaign.id for campaign in self._floor.campaigns.of(agent)}:
            raise CampaignNotYours
        if agent.call is not None:
            agent.next_campaign_id = args.campaign_id
            agent.next = agent.next or "campaign"
        else:
            agent.selected_campaign_id = args.campaign_id
            self._floor.agents.release_offer(agent)
            agent.campaign = self._floor.campaigns.shown(agent)
        self._floor.desks.touch(agent)
        self._floor.dialer.poke()
        return None

    # ── In a call ────────────────────────────────────────────────────────────
    async def hang_up(self, args: p.NoArgs) -> Result:
        call = self._live_call()
        self._floor.calls.feed(call, ev.HangUp("agent"))
        return None

    async def mute(self, args: p.SetMuted) -> Result:
        call = self._call_in(*TALKING)
        channel = self._session.leg_channel
        if channel:
            await (self._floor.ari.mute(channel, "in") if args.on else self._floor.ari.unmute(channel, "in"))
        call.muted = args.on
        self._floor.desks.touch(self._agent)
        return None

    async def hold(self, args: p.SetMuted) -> Result:
        call = self._call_in(Phase.TALKING, Phase.HELD)
        self._floor.calls.feed(call, ev.Held() if args.on else ev.Resumed())
        return None

    async def keys(self, args: p.Keys) -> Result:
        call = self._call_in(Phase.TALKING)
        await self._floor.ari.send_dtmf(call.channel_id, args.digits)
        self._floor.calls.note(call, "keys", count=len(args.digits))
        return None

    async def record(self, args: p.SetRecording) -> Result:
        call = self._call_in(*TALKING)
        if call.campaign.recording != "on_demand":
            raise RecordingNotAllowed
        if args.on and call.recording_refused:
            raise RecordingRefused
        if args.on:
            self._floor.recordings.start(call)
        else:
            self._floor.recordings.stop(call)
        return None

    async def pause_recording(self, args: p.NoArgs) -> Result:
        await self._floor.recordings.pauses.pause(self._call_in(*TALKING))
        return None

    async def resume_recording(self, args: p.NoArgs) -> Result:
        await self._floor.recordings.pauses.resume(self._call_in(*TALKING), by="agent")
        return None

    async def object_to_recording(self, args: p.NoArgs) -> Result:
        """Until the wrap-up is over: he may say so with his last word."""
        call = self._agent.call
        if call is None or not call.state.talked:
            raise NoCall
        await self._floor.recordings.objected(call, self._agent.user_id)
        return None

    # ── Outcome ──────────────────────────────────────────────────────────────
    async def dispose(self, args: p.Dispose) -> Result:
        call = self._agent.call
        if call is None or not (call.state.talked or call.is_over):
            raise NoCall
        outcome = dispositions.Outcome(args.disposition_id, args.callback_at, args.callback_mine, args.callback_note)
        user_id, now, call_id = self._agent.user_id, self._floor.now, call.id
        await self._floor.journal.flush()
        given = await self._floor.db.django(
            lambda: dispositions.dispose(call_id, outcome, agent=User.objects.get(pk=user_id), now=now)
        )
        call.outcome = call.campaign.outcomes.get(given.pk)
        self._floor.desks.touch(self._agent)
        self._floor.agents.refresh_figures(self._agent)
        self._after_outcome(call)
        return None

    def _after_outcome(self, call: LiveCall) -> None:
        agent = self._agent
        if agent.call is not call:
            return
        if not call.is_over:
            if call.campaign.disposition_hangs_up:
                self._floor.calls.feed(call, ev.HangUp("agent"))
        elif agent.outcome_missing or call.campaign.wrap_up == "none":
            self._floor.agents.end_wrap_up(agent)

    async def schedule_callback(self, args: p.ScheduleCallback) -> Result:
        """A promise beside the outcome: kept even where the outcome closes the record."""
        agent, record, campaign = self._agent, self._agent.record, self._agent.campaign
        if record is None or campaign is None:
            raise NoCall
        contact_id, campaign_id, user_id, now = record.contact_id, campaign.id, agent.user_id, self._floor.now
        call_id = agent.call.id if agent.call is not None else None
        await self._floor.journal.flush()

        def make() -> int:
            user = User.objects.get(pk=user_id)
            made = callbacks.make(
                contact_id=contact_id, campaign_id=campaign_id, due_at=args.at, now=now,
                owner=user if args.mine else None,
                note=args.note, made_in_call=call_id, created_by=user,
            )  # fmt: skip
            return made.pk

        return {"callback_id": await self._floor.db.django(make)}

    # ── Wrap-up ──────────────────────────────────────────────────────────────
    async def extend_wrap_up(self, args: p.NoArgs) -> Result:
        agent = self._agent
        if agent.state != "wrap_up" or agent.call is None or agent.until is None or agent.extensions_left < 1:
            raise NoExtension
        self._floor.agents.extend_wrap_up(agent, agent.call)
        return None

    async def end_wrap_up(self, args: p.NoArgs) -> Result:
        agent = self._agent
        if agent.call is None or not agent.call.is_over:
            raise NotNow
        self._leave_wrap_up(agent.call, then=agent.next, reason_id=agent.next_pause_reason_id)
        return None

    def _leave_wrap_up(self, call: LiveCall, *, then: str, reason_id: int | None = None) -> None:
        if self._floor.agents.owes_outcome(call):
            raise OutcomeMissing
        self._agent.next, self._agent.next_pause_reason_id = then, reason_id
        self._floor.agents.end_wrap_up(self._agent)

    # ── Parts ────────────────────────────────────────────────────────────────
    @property
    def _session(self) -> Session:
        if self._agent.session is None:
            raise NotSignedIn
        return self._agent.session

    def _live_call(self) -> LiveCall:
        call = self._agent.call
        if call is None or call.is_over:
            raise NoCall
        return call

    def _call_in(self, *phases: Phase) -> LiveCall:
        call = self._agent.call
        if call is None or call.phase not in phases:
            raise NoCall
        return call

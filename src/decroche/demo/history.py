"""The last working days of the demo's floor: shifts of agents, their calls, what these left behind."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from decroche.accounts.models import User
from decroche.agents.models import AgentSession, AgentStateInterval
from decroche.appointments.models import Appointment
from decroche.callbacks.models import Callback
from decroche.calls.models import Call, CallEvent, Recording
from decroche.campaigns.models import QueueEntry
from decroche.compliance.hours import is_day_off
from decroche.compliance.numbers import zone_called
from decroche.contacts.models import ContactNote, DoNotCall, ScriptAnswer
from decroche.demo import scripts, sounds
from decroche.demo.calls import KINDS, draw, draw_return, new_id
from decroche.demo.setup import TOUCHED, Floor, Kit
from decroche.dispositions.models import Disposition
from decroche.telephony.simulator_behaviours import BEHAVIOURS

PARIS = ZoneInfo("Europe/Paris")
DAYS = 7
SHIFTS: tuple[tuple[str, tuple[time, time], int], ...] = (
    ("soizic", (time(9, 30), time(10, 30)), 1),
    ("camille", (time(10, 0), time(11, 0)), 0),
    ("malik", (time(10, 30), time(11, 30)), 0),
    ("soizic", (time(11, 0), time(11, 25)), 2),
    ("camille", (time(14, 0), time(15, 0)), 0),
    ("malik", (time(15, 0), time(16, 0)), 1),
)
"""Who works when, and on which campaign."""
LUNCH = time(13, 5)
RECORDED_FOR_DAYS = 4
WEIGHTS = {0: (10, 15, 40, 27, 4, 4), 1: (9, 16, 38, 25, 9, 3), 2: (46, 22, 6, 14, 7, 5)}
"""How often each outcome comes, by campaign."""
TALK_S = ((150, 330), (70, 170), (18, 80), (10, 32), (7, 18), (9, 35))


@dataclass
class Drawn:
    """All rows to write."""

    sessions: list[AgentSession] = field(default_factory=list)
    intervals: list[AgentStateInterval] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    events: list[CallEvent] = field(default_factory=list)
    recordings: list[Recording] = field(default_factory=list)
    recorded: list[tuple[Recording, int]] = field(default_factory=list)
    callbacks: list[Callback] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    notes: list[ContactNote] = field(default_factory=list)
    answers: dict[tuple[int, str], ScriptAnswer] = field(default_factory=dict)
    forbidden: dict[str, DoNotCall] = field(default_factory=dict)
    entries: dict[int, QueueEntry] = field(default_factory=dict)


def working_days(today: date) -> list[date]:
    """The last seven days of work before today, oldest first."""
    days: list[date] = []
    day = today
    while len(days) < DAYS:
        day -= timedelta(days=1)
        if day.weekday() < 5 and not is_day_off(day, "Europe/Paris"):
            days.append(day)
    return days[::-1]


def live(floor: Floor, now: datetime, random: Random) -> Drawn:
    """Draw the past, up to a quarter of an hour before `now` where today is a day of work."""
    drawn = Drawn()
    pools = [_Pool(kit, kit.entries[:touched]) for kit, touched in zip(floor.kits, TOUCHED, strict=True)]
    today = now.astimezone(PARIS).date()
    is_working = today.weekday() < 5 and not is_day_off(today, "Europe/Paris")
    for day in [*working_days(today), *([today] if is_working else [])]:
        for username, (start, end), index in sorted(SHIFTS, key=lambda shift: shift[1]):
            starts_at = datetime.combine(day, start, PARIS) + timedelta(seconds=random.uniform(-240, 420))
            ends_at = min(datetime.combine(day, end, PARIS), now - timedelta(minutes=15))
            if starts_at + timedelta(minutes=5) < ends_at:
                recorded = index == 0 and (today - day).days <= RECORDED_FOR_DAYS
                shift = _Shift(floor, pools[index], floor.users[username], index, drawn, random, recorded)
                shift.run(starts_at, ends_at)
                lunch = datetime.combine(day, LUNCH, PARIS) + timedelta(minutes=random.uniform(0, 45))
                if end < LUNCH and index == 0 and lunch < now - timedelta(minutes=15):
                    shift.miss_a_call(lunch)
    _settle_callbacks(floor, drawn, now)
    return drawn


class _Pool:
    """A campaign's entries that the past works through: those that are due again first."""

    def __init__(self, kit: Kit, entries: list[QueueEntry]) -> None:
        self.kit = kit
        self.fresh = deque(entries)
        self.again: list[QueueEntry] = []

    def take(self, at: datetime, agent: User) -> QueueEntry | None:
        """None when all is done."""
        for entry in self.again:
            if entry.not_before <= at and entry.owner_id in (None, agent.pk):
                self.again.remove(entry)
                return entry
        return self.fresh.popleft() if self.fresh else None


class _Shift:
    """One agent from sign-in to sign-out."""

    def __init__(
        self, floor: Floor, pool: _Pool, agent: User, index: int, drawn: Drawn, random: Random, recorded: bool
    ) -> None:
        self.floor, self.pool, self.agent, self.index = floor, pool, agent, index
        self.drawn, self.random, self.recorded = drawn, random, recorded
        self.kit, self.campaign = pool.kit, pool.kit.campaign

    def run(self, start: datetime, end: datetime) -> None:
        self.session = AgentSession(user=self.agent, device="browser", started_at=start, end_reason="signed_out")
        self.drawn.sessions.append(self.session)
        at = start
        if start.weekday() == 0 and start.hour < 11:
            at = self._pause(at, 2, minutes=self.random.uniform(8, 14))
        coffee = start + (end - start) * self.random.uniform(0.4, 0.6)
        had_coffee = end - start < timedelta(minutes=50) or self.random.random() < 0.5
        while at < end - timedelta(minutes=2):
            if not had_coffee and at > coffee:
                at, had_coffee = self._pause(at, 0, minutes=self.random.uniform(6, 13)), True
            entry = self.pool.take(at, self.agent)
            if entry is None:
                break
            at = self._call(entry, at)
        at = self._is_called_back(at)
        if self.agent.username == "malik" and end.astimezone(PARIS).hour < 13:
            at = self._pause(at, 1, minutes=self.random.uniform(35, 50))
        self.session.ended_at = at

    def _state(self, state: str, start: datetime, end: datetime, **more: Any) -> None:
        if end > start:
            self.drawn.intervals.append(
                AgentStateInterval(
                    session=self.session, user=self.agent, state=state, started_at=start, ended_at=end,
                    campaign=self.campaign, **more,
                )
            )  # fmt: skip

    def _pause(self, at: datetime, reason: int, *, minutes: float) -> datetime:
        end = at + timedelta(minutes=minutes)
        self._state("paused", at, end, pause_reason=self.floor.pauses[reason])
        return end

    # ── A call ───────────────────────────────────────────────────────────────

    def _call(self, entry: QueueEntry, at: datetime) -> datetime:
        """Dial, talk, conclude; when the agent is ready again."""
        random, person = self.random, self.floor.people[entry.contact_id]
        ready_from, claimed = at, at + timedelta(seconds=random.uniform(2, 22))
        kind, e164 = person.first_number
        call = Call(
            id=new_id(random), campaign=self.campaign, contact_id=entry.contact_id, queue_entry=entry,
            agent=self.agent, session=self.session, trunk=self.floor.trunk, mode=self.campaign.mode, e164=e164,
            phone_kind=kind, presented=self.kit.presented[zone_called(e164)], claimed_at=claimed,
        )  # fmt: skip
        result = self._result(person.ending, entry)
        is_person = BEHAVIOURS[person.ending].kind == "person"
        outcome = self._outcome(is_person) if result == "connected" else None
        is_recorded = self.recorded and result == "connected" and is_person
        drawn = draw(call, result, self._talk_s(outcome, person.ending, is_person, is_recorded), random)
        self.drawn.calls.append(call)
        self.drawn.events += drawn.events
        if result == "abandoned":
            call.agent, call.session = None, None
        ended = call.ended_at or claimed
        wrapped = ended + timedelta(seconds=random.uniform(6, 42) if call.bridged_at else 0.5)
        self._states(call, ready_from, drawn.hold, wrapped)
        entry.attempts += 1
        entry.attempts_by_result = {**entry.attempts_by_result, result: entry.attempts_by_result.get(result, 0) + 1}
        entry.last_result, entry.last_call_at = result, ended
        self.drawn.entries[entry.pk] = entry
        self._keep_promise(call, entry)
        if outcome is None:
            self._retry(entry, result, ended)
        else:
            call.wrap_up_ended_at = wrapped
            self._conclude(call, entry, outcome, wrapped)
        if is_recorded:
            self._record(call, person.ending)
        return wrapped

    # ── A call that comes in ─────────────────────────────────────────────────
    def _is_called_back(self, at: datetime) -> datetime:
        """The last who did not answer calls back: the agent who called him takes it; when he is ready again."""
        entry, before = self._unanswered()
        if entry is None or before is None:
            return at
        random, claimed = self.random, at + timedelta(seconds=self.random.uniform(5, 40))
        outcome = self._outcome(is_person=True)
        call = self._return_of(before, claimed, agent=self.agent, session=self.session, why="last_agent")
        drawn = draw_return(call, random.uniform(*TALK_S[outcome.position]), random)
        wrapped = (call.ended_at or claimed) + timedelta(seconds=random.uniform(6, 42))
        self.drawn.calls.append(call)
        self.drawn.events += drawn.events
        self._states(call, at, drawn.hold, wrapped)
        self.pool.again.remove(entry)
        call.wrap_up_ended_at = wrapped
        self._conclude(call, entry, outcome, wrapped)
        return wrapped

    def miss_a_call(self, at: datetime) -> None:
        """Somebody calls back while nobody is there: he hears goodbye, and is called as soon as the floor opens."""
        entry, before = self._unanswered()
        if entry is None or before is None:
            return
        call = self._return_of(before, at, why="closed")
        self.drawn.calls.append(call)
        self.drawn.events += draw_return(call, 0, self.random).events
        entry.not_before = min(entry.not_before, at + timedelta(hours=1))

    def _unanswered(self) -> tuple[QueueEntry, Call] | tuple[None, None]:
        """The last call of this agent to somebody who did not answer and may be called again."""
        waiting = {entry.pk: entry for entry in self.pool.again}
        for call in reversed(self.drawn.calls):
            if call.result == "no_answer" and call.session is self.session and call.queue_entry_id in waiting:
                return waiting[call.queue_entry_id], call
        return None, None

    def _return_of(self, before: Call, at: datetime, *, why: str, **agent: Any) -> Call:
        return Call(
            id=new_id(self.random), campaign=self.campaign, contact_id=before.contact_id, trunk=self.floor.trunk,
            queue_entry=before.queue_entry, direction=Call.Direction.INBOUND, mode="manual", e164=before.e164,
            phone_kind=before.phone_kind, presented=before.presented, claimed_at=at,
            why={"rule": "inbound", "reason": why}, **agent,
        )  # fmt: skip

    def _result(self, ending: int, entry: QueueEntry) -> str:
        usual = KINDS[BEHAVIOURS[ending].kind]
        chance = self.random.random()
        if usual == "connected" and not entry.owner_id:
            if chance < 0.2 and entry.attempts == 0:
                return "no_answer"
            if chance > 0.988 and self.campaign.mode == "progressive":
                return "abandoned"
        if usual == "no_answer" and chance < 0.02:
            return "cancelled"
        return "failed" if chance > 0.997 else usual

    def _outcome(self, is_person: bool) -> Disposition:
        if not is_person:
            return self.kit.outcomes[3]
        return self.random.choices(self.kit.outcomes, WEIGHTS[self.index])[0]

    def _talk_s(self, outcome: Disposition | None, ending: int, is_person: bool, is_recorded: bool) -> float:
        if outcome is None:
            return 0
        if not is_person:
            return self.random.uniform(1.2, 3.5)
        return sounds.duration_s(ending) if is_recorded else self.random.uniform(*TALK_S[outcome.position])

    def _states(
        self, call: Call, ready_from: datetime, hold: tuple[datetime, datetime] | None, wrapped: datetime
    ) -> None:
        waiting = "preview" if self.campaign.mode == "preview" else "ready"
        ended = call.ended_at or wrapped
        self._state(waiting, ready_from, call.claimed_at)
        if call.agent is None:
            self._state("ready", call.claimed_at, wrapped)
            return
        rang = call.claimed_at if call.direction == Call.Direction.INBOUND else call.ringing_at or ended
        self._state("dialing", call.claimed_at, rang, call=call)
        self._state("ringing", rang, call.bridged_at or ended, call=call)
        if call.bridged_at is not None:
            if hold:
                self._state("talking", call.bridged_at, hold[0], call=call)
                self._state("hold", hold[0], hold[1], call=call)
            self._state("talking", hold[1] if hold else call.bridged_at, ended, call=call)
            self._state("wrap_up", ended, wrapped, call=call)

    # ── What it leaves ───────────────────────────────────────────────────────

    def _retry(self, entry: QueueEntry, result: str, ended: datetime) -> None:
        most = {"unallocated": 1, "rejected": 2, "machine": 3}.get(result, 4)
        if entry.attempts >= self.campaign.max_attempts or entry.attempts_by_result[result] >= most:
            entry.state, entry.finished_reason = QueueEntry.State.FINISHED, result if most < 4 else "max_attempts"
            return
        entry.not_before = ended + timedelta(hours=self.random.choice((20, 26, 44, 70, 94)))
        self.pool.again.append(entry)

    def _conclude(self, call: Call, entry: QueueEntry, outcome: Disposition, at: datetime) -> None:
        call.disposition, call.disposed_at = outcome, at - timedelta(seconds=2)
        entry.disposition, entry.owner, entry.owner_until = outcome, None, None
        if outcome.pitched:
            self._answer(call, at)
        if self.random.random() < (0.6 if outcome.pitched else 0.15):
            self._note(call, at)
        if outcome.wants_appointment:
            self._appoint(call, at)
        if outcome.effect == "callback":
            self._promise(call, entry, at)
        elif outcome.effect == "retry" and entry.attempts < self.campaign.max_attempts:
            entry.not_before = at + timedelta(hours=self.random.choice((22, 46, 70)))
            self.pool.again.append(entry)
        else:
            reason = "max_attempts" if outcome.effect == "retry" else outcome.effect
            entry.state, entry.finished_reason = QueueEntry.State.FINISHED, reason
        if outcome.effect == "do_not_call":
            self.drawn.forbidden[call.e164] = DoNotCall(
                e164=call.e164, origin="agent", contact_id=call.contact_id, created_by=self.agent, created_at=at
            )

    def _promise(self, call: Call, entry: QueueEntry, at: datetime) -> None:
        due = (at + timedelta(days=self.random.choice((1, 1, 2, 3, 5)))).replace(minute=30, second=0, microsecond=0)
        mine = self.random.random() < 0.75
        self.drawn.callbacks.append(
            Callback(
                contact_id=call.contact_id or 0, campaign=self.campaign, due_at=due, owner=self.agent if mine else None,
                note=self.random.choice(scripts.CALLBACK_NOTES), made_in_call=call, created_by=self.agent,
                created_at=at, updated_at=at,
            )
        )  # fmt: skip
        entry.not_before, entry.owner = due, self.agent if mine else None
        entry.owner_until = due + timedelta(minutes=15)
        self.pool.again.append(entry)

    def _keep_promise(self, call: Call, entry: QueueEntry) -> None:
        for promise in self.drawn.callbacks:
            if promise.contact_id == entry.contact_id and promise.state == Callback.State.SCHEDULED:
                promise.state, promise.kept_in_call, promise.updated_at = Callback.State.DONE, call, call.claimed_at
                entry.owner, entry.owner_until = None, None  # retried in its turn, where nobody answered

    def _appoint(self, call: Call, at: datetime) -> None:
        day = at.astimezone(PARIS).date() + timedelta(days=self.random.randint(1, 12))
        while day.weekday() > 4:
            day += timedelta(days=1)
        starts_at = datetime.combine(day, time(self.random.randint(9, 17), self.random.choice((0, 30))), PARIS)
        self.drawn.appointments.append(
            Appointment(
                contact_id=call.contact_id or 0, campaign=self.campaign, call=call, starts_at=starts_at,
                duration_min=self.random.choice((30, 45, 60)), place=self.random.choice(scripts.PLACES),
                created_by=self.agent, created_at=at, updated_at=at,
            )
        )  # fmt: skip

    def _note(self, call: Call, at: datetime) -> None:
        self.drawn.notes.append(
            ContactNote(
                contact_id=call.contact_id or 0, call=call, campaign=self.campaign, author=self.agent,
                text=self.random.choice(scripts.NOTES), created_at=at, updated_at=at,
            )
        )  # fmt: skip

    def _answer(self, call: Call, at: datetime) -> None:
        for question in self.kit.questions:
            if self.random.random() < 0.7 and (value := self._answer_to(question)) is not None:
                self.drawn.answers[call.contact_id or 0, question["key"]] = ScriptAnswer(
                    contact_id=call.contact_id or 0, campaign=self.campaign, question_key=question["key"], value=value,
                    call=call, agent=self.agent, updated_at=at,
                )  # fmt: skip

    def _answer_to(self, question: dict[str, Any]) -> Any:
        if question["kind"] == "choice":
            return self.random.choice(question["choices"])
        if question["kind"] == "yes_no":
            return self.random.random() < 0.7
        if question["kind"] == "date":
            return f"2027-{self.random.randint(1, 12):02d}-01"
        if question["kind"] == "number":
            some = self.random.randint(0, 10) if question["key"] == "note" else self.random.randint(1, 19)
            return 900 + 150 * some if question["key"] == "revenu" else some
        return None

    def _record(self, call: Call, ending: int) -> None:
        recording = Recording(
            id=new_id(self.random), call=call, status=Recording.Status.READY,
            started_at=call.bridged_at or call.claimed_at, ended_at=call.ended_at,
            duration_s=round(sounds.duration_s(ending), 2),
        )  # fmt: skip
        self.drawn.recorded.append((recording, ending))


def _settle_callbacks(floor: Floor, drawn: Drawn, now: datetime) -> None:
    """Promises that are still open: two are late, some are due within the hour, the others later."""
    minutes = [-25, -4, 3, 8, 15, 30, 50, 90, 150, 240]
    entries = {(entry.campaign_id, entry.contact_id): entry for entry in drawn.entries.values()}
    still_open = [one for one in drawn.callbacks if one.state == Callback.State.SCHEDULED]
    for index, promise in enumerate(sorted(still_open, key=lambda one: one.created_at)):
        if index < len(minutes):
            promise.due_at = (now + timedelta(minutes=minutes[index])).replace(second=0, microsecond=0)
        elif promise.due_at < now + timedelta(hours=5):
            day = now.astimezone(PARIS).date() + timedelta(days=1 + index % 5)
            promise.due_at = datetime.combine(day, time(10 + index % 7, 30), PARIS)
        entry = entries[promise.campaign_id, promise.contact_id]
        entry.not_before, entry.owner = promise.due_at, promise.owner
        entry.owner_until = promise.due_at + timedelta(minutes=15)
    # Those whose turn has come by their rules, or that the past did not get to, come after the ones that surely answer.
    for kit, touched in zip(floor.kits, TOUCHED, strict=True):
        for entry in kit.entries[:touched]:
            if entry.state == QueueEntry.State.WAITING and not entry.owner_until and entry.not_before <= now:
                entry.not_before = now - timedelta(minutes=1)

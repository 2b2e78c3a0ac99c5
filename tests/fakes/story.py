"""What a story about the floor is told with: a floor in virtual time on a fake Asterisk and the real PostgreSQL."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from decroche.accounts.models import User
from decroche.agents.listening.selectors import in_force
from decroche.agents.listening.services import acknowledge
from decroche.agents.models import PauseReason
from decroche.calls.models import Call
from decroche.campaigns.models import (
    Campaign,
    CampaignAssignment,
    CampaignPresentedNumber,
    PresentedNumber,
    QueueEntry,
    RetryRule,
)
from decroche.common.clock import Clock
from decroche.common.notify import FLOOR_CHANNEL
from decroche.contacts.models import Contact, ContactPhone
from decroche.dispositions.models import Disposition
from decroche.floor.app import Dispatcher, open_desk
from decroche.floor.db import Database
from decroche.floor.desks import Desk
from decroche.floor.service import Floor
from decroche.ledger.models import Principal, Proof
from decroche.telephony.models import Trunk
from tests.fakes.asterisk import Callee, FakeAsterisk
from tests.fakes.virtual_time import VirtualClock, VirtualLoop

T = TypeVar("T")
PRESENTED = "+33199000100"
_SAID = '{"kind": "said"}'
ALWAYS = [{"days": [0, 1, 2, 3, 4, 5, 6], "from": "00:00", "to": "24:00"}]


class Refusal(AssertionError):
    """A command that the floor refused; `code` is why."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["code"])
        self.code = error["code"]
        self.message = error["message"]


class Window:
    """A desktop's window: what it knows is built from messages alone, as a browser does."""

    def __init__(self, story: Story, user: User, role: str = "agent") -> None:
        self.story, self.user = story, user
        self.state: dict[str, Any] = {}
        self.notices: list[str] = []
        self.bye = ""
        self.seq = 0
        self._answers: dict[int, dict[str, Any]] = {}
        self._ids = itertools.count(1)
        self.desk = Desk(role, user.pk, user.display_name, "fr", self._receive, lambda: None)  # type: ignore[arg-type]
        self._dispatcher: Dispatcher = open_desk(story.floor, self.desk)

    def _receive(self, message: dict[str, Any]) -> None:
        kind = message["type"]
        self.story.news.set()
        if kind == "snapshot":
            self.state, self.seq = message["state"], message["seq"]
        elif kind == "update":
            assert message["seq"] == self.seq + 1, "a gap in the numbers of the updates"
            self.seq = message["seq"]
            self.state |= message["changes"]
        elif kind in ("ack", "refused"):
            self._answers[message["id"]] = message
        elif kind == "notice":
            self.notices.append(message["code"])
        elif kind == "bye":
            self.bye = message["code"]

    async def does(self, name: str, **args: Any) -> dict[str, Any]:
        """Give a command; raises `Refusal` where the floor refuses it."""
        number = next(self._ids)
        await self._dispatcher({"type": "command", "id": number, "name": name, "args": args})
        await asyncio.sleep(0)  # updates leave at the end of the floor's turn
        await asyncio.sleep(0)
        answer = self._answers.pop(number)
        if answer["type"] == "refused":
            raise Refusal(answer["error"])
        return answer["result"] or {}

    async def sees(self, what: Callable[[], Any], within_s: float = 120) -> None:
        await self.story.until(what, within_s)

    def closes(self) -> None:
        self.story.floor.desks.closed(self.desk)


class Agent(Window):
    """An agent in front of his desktop."""

    @property
    def doing(self) -> str:
        return str(self.state["state"]["code"])

    @property
    def call(self) -> dict[str, Any]:
        call: dict[str, Any] | None = self.state["call"]
        assert call is not None, "no call on the screen"
        return call

    @property
    def leg(self) -> str:
        return self.state["session"]["leg"] if self.state["session"] else "none"

    async def signs_in(self, **args: Any) -> None:
        await self.does("sign_in", **args)
        self.softphone_registers()
        await self.sees(lambda: self.leg == "up")

    def softphone_registers(self) -> None:
        self.story.asterisk.register(self.state["session"]["credentials"]["username"])

    async def goes_ready(self) -> None:
        await self.does("ready")

    async def talks(self, within_s: float = 120) -> None:
        """Waits until a contact is there."""
        await self.sees(
            lambda: self.state["call"] and self.call["bridged_at"] and self.call["state"] == "talking", within_s
        )

    async def goes_on(self) -> None:
        """Waits until this call has left the screen."""
        call_id = self.call["id"]
        await self.sees(lambda: self.state["call"] is None or self.call["id"] != call_id, 200)

    async def disposes(self, label: str, **args: Any) -> None:
        outcome = self.story.outcomes[(self.call_campaign, label)]
        await self.does("dispose", disposition_id=outcome, **args)

    @property
    def call_campaign(self) -> int:
        return int(self.state["campaign"]["id"])

    def reloads(self) -> Agent:
        """The page is loaded again: the browser's socket and softphone are gone, then a new window opens."""
        username = f"a{self.state['session']['id']}"
        self.closes()
        self.story.asterisk.unregister(username)
        return Agent(self.story, self.user)


class Story:
    """One floor, its people and its prospects."""

    def __init__(self, loop: VirtualLoop, conninfo: str, folder: Path) -> None:
        self.loop = loop
        self.clock: Clock = VirtualClock(loop)
        self.asterisk = FakeAsterisk(self.clock.now)
        self.trunk_fields: dict[str, Any] = {"host": "127.0.0.1", "registers": False}
        self._conninfo, self._folder = conninfo, folder
        self.outcomes: dict[tuple[int, str], int] = {}
        self.news = asyncio.Event()
        self.floor: Floor
        self._task: asyncio.Task[None]
        self._numbers = itertools.count(1)
        self._names = itertools.count(1)

    # ── The process ──────────────────────────────────────────────────────────
    async def floor_starts(self, name: str = "main", asterisk: FakeAsterisk | None = None) -> Floor:
        database = Database(self._conninfo, connections=6)
        self.loop.busy.append(lambda: database.in_flight)
        floor = self.floor = self.make_floor(database, name, asterisk or self.asterisk)
        self._task = asyncio.create_task(floor.run())
        await asyncio.wait({self._task, asyncio.create_task(floor.started.wait())}, return_when="FIRST_COMPLETED")
        if self._task.done():
            self._task.result()
        self.loop.busy.append(lambda: not floor.listener.listening.is_set() and not floor.stopping)
        await floor.listener.listening.wait()
        await floor.reconciled.wait()
        return floor

    def make_floor(self, database: Database, name: str, asterisk: FakeAsterisk) -> Floor:
        return Floor(
            ari=asterisk,
            database=database,
            clock=self.clock,
            name=name,
            spool=self._folder,
            recordings=self._folder,
            channel_log=asterisk.log,
        )

    async def floor_stops(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def floor_is_killed(self) -> None:
        """As kill -9 would: nothing more is written, nobody is told."""
        floor = self.floor
        floor.stopping = True
        self.asterisk.lose_connection()
        floor.journal._pending.clear()
        everything = [
            t for t in asyncio.all_tasks() if t is not asyncio.current_task() and t in floor._tasks | {self._task}
        ]
        for task in everything:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self.asterisk.find_connection()

    # ── Time ─────────────────────────────────────────────────────────────────
    async def until(self, what: Callable[[], Any], within_s: float = 120) -> None:
        """Virtual time goes on until it is so."""
        limit = self.loop.time() + within_s
        while not what():
            assert self.loop.time() < limit, f"not within {within_s} s"
            self.news.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(1.0):
                    await self.news.wait()
            await asyncio.sleep(0)

    async def passes(self, **time: float) -> None:
        await asyncio.sleep(timedelta(**time).total_seconds())

    async def web(self, change: Callable[[], T]) -> T:
        """What the web process does, and the floor's hearing of it."""
        done = await self.floor.db.django(change)
        if self.floor.listener.listening.is_set():
            await self._heard()
        await self.settled()
        return done

    async def _heard(self) -> None:
        """PostgreSQL delivers in the order of commits: a word of ours comes after all that was said before."""
        listener, over = self.floor.listener, asyncio.Event()
        hear = listener._on_notice
        listener._on_notice = lambda kind, ids: over.set() if kind == "said" else hear(kind, ids)
        waits = lambda: 1  # noqa: E731 - time stands still for it
        self.loop.busy.append(waits)
        try:
            await self.floor.db.execute("SELECT pg_notify(%(on)s, %(word)s)", {"on": FLOOR_CHANNEL, "word": _SAID})
            await over.wait()
        finally:
            self.loop.busy.remove(waits)
            listener._on_notice = hear

    async def settled(self) -> None:
        """Everything handed over to the journal is committed."""
        await asyncio.sleep(0.05)
        await self.floor.journal.flush()

    async def rows(self, read: Callable[[], T]) -> T:
        await self.settled()
        return await self.floor.db.django(read)

    # ── People ───────────────────────────────────────────────────────────────
    async def agent(self, name: str, *campaigns: Campaign, signed_in: bool = True, **sign_in: Any) -> Agent:
        user = await self.user(name, *campaigns)
        agent = Agent(self, user)
        if signed_in:
            await agent.signs_in(**sign_in)
        return agent

    async def supervisor(self, name: str) -> Window:
        return Window(self, await self.user(name, role="supervisor"), "supervisor")

    async def user(self, name: str, *campaigns: Campaign, role: str = "agent", told: bool = True) -> User:
        """`told`: has read the notice of listening."""

        def make() -> User:
            username = f"{name.lower()}{next(self._names)}"
            user = User.objects.create_user(username, first_name=name, role=role)
            for position, campaign in enumerate(campaigns):
                CampaignAssignment.objects.create(campaign=campaign, user=user, priority=-position)
            if told:
                acknowledge(user, in_force().version)
            return user

        user = await self.floor.db.django(make)
        await self.floor.campaigns.load()
        return user

    async def pause_reason(self, label: str = "Déjeuner") -> int:
        reason = await self.floor.db.django(lambda: PauseReason.objects.create(label=label).pk)
        await self.floor.agents.load_reasons()
        return reason

    # ── Campaigns and prospects ──────────────────────────────────────────────
    async def campaign(
        self, name: str = "Mutuelle", *, rules: dict[str, dict[str, Any]] | None = None, **fields: Any
    ) -> Campaign:
        def make() -> Campaign:
            Trunk.objects.get_or_create(
                name="Simulateur", simulator=True, channel_limit=200, cps_limit=200, **self.trunk_fields
            )
            number, _ = PresentedNumber.objects.get_or_create(e164=PRESENTED)
            values = {"status": "open", "audience": "b2b", "hours": ALWAYS, "wrap_up": "unlimited", **fields}
            if values["audience"] == "b2c":
                values["principal"] = Principal.objects.get_or_create(name="Mutuelle", siren="123456782")[0]
            campaign = Campaign.objects.create(name=name, **values)
            CampaignPresentedNumber.objects.create(campaign=campaign, number=number)
            for result, rule in (rules or {}).items():
                RetryRule.objects.create(campaign=campaign, result=result, **rule)
            for position, (label, effect, tone) in enumerate(
                [("Intéressé", "close", "positive"), ("À rappeler", "callback", "neutral"),
                 ("Absent", "retry", "neutral"), ("Ne plus appeler", "do_not_call", "negative")]
            ):  # fmt: skip
                made = Disposition.objects.create(
                    campaign=campaign, label=label, effect=effect, tone=tone, position=position, pitched=True
                )
                self.outcomes[(campaign.pk, label)] = made.pk
            return campaign

        campaign = await self.floor.db.django(make)
        await self.floor.trunks.changed()
        await self.floor.campaigns.load()
        return campaign

    def consents(self, contact: Contact, principal: Principal, **fields: Any) -> Proof:
        """A proof in the ledger, of a month ago unless told otherwise."""
        now = self.clock.now()
        values: dict[str, Any] = {
            "kind": "consent", "who": str(contact.pk), "object": "Complémentaire santé", "wording": "J'accepte.",
            "wording_version": "1", "channel": "web_form", "act": "case cochée", "given_at": now - timedelta(days=30),
            "recorded_at": now, "archive_until": now + timedelta(days=3 * 365), **fields,
        }  # fmt: skip
        return Proof.objects.create(contact=contact, principal=principal, **values)

    def has_answered(self, campaign: Campaign, count: int = 400) -> None:
        """So many persons answered already today: the campaign has earned some abandoned calls."""
        minute = self.floor.world.campaigns[campaign.pk].observed.minute(self.clock.now())
        minute.launched += 4 * count
        minute.finished += 4 * count
        minute.connected += count

    async def prospects(
        self, campaign: Campaign | None, count: int, callee: Callee | None = None, consents: bool = True, **fields: Any
    ) -> list[Contact]:
        """Each with one number of its own; queued where a campaign is given, with a consent where it needs one."""

        def make() -> list[Contact]:
            made = Contact.objects.bulk_create(
                [Contact(first_name="Hélène", last_name=f"Lefèvre {next(self._numbers)}") for _ in range(count)]
            )
            phones = [ContactPhone(contact=c, kind="phone", e164=self.number_of(c)) for c in made]
            ContactPhone.objects.bulk_create(phones)
            if campaign is not None and campaign.principal is not None and consents:
                for contact in made:
                    self.consents(contact, campaign.principal)
            if campaign is not None:
                now = self.clock.now()
                QueueEntry.objects.bulk_create(
                    [QueueEntry(campaign=campaign, contact=c, not_before=now, **fields) for c in made]
                )
            return made

        made = await self.floor.db.django(make)
        for contact in made:
            if callee is not None:
                self.asterisk.numbers[self.number_of(contact)] = callee
        if campaign is not None:
            self.floor.campaigns.wake(campaign.pk)
        return made

    def number_of(self, contact: Contact) -> str:
        """A number kept for fiction, its own."""
        block = ("+3319900", "+3326191", "+3335301", "+3346571", "+3353649")[contact.pk // 10000 % 5]
        return f"{block}{contact.pk % 10000:04d}"

    async def entry(self, contact: Contact) -> QueueEntry:
        return await self.rows(lambda: QueueEntry.objects.get(contact=contact))

    async def calls(self) -> list[Call]:
        return await self.rows(lambda: list(Call.objects.order_by("claimed_at")))


@asynccontextmanager
async def telling(loop: VirtualLoop, conninfo: str, folder: Path) -> AsyncIterator[Story]:
    """A floor that runs while the story is told."""
    story = Story(loop, conninfo, folder)
    await story.floor_starts()
    try:
        yield story
    finally:
        await story.floor_stops()

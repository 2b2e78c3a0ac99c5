"""`manage seed_demo`: fills an empty installation once; again, it only puts logins and trunk right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from typing import Any

from django.db import models, transaction

from decroche.accounts.audit import record
from decroche.accounts.models import AuditEntry, User
from decroche.agents.models import AgentSession, AgentStateInterval
from decroche.appointments.models import Appointment
from decroche.callbacks.models import Callback
from decroche.calls.models import Call, CallEvent, Recording
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.campaigns.settling import settle
from decroche.common.clock import SystemClock
from decroche.common.notify import notify_floor
from decroche.config.env import Env
from decroche.contacts.models import Contact, ContactNote, DoNotCall, ImportBatch, ScriptAnswer
from decroche.demo import logins
from decroche.demo.history import Drawn, live
from decroche.demo.mails import confirmations
from decroche.demo.setup import Floor, build, install_trunk
from decroche.demo.sounds import Shelf
from decroche.messages.models import Mail

DONE = "demo.seeded"
SEED = 20_261_123


class NotEmpty(Exception):
    """The installation holds real data: the demo does not mix with it."""


def seed(env: Env, now: datetime | None = None) -> bool:
    """True where the data were made now, False where they were there. All of it or nothing. Raises NotEmpty."""
    at = now or datetime.now(UTC)
    if AuditEntry.objects.filter(action=DONE).exists():
        _refresh(env)
        return False
    if User.objects.exists() or Contact.objects.exists():
        raise NotEmpty
    with transaction.atomic(), _given_times(Contact, Callback, Appointment, ContactNote, ScriptAnswer, ImportBatch):
        users, said = logins.make_users()
        random = Random(SEED)  # noqa: S311 - the same demo everywhere
        floor = build(env, users, at, random)
        logins.acknowledge(users.values())
        _write(env, floor, live(floor, at, random))
        settle(Campaign.objects.get(audience=Campaign.Audience.B2C).pk, _Stopped(at))
        record(None, DONE)
        logins.write(env.demo_logins_file, env.public_url, said)
    return True


class _Stopped(SystemClock):
    """The instant for which the demo is made."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


@transaction.atomic
def _refresh(env: Env) -> None:
    """The address, the simulator's port and secret may have changed; lost logins are made anew."""
    before = env.simulator_sip_port
    trunk = install_trunk(env)
    notify_floor("trunk_changed", id=trunk.pk)
    logins.acknowledge(User.objects.filter(username__in=[one[0] for one in logins.PEOPLE]))
    found = logins.read(env.demo_logins_file)
    if found is None:
        _, said = logins.make_users()
        logins.write(env.demo_logins_file, env.public_url, said)
    elif found.get("address") != env.public_url or before != trunk.port:
        logins.write(env.demo_logins_file, env.public_url, found["users"])


def _write(env: Env, floor: Floor, drawn: Drawn) -> None:
    """Rows first seen by others when the transaction ends; the sound files lie there before."""
    QueueEntry.objects.bulk_create([entry for kit in floor.kits for entry in kit.entries], batch_size=1000)
    AgentSession.objects.bulk_create(drawn.sessions)
    Call.objects.bulk_create(drawn.calls, batch_size=500)
    CallEvent.objects.bulk_create(drawn.events, batch_size=2000)
    for interval in drawn.intervals:
        interval.session_id = interval.session.pk  # known only now
    AgentStateInterval.objects.bulk_create(drawn.intervals, batch_size=2000)
    shelf = Shelf(env.recordings_dir)
    for recording, ending in drawn.recorded:
        recording.size_bytes = shelf.put(str(recording.pk), ending)
    Recording.objects.bulk_create(recording for recording, _ in drawn.recorded)
    Callback.objects.bulk_create(drawn.callbacks)
    Appointment.objects.bulk_create(drawn.appointments)
    Mail.objects.bulk_create(confirmations(drawn.appointments, floor))
    ContactNote.objects.bulk_create(drawn.notes)
    ScriptAnswer.objects.bulk_create(drawn.answers.values())
    forbidden = sorted([*floor.forbidden, *drawn.forbidden.values()], key=lambda one: one.created_at)
    DoNotCall.objects.bulk_create(forbidden, ignore_conflicts=True)  # the list shows them as they came


@contextmanager
def _given_times(*kinds: type[models.Model]) -> Iterator[None]:
    """Rows of the past keep the times given to them: self-stamping fields are told not to, here."""
    stamps: list[tuple[Any, bool, bool]] = []
    for kind in kinds:
        for one in kind._meta.get_fields():
            if isinstance(one, models.DateTimeField) and (one.auto_now or one.auto_now_add):
                stamps.append((one, one.auto_now, one.auto_now_add))
                one.auto_now = one.auto_now_add = False
    try:
        yield
    finally:
        for one, auto_now, auto_now_add in stamps:
            one.auto_now, one.auto_now_add = auto_now, auto_now_add

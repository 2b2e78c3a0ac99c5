"""The demo's data: made once, whole, fictional, and coherent enough for every screen."""

from __future__ import annotations

import json
import stat
import wave
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from decroche.campaigns.models import QueueEntry
from decroche.common.fiction import is_fiction
from decroche.config.env import get_env
from decroche.demo.history import working_days
from decroche.demo.seed import NotEmpty, seed

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return replace(get_env(), var=tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any, env: Any) -> Any:
    """Seeded once for all tests of this module, in a transaction that is undone at its end."""
    from django.db import transaction

    with django_db_blocker.unblock(), override_settings(ANNOUNCEMENTS_DIR=env.announcements_dir):
        atomic = transaction.atomic()
        atomic.__enter__()
        transaction.set_rollback(False)
        assert seed(env, MONDAY) is True
        yield env
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _unblocked(request: pytest.FixtureRequest, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        yield


def test_the_logins_are_written_for_their_owner_only(seeded):
    said = json.loads(seeded.demo_logins_file.read_text())
    assert stat.S_IMODE(seeded.demo_logins_file.stat().st_mode) == 0o600
    assert [user["role"] for user in said["users"]] == ["agent", "agent", "agent", "supervisor", "admin"]


def test_everybody_can_sign_in_with_what_the_file_says(seeded):
    from decroche.accounts.models import User

    for user in json.loads(seeded.demo_logins_file.read_text())["users"]:
        assert User.objects.get(username=user["username"]).check_password(user["password"])


def test_seeding_again_changes_nothing(seeded):
    from decroche.contacts.models import Contact

    before = seeded.demo_logins_file.read_bytes()
    assert seed(seeded, MONDAY) is False
    assert (Contact.objects.count(), seeded.demo_logins_file.read_bytes()) == (2160, before)


def test_lost_logins_are_made_anew(seeded):
    seeded.demo_logins_file.write_text("{")
    seed(seeded, MONDAY)
    test_everybody_can_sign_in_with_what_the_file_says(seeded)


def test_every_number_is_fictional_and_of_one_contact(seeded):
    from decroche.calls.models import Call
    from decroche.campaigns.models import PresentedNumber
    from decroche.contacts.models import ContactPhone

    numbers = list(ContactPhone.objects.values_list("e164", flat=True))
    assert len(numbers) == len(set(numbers))
    shown = [*PresentedNumber.objects.values_list("e164", flat=True), *Call.objects.values_list("presented", flat=True)]
    assert all(is_fiction(number) for number in [*numbers, *shown])


def test_those_called_first_mostly_answer(seeded):
    from decroche.campaigns.models import Campaign, QueueEntry
    from decroche.telephony.simulator_behaviours import behaviour_of

    for campaign in Campaign.objects.all():
        waiting = QueueEntry.objects.filter(
            campaign=campaign, state="waiting", owner_until=None, not_before__lte=MONDAY
        )
        first = [entry.contact.phones.order_by("-kind")[0] for entry in waiting.order_by("not_before", "id")[:30]]
        assert sum(behaviour_of(phone.e164).kind == "person" for phone in first) >= 28


def test_every_result_and_every_screen_has_something(seeded):
    from decroche.appointments.models import Appointment
    from decroche.callbacks.models import Callback
    from decroche.calls.models import Call, Result
    from decroche.contacts.models import ContactNote, DoNotCall, RefusedRow, ScriptAnswer

    assert set(Call.objects.values_list("result", flat=True)) == set(Result.values)
    assert Callback.objects.filter(state="scheduled", due_at__gt=MONDAY).count() > 5
    assert Appointment.objects.filter(starts_at__gt=MONDAY).count() > 5
    for kind in (ContactNote, ScriptAnswer, DoNotCall, RefusedRow):
        assert kind.objects.exists()


def test_only_those_who_were_promised_a_call_wait_for_it(seeded):
    """Bug: after a promise that reached nobody, its record was called first, and out of the campaign's territory."""
    from decroche.callbacks.models import Callback

    promised = set(Callback.objects.filter(state="scheduled").values_list("campaign_id", "contact_id"))
    kept_for = QueueEntry.objects.filter(state="waiting", owner_until__isnull=False)
    assert set(kept_for.values_list("campaign_id", "contact_id")) == promised


def test_some_called_back_and_were_taken_or_missed(seeded):
    from decroche.calls.models import Call

    back = Call.objects.filter(direction="inbound")
    assert set(back.values_list("result", flat=True)) == {"connected", "missed"}
    assert all(one.agent and one.disposition for one in back.filter(result="connected"))
    assert not back.filter(result="missed").exclude(agent=None).exists()
    for one in back:
        before = Call.objects.filter(contact=one.contact, direction="outbound", claimed_at__lt=one.claimed_at)
        assert before.filter(result="no_answer", presented=one.presented).exists()
        assert (one.events.order_by("pk").first().trigger, one.placed_at) == ("came_in", None)


def test_a_call_s_events_are_those_of_the_machine(seeded):
    from decroche.calls.models import Call

    for call in Call.objects.prefetch_related("events")[:300]:
        events = list(call.events.all())
        assert (events[0].old, events[-1].new, call.state) == ("claimed", "ended", "ended")
        assert all(one.new == two.old for one, two in pairwise(events))


def test_no_agent_is_in_two_states_at_once(seeded):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM agents_agentstateinterval a JOIN agents_agentstateinterval b ON a.user_id = b.user_id"
            " AND a.id < b.id AND a.started_at < b.ended_at AND b.started_at < a.ended_at"
        )
        assert cursor.fetchone()[0] == 0


def test_the_do_not_call_list_is_in_the_order_of_its_dates(seeded):
    """What agents had refused weeks ago stood above a list imported yesterday."""
    from decroche.contacts.models import DoNotCall

    dates = list(DoNotCall.objects.order_by("pk").values_list("created_at", flat=True))
    assert dates == sorted(dates)


def test_an_income_is_one_that_people_have(seeded):
    """Somebody lived on 11 euros a month."""
    from decroche.contacts.models import ScriptAnswer

    incomes = list(ScriptAnswer.objects.filter(question_key="revenu").values_list("value", flat=True))
    assert incomes
    assert all(900 <= income <= 6_000 for income in incomes)


def test_recordings_can_be_played(seeded):
    from decroche.calls.models import Recording

    recording = Recording.objects.first()
    with wave.open(str(Path(seeded.recordings_dir) / f"{recording.pk}.wav")) as sound:
        assert sound.getnchannels() == 2
        assert abs(sound.getnframes() / sound.getframerate() - recording.duration_s) < 0.1


def test_scripts_use_only_variables_that_exist(seeded):
    from decroche.campaigns.models import Script
    from decroche.campaigns.script_schema import ScriptIn
    from decroche.campaigns.selectors import variables
    from decroche.campaigns.settings_lists import VARIABLE

    for script in Script.objects.all():
        body = ScriptIn.model_validate({"pages": script.pages, "objections": script.objections})
        used = {name for page in body.pages for name in VARIABLE.findall(page.text)}
        assert used <= set(variables())


def test_real_data_are_never_mixed_with_the_demo(env, db):
    from decroche.accounts.models import AuditEntry

    AuditEntry.objects.filter(action="demo.seeded").update(action="x")
    from decroche.contacts.models import Contact

    Contact.objects.create(last_name="Réelle")
    with pytest.raises(NotEmpty):
        seed(env, MONDAY)


def test_history_is_of_days_of_work_only():
    days = working_days(datetime(2026, 11, 16, tzinfo=UTC).date())
    assert [day.isoformat() for day in days[:3]] == ["2026-11-04", "2026-11-05", "2026-11-06"]
    assert "2026-11-11" not in [day.isoformat() for day in days]


def test_every_campaign_has_its_message_for_abandoned_calls(seeded: Any) -> None:
    from decroche.campaigns.models import Announcement, Campaign

    assert Announcement.objects.filter(kind="abandoned").count() == Campaign.objects.count() == 4
    assert len(list(seeded.announcements_dir.glob("*.wav16"))) == Announcement.objects.count()


def test_the_campaign_to_consumers_shows_who_may_be_called_and_why_others_may_not(seeded: Any) -> None:
    entries = QueueEntry.objects.filter(campaign__audience="b2c")
    assert Counter(entries.values_list("state", "refused_reason")) == {
        ("waiting", ""): 104,
        ("finished", "no_consent"): 24,
        ("finished", "consent_expired"): 14,
        ("finished", "consent_withdrawn"): 10,
        ("finished", "do_not_call"): 8,
    }


def test_appointments_were_confirmed_by_e_mail_and_no_sender_can_reach_anybody(seeded: Any) -> None:
    from decroche.appointments.models import Appointment
    from decroche.messages.models import Mail, Sender

    mails = Mail.objects.all()
    written = Appointment.objects.exclude(contact__email="").count()
    assert (mails.count(), set(mails.values_list("state", flat=True))) == (written, {"sent", "refused"})
    assert not Sender.objects.exists()
    assert all(one.to_address.endswith("@exemple.fr") and one.created_at < MONDAY for one in mails)

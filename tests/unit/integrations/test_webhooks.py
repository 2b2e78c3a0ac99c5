"""Webhooks to a real receiver on the loopback: noted by the database, signed, tried again, given up."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from decroche.accounts.models import AuditEntry, User
from decroche.appointments.models import Appointment
from decroche.calls.models import Call
from decroche.campaigns.models import Campaign
from decroche.contacts.imports.errors import by_code
from decroche.contacts.models import Contact, DoNotCall, ImportBatch
from decroche.dispositions.models import Disposition
from decroche.integrations import retention, selectors
from decroche.integrations.errors import NothingToSend
from decroche.integrations.models import Delivery, Event, Webhook
from decroche.integrations.schemas import DeliveryListFilters, WebhookIn, WebhookPatch
from decroche.integrations.webhooks import deliver, subscriptions
from decroche.integrations.webhooks.loop import Deliverer

EVERYTHING = ["call.ended", "call.qualified", "contact.do_not_call", "appointment.created", "import.finished"]


class Receiver:
    """Keeps what it is sent; answers `statuses` in turn, then 200."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(outer.statuses.pop(0) if outer.statuses else 200)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def messages(self) -> list[dict[str, object]]:
        return [json.loads(body) for _, body in self.got]


@pytest.fixture
def receiver(settings, transactional_db):
    settings.WEBHOOKS_TO_LOOPBACK = True
    one = Receiver()
    yield one
    one.close()


@pytest.fixture
def boss(transactional_db):
    return User.objects.create_user("ada", role="admin")


@pytest.fixture
def make_webhook(boss, receiver):
    def make(*events, url=""):
        body = {"url": url or receiver.url, "events": events or EVERYTHING}
        return subscriptions.create(boss, WebhookIn.model_validate(body))

    return make


@pytest.fixture
def make_call(transactional_db):
    campaign = Campaign.objects.create(name="Mutuelle")
    contact = Contact.objects.create(last_name="Petit", client_code="C-1")

    def make(**fields):
        facts = {"state": "talking", "claimed_at": timezone.now(), "mode": "progressive", "e164": "+33639982011"}
        return Call.objects.create(id=uuid4(), campaign=campaign, **{"contact": contact, **facts, **fields})

    return make


def work():
    """The worker's turns, until there is nothing left to do now."""

    async def turns():
        one = Deliverer()
        try:
            while await one.turn():
                await one.finished()
        finally:
            await one.close()

    asyncio.run(turns())


def due_now():
    Delivery.objects.filter(state="pending").update(next_at=timezone.now())


def ends(call):
    Call.objects.filter(pk=call.pk).update(state="ended", result="connected", ended_at=timezone.now())


def test_a_call_that_ends_is_told_with_its_contact(receiver, make_webhook, make_call):
    make_webhook("call.ended")
    call = make_call()
    ends(call)
    work()
    (message,) = receiver.messages
    assert (message["type"], message["version"]) == ("call.ended", 1)
    told = message["data"]["call"]
    assert (told["id"], told["client_code"], told["result"]) == (str(call.pk), "C-1", "connected")


def test_the_signature_is_that_of_standard_webhooks_computed_elsewhere(receiver, make_webhook, make_call):
    _, secret = make_webhook("call.ended")
    ends(make_call())
    work()
    ((headers, body),) = receiver.got
    signed = headers["webhook-id"].encode() + b"." + headers["webhook-timestamp"].encode() + b"." + body
    digest = hmac.digest(base64.b64decode(secret.split("_")[1]), signed, hashlib.sha256)
    assert headers["webhook-signature"] == "v1," + base64.b64encode(digest).decode()


def test_a_known_message_has_the_known_signature():
    """The example of the Standard Webhooks specification."""
    from decroche.integrations.webhooks import signing

    headers = signing.headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
    )
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_after_a_rotation_both_secrets_sign_for_a_day(receiver, boss, make_webhook, make_call):
    webhook, _ = make_webhook("call.ended")
    subscriptions.rotate(boss, webhook.pk)
    ends(make_call())
    work()
    Webhook.objects.update(former_until=timezone.now())
    ends(make_call(e164="+33639982012"))
    work()
    assert [len(headers["webhook-signature"].split()) for headers, _ in receiver.got] == [2, 1]


def test_every_fact_is_told_once_and_only_what_was_asked_for(receiver, boss, make_webhook, make_call):
    make_webhook()
    call = make_call()
    sold = Disposition.objects.create(campaign_id=call.campaign_id, label="Vendu", tone="positive")
    call.disposition, call.disposed_at = sold, timezone.now()
    call.save(update_fields=["disposition", "disposed_at"])
    ends(call)
    Call.objects.filter(pk=call.pk).update(wrap_up_ended_at=timezone.now(), state="ended")
    DoNotCall.objects.create(e164=call.e164, origin="agent", contact=call.contact, created_at=timezone.now())
    DoNotCall.objects.create(e164="+33639982099", origin="import", created_at=timezone.now())
    Appointment.objects.create(contact=call.contact, call=call, starts_at=timezone.now(), created_by=boss)
    batch = ImportBatch.objects.create(name="lot", file_name="lot.csv", stored_as="x", status="running")
    ImportBatch.objects.filter(pk=batch.pk).update(status="done", rows_done=3)
    work()
    assert sorted(str(one["type"]) for one in receiver.messages) == sorted(EVERYTHING)
    qualified = next(one for one in receiver.messages if one["type"] == "call.qualified")
    assert qualified["data"]["call"]["outcome"]["label"] == "Vendu"


def test_an_outcome_that_was_changed_is_told_with_the_instant_of_each(receiver, make_webhook, make_call):
    """Both bore the last instant where the worker came late: a receiver could not tell which one holds."""
    make_webhook("call.qualified")
    call, at = make_call(), timezone.now()
    for minute, label in enumerate(("Vendu", "Refus")):
        call.disposition = Disposition.objects.create(campaign_id=call.campaign_id, label=label, tone="neutral")
        call.disposed_at = at + timedelta(minutes=minute)
        call.save(update_fields=["disposition", "disposed_at"])
    work()
    told = [one["data"]["call"] for one in receiver.messages]
    assert [one["outcome"]["label"] for one in sorted(told, key=lambda one: one["outcome_at"])] == ["Vendu", "Refus"]
    assert len({one["outcome_at"] for one in told}) == 2


def test_why_a_file_was_refused_is_told_in_the_language_of_each_webhook_s_owner(receiver, make_webhook):
    """Bug: all were told in the language of whoever owned the first."""
    make_webhook("import.finished")
    english = User.objects.create_user("grace", role="admin", language="en")
    body = {"url": receiver.url, "events": ["import.finished"]}
    subscriptions.create(english, WebhookIn.model_validate(body))
    batch = ImportBatch.objects.create(name="lot", file_name="lot.csv", stored_as="x", status="running")
    ImportBatch.objects.filter(pk=batch.pk).update(status="failed", error="file_empty", finished_at=timezone.now())
    work()
    told = [one["data"]["import"]["error"] for one in receiver.messages]
    assert [one["code"] for one in told] == ["file_empty"] * 2
    error = by_code("file_empty", {})
    assert {one["message"] for one in told} == {error.sentence("fr"), error.sentence("en")}


def test_a_fact_that_cannot_be_said_holds_up_no_other(receiver, make_webhook, make_call):
    make_webhook("call.ended")
    odd, call = make_call(direction="sideways"), make_call(e164="+33639982012")
    ends(odd)
    ends(call)
    work()
    assert [message["data"]["call"]["id"] for message in receiver.messages] == [str(call.pk)]


def test_nothing_is_noted_where_nobody_listens(make_webhook, make_call, boss):
    webhook, _ = make_webhook("call.qualified")
    ends(make_call())
    subscriptions.update(boss, webhook.pk, WebhookPatch(enabled=False, events=["call.ended"]))
    ends(make_call(e164="+33639982012"))
    assert Event.objects.count() == 0


def test_what_is_rolled_back_is_not_told(receiver, make_webhook, make_call):
    make_webhook("call.ended")
    call = make_call()
    with transaction.atomic():
        ends(call)
        transaction.set_rollback(True)
    work()
    assert receiver.got == []


def test_a_failure_is_tried_again_under_the_same_id(receiver, make_webhook, make_call):
    make_webhook("call.ended")
    receiver.statuses = [500, 503]
    ends(make_call())
    for _ in range(3):
        work()
        due_now()
    work()
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1
    row = Delivery.objects.get()
    assert [one.status for one in row.tries.all()] == [500, 503, 200]
    assert (row.state, row.attempts, row.webhook.failing_since) == ("delivered", 3, None)


def test_the_next_attempt_is_later_each_time_and_never_beyond_half_a_day():
    longest = [deliver.delay_after(n).total_seconds() for n in range(1, 40)]
    assert 4 <= longest[0] <= 6
    assert longest[:6] == sorted(longest[:6])
    assert max(longest) <= deliver.LONGEST_DELAY_S * 1.2


@pytest.mark.parametrize(
    ("status", "asked", "at_least", "at_most"),
    [
        (503, "600", 600, 600),
        (503, "Fri, 01 Jan 2999 00:00:00 GMT", 43_200, 43_200),
        (503, "0", 2, 6),  # never sooner than without it
        *((429, long, 43_200, 43_200) for long in ("9999999", "9" * 5000)),
        *((429, wrong, 2, 6) for wrong in ("soon", "-5", "1e3", "Wed, 31 Feb 2026 00:00:00 GMT")),
        (500, "600", 2, 6),
    ],
)
def test_a_receiver_says_when_it_wants_to_be_asked_again(
    receiver, make_webhook, make_call, status, asked, at_least, at_most
):
    make_webhook("call.ended")
    receiver.statuses, receiver.headers = [status], {"Retry-After": asked}
    ends(make_call())
    work()
    row = Delivery.objects.get()
    assert row.next_at is not None
    assert row.last_attempt_at is not None
    assert at_least <= (row.next_at - row.last_attempt_at).total_seconds() <= at_most


def test_the_whole_address_waits_as_it_asked_and_the_log_says_until_when(receiver, boss, make_webhook, make_call):
    webhook, _ = make_webhook("call.ended")
    receiver.statuses, receiver.headers = [429], {"Retry-After": "600"}
    ends(make_call())
    work()
    ends(make_call(e164="+33639982012"))
    work()
    assert len(receiver.got) == 1
    waiting = selectors.deliveries(DeliveryListFilters()).items
    soon = timezone.now() + timedelta(minutes=9)
    assert [row.next_at is not None and row.next_at > soon for row in waiting] == [True, True]
    subscriptions.try_out(boss, webhook.pk)  # a person does not wait
    work()
    assert len(receiver.got) == 3


def test_after_three_days_of_failures_it_is_disabled_and_administrators_see_why(receiver, make_webhook, make_call):
    make_webhook("call.ended")
    receiver.statuses = [500, 500]
    ends(make_call())
    work()
    long_ago = timezone.now() - timedelta(days=3, minutes=1)
    Delivery.objects.update(give_up_at=timezone.now())
    Webhook.objects.update(failing_since=long_ago)
    due_now()
    work()
    webhook = Webhook.objects.get()
    assert (webhook.enabled, webhook.disabled_because) == (False, "failing")
    assert Delivery.objects.get().state == "failed"
    assert AuditEntry.objects.get(action="webhook.disabled").detail["last_status"] == 500


def test_a_receiver_that_is_gone_is_not_asked_again(receiver, make_webhook, make_call):
    make_webhook("call.ended")
    receiver.statuses = [410]
    ends(make_call())
    work()
    assert (Webhook.objects.get().enabled, Delivery.objects.get().state) == (False, "failed")


def test_what_waited_while_it_was_disabled_is_sent_once_enabled(receiver, boss, make_webhook, make_call):
    webhook, _ = make_webhook("call.ended")
    receiver.statuses = [500]
    ends(make_call())
    work()
    subscriptions.update(boss, webhook.pk, WebhookPatch(enabled=False))
    due_now()
    work()
    assert len(receiver.got) == 1
    subscriptions.update(boss, webhook.pk, WebhookPatch(enabled=True))
    work()
    assert Delivery.objects.get().state == "delivered"


def test_a_redirect_is_not_followed(receiver, make_webhook, make_call):
    make_webhook("call.ended")
    receiver.statuses, receiver.headers = [302], {"Location": receiver.url + "/elsewhere"}
    ends(make_call())
    work()
    assert (len(receiver.got), Delivery.objects.get().last_error) == (1, "redirect")


def test_a_dead_worker_s_delivery_is_taken_up_after_its_lease(receiver, make_webhook, make_call):
    make_webhook("call.ended")
    ends(make_call())
    deliver.fan_out()
    assert len(deliver.claim([])) == 1  # and the worker dies
    work()
    assert receiver.got == []
    Delivery.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    work()
    assert len(receiver.got) == 1


def test_a_slow_address_has_a_few_attempts_at_once_and_no_more(make_webhook, make_call):
    webhook, _ = make_webhook("call.ended")
    for n in range(8):
        ends(make_call(e164=f"+3363998201{n}", contact=None))
    deliver.fan_out()
    assert len(deliver.claim([webhook.pk] * 3)) == 1
    assert deliver.claim([webhook.pk] * deliver.AT_ONCE_EACH) == []


def test_several_workers_send_each_message_once(receiver, make_webhook, make_call):
    make_webhook("call.ended")
    for n in range(9):
        ends(make_call(e164=f"+3363998201{n}", contact=None))
    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)
    assert len(receiver.got) == len({headers["webhook-id"] for headers, _ in receiver.got}) == 9


def test_a_delivery_is_sent_again_by_hand(receiver, boss, make_webhook, make_call):
    make_webhook("call.ended")
    ends(make_call())
    work()
    subscriptions.send_again(boss, Delivery.objects.get().pk)
    work()
    first, second = receiver.got
    assert (first[0]["webhook-id"], first[1]) == (second[0]["webhook-id"], second[1])


def test_bodies_are_emptied_after_their_days_and_then_not_sent_again(boss, make_webhook, make_call, receiver):
    make_webhook("call.ended")
    ends(make_call())
    work()
    Delivery.objects.update(created_at=timezone.now() - retention.BODIES_KEPT - timedelta(hours=1))
    retention.forget()
    row = Delivery.objects.get()
    assert (row.body, row.last_status) == ("", 200)
    with pytest.raises(NothingToSend):
        subscriptions.send_again(boss, row.pk)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_never_called_whatever_its_name(settings, receiver, boss, make_call, name):
    address = receiver.url.replace("127.0.0.1", name)
    subscriptions.create(boss, WebhookIn(url=address, events=["call.ended"], private_host_allowed=True))
    settings.WEBHOOKS_TO_LOOPBACK = False
    ends(make_call())
    work()
    assert receiver.got == []
    assert Delivery.objects.get().last_error in ("private_address", "unresolved")

"""Where a webhook may go, and what administrators see of it."""

from ipaddress import ip_address

import pytest

from decroche.common.errors import InvalidFields
from decroche.integrations.errors import AddressNeverCalled, AddressRefused
from decroche.integrations.models import Delivery, Webhook
from decroche.integrations.webhooks import guard

PUBLIC = ["93.184.216.34", "2606:4700::1111"]
PRIVATE = ["10.1.2.3", "192.168.1.10", "172.16.0.9", "fd00::1"]
NEVER = [
    "169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "fe80::1", "::", "ff02::1",
    "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe",
]  # fmt: skip
LOOPBACK = ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_machine_is_called(address):
    assert guard.may_be_called(ip_address(address), private_allowed=False)


@pytest.mark.parametrize("address", PRIVATE)
def test_the_local_network_is_called_only_where_it_was_allowed(address):
    assert not guard.may_be_called(ip_address(address), private_allowed=False)
    assert guard.may_be_called(ip_address(address), private_allowed=True)


@pytest.mark.parametrize("address", NEVER + LOOPBACK)
def test_some_are_never_called(address):
    assert not guard.may_be_called(ip_address(address), private_allowed=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.example.com/", "ftp://crm.example.com/", "https://", "https://user:pw@crm.example.com/", "crm",
        "https://crm.example.com:99999/", "https://crm.example.com/#part", "https://crm.example.com/a b",
        "javascript:1",
        "https://crm.example.com/\r\nX: y", "https://é.example.com/",
    ],
)  # fmt: skip
def test_an_address_of_another_shape_is_refused(url):
    with pytest.raises(InvalidFields):
        guard.checked(url, private_allowed=False)


@pytest.mark.parametrize("url", ["https://10.0.0.1/", "https://[::1]/", "https://localhost/", "https://a.localhost./"])
def test_a_forbidden_machine_is_refused_at_once(url):
    with pytest.raises(AddressRefused):
        guard.checked(url, private_allowed=False)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9655/", "http://localhost/", "http://169.254.169.254/"])
def test_no_permission_opens_this_machine_and_the_refusal_does_not_say_so(url):
    """Bug: an administrator who had allowed the private network was told to allow it."""
    with pytest.raises(AddressNeverCalled):
        guard.checked(url, private_allowed=True)
    with pytest.raises(AddressRefused) as refused:
        guard.checked("https://10.0.0.1/", private_allowed=False)
    assert not isinstance(refused.value, AddressNeverCalled)


def test_an_allowed_local_network_may_speak_plainly():
    assert guard.checked("http://10.0.0.1:8080/hook", private_allowed=True)


BODY = {"url": "https://crm.example.com/hook", "events": ["call.ended"]}


def test_an_administrator_makes_changes_and_removes_a_webhook(as_admin):
    made = as_admin.post("/integrations/webhooks", BODY).json()
    path = f"/integrations/webhooks/{made['webhook']['id']}"
    assert made["secret"].startswith("whsec_")
    assert made["secret"] not in Webhook.objects.get().secret
    changed = as_admin.patch(path, {"enabled": False, "events": ["call.qualified", "call.ended"]}).json()
    assert (changed["enabled"], changed["events"]) == (False, ["call.ended", "call.qualified"])
    assert as_admin.get("/integrations/webhooks").json()["items"] == [changed]
    assert as_admin.delete(path).status_code == 204
    assert as_admin.get("/integrations/webhooks").json()["items"] == []


def test_another_secret_is_shown_once_and_the_former_one_has_a_day(as_admin):
    made = as_admin.post("/integrations/webhooks", BODY).json()
    again = as_admin.post(f"/integrations/webhooks/{made['webhook']['id']}/secret").json()
    assert again["secret"] != made["secret"]
    assert again["webhook"]["former_until"] is not None


def test_a_trial_is_in_the_log_with_what_will_be_sent(as_admin):
    made = as_admin.post("/integrations/webhooks", BODY).json()
    sent = as_admin.post(f"/integrations/webhooks/{made['webhook']['id']}/test").json()
    (line,) = as_admin.get("/integrations/deliveries").json()["items"]
    assert (line["id"], line["event_type"], line["state"]) == (sent["id"], "webhook.test", "pending")
    assert '"webhook.test"' in as_admin.get(f"/integrations/deliveries/{sent['id']}").json()["body"]


def test_a_disabled_webhook_is_not_tried(as_admin):
    made = as_admin.post("/integrations/webhooks", BODY).json()
    path = f"/integrations/webhooks/{made['webhook']['id']}"
    as_admin.patch(path, {"enabled": False})
    assert as_admin.post(f"{path}/test").json()["error"]["code"] == "webhook_disabled"


def test_the_log_comes_in_pages_and_by_state(as_admin):
    made = as_admin.post("/integrations/webhooks", BODY).json()
    for _ in range(3):
        as_admin.post(f"/integrations/webhooks/{made['webhook']['id']}/test")
    Delivery.objects.filter(pk=Delivery.objects.last().pk).update(state="failed", last_error="timeout")
    first = as_admin.get("/integrations/deliveries", query_params={"limit": 2}).json()
    rest = as_admin.get("/integrations/deliveries", query_params={"cursor": first["next_cursor"]}).json()
    assert (len(first["items"]), len(rest["items"])) == (2, 1)
    failed = as_admin.get("/integrations/deliveries", query_params={"state": "failed"}).json()["items"]
    assert [row["last_error"] for row in failed] == ["timeout"]


def test_a_program_may_not_allow_itself_the_local_network(program):
    answer = program.post("/webhooks", {**BODY, "private_host_allowed": True})
    assert answer.status_code == 422
    assert program.post("/webhooks", {**BODY, "url": "https://10.0.0.1/"}).json()["error"]["code"] == "address_refused"


def test_a_program_makes_lists_and_removes_its_webhooks(program):
    made = program.post("/webhooks", BODY).json()
    assert program.get("/webhooks").json()["items"] == [made["webhook"]]
    assert program.delete(f"/webhooks/{made['webhook']['id']}").status_code == 204

"""The table of trunks."""

import pytest

from decroche.accounts.models import AuditEntry
from decroche.common.crypto import Undecipherable, decrypt, encrypt
from decroche.telephony.models import Trunk

BODY = {"name": "Opérateur A", "host": "sip.example.fr", "username": "floor1", "secret": "s3cret!pass"}


@pytest.fixture
def trunk(as_admin):
    return as_admin.post("/trunks", BODY).json()


def test_the_password_is_stored_encrypted_and_never_given_back(as_admin, trunk):
    stored = Trunk.objects.get().secret
    assert "s3cret" not in stored
    assert decrypt(stored) == "s3cret!pass"
    assert (trunk["has_secret"], "secret" in trunk) == (True, False)


def test_the_password_is_not_in_the_audit_log(as_admin, trunk):
    as_admin.patch(f"/trunks/{trunk['id']}", {"secret": "an0ther"})
    assert AuditEntry.objects.count() == 2
    assert not AuditEntry.objects.filter(detail__icontains="an0ther").exists()


def test_a_change_without_the_password_keeps_it(as_admin, trunk):
    as_admin.patch(f"/trunks/{trunk['id']}", {"channel_limit": 5})
    assert decrypt(Trunk.objects.get().secret) == "s3cret!pass"


def test_an_empty_password_removes_it(as_admin, trunk):
    assert as_admin.patch(f"/trunks/{trunk['id']}", {"secret": ""}).json()["has_secret"] is False


def test_changes_are_told_to_the_floor(as_admin, trunk, floor_words):
    as_admin.patch(f"/trunks/{trunk['id']}", {"enabled": False})
    as_admin.delete(f"/trunks/{trunk['id']}")
    assert floor_words == [{"kind": "trunk_changed", "id": trunk["id"]}] * 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("host", "sip.example\nallow=all"),
        ("host", "sip example"),
        ("host", ""),
        ("username", "a;b"),
        ("username", "a\r\n[evil]"),
        ("username", ""),
        ("secret", "a;b"),
        ("secret", "a\nb"),
        ("port", 0),
        ("port", 70_000),
        ("codecs", []),
        ("codecs", ["mp3"]),
        ("cps_limit", 0),
        ("channel_limit", 0),
        ("transport", "ws"),
    ],
)
def test_what_asterisk_could_not_read_is_refused_beside_its_field(as_admin, field, value):
    answer = as_admin.post("/trunks", {**BODY, field: value})
    assert answer.status_code == 422
    assert next(iter(answer.json()["error"]["fields"])).startswith(field)


def test_a_carrier_that_knows_our_address_needs_no_user_name(as_admin):
    assert as_admin.post("/trunks", {"name": "IP", "host": "192.0.2.1", "registers": False}).status_code == 201


def test_names_are_unique(as_admin, trunk):
    assert as_admin.post("/trunks", {**BODY, "name": "opérateur a"}).json()["error"]["code"] == "trunk_name_taken"


def test_a_trunk_of_an_open_campaign_is_not_deleted(as_admin, trunk):
    campaign = as_admin.post("/campaigns", {"name": "Mutuelle", "mode": "manual", "audience": "b2b"}).json()
    path = f"/campaigns/{campaign['id']}"
    as_admin.patch(path, {"trunk_id": trunk["id"]})
    as_admin.put(f"{path}/assignments", [{"user_id": as_admin.user.pk}])
    as_admin.post(f"{path}/open")
    assert as_admin.delete(f"/trunks/{trunk['id']}").json()["error"]["facts"] == {"campaign": "Mutuelle"}


def test_supervisors_see_trunks_and_do_not_change_them(as_supervisor, trunk):
    assert len(as_supervisor.get("/trunks").json()["items"]) == 1
    assert as_supervisor.patch(f"/trunks/{trunk['id']}", {"enabled": False}).status_code == 403


@pytest.mark.parametrize(
    ("number_format", "dialed"), [("e164", "+33639980001"), ("00", "0033639980001"), ("national", "0639980001")]
)
def test_the_way_a_carrier_is_asked_for_a_number_is_shown(as_admin, number_format, dialed):
    body = {"number": "06 39 98 00 01", "number_format": number_format}
    assert as_admin.post("/trunks/format-preview", body).json() == {"e164": "+33639980001", "dialed": dialed}


def test_agents_learn_where_the_sip_socket_is(as_agent):
    assert as_agent.get("/telephony/softphone").json() == {"socket_path": "/sip", "ice_servers": []}


def test_a_secret_written_with_another_key_says_so():
    with pytest.raises(Undecipherable):
        decrypt(encrypt("x")[:-4] + "AAAA")

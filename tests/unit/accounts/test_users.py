"""Users, and who may change whom."""

import threading

import pytest
from django.db import connections

from decroche.accounts import services
from decroche.accounts.errors import LastAdmin
from decroche.accounts.models import AuditEntry, User


def test_a_new_user_gets_a_random_password_shown_once(as_admin, anonymous):
    made = as_admin.post("/users", {"username": "Lea.B", "first_name": "Léa", "role": "agent"})
    assert made.status_code == 201
    assert (made.json()["user"]["username"], made.json()["user"]["must_change_password"]) == ("lea.b", True)
    body = {"username": "lea.b", "password": made.json()["password"]}
    assert anonymous.post("/auth/login", body).status_code == 200


def test_a_chosen_password_must_be_strong(as_admin):
    answer = as_admin.post("/users", {"username": "lea", "password": "azerty"})
    assert answer.json()["error"]["fields"].keys() == {"password"}


def test_a_name_is_taken_whatever_its_capitals_and_even_when_disabled(as_admin, make_user):
    make_user("Lea", is_active=False)
    answer = as_admin.post("/users", {"username": "lea"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "username_taken")
    assert answer.json()["error"]["fields"].keys() == {"username"}


def test_a_supervisor_makes_agents_only(as_supervisor):
    assert as_supervisor.post("/users", {"username": "lea", "role": "agent"}).status_code == 201
    assert as_supervisor.post("/users", {"username": "max", "role": "supervisor"}).status_code == 403


def test_a_supervisor_cannot_change_an_administrator(as_supervisor, as_admin):
    assert as_supervisor.patch(f"/users/{as_admin.user.pk}", {"first_name": "X"}).status_code == 403
    assert as_supervisor.post(f"/users/{as_admin.user.pk}/reset-password").status_code == 403


def test_a_supervisor_cannot_promote_an_agent(as_supervisor, as_agent):
    assert as_supervisor.patch(f"/users/{as_agent.user.pk}", {"role": "supervisor"}).status_code == 403


def test_disabling_a_user_ends_his_sessions_and_is_told_to_the_floor(as_admin, as_agent, floor_words):
    assert as_admin.patch(f"/users/{as_agent.user.pk}", {"is_active": False}).json()["is_active"] is False
    assert as_agent.get("/auth/me").status_code == 401
    assert {"kind": "user_signed_out", "user_id": as_agent.user.pk} in floor_words


def test_resetting_a_password_ends_the_sessions_and_the_old_password(as_admin, as_agent, anonymous, password):
    new = as_admin.post(f"/users/{as_agent.user.pk}/reset-password").json()["password"]
    assert as_agent.get("/auth/me").status_code == 401
    assert anonymous.post("/auth/login", {"username": "agent", "password": password}).status_code == 401
    assert anonymous.post("/auth/login", {"username": "agent", "password": new}).json()["must_change_password"]


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "agent"}])
def test_the_last_administrator_stays(as_admin, change):
    answer = as_admin.patch(f"/users/{as_admin.user.pk}", change)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "last_admin")


def test_nobody_disables_himself(as_admin, make_user):
    make_user("autre", role="admin")
    answer = as_admin.patch(f"/users/{as_admin.user.pk}", {"is_active": False})
    assert answer.json()["error"]["code"] == "not_yourself"


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_disable_each_other_one_remains():
    ada = User.objects.create_user("ada", role="admin")
    bob = User.objects.create_user("bob", role="admin")
    refused = []

    def disable(actor, other):
        try:
            services.update_user(actor, other.pk, {"is_active": False})
        except LastAdmin:
            refused.append(actor.username)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=disable, args=pair) for pair in ((ada, bob), (bob, ada))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert User.objects.filter(is_active=True).count() == 1


def test_groups_of_a_user_are_set_together(as_admin, as_agent):
    group = as_admin.post("/groups", {"name": "Matin"}).json()
    changed = as_admin.patch(f"/users/{as_agent.user.pk}", {"group_ids": [group["id"]]})
    assert changed.json()["group_ids"] == [group["id"]]
    assert as_admin.patch(f"/users/{as_agent.user.pk}", {"group_ids": [0]}).status_code == 422


def test_users_are_searched_by_any_part_of_their_names(as_supervisor, make_user):
    make_user("hlefevre", first_name="Hélène", last_name="Lefèvre")
    found = as_supervisor.get("/users", query_params={"q": "hél lef"}).json()["items"]
    assert [user["display_name"] for user in found] == ["Hélène Lefèvre"]


def test_an_unknown_user_is_not_found(as_admin):
    assert as_admin.get("/users/999999").json()["error"]["code"] == "not_found"


def test_no_password_is_in_the_audit_log(as_admin):
    made = as_admin.post("/users", {"username": "lea"}).json()
    as_admin.post(f"/users/{made['user']['id']}/reset-password")
    assert not AuditEntry.objects.filter(detail__icontains=made["password"]).exists()
    assert AuditEntry.objects.filter(action="user.reset_password").count() == 1

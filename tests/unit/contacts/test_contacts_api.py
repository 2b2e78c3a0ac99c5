"""Contacts over the API: who sees them, what may be changed, what is written down."""

from __future__ import annotations


def audit(action: str) -> list[dict]:
    from decroche.accounts.models import AuditEntry

    return [entry.detail for entry in AuditEntry.objects.filter(action=action)]


def test_an_agent_sees_the_contacts_of_his_campaigns_only(assigned, contact):
    from decroche.contacts.models import Contact

    other = Contact.objects.create(last_name="Ailleurs")
    assert [one["id"] for one in assigned.get("/contacts").json()["items"]] == [contact.pk]
    assert assigned.get(f"/contacts/{other.pk}").status_code == 404
    assert assigned.patch(f"/contacts/{other.pk}", {"city": "Lyon"}).status_code == 404


def test_an_agent_assigned_to_nothing_sees_nobody(as_agent, contact):
    assert as_agent.get("/contacts").json()["items"] == []


def test_a_supervisor_sees_everybody(as_supervisor, contact):
    assert as_supervisor.get("/contacts").json()["total"] == 1


def test_a_country_is_taken_by_its_name(as_supervisor, contact):
    """ "Belgique" was too long: at most 2 characters."""
    path = f"/contacts/{contact.pk}"
    assert as_supervisor.patch(path, {"country": "Belgique"}).json()["country"] == "BE"
    said = as_supervisor.patch(path, {"country": "Zubrowka", "email": "x@"}).json()["error"]["fields"]
    assert said.keys() == {"country", "email"}
    assert "son nom" in said["country"]


def test_a_contact_is_shown_whole(assigned, contact, campaign):
    body = assigned.get(f"/contacts/{contact.pk}").json()
    expected = {"kind": "phone", "e164": "+33465711234", "do_not_call": False, "line": "fixed", "refusals": []}
    assert body["phones"] == [expected]
    assert body["places"][0]["campaign"] == {"id": campaign.pk, "name": "Santé"}


def test_a_number_on_the_list_is_marked(assigned, contact, campaign):
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(e164="+33465711234", campaign=campaign, created_at=contact.created_at)
    assert assigned.get(f"/contacts/{contact.pk}").json()["phones"][0]["do_not_call"] is True


def test_only_what_is_given_changes(assigned, contact):
    body = assigned.patch(f"/contacts/{contact.pk}", {"city": " Dole ", "phones": {"mobile": "06.39.98.20.11"}}).json()
    assert (body["city"], body["last_name"]) == ("Dole", "Lefèvre")
    assert [phone["e164"] for phone in body["phones"]] == ["+33465711234", "+33639982011"]


def test_the_audit_log_names_the_fields_and_keeps_no_value(assigned, contact):
    assigned.patch(f"/contacts/{contact.pk}", {"city": "Dole"})
    assert audit("contact.update") == [{"fields": ["city"]}]


def test_a_change_that_changes_nothing_writes_nothing(assigned, contact):
    before = contact.updated_at
    assigned.patch(f"/contacts/{contact.pk}", {"city": "Besançon", "phones": {"phone": "04 65 71 12 34"}})
    contact.refresh_from_db()
    assert contact.updated_at == before
    assert audit("contact.update") == []


def test_an_empty_number_removes_it(assigned, contact):
    assert assigned.patch(f"/contacts/{contact.pk}", {"phones": {"phone": ""}}).json()["phones"] == []


def test_every_wrong_field_has_its_sentence_and_nothing_is_written(assigned, contact):
    answer = assigned.patch(f"/contacts/{contact.pk}", {"city": "Dole", "email": "x@", "phones": {"fax": "12 34"}})
    assert answer.status_code == 422
    assert set(answer.json()["error"]["fields"]) == {"email", "phones.fax"}
    contact.refresh_from_db()
    assert contact.city == "Besançon"


def test_an_odd_address_from_a_file_does_not_stop_other_changes(assigned, contact):
    contact.email = "pas une adresse"
    contact.save()
    both = {"email": "pas une adresse", "city": "Dole"}
    assert assigned.patch(f"/contacts/{contact.pk}", both).status_code == 200


def test_a_siret_is_checked(assigned, contact):
    path = f"/contacts/{contact.pk}"
    assert assigned.patch(path, {"siret": "732 829 320 00074"}).json()["siret"] == "73282932000074"
    assert set(assigned.patch(path, {"siret": "73282932000075"}).json()["error"]["fields"]) == {"siret"}


def test_custom_values_are_typed(assigned, contact):
    from decroche.contacts.models import CustomField

    CustomField.objects.create(key="effectif", label="Effectif", kind="number")
    path = f"/contacts/{contact.pk}"
    assert assigned.patch(path, {"custom": {"effectif": "1 250,5"}}).json()["custom"] == {"effectif": 1250.5}
    assert "custom.effectif" in assigned.patch(path, {"custom": {"effectif": "beaucoup"}}).json()["error"]["fields"]
    assert assigned.patch(path, {"custom": {"effectif": None}}).json()["custom"] == {}


def test_an_agent_creates_a_contact_for_one_of_his_campaigns(assigned, campaign):
    new = {"last_name": "Moreau", "phones": {"mobile": "0639982011"}}
    assert assigned.post("/contacts", new).json()["error"]["fields"].keys() == {"campaign_id"}
    made = assigned.post("/contacts", {**new, "campaign_id": campaign.pk})
    assert made.status_code == 201
    assert made.json()["places"][0]["state"] == "waiting"


def test_a_contact_without_name_or_number_is_refused(as_supervisor):
    assert as_supervisor.post("/contacts", {"city": "Lyon"}).status_code == 422


def test_the_floor_is_told_of_a_change(assigned, contact, django_assert_num_queries, monkeypatch):
    from decroche.contacts import services

    told: list[tuple] = []
    monkeypatch.setattr(services, "notify_floor", lambda kind, **ids: told.append((kind, ids)))
    assigned.patch(f"/contacts/{contact.pk}", {"city": "Dole"})
    assert told == [("contact_changed", {"id": contact.pk})]


def test_an_agent_keeps_the_contact_that_he_has_on_the_line(as_agent, contact, call):
    """Regression: taken off the campaign in the middle of a call, the agent could no longer save what he typed."""
    from datetime import UTC, datetime

    call.claimed_at = datetime.now(UTC)
    call.save()
    assert as_agent.patch(f"/contacts/{contact.pk}", {"city": "Dole"}).status_code == 200

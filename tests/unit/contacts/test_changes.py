"""Who changed what, from what to what, by which way; and any value brought back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.unit.contacts.conftest import NOW


def listed(client: Any, contact: Any, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/contacts/{contact.pk}/changes", query_params=query).json()["items"]
    return found


def pairs(client: Any, contact: Any) -> set[tuple[Any, ...]]:
    return {(one["field"], one["before"], one["after"], one["source"]) for one in listed(client, contact)}


def test_an_agents_edit_is_kept_with_before_and_after(assigned, contact):
    assigned.patch(f"/contacts/{contact.pk}", {"city": "Dole", "phones": {"mobile": "06 39 98 20 11"}})
    assert pairs(assigned, contact) == {
        ("city", "Besançon", "Dole", "agent"),
        ("phones.mobile", "", "+33639982011", "agent"),
    }
    assert listed(assigned, contact)[0]["actor"]["name"] == "Camille Durand"


def test_a_supervisors_edit_says_manager(as_supervisor, contact):
    as_supervisor.patch(f"/contacts/{contact.pk}", {"city": "Dole"})
    assert listed(as_supervisor, contact)[0]["source"] == "manager"


def test_the_changes_of_a_contact_that_one_may_not_see_are_not_shown(as_agent, contact):
    assert as_agent.get(f"/contacts/{contact.pk}/changes").status_code == 404


def test_pages_neither_skip_nor_repeat(as_supervisor, contact):
    for number in range(5):
        as_supervisor.patch(f"/contacts/{contact.pk}", {"city": f"Ville {number}", "company": f"Société {number}"})
    seen, cursor = [], ""
    while cursor is not None:
        page = as_supervisor.get(f"/contacts/{contact.pk}/changes", query_params={"limit": 3, "cursor": cursor}).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(set(seen)) == 10


def test_a_value_is_brought_back_and_that_is_a_change_too(assigned, contact):
    assigned.patch(f"/contacts/{contact.pk}", {"city": "Dole"})
    (change,) = listed(assigned, contact)
    body = assigned.post(f"/contacts/{contact.pk}/changes/{change['id']}/restore").json()
    assert body["city"] == "Besançon"
    assert ("city", "Dole", "Besançon", "roll_back") in pairs(assigned, contact)


def test_a_number_is_brought_back(assigned, contact):
    assigned.patch(f"/contacts/{contact.pk}", {"phones": {"phone": ""}})
    (change,) = listed(assigned, contact)
    body = assigned.post(f"/contacts/{contact.pk}/changes/{change['id']}/restore").json()
    assert [phone["e164"] for phone in body["phones"]] == ["+33465711234"]


def test_what_the_contact_has_already_is_not_brought_back(assigned, contact):
    assigned.patch(f"/contacts/{contact.pk}", {"city": "Dole"})
    path = f"/contacts/{contact.pk}/changes/{listed(assigned, contact)[0]['id']}/restore"
    assert assigned.post(path).status_code == 200
    assert assigned.post(path).json()["error"]["code"] == "nothing_to_restore"


def test_ids_that_name_nothing_are_not_found(assigned, contact):
    for name in ("c999999", "b7.city", "x", "c", "c١"):
        assert assigned.post(f"/contacts/{contact.pk}/changes/{name}/restore").status_code == 404


def test_a_custom_field_removed_with_its_values_leaves_them_in_the_journal(as_admin, contact):
    from decroche.contacts.models import CustomField

    field = CustomField.objects.create(key="effectif", label="Effectif", kind="number")
    as_admin.patch(f"/contacts/{contact.pk}", {"custom": {"effectif": 4}})
    assert as_admin.delete(f"/custom-fields/{field.pk}", query_params={"drop_values": "true"}).status_code == 204
    newest = listed(as_admin, contact)[0]
    assert (newest["field"], newest["before"], newest["source"]) == ("custom.effectif", 4, "bulk")
    assert newest["restorable"] is False


def imported(contact: Any, at: Any, **before: Any) -> Any:
    from decroche.contacts.models import BatchChange, ImportBatch
    from decroche.contacts.records import TEXT_FIELDS

    batch = ImportBatch.objects.create(name="Salon", file_name="a.csv", stored_as="a", status="done", started_at=at)
    found = {name: getattr(contact, name) for name in TEXT_FIELDS} | {"custom": {}, "phones": {"phone": "+33465711234"}}
    BatchChange.objects.create(batch=batch, contact=contact, before=found | before)
    return batch


def test_what_an_import_changed_is_in_the_same_list_without_a_copy(as_supervisor, contact):
    from decroche.contacts.models import ContactChange

    imported(contact, NOW, city="Pontarlier")
    assert pairs(as_supervisor, contact) == {("city", "Pontarlier", "Besançon", "import")}
    assert listed(as_supervisor, contact)[0]["batch"]["name"] == "Salon"
    assert ContactChange.objects.count() == 0


def test_an_imports_value_is_told_from_what_came_after_it(as_supervisor, contact):
    imported(contact, NOW, city="Pontarlier")
    imported(contact, NOW + timedelta(days=1), city="Vesoul")
    as_supervisor.patch(f"/contacts/{contact.pk}", {"city": "Dole"})
    assert pairs(as_supervisor, contact) == {
        ("city", "Pontarlier", "Vesoul", "import"),
        ("city", "Vesoul", "Besançon", "import"),
        ("city", "Besançon", "Dole", "manager"),
    }


def test_a_value_from_before_an_import_is_brought_back(as_supervisor, contact):
    imported(contact, NOW, city="Pontarlier")
    (change,) = listed(as_supervisor, contact)
    body = as_supervisor.post(f"/contacts/{contact.pk}/changes/{change['id']}/restore").json()
    assert body["city"] == "Pontarlier"


def test_a_batch_taken_back_is_said_to_be(as_supervisor, contact):
    batch = imported(contact, NOW)
    batch.status = "rolled_back"
    batch.save()
    (change,) = listed(as_supervisor, contact)
    assert (change["rolled_back"], change["source"], change["restorable"]) == (True, "roll_back", False)

"""Fields that a floor adds to its contacts."""

from __future__ import annotations


def test_a_key_is_made_from_the_label(as_supervisor):
    made = as_supervisor.post("/custom-fields", {"label": "Nombre de salariés", "kind": "number"})
    assert (made.status_code, made.json()["key"]) == (201, "nombre_de_salaries")


def test_labels_are_unique_and_choices_are_not_empty(as_supervisor):
    as_supervisor.post("/custom-fields", {"label": "Secteur"})
    assert as_supervisor.post("/custom-fields", {"label": "SECTEUR"}).status_code == 422
    assert (
        as_supervisor.post("/custom-fields", {"label": "Taille", "kind": "choice", "choices": [" "]}).status_code == 422
    )


def test_a_field_in_use_is_removed_with_its_values_only_when_confirmed(as_supervisor, contact):
    field = as_supervisor.post("/custom-fields", {"label": "Secteur"}).json()
    as_supervisor.patch(f"/contacts/{contact.pk}", {"custom": {"secteur": "Bois"}})
    refused = as_supervisor.delete(f"/custom-fields/{field['id']}")
    assert (refused.status_code, refused.json()["error"]["facts"]) == (409, {"contacts": "1"})
    assert as_supervisor.delete(f"/custom-fields/{field['id']}", query_params={"drop_values": True}).status_code == 204
    contact.refresh_from_db()
    assert contact.custom == {}


def test_agents_read_fields_and_do_not_change_them(as_agent):
    assert as_agent.get("/custom-fields").status_code == 200
    assert as_agent.post("/custom-fields", {"label": "Secteur"}).status_code == 403

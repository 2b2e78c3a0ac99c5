"""Texts that no keyboard makes never break the API: refused, or kept without what cannot be."""

from __future__ import annotations

import pytest

HOSTILE = ["\x00", "a\x00b", "\ud800", "\u202e", "é" * 5000, "'; DROP TABLE contacts_contact; --", "{{ contact }}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_on_every_text_that_can_be_sent(assigned, as_supervisor, contact, campaign, text):
    meeting = {"contact_id": contact.pk, "starts_at": "2099-01-01T10:00:00Z", "place": text}
    sent = [
        assigned.patch(f"/contacts/{contact.pk}", {"city": text, "email": text, "custom": {text: text}}),
        assigned.patch(f"/contacts/{contact.pk}", {"last_name": text, "phones": {"fax": text}}),
        assigned.put(f"/contacts/{contact.pk}/note", {"text": text}),
        assigned.put(f"/contacts/{contact.pk}/answers", {"campaign_id": campaign.pk, "key": text, "value": text}),
        assigned.post("/do-not-call", {"number": text}),
        as_supervisor.post("/do-not-call", {"number": "0199001234", "note": text}),
        as_supervisor.post("/custom-fields", {"label": text, "kind": "choice", "choices": [text]}),
        as_supervisor.post("/appointments", meeting),
    ]
    assert [answer.status_code for answer in sent if answer.status_code >= 500] == []


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "\u202e", "é" * 5000, "%", "\\"])
@pytest.mark.parametrize("path", ["/contacts", "/do-not-call"])
def test_on_every_search(as_supervisor, path, text):
    assert as_supervisor.get(path, query_params={"q": text}).status_code < 500


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "WyJhIl0", "WzFlOTk5XQ", "WzEsMl0"])
@pytest.mark.parametrize("path", ["/contacts", "/do-not-call", "/imports", "/callbacks", "/appointments"])
def test_on_every_cursor(as_supervisor, path, cursor):
    assert as_supervisor.get(path, query_params={"cursor": cursor}).status_code == 422


@pytest.mark.parametrize("number", [2**63, 2**31, -1, 0])
def test_on_every_identifier(as_supervisor, db, number):
    paths = ["contacts/{}", "contacts/{}/history", "imports/{}", "imports/{}/refused"]
    lists = ["contacts?campaign_id={}", "contacts?batch_id={}", "callbacks?owner_id={}", "appointments?contact_id={}"]
    sent = [as_supervisor.get("/" + path.format(number)).status_code for path in [*paths, *lists]]
    assert max(sent) < 500

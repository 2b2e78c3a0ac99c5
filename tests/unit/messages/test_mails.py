"""Writing to a contact: who may, to whom, by which sender; and what the e-mail follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from decroche.accounts.models import AuditEntry
from decroche.messages.models import Mail
from tests.unit.messages.conftest import LETTER, NOW, jobs


def write(client: Any, contact: Any, **changes: Any) -> Any:
    return client.post(f"/contacts/{contact.pk}/mails", {**LETTER, **changes})


def refuse(contact: Any, **fields: Any) -> None:
    from decroche.contacts.models import DoNotCall

    DoNotCall.objects.create(**{"e164": "+33465711234", "created_at": NOW, **fields})


def test_it_is_kept_and_the_worker_is_asked_before_anybody_is_told(assigned, contact, sender):
    answer = write(assigned, contact)
    (mail,), (job,) = Mail.objects.all(), jobs()
    told = answer.json()
    assert (answer.status_code, told["state"], told["author"]["name"]) == (
        201,
        "queued",
        "Camille Durand",
    )
    assert (mail.state, mail.text, job.args) == ("queued", LETTER["text"], {"mail_id": str(mail.pk)})
    assert AuditEntry.objects.get(action="mail.write").detail == {"contact": contact.pk, "despite_refusal": False}


def test_an_agent_writes_to_the_contacts_he_may_see_only(as_agent, contact, sender):
    path = f"/contacts/{contact.pk}/mails"
    answers = [write(as_agent, contact), as_agent.get(path), as_agent.get(f"{path}/readiness")]
    assert ([one.status_code for one in answers], Mail.objects.count()) == ([404] * 3, 0)


def test_an_e_mail_is_read_on_its_own_contact_only(assigned, mail, twin, as_supervisor):
    assert assigned.get(f"/contacts/{mail.contact_id}/mails/{mail.pk}").json()["text"] == LETTER["text"]
    assert as_supervisor.get(f"/contacts/{twin.pk}/mails/{mail.pk}").status_code == 404
    assert as_supervisor.get(f"/contacts/{mail.contact_id}/mails/{UUID(int=1)}").status_code == 404


def test_the_list_is_newest_first_by_pages(as_supervisor, contact, sender):
    for number in range(3):
        write(as_supervisor, contact, subject=f"E-mail {number}")
    path = f"/contacts/{contact.pk}/mails"
    first = as_supervisor.get(path, query_params={"limit": 2}).json()
    second = as_supervisor.get(path, query_params={"cursor": first["next_cursor"]}).json()
    assert [one["subject"] for one in first["items"] + second["items"]] == ["E-mail 2", "E-mail 1", "E-mail 0"]
    assert (second["next_cursor"], "text" in first["items"][0]) == (None, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("to", "autre@exemple.fr"),
        ("to", "helene@exemple.fr, autre@exemple.fr"),
        ("to", "helene@exemple.fr\r\nBcc: autre@exemple.fr"),
        ("subject", "Devis\r\nBcc: autre@exemple.fr"),
        ("subject", "Devis\u2028Bcc: autre@exemple.fr"),
        ("subject", "   "),
        ("subject", "x" * 201),
        ("text", " \n "),
        ("text", "a\0b"),
        ("text", "x" * 20_001),
    ],
)
def test_nothing_but_a_whole_letter_to_an_address_of_the_record_is_taken(as_supervisor, contact, sender, field, value):
    answer = write(as_supervisor, contact, **{field: value})
    assert (answer.status_code, list(answer.json()["error"]["fields"]), Mail.objects.count()) == (422, [field], 0)


@pytest.mark.parametrize("field", ["subject", "to_address"])
def test_a_header_injected_into_the_row_itself_leaves_with_no_server(mail, send, server, field):
    setattr(mail, field, "helene@exemple.fr\nBcc: autre@exemple.fr")
    mail.save()
    assert (send(mail).state, mail.problem, server.taken) == ("refused", "content", [])


def test_all_the_addresses_of_the_record_are_offered(as_supervisor, contact, sender):
    contact.email = "helene@exemple.fr; pas une adresse ; compta@exemple.fr"
    contact.save()
    ready = as_supervisor.get(f"/contacts/{contact.pk}/mails/readiness").json()
    assert ready["addresses"] == ["helene@exemple.fr", "compta@exemple.fr"]
    assert write(as_supervisor, contact, to="compta@exemple.fr").status_code == 201


def test_without_a_sender_it_says_where_to_set_one(as_supervisor, contact):
    ready = as_supervisor.get(f"/contacts/{contact.pk}/mails/readiness").json()
    assert (ready["sender"], "Réglages → E-mail" in ready["why_not"]) == (None, True)
    assert (write(as_supervisor, contact).json()["error"]["code"], Mail.objects.count()) == ("no_sender", 0)


def test_a_campaign_has_its_own_sender(assigned, contact, sender, make_sender, campaign):
    campaign.sender = make_sender(name="Santé", from_name="Santé", from_address="sante@mutuelle.example")
    campaign.save()
    path = f"/contacts/{contact.pk}/mails/readiness"
    ready = assigned.get(path, query_params={"campaign_id": campaign.pk}).json()
    assert ready["sender"] == {"name": "Santé", "address": "sante@mutuelle.example"}
    assert assigned.get(path).json()["sender"]["address"] == "contact@mutuelle.example"
    assert write(assigned, contact, campaign_id=campaign.pk).json()["from_address"] == "sante@mutuelle.example"


def test_another_sender_never_takes_the_place_of_the_campaigns_own(assigned, contact, sender, make_sender, campaign):
    campaign.sender = make_sender(name="Santé", enabled=False)
    campaign.save()
    error = write(assigned, contact, campaign_id=campaign.pk).json()["error"]
    assert (error["code"], error["facts"]) == ("sender_disabled", {"name": "Santé"})


def test_an_agent_names_only_the_campaigns_he_works_on(assigned, contact, sender):
    from decroche.campaigns.models import Campaign

    other = Campaign.objects.create(name="Autre")
    assert write(assigned, contact, campaign_id=other.pk).status_code == 404


def test_who_refused_calls_is_written_to_only_when_it_does_not_canvass(assigned, contact, sender):
    refuse(contact)
    ready = assigned.get(f"/contacts/{contact.pk}/mails/readiness").json()
    assert ready["refused_since"] == "2026-11-23T09:00:00Z"
    assert (write(assigned, contact).json()["error"]["code"], Mail.objects.count()) == ("contact_refused", 0)
    assert write(assigned, contact, despite_refusal=True).json()["despite_refusal"] is True
    assert AuditEntry.objects.get(action="mail.write").detail["despite_refusal"] is True


def test_a_refusal_in_one_campaign_holds_for_its_e_mails(assigned, contact, sender, campaign):
    refuse(contact, campaign=campaign)
    assert write(assigned, contact, campaign_id=campaign.pk).json()["error"]["code"] == "contact_refused"
    assert write(assigned, contact).status_code == 201


def test_a_forbidden_beginning_is_nobodys_refusal(assigned, contact, sender):
    refuse(contact, e164="+3346", is_prefix=True)
    assert write(assigned, contact).status_code == 201


def test_a_refused_one_is_sent_again_by_the_sender_of_today(assigned, mail, send, server, make_sender):
    server.answers["RCPT"].append("550 no")
    send(mail)
    make_sender(server, name="SAV", from_address="sav@mutuelle.example", is_default=False)
    path = f"/contacts/{mail.contact_id}/mails/{mail.pk}/send-again"
    assert assigned.post(path).json()["state"] == "queued"
    mail.refresh_from_db()
    assert (send(mail).state, mail.attempts, len(server.taken), len(jobs())) == ("sent", 1, 1, 2)
    assert assigned.post(path).json()["error"]["code"] == "mail_not_refused"


def test_it_is_not_sent_again_to_an_address_that_left_the_record(assigned, mail, contact):
    Mail.objects.update(state="refused")
    contact.email = "autre@exemple.fr"
    contact.save()
    answer = assigned.post(f"/contacts/{contact.pk}/mails/{mail.pk}/send-again")
    assert answer.json()["error"]["code"] == "mail_address_gone"


def test_it_is_not_sent_again_to_who_refused_since(assigned, mail, contact):
    Mail.objects.update(state="refused")
    refuse(contact)
    answer = assigned.post(f"/contacts/{contact.pk}/mails/{mail.pk}/send-again")
    assert answer.json()["error"]["code"] == "contact_refused"


def test_the_history_tells_it(assigned, mail, contact):
    (line,) = assigned.get(f"/contacts/{contact.pk}/history", query_params={"only": "mail"}).json()["items"]
    assert (line["type"], line["subject"], line["by"]["name"], line["state"]) == (
        "mail", "Votre devis", "Camille Durand", "queued",
    )  # fmt: skip


def test_what_waits_without_a_job_gets_one(mail):
    from procrastinate.contrib.django.models import ProcrastinateJob

    from decroche.messages.tasks import redefer_orphans

    assert redefer_orphans() == []
    ProcrastinateJob.objects.all().delete()
    assert (redefer_orphans(), len(jobs())) == ([str(mail.pk)], 1)


def test_it_follows_a_merged_record_and_goes_back(as_supervisor, mail, contact, twin):
    path = f"/contacts/{twin.pk}"
    compared = as_supervisor.get(f"{path}/merge/{contact.pk}").json()
    as_supervisor.post(f"{path}/merge", {"other_id": contact.pk})
    mail.refresh_from_db()
    assert (compared["moved"]["mails"], mail.contact_id) == (1, twin.pk)
    as_supervisor.post(f"{path}/merges/{contact.pk}/undo")
    mail.refresh_from_db()
    assert mail.contact_id == contact.pk


def test_an_erasure_empties_it_and_it_never_leaves(as_supervisor, mail, contact, send, server):
    assert as_supervisor.post(f"/contacts/{contact.pk}/erase").status_code == 204
    send(mail)
    assert (mail.to_address, mail.subject, mail.text, mail.state, mail.problem) == ("", "", "", "refused", "erased")
    assert server.taken == []


def test_an_erased_one_that_was_sent_stays_sent(as_supervisor, mail, contact, send):
    send(mail)
    as_supervisor.post(f"/contacts/{contact.pk}/erase")
    mail.refresh_from_db()
    assert (mail.state, mail.problem, mail.ended_at, mail.text) == ("sent", "", NOW, "")


def test_the_persons_copy_of_his_data_holds_it(mail, contact):
    from decroche.privacy.access.gather import parts
    from decroche.privacy.access.page import summary

    found = parts([contact.pk], [])
    (row,) = next(one.rows for one in found if one.model == "messages.Mail")
    page = summary(found, made_at=NOW, company="", names={}, files=[])
    assert (row["text"], row["to_address"]) == (LETTER["text"], "helene@exemple.fr")
    assert "E-mails envoyés" in page
    assert "en cours d&#x27;envoi" in page


def test_it_goes_with_the_notes_of_its_time(mail, send):
    from datetime import timedelta

    from decroche.privacy.retention.kinds import KINDS
    from decroche.privacy.retention.services import ask, work

    assert (KINDS["mail"].rule, KINDS["mail"].setting) == ("keep_note", "notes_kept_days")
    send(mail)
    for days, left in ((360, 1), (370, 0)):
        later = type("Later", (), {"now": staticmethod(lambda days=days: NOW + timedelta(days=days))})()
        ask(None, later)
        work(clock=later)
        assert Mail.objects.count() == left


def test_a_roll_back_keeps_the_contact_that_was_written_to(as_supervisor, mail, contact):
    from decroche.contacts.imports.roll_back import run_roll_back
    from decroche.contacts.models import Contact, ImportBatch

    batch = ImportBatch.objects.create(name="a", stored_as="a", status="rolling_back", started_at=NOW)
    Contact.objects.filter(pk=contact.pk).update(batch=batch, updated_at=NOW)
    run_roll_back(batch.pk)
    batch.refresh_from_db()
    counts = batch.roll_back or {}
    assert (counts["kept_worked"], Contact.objects.filter(pk=contact.pk).exists()) == (1, True)


def test_the_register_names_the_servers_that_get_them(as_admin, sender):
    text = as_admin.get("/privacy/register").content.decode()
    assert "Contact (127.0.0.1)" in text

"""From no sender at all to an e-mail that a real server took: settings, a contact's page, the agent's desktop."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from decroche.runtime.browser_agent import BrowserAgent
from tests.browser.axe import faults
from tests.fakes.mail_server import MailServer

MAKE = """
import json
from uuid import uuid4
from decroche.campaigns.models import Campaign, CampaignAssignment, QueueEntry
from decroche.contacts.models import Contact, ContactPhone
from django.utils import timezone
mark = uuid4().hex[:6]
contact = Contact.objects.create(first_name="Hélène", last_name="Courriel-" + mark, email=mark + "@exemple.fr")
ContactPhone.objects.create(contact=contact, kind="mobile", e164="+33639980088")
for one in Campaign.objects.filter(status="open"):
    QueueEntry.objects.create(campaign=one, contact=contact, state="withdrawn", not_before=timezone.now())
print(json.dumps({"contact": contact.pk, "name": "Courriel-" + mark, "email": contact.email}))
"""
SENDER = """
from decroche.messages.models import Sender
Sender.objects.all().delete()
Sender.objects.create(name="Contact", host="127.0.0.1", port={port}, security="none", is_default=True,
    from_name="Mutuelle", from_address="contact@mutuelle.example")
"""
ENOUGH_MS = 60_000
"""The worker has other jobs."""


@pytest.fixture
def made(demo: Any) -> Iterator[dict[str, Any]]:
    """A contact with an address, in every open campaign; whatever sender there was is gone before and after."""
    forget = "from decroche.messages.models import Sender; Sender.objects.all().delete()"
    demo.manage("shell", "-c", forget)
    found: dict[str, Any] = json.loads(demo.manage("shell", "-c", MAKE).strip().splitlines()[-1])
    yield found
    demo.manage("shell", "-c", forget)


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as one:
        yield one


def test_a_sender_is_set_tried_and_sends_what_is_written_to_a_contact(
    visit: Callable[..., Page], made: dict[str, Any], server: MailServer
) -> None:
    page = visit("admin")
    page.goto(f"/contacts/{made['contact']}?tab=mails")
    expect(page.get_by_test_id("no-mails")).to_contain_text("Réglages → E-mail")
    _set_sender(page, server.port)
    _try_it(page, server)

    page.goto(f"/contacts/{made['contact']}?tab=mails")
    expect(page.get_by_test_id("write-mail")).to_be_visible()  # what is hidden yet cannot have the focus
    page.get_by_test_id("write-mail").press("Enter")
    expect(page.get_by_role("textbox", name="Objet")).to_be_focused()
    page.keyboard.type("Votre devis")
    page.keyboard.press("Tab")
    page.keyboard.type("Bonjour,\n\nle voici.")
    assert faults(page) == []
    page.keyboard.press("Control+Enter")
    mail = page.get_by_test_id("mail")
    expect(mail).to_have_attribute("data-state", "sent", timeout=ENOUGH_MS)
    mail.get_by_test_id("open-mail").press("Enter")
    expect(mail.get_by_test_id("mail-text")).to_contain_text("le voici.")
    assert (server.messages[-1]["To"], server.messages[-1]["Subject"]) == (made["email"], "Votre devis")
    assert faults(page) == []
    page.get_by_test_id("tab-history").click()
    expect(page.get_by_text("E-mail envoyé : Votre devis")).to_be_visible()


def test_a_refused_one_says_why_and_is_sent_again(
    visit: Callable[..., Page], demo: Any, made: dict[str, Any], server: MailServer
) -> None:
    demo.manage("shell", "-c", SENDER.format(port=server.port))
    server.answers["RCPT"].append("550 5.1.1 User unknown")
    page = visit("supervisor")
    page.goto(f"/contacts/{made['contact']}?tab=mails")
    page.get_by_test_id("write-mail").click()
    page.get_by_role("textbox", name="Objet").fill("Votre devis")
    page.get_by_role("textbox", name="Texte").fill("Bonjour")
    page.get_by_test_id("tab-history").click()
    page.get_by_test_id("tab-mails").click()
    expect(page.get_by_role("textbox", name="Objet")).to_have_value("Votre devis")  # what is typed is kept
    page.get_by_test_id("send-mail").click()
    mail = page.get_by_test_id("mail")
    expect(mail).to_have_attribute("data-state", "refused", timeout=ENOUGH_MS)
    mail.get_by_test_id("open-mail").click()
    expect(mail.get_by_test_id("mail-refused")).to_contain_text("Réponse du serveur : 550 5.1.1 User unknown")
    assert faults(page) == []
    mail.get_by_test_id("send-again").click()
    expect(mail).to_have_attribute("data-state", "sent", timeout=ENOUGH_MS)


def test_an_agent_writes_to_the_contact_on_his_screen(
    agent: BrowserAgent, demo: Any, made: dict[str, Any], server: MailServer
) -> None:
    demo.manage("shell", "-c", SENDER.format(port=server.port))
    desk = agent.page
    agent.key("f")
    expect(desk.get_by_test_id("search-input")).to_be_focused()
    desk.keyboard.type(made["name"])
    desk.get_by_test_id("search-choice").filter(has_text=made["name"]).click()
    expect(desk.get_by_test_id("contact-name")).to_contain_text(made["name"])
    agent.key("l")
    expect(desk.get_by_test_id("write-mail")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("textbox", name="Objet")).to_be_focused()
    desk.keyboard.type("Comme convenu")  # its letters are text, not the desktop's keys
    desk.keyboard.press("Tab")
    desk.keyboard.type("Bonjour")
    assert faults(desk) == []
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_test_id("mail")).to_have_attribute("data-state", "sent", timeout=ENOUGH_MS)
    desk.keyboard.press("Escape")
    expect(desk.get_by_test_id("desk-mails-panel")).to_have_count(0)
    expect(desk.get_by_test_id("history")).to_contain_text("E-mail envoyé : Comme convenu")
    assert server.messages[-1]["Subject"] == "Comme convenu"


def _set_sender(page: Page, port: int) -> None:
    page.goto("/settings/senders")
    expect(page.get_by_text("Aucun expéditeur")).to_be_visible()
    page.get_by_test_id("add").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Nom de l’expéditeur").fill("Contact")
    form.get_by_label("Nom affiché").fill("Mutuelle")
    form.get_by_label("Adresse d’envoi").fill("contact@mutuelle.example")
    form.get_by_label("Serveur SMTP").fill("smtp.exemple.fr")
    form.get_by_role("combobox", name="Sécurité").click()
    page.get_by_role("option", name="aucune").click()
    form.get_by_role("button", name="Enregistrer").click()
    expect(form.get_by_text("seul un serveur de cette machine")).to_be_visible()
    assert faults(page) == []
    form.get_by_label("Serveur SMTP").fill("127.0.0.1")
    form.get_by_role("textbox", name="Port").fill(str(port))
    form.get_by_role("button", name="Enregistrer").click()
    expect(form).to_have_count(0)


def _try_it(page: Page, server: MailServer) -> None:
    """Refused, then taken."""
    server.answers["MAIL"].append("553 not yours")
    page.get_by_role("button", name="Envoyer un essai").click()
    trial = page.get_by_role("dialog")
    trial.get_by_label("À quelle adresse").fill("ada@exemple.fr")
    trial.get_by_test_id("send-test-mail").click()
    result = trial.get_by_test_id("test-mail-result")
    expect(result).to_have_attribute("data-result", "sender")
    expect(result).to_contain_text("553 not yours")
    assert faults(page) == []
    trial.get_by_test_id("send-test-mail").click()
    expect(result).to_have_attribute("data-result", "sent")
    assert server.messages[-1]["To"] == "ada@exemple.fr"

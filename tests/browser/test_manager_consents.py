"""What the law asks of a campaign, and what a person agreed to: set, written down, and taken back in two clicks."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults

MAKE = """
import json
from uuid import uuid4
from decroche.campaigns.models import Campaign
from decroche.contacts.models import Contact, ContactPhone
from decroche.ledger.models import Principal
mark = uuid4().hex[:6]
campaign = Campaign.objects.create(name="Santé " + mark, audience="b2c", mode="preview")
contact = Contact.objects.create(civility="Mme", first_name="Hélène", last_name="Accord-" + mark, postal_code="25000")
ContactPhone.objects.create(contact=contact, kind="mobile", e164="+33639980077")
Principal.objects.get_or_create(siren="123456782", defaults={"name": "Mutuelle des Alpages"})
print(json.dumps({"campaign": campaign.pk, "contact": contact.pk}))
"""


@pytest.fixture
def made(demo: object) -> dict[str, int]:
    """A campaign without a principal, and a contact who agreed to nothing."""
    told = demo.manage("shell", "-c", MAKE)  # type: ignore[attr-defined]
    found: dict[str, int] = json.loads(told.strip().splitlines()[-1])
    return found


def test_from_the_campaigns_legal_basis_to_a_consent_and_its_withdrawal(
    visit: Callable[..., Page], made: dict[str, int]
) -> None:
    page = visit("supervisor")
    page.goto(f"/campaigns/{made['campaign']}")
    page.get_by_test_id("missing").get_by_role("link", name="Aller à : Cadre légal").first.click()
    page.get_by_role("combobox", name="Mandant").click()
    page.get_by_role("option", name="Mutuelle des Alpages").click()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_test_id("missing").get_by_role("link", name="Aller à : Cadre légal")).to_have_count(0)
    expect(page.get_by_test_id("open-campaign")).to_be_enabled()
    assert faults(page) == []

    page.goto(f"/contacts/{made['contact']}?tab=consents")
    expect(page.get_by_text("Aucun accord enregistré")).to_be_visible()
    page.get_by_test_id("add-proof").click()
    form = page.get_by_role("dialog")
    form.get_by_role("combobox", name="Mandant").click()
    page.get_by_role("option", name="Mutuelle des Alpages").click()
    form.get_by_label("Biens ou services concernés").fill("Complémentaire santé")
    form.get_by_label("Texte exact accepté").fill("J’accepte d’être appelée au sujet d’une complémentaire santé.")
    form.get_by_label("Version du texte").fill("2026-09")
    form.get_by_label("Ce que la personne a fait").fill("case cochée")
    form.get_by_label("Donné le").click()
    page.locator("[data-today]:visible").first.click()
    form.get_by_label("Version du texte").click()  # beside the calendar, which closes
    form.get_by_role("button", name="Enregistrer").click()

    proof = page.get_by_test_id("proof")
    expect(proof).to_have_attribute("data-state", "live")
    assert faults(page) == []
    proof.get_by_role("button", name="Retirer").click()
    page.get_by_role("button", name="Retirer le consentement").click()
    expect(proof).to_have_attribute("data-state", "withdrawn")
    assert faults(page) == []


def test_a_principal_is_made_in_the_settings_and_deleted_while_nothing_belongs_to_it(
    visit: Callable[..., Page],
) -> None:
    page, name = visit("admin"), f"Éphémère {uuid4().hex[:6]}"
    page.goto("/settings/principals")
    page.get_by_test_id("add").click()
    page.get_by_label("Nom de l’entreprise").fill(name)
    page.get_by_label("SIREN").fill("732 829 321")
    page.get_by_role("button", name="Enregistrer").click()
    form = page.get_by_role("dialog")
    expect(form.get_by_text("vérifiez-le")).to_be_visible()
    form.get_by_label("SIREN").fill("732 829 320")
    form.get_by_role("button", name="Enregistrer").click()
    page.get_by_test_id("table-principals").get_by_text(name).click()
    form.get_by_role("button", name="Supprimer").click()
    form.get_by_role("button", name="Supprimer le mandant").click()
    expect(page.get_by_test_id("table-principals").get_by_text(name)).to_have_count(0)
    assert faults(page) == []

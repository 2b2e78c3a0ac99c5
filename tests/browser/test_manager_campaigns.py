"""A manager prepares a campaign, in a real browser on the whole floor."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def draft(visit: Callable[..., Page]) -> Page:
    """A new campaign, in draft, on the screen of a supervisor."""
    page = visit("supervisor")
    page.goto("/campaigns")
    page.get_by_test_id("new-campaign").first.click()
    page.get_by_label("Nom de la campagne").fill(f"Relance {uuid4().hex[:8]}")
    page.get_by_role("button", name="Créer la campagne").click()
    expect(page.get_by_test_id("missing")).to_be_visible()
    return page


def section(page: Page, name: str) -> None:
    """Go to a part of the campaign."""
    page.get_by_role("navigation", name="Parties de la campagne").get_by_role("link", name=name).click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Tout est enregistré")).to_be_visible()


def test_a_campaign_that_lacks_something_says_what_and_opens_once_mended(draft: Page) -> None:
    page = draft
    page.get_by_test_id("open-campaign").click()
    expect(page.get_by_test_id("campaign-status")).to_have_attribute("data-status", "draft")
    page.get_by_test_id("missing").get_by_role("link", name="Agents").click()
    page.get_by_role("combobox", name="Ajouter un groupe ou un agent").click()
    page.get_by_role("option").first.click()
    section(page, "Lignes et numéros")
    page.get_by_role("combobox", name="Numéro présenté").click()
    page.get_by_role("option").first.click()
    section(page, "Cadre légal")
    page.get_by_role("button", name="Nouveau mandant").click()
    page.get_by_label("Nom de l’entreprise").fill("Banque des Alpages")
    page.get_by_label("SIREN").fill("987654324")
    page.get_by_role("button", name="Créer le mandant").click()
    principal = page.get_by_role("combobox", name="Mandant")
    expect(principal).to_have_value(re.compile("Banque des Alpages"))
    save(page)
    expect(page.get_by_test_id("missing")).to_contain_text("autre mandant")  # the number is the Mutuelle's
    principal.click()
    page.get_by_role("option", name=re.compile("^Mutuelle des Alpages")).click()
    save(page)
    page.get_by_test_id("open-campaign").click()
    expect(page.get_by_test_id("campaign-status")).to_have_attribute("data-status", "open")
    page.get_by_test_id("stop-campaign").click()
    expect(page.get_by_test_id("campaign-status")).to_have_attribute("data-status", "stopped")


def test_outcomes_are_ordered_by_the_keyboard_and_kept(draft: Page) -> None:
    page = draft
    section(page, "Qualifications")
    first, second = (page.get_by_test_id(f"outcome-{n}").get_by_role("textbox", name="Libellé") for n in (0, 1))
    moved = second.input_value()
    second.press("Alt+ArrowUp")
    expect(first).to_have_value(moved)
    save(page)
    page.reload()
    expect(first).to_have_value(moved)


def test_a_question_added_to_the_script_is_there_for_the_agents(draft: Page) -> None:
    page = draft
    section(page, "Script")
    page.get_by_role("button", name="Ajouter une question").click()
    page.get_by_label("Question à poser").last.fill("Combien de salariés avez-vous ?")
    expect(page.get_by_test_id("script-preview")).to_contain_text("Combien de salariés")
    save(page)
    number = page.url.split("/campaigns/")[1].split("/")[0]
    desk = page.evaluate("async (id) => (await fetch(`/api/campaigns/${id}/desk`)).json()", number)
    assert "Combien de salariés avez-vous ?" in [q["label"] for p in desk["script"]["pages"] for q in p["questions"]]


def test_leaving_with_changes_asks_first(draft: Page) -> None:
    page = draft
    page.get_by_label("Nom annoncé").fill("Mutuelle des Artisans")
    page.get_by_role("navigation", name="Navigation principale").get_by_role("link", name="Appels", exact=True).click()
    page.get_by_role("button", name="Rester sur la page").click()
    expect(page.get_by_label("Nom annoncé")).to_have_value("Mutuelle des Artisans")

"""A manager finds contacts by several criteria, keeps the search, and puts all that match into a campaign."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.axe import faults


def add_criterion(page: Page, field: str, comparison: str) -> None:
    """The last line of the panel."""
    page.get_by_test_id("add-criterion").click()
    line = page.get_by_test_id("criterion").last
    line.get_by_role("combobox", name="Champ").click()
    page.get_by_role("option", name=field, exact=True).click()
    line.get_by_role("combobox", name="Comparaison").click()
    page.get_by_role("option", name=comparison, exact=True).click()


def open_panel(page: Page) -> None:
    page.goto("/contacts")
    page.get_by_test_id("toggle-filter").click()
    expect(page.get_by_test_id("filter-panel")).to_be_visible()


def test_all_that_match_are_found_kept_assigned_and_taken_back(visit: Callable[..., Page]) -> None:
    page = visit("supervisor")
    open_panel(page)
    add_criterion(page, "Code postal", "commence par")
    with page.expect_response("**/api/contact-search"):
        page.get_by_role("textbox", name="Valeur : Code postal").fill("6")
    add_criterion(page, "Numéro", "est renseigné")
    page.wait_for_load_state("networkidle")
    assert "6" not in page.url.split("/contacts", 1)[1]  # nothing of what was asked is in the address
    name = f"Rhône {uuid4().hex[:6]}"
    page.get_by_test_id("saved-searches").click()
    page.get_by_test_id("save-search").click()
    page.get_by_role("textbox", name="Nom de la recherche").fill(name)
    page.get_by_role("button", name="Garder", exact=True).click()
    expect(page.get_by_test_id("saved-searches")).to_have_text(name)
    page.keyboard.press("Escape")
    page.get_by_test_id("select-all").check()
    page.get_by_test_id("bulk-assign").click()
    expect(page.get_by_test_id("bulk-confirm")).to_contain_text("Mettre")
    assert faults(page) == []
    page.get_by_role("form", name="Mise en file").get_by_role("combobox", name="Campagne").click()
    page.get_by_role("option").first.click()
    page.get_by_test_id("bulk-confirm").click()
    page.get_by_test_id("toggle-recent").click()
    action = page.get_by_test_id("bulk-action").first
    expect(action).to_have_attribute("data-status", "done", timeout=30_000)
    if action.get_by_test_id("bulk-undo").count():
        action.get_by_test_id("bulk-undo").click()
        expect(action).to_have_attribute("data-status", "undone", timeout=30_000)
    assert faults(page) == []


def test_many_are_erased_only_once_their_number_is_typed(visit: Callable[..., Page]) -> None:
    """A whole base went in two clicks, as one contact does."""
    page = visit("supervisor")
    page.goto("/contacts")
    page.get_by_test_id("select-all").check()
    page.get_by_test_id("bulk-erase").click()
    confirm, number = page.get_by_test_id("bulk-confirm"), page.get_by_test_id("bulk-number")
    expect(confirm).to_be_disabled()
    told = number.locator("xpath=ancestor::*[label]").locator("label").inner_text().split(":")[1]
    number.fill("12")
    expect(confirm).to_be_disabled()
    number.fill(told)
    expect(confirm).to_be_enabled()
    assert faults(page) == []
    page.get_by_role("button", name="Annuler").click()
    page.get_by_role("checkbox", name="Choisir").first.wait_for()


def test_a_long_name_of_a_search_leaves_its_pencil_in_sight(visit: Callable[..., Page]) -> None:
    """One long name pushed the pencils of all searches out of their list: none could be renamed or deleted."""
    page = visit("supervisor")
    open_panel(page)
    add_criterion(page, "Ville", "est")
    with page.expect_response("**/api/contact-search"):
        page.get_by_role("textbox", name="Valeur : Ville").fill("Dole")
    name = f"{'Tous les prospects de la vallée du Rhône ' * 2}{uuid4().hex[:6]}"[-80:].strip()
    page.get_by_test_id("saved-searches").click()
    page.get_by_test_id("save-search").click()
    page.get_by_role("textbox", name="Nom de la recherche").fill(name)
    page.get_by_role("button", name="Garder", exact=True).click()
    expect(page.get_by_test_id("saved-searches")).to_have_text(name)
    pencil = page.get_by_role("button", name=f"Modifier : {name}")
    listed = page.get_by_role("dialog").bounding_box()
    there = pencil.bounding_box()
    assert listed
    assert there
    assert there["x"] + there["width"] <= listed["x"] + listed["width"]


def test_a_search_that_finds_nobody_says_so(visit: Callable[..., Page]) -> None:
    page = visit("supervisor")
    open_panel(page)
    add_criterion(page, "Ville", "est")
    page.get_by_role("textbox", name="Valeur : Ville").fill("Nulle part")
    expect(page.get_by_test_id("table-empty")).to_be_visible()
    expect(page.get_by_test_id("select-all")).to_be_disabled()


def test_what_is_asked_stands_above_the_table_in_words_and_goes_by_the_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("supervisor")
    open_panel(page)
    add_criterion(page, "Code postal", "commence par")
    page.get_by_role("textbox", name="Valeur : Code postal").fill("6")
    page.get_by_role("button", name="Groupe").last.click()
    page.get_by_role("textbox", name="Valeur : Ville").fill("Lyon")
    page.get_by_test_id("toggle-filter").click()
    chips = page.get_by_test_id("filter-chip")
    expect(chips).to_have_text(["Code postal commence par « 6 »", "Ville est « Lyon »"])
    assert faults(page) == []
    chips.first.get_by_role("button", name="Retirer").focus()
    page.keyboard.press("Delete")
    expect(chips).to_have_text(["Ville est « Lyon »"])
    expect(page.get_by_role("button", name="Retirer : Ville est « Lyon »")).to_be_focused()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(0)


def test_rows_are_walked_by_the_keyboard_however_far_they_are(visit: Callable[..., Page]) -> None:
    """Bug: arrows moved the list and not the row; the one with the focus went with what is out of sight."""
    page = visit("supervisor")
    page.goto("/contacts")
    rows = page.get_by_test_id("table-contacts").locator("[data-index]")
    rows.first.focus()
    for key, place in (("ArrowDown", "1"), ("End", "99"), ("Home", "0")):
        page.keyboard.press(key)
        expect(page.locator("[data-index]:focus")).to_have_attribute("data-index", place)
        expect(page.locator("[data-index]:focus")).to_be_in_viewport(ratio=0.9)
    rows.first.get_by_role("checkbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(rows.nth(1).get_by_role("checkbox")).to_be_checked()


def test_columns_are_chosen_and_the_advanced_search_is_reached_by_the_keyboard(visit: Callable[..., Page]) -> None:
    """Bugs: the keys of a menu ticked no column; the panel opened above the button, and Tab led away from it."""
    page = visit("supervisor")
    page.goto("/contacts")
    page.get_by_role("button", name="Colonnes").press("Enter")
    address = page.get_by_role("menuitemcheckbox", name="Adresse")
    address.press("Space")
    expect(address).to_be_checked()
    expect(page.get_by_role("columnheader", name="Adresse")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_test_id("toggle-filter").press("Enter")
    page.get_by_test_id("add-criterion").wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("filter-panel").locator(":focus")).to_have_count(1)
    expect(page.get_by_test_id("select-all")).to_be_enabled()
    page.get_by_test_id("select-all").press("Space")
    page.get_by_test_id("bulk-change").press("Enter")
    page.get_by_role("form", name="Modification").get_by_role("combobox").focus()
    page.keyboard.press("Escape")  # the list of fields first
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("bulk-change")).to_be_focused()

"""A manager brings a file of prospects, in a real browser on the whole floor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

HEADER = "Civilité;Nom;Société;Téléphone;Mobile;Code postal;Ville;Statut fiscal"


def line(number: int) -> str:
    """A prospect of the fiction blocks; every hundredth has no number that can be."""
    phone = "néant" if number % 100 == 99 else f"05 36 49 {70 + number // 100:02} {number % 100:02}"
    return f"Mme;Lefèvre {number};Boulangerie n° {number};{phone};;31000;Toulouse;micro-société"


@pytest.fixture
def windows_file(tmp_path: Path) -> Path:
    """A thousand rows as French Excel saves them: cp1252, semicolons."""
    path = tmp_path / "prospects.csv"
    path.write_bytes("\r\n".join([HEADER, *map(line, range(1000))]).encode("cp1252"))
    return path


def send(page: Page, path: Path) -> None:
    """From the list of imports to the wizard."""
    page.goto("/imports")
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("choose-file").first.click()
    chooser.value.set_files(path)
    expect(page.get_by_test_id("import-preview")).to_be_visible()


def count(page: Page, key: str) -> str:
    """A figure of the result, without its spaces."""
    return "".join(page.get_by_test_id(f"count-{key}").locator("div").first.inner_text().split())


def test_a_file_of_a_french_windows_is_read_imported_counted_and_rolled_back(
    visit: Callable[..., Page], windows_file: Path
) -> None:
    page = visit("supervisor")
    send(page, windows_file)
    expect(page.get_by_test_id("import-preview")).to_contain_text("Lefèvre 0")
    expect(page.get_by_role("combobox", name="Champ pour la colonne Téléphone")).to_have_value("Téléphone")
    page.get_by_role("combobox", name="Champ pour la colonne Statut fiscal").click()
    page.get_by_role("option", name="Nouveau champ…").click()
    page.get_by_test_id("start-import").click()
    expect(page.get_by_test_id("count-new")).to_be_visible(timeout=60_000)
    assert (count(page, "new"), count(page, "refused")) == ("990", "10")
    page.get_by_test_id("roll-back").click()
    page.get_by_test_id("roll-back-confirm").click()
    expect(page.get_by_test_id("import-status")).to_have_attribute("data-status", "rolled_back", timeout=60_000)


def test_another_encoding_shows_the_first_rows_otherwise(visit: Callable[..., Page], windows_file: Path) -> None:
    page = visit("supervisor")
    send(page, windows_file)
    page.get_by_role("combobox", name="Encodage").click()
    page.get_by_role("option", name="UTF-8").click()
    expect(page.get_by_test_id("import-preview")).not_to_contain_text("Lefèvre 0")
    page.get_by_role("combobox", name="Encodage").click()
    page.get_by_role("option", name="Windows").click()
    expect(page.get_by_test_id("import-preview")).to_contain_text("Lefèvre 0")


def test_two_columns_cannot_fill_one_field(visit: Callable[..., Page], windows_file: Path) -> None:
    page = visit("supervisor")
    send(page, windows_file)
    page.get_by_role("combobox", name="Champ pour la colonne Mobile").click()
    page.get_by_role("option", name="Téléphone", exact=True).click()
    expect(page.get_by_test_id("start-import")).to_be_disabled()
    page.get_by_role("button", name="Jeter ce fichier").click()
    page.get_by_role("button", name="Jeter", exact=True).click()
    expect(page.get_by_test_id("choose-file").first).to_be_visible()

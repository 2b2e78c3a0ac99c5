"""A manager takes data out, in a real browser on the whole floor."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import fastexcel
from playwright.sync_api import Page, expect

from tests.browser.axe import faults


def ask(page: Page) -> None:
    """Send the dialog, go to the list, wait for the first line's file."""
    page.get_by_test_id("export-go").click()
    expect(page.get_by_test_id("export-form")).to_have_count(0)
    page.goto("/exports")
    expect(page.get_by_test_id("export-status").first).to_have_attribute("data-status", "done", timeout=60_000)


def fetch(page: Page, tmp_path: Path) -> Path:
    """The newest file, under its own name."""
    with page.expect_download() as download:
        page.get_by_test_id("export-download").first.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_filtered_list_goes_out_as_csv_with_the_columns_in_their_order(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = visit("supervisor")
    page.goto("/calls?result=busy")
    page.get_by_test_id("export-calls").click()
    expect(page.get_by_test_id("export-count")).to_contain_text("dans le fichier")
    count = int("".join(c for c in page.get_by_test_id("export-count").inner_text() if c.isdigit()))
    assert faults(page) == []
    page.get_by_text("CSV (.csv)").click()
    page.get_by_role("button", name="Aucune").click()
    for name in ("Résultat", "Numéro appelé"):
        page.get_by_role("combobox", name="Ajouter une colonne…").click()
        page.get_by_role("option", name=name, exact=True).click()
    page.get_by_role("button", name=re.compile("^Monter.*Numéro appelé")).click()
    ask(page)
    path = fetch(page, tmp_path)
    assert path.name.startswith("appels-")
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Numéro appelé", "Résultat"]
    assert {row[1] for row in rows[1:]} == {"occupé"}
    assert len(rows) - 1 == count


def test_contacts_go_out_as_a_workbook_and_the_choice_of_columns_is_kept(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    page = visit("supervisor")
    page.goto("/exports")
    page.get_by_test_id("new-export").first.click()
    expect(page.get_by_test_id("export-columns")).to_contain_text("Code postal")
    page.get_by_role("button", name="Garder ce choix").click()
    page.get_by_label("Nom du choix").fill("Publipostage")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("combobox", name="Choix de colonnes gardés")).to_have_value("Publipostage")
    ask(page)
    assert faults(page) == []
    path = fetch(page, tmp_path)
    assert path.suffix == ".xlsx"
    frame = fastexcel.read_excel(path).load_sheet(0, dtypes="string").to_polars()
    assert "Code postal" in frame.columns
    assert frame.height > 0
    page.reload()
    page.get_by_role("button", name=f"Supprimer {path.name}").click()
    page.get_by_role("button", name="Supprimer le fichier").click()
    expect(page.get_by_text(path.name)).to_have_count(0)

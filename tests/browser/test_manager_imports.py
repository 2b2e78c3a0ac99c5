"""A manager brings a file of prospects, in a real browser on the whole floor."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import faults

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


DROP = """([place, names]) => {
  const data = new DataTransfer();
  for (const name of names) {
    const text = name.startsWith("vide") ? "" : "Nom;Tél\\nMoreau;0199001234\\n";
    data.items.add(new File([text], name, { type: "text/csv" }));
  }
  const area = document.querySelector(place);
  return area.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
}"""
FILES = "[data-testid=choose-file]"


def test_of_several_files_dropped_at_once_all_wait_in_the_list(visit: Callable[..., Page]) -> None:
    """Bug: the first was taken, and the others were to be dropped again one by one."""
    page = visit("supervisor")
    page.goto("/imports")
    page.get_by_test_id("choose-file").first.wait_for()
    page.evaluate(DROP, [FILES, ["mars.csv", "vide.csv", "mai.csv"]])
    expect(page.get_by_test_id("files-received")).to_contain_text("2 fichiers reçus, à compléter")
    expect(page.get_by_role("alert")).to_contain_text("« vide.csv » n’a pas pu être reçu")
    for name in ("mars", "mai"):
        expect(page.get_by_role("row").filter(has_text=name).first).to_contain_text("à compléter")
    assert faults(page) == []
    page.evaluate(DROP, [FILES, ["juin.csv"]])
    expect(page.get_by_test_id("import-preview")).to_be_visible()


def test_a_file_let_go_beside_its_place_leaves_the_page_as_it_is(visit: Callable[..., Page]) -> None:
    """Bug: the browser opened it instead of the application, wherever it was dropped; an agent would lose his call."""
    page = visit("supervisor")
    page.goto("/contacts")
    page.get_by_role("heading", name="Fiches").wait_for()
    assert page.evaluate(DROP, ["h1", ["mars.csv"]]) is False


def test_another_encoding_shows_the_first_rows_otherwise(visit: Callable[..., Page], windows_file: Path) -> None:
    page = visit("supervisor")
    send(page, windows_file)
    page.get_by_role("combobox", name="Encodage").click()
    page.get_by_role("option", name="UTF-8", exact=True).click()
    expect(page.get_by_test_id("import-preview")).not_to_contain_text("Lefèvre 0")
    page.get_by_role("combobox", name="Encodage").click()
    page.get_by_role("option", name="Windows (cp1252)").click()
    expect(page.get_by_test_id("import-preview")).to_contain_text("Lefèvre 0")


def test_a_draft_is_found_as_it_was_left(visit: Callable[..., Page], windows_file: Path) -> None:
    page = visit("supervisor")
    send(page, windows_file)
    page.get_by_role("combobox", name="Champ pour la colonne Statut fiscal").click()
    page.get_by_role("option", name="Nouveau champ…").click()
    page.get_by_role("radio", name="Compléter la fiche").check()
    page.get_by_test_id("save-mapping-as").fill("Salon de mars")
    page.reload()  # at once: what was typed last is kept as well
    expect(page.get_by_test_id("save-mapping-as")).to_have_value("Salon de mars")
    expect(page.get_by_role("radio", name="Compléter la fiche")).to_be_checked()
    column = page.get_by_role("combobox", name="Champ pour la colonne Statut fiscal")
    expect(column).to_have_value("Nouveau champ…")


def test_a_file_of_a_thousand_columns_is_mapped_without_drawing_them_all(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    """Bug: its page stood still for 20 seconds, and for seconds at each choice."""
    path = tmp_path / "large.csv"
    titles = ["Nom", "Tél", *(f"Donnée {number}" for number in range(998))]
    path.write_text("\n".join([";".join(titles), ";".join(["Moreau", "0536497001", *"x" * 998])]))
    page = visit("supervisor")
    send(page, path)
    targets = page.get_by_role("combobox", name="Champ pour la colonne")
    last = page.get_by_role("combobox", name="Champ pour la colonne Donnée 997")
    expect(page.get_by_role("combobox", name="Champ pour la colonne Nom")).to_have_value("Nom")
    assert targets.count() < 30
    page.get_by_test_id("import-preview").evaluate("grid => { grid.scrollLeft = grid.scrollWidth }")
    expect(last).to_be_visible()
    page.get_by_test_id("rest-as-new").click()
    expect(last).to_have_value("Nouveau champ…")
    assert targets.count() < 30


def test_an_import_that_was_stopped_says_that_nothing_was_kept(visit: Callable[..., Page], windows_file: Path) -> None:
    """Bug: its page said "imported", with eight zeros, and where to queue contacts that there were not."""
    page = visit("supervisor")
    page.route(re.compile(r"/api/imports/\d+$"), stopped)
    send(page, windows_file)
    page.get_by_test_id("start-import").click()
    expect(page.get_by_test_id("import-cancelled")).to_contain_text("rien n’a été gardé")
    expect(page.get_by_text("lancé")).to_be_visible()
    expect(page.get_by_test_id("count-new")).to_have_count(0)
    expect(page.get_by_test_id("campaigns-fed")).to_have_count(0)


def stopped(route: Route) -> None:
    """A batch that runs, or is over, is told as stopped."""
    response = route.fetch()
    batch = response.json()
    if batch["status"] != "draft":
        batch["status"] = "cancelled"
    route.fulfill(response=response, json=batch)


def test_two_columns_cannot_fill_one_field(visit: Callable[..., Page], windows_file: Path) -> None:
    page = visit("supervisor")
    send(page, windows_file)
    page.get_by_role("combobox", name="Champ pour la colonne Mobile").click()
    page.get_by_role("option", name="Téléphone", exact=True).click()
    expect(page.get_by_test_id("start-import")).to_be_disabled()
    page.get_by_role("button", name="Jeter ce fichier").click()
    page.get_by_role("button", name="Jeter", exact=True).click()
    expect(page.get_by_test_id("choose-file").first).to_be_visible()


def test_a_mapping_is_kept_and_applied_to_a_file_of_other_columns(
    visit: Callable[..., Page], windows_file: Path, tmp_path: Path
) -> None:
    page = visit("supervisor")
    send(page, windows_file)
    expect(page.get_by_test_id("number-kinds").first).to_contain_text("fixes")
    page.get_by_test_id("save-mapping-as").fill("Fichier des boulangers")
    page.get_by_role("checkbox", name="Villes").check()
    page.get_by_test_id("start-import").click()
    expect(page.get_by_test_id("reason-counts")).to_contain_text("10", timeout=60_000)
    other = tmp_path / "autre.csv"
    other.write_bytes("Ville;VILLE 2;téléphone;Nom\nDole;Lyon;0199001234;Moreau\n".encode("cp1252"))
    send(page, other)
    page.get_by_test_id("saved-mappings").click()
    page.get_by_role("group", name="Fichier des boulangers").get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("combobox", name="Champ pour la colonne téléphone")).to_have_value("Téléphone")
    expect(page.get_by_role("combobox", name="Champ pour la colonne VILLE 2")).to_have_value("(ne pas importer)")


def test_consents_of_a_file_are_proofs_and_say_who_may_be_called(visit: Callable[..., Page], tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    given = f"{datetime.now(UTC) - timedelta(days=9):%d/%m/%Y} à 14h05"
    rows = [f"Lefort {n};05 36 49 61 {n:02};{given if n else ''}" for n in range(9)]
    path.write_text("\n".join(["Nom;Téléphone;Date de consentement", *rows]))
    page = visit("supervisor")
    send(page, path)
    consents = page.get_by_role("region", name="Consentements")
    expect(page.get_by_test_id("start-import")).to_be_disabled()
    consents.get_by_role("combobox", name="Mandant").click()
    page.get_by_role("listbox", name="Mandant").get_by_role("option").first.click()
    consents.get_by_label("Biens ou services").fill("Complémentaire santé")
    consents.get_by_label("Texte exact").fill("J'accepte d'être appelé.")
    consents.get_by_label("Version").fill("2026-09")
    consents.get_by_role("combobox", name="Moyen").click()
    page.get_by_role("option", name="formulaire web").click()
    consents.get_by_label("Ce que la personne a fait").fill("case cochée")
    page.get_by_role("combobox", name="Campagne à alimenter").click()
    # Its own list: the one before it may still be fading out.
    page.get_by_role("listbox", name="Campagne à alimenter").get_by_role("option").first.click()
    assert faults(page) == []
    page.get_by_test_id("start-import").click()
    expect(page.get_by_test_id("batch-consents")).to_contain_text("8 preuves écrites au registre", timeout=60_000)
    expect(page.get_by_test_id("batch-consents")).to_contain_text("1 : sans consentement daté")
    expect(page.get_by_test_id("outlook")).to_contain_text("appelable", timeout=60_000)
    assert faults(page) == []


OWN = ["Nom", "Tél", "Date de la dernière commande passée en magasin", "Ville"]


def test_a_mapping_kept_under_a_name_brings_its_tidying_and_shows_the_names_of_new_fields_whole(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    """Bugs: what to put right was forgotten with the mapping; the name of a new field was cut in its box."""
    path, other = tmp_path / "magasin.csv", tmp_path / "salon.csv"
    path.write_text(";".join(OWN) + "\nMOREAU;0536497101;12/03/2026;DOLE\n")
    other.write_text("Notes;Ville;Tél\nrien;DOLE;0536497102\n")
    page = visit("supervisor")
    send(page, path)
    page.get_by_test_id("rest-as-new").click()
    name = page.get_by_role("textbox", name="Nom du champ")
    expect(name).to_have_value(OWN[2])
    assert name.evaluate("box => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight")
    page.get_by_role("checkbox", name="Noms et prénoms").check()
    page.get_by_test_id("save-mapping-as").fill("Magasin")
    page.get_by_test_id("start-import").click()
    expect(page.get_by_test_id("count-new")).to_be_visible(timeout=60_000)
    send(page, path)
    expect(page.get_by_role("checkbox", name="Noms et prénoms")).to_be_checked()
    send(page, other)
    expect(page.get_by_role("checkbox", name="Noms et prénoms")).not_to_be_checked()
    page.get_by_test_id("saved-mappings").click()
    page.get_by_role("group", name="Magasin").get_by_role("button", name="Appliquer").click()
    expect(page.get_by_role("checkbox", name="Noms et prénoms")).to_be_checked()


def test_a_saved_mapping_of_a_long_name_is_renamed_and_left_by_the_keyboard_alone(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    """Bugs: its long name hid its buttons; Escape closed the list instead of the question; a new name was dropped."""
    path = tmp_path / "fournisseur.csv"
    path.write_text("Nom;Tél\nMoreau;0536497103\n")
    page = visit("supervisor")
    name = "Fichier mensuel du fournisseur de prospects, " * 2 + "Jura"
    page.evaluate(SAVE, name)
    send(page, path)
    page.get_by_test_id("saved-mappings").focus()
    page.keyboard.press("Enter")
    kept = page.get_by_role("group", name=name)
    expect(kept.get_by_role("button", name="Supprimer")).to_be_in_viewport()
    kept.get_by_role("button", name="Supprimer").press("Enter")
    page.keyboard.press("Escape")
    expect(kept.get_by_role("button", name="Supprimer")).to_be_focused()
    kept.get_by_role("button", name="Renommer").press("Enter")
    page.get_by_role("textbox", name="Nom de la correspondance").fill("Jura")
    page.get_by_role("button", name="Enregistrer").press("Enter")
    expect(page.get_by_role("group", name="Jura").get_by_role("button", name="Renommer")).to_be_focused()
    page.get_by_role("group", name="Jura").get_by_role("button", name="Supprimer").press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Jura")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("saved-mappings")).to_be_focused()


SAVE = """async (name) => {
  const token = document.cookie.match(/csrftoken=([^;]+)/)[1];
  const body = JSON.stringify({ name, targets: [{ header: "Nom", target: "company" }] });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch("/api/import-mappings", { method: "POST", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}"""


def test_values_that_a_field_refuses_are_told_by_column_before_the_start(
    visit: Callable[..., Page], tmp_path: Path
) -> None:
    """Bugs: rows were refused by their dates, and nothing had said so; afterwards, why was cut on a small screen."""
    title = "Échéance du contrat de complémentaire santé de l'entreprise"
    days = ["31/12/2026", "bientôt", "01/02/2026", "hier"]
    path = tmp_path / "dates.csv"
    path.write_text("\n".join([f"Nom;Tél;{title}", *(f"Moreau;05364999{n:02};{day}" for n, day in enumerate(days))]))
    page = visit("supervisor")
    send(page, path)
    page.get_by_role("combobox", name="Champ pour la colonne Échéance").click()
    page.get_by_role("option", name="Nouveau champ…").click()
    expect(page.get_by_test_id("misfits")).to_have_count(0)  # it was taken for text
    kind = page.get_by_role("combobox", name="Type", exact=True)
    kind.press("Enter")
    page.get_by_role("option", name="date", exact=True).click()
    column = page.get_by_test_id("misfit-2")
    expect(column).to_have_text(
        re.compile("^2 des 4 premières valeurs ne sont pas des dates, ex. «\\sbientôt\\s»\\s: leurs lignes entières")
    )
    expect(page.get_by_test_id("misfits")).to_contain_text("Échéance")
    assert faults(page) == []
    page.get_by_test_id("start-import").click()
    expect(page.get_by_test_id("count-new")).to_be_visible(timeout=60_000)
    assert (count(page, "new"), count(page, "refused")) == ("2", "2")
    page.set_viewport_size({"width": 1280, "height": 720})
    reason = page.get_by_test_id("table-refused").get_by_role("cell").filter(has_text=title).first
    expect(reason).to_be_visible()
    assert reason.evaluate("cell => cell.scrollWidth <= cell.clientWidth")


def test_an_import_is_done_by_the_keyboard_alone_and_the_focus_is_never_lost(
    visit: Callable[..., Page], windows_file: Path
) -> None:
    """Bug: at each step the focus fell to nowhere; Escape did not take back the question of the roll-back."""
    page = visit("supervisor")
    page.on("filechooser", lambda _chooser: None)  # listened to early: a key is quicker than the browser is told
    page.goto("/imports")
    page.get_by_test_id("choose-file").first.focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(windows_file)
    title = page.get_by_role("heading", level=1)
    expect(page.get_by_test_id("import-preview")).to_be_visible()
    expect(title).to_be_focused()
    expect(page.get_by_test_id("start-import")).to_be_enabled()
    page.get_by_test_id("start-import").press("Enter")
    expect(page.get_by_test_id("count-new")).to_be_visible(timeout=60_000)
    expect(title).to_be_focused()
    page.get_by_test_id("roll-back").press("Enter")
    expect(page.get_by_role("button", name="Garder le lot")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("roll-back")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("roll-forward")).to_be_visible(timeout=60_000)
    expect(page.locator("main :focus")).to_have_count(1)

"""A manager restricts a running campaign, and puts ends back in its queue, in a real browser on the whole floor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from decroche.runtime.browser_agent import BrowserAgent
from tests.browser.axe import faults
from tests.browser.desk import until


def test_a_running_campaign_is_restricted_where_all_can_see_it_and_set_free(
    visit: Callable[..., Page], agent: BrowserAgent
) -> None:
    page = visit("supervisor")
    page.goto("/campaigns/1/territory")
    page.get_by_role("combobox", name="Lieux appelés").fill("ille-et")
    page.get_by_role("option", name=re.compile("^Ille-et-Vilaine")).click()
    expect(page.get_by_test_id("territory-inside")).not_to_have_text(re.compile("^(0|…)$"))
    page.keyboard.press("Escape")
    expect(page.get_by_text("Tout est enregistré")).to_have_count(0)  # it is not: it is to be applied
    page.get_by_test_id("apply-territory").click()
    expect(page.get_by_test_id("territory-banner")).to_contain_text("Ille-et-Vilaine (35)")
    expect(agent.page.get_by_test_id("idle-territory")).to_have_text("Ille-et-Vilaine (35)")
    page.goto("/floor")
    expect(page.get_by_test_id("floor-territory-1")).to_contain_text("Ille-et-Vilaine (35)")
    page.goto("/campaigns")
    expect(page.get_by_test_id("territory-1")).to_contain_text("Ille-et-Vilaine (35)")
    page.goto("/campaigns/1/queue")
    page.get_by_test_id("lift-territory").click()
    expect(page.get_by_test_id("territory-banner")).to_have_count(0)
    expect(agent.page.get_by_test_id("idle-territory")).to_have_count(0)


def test_a_running_campaign_is_restricted_by_conditions_on_any_field(
    visit: Callable[..., Page], agent: BrowserAgent
) -> None:
    page = visit("supervisor")
    page.goto("/campaigns/1/filter")
    page.get_by_test_id("add-criterion").click()
    page.get_by_role("textbox", name="Valeur : Ville").fill("Limoges")
    in_words = re.compile(r"^Ville est «\sLimoges\s»$")
    expect(page.get_by_role("textbox", name="Nom du filtre")).to_have_attribute("placeholder", in_words)
    inside = page.get_by_test_id("filter-inside")
    expect(inside).not_to_have_text(page.get_by_test_id("filter-waiting").inner_text())
    page.get_by_role("textbox", name="Nom du filtre").fill("Ceux de Limoges")
    assert faults(page) == []
    page.get_by_test_id("apply-filter").click()
    expect(page.get_by_test_id("filter-banner")).to_contain_text("Ceux de Limoges")
    expect(agent.page.get_by_test_id("idle-filter")).to_have_text("Ceux de Limoges")
    page.goto("/floor")
    expect(page.get_by_test_id("floor-filter-1")).to_contain_text("Ceux de Limoges")
    page.goto("/campaigns/1/queue")
    counted, told = page.get_by_test_id("queue-callable"), agent.page.get_by_test_id("idle-callable")
    figure = counted.locator("span, div, p").first
    until(lambda: figure.inner_text() in told.inner_text(), "the agent is told another number", 60)
    page.get_by_test_id("lift-filter").click()
    expect(page.get_by_test_id("filter-banner")).to_have_count(0)
    expect(agent.page.get_by_test_id("idle-filter")).to_have_count(0)


def test_an_end_is_put_back_and_taken_back(visit: Callable[..., Page]) -> None:
    page = visit("supervisor")
    page.goto("/campaigns/1/queue")
    finished = page.get_by_test_id("queue-finished")
    before = finished.text_content() or ""
    page.get_by_test_id("queue-ends").get_by_role("checkbox", name="répondeur", exact=True).check()
    expect(page.get_by_test_id("recycle-preview")).to_contain_text("appelables")
    page.get_by_test_id("recycle").click()
    page.get_by_test_id("recycle").click()
    undo = page.get_by_test_id("recyclings").get_by_role("button", name="Annuler").first
    expect(undo).to_be_visible()
    expect(finished).not_to_have_text(before)
    undo.click()
    page.get_by_role("button", name="Rendre les fiches pas encore rappelées").click()
    expect(page.get_by_test_id("recyclings")).to_contain_text("0 laissées")
    expect(finished).to_have_text(before)


def test_a_figure_opens_its_list(visit: Callable[..., Page]) -> None:
    page = visit("supervisor")
    page.goto("/campaigns/1/queue")
    page.get_by_test_id("queue-callable").click()
    expect(page.get_by_test_id("table-queue-entries").get_by_role("row").nth(1)).to_be_visible()
    assert "standing=callable" in page.url


def test_a_long_count_says_that_it_is_under_way_and_the_figures_before_stay(visit: Callable[..., Page]) -> None:
    page = visit("supervisor")
    page.goto("/campaigns/1/queue")
    expect(page.get_by_test_id("queue-callable")).to_be_visible()
    page.route("**/queue-counts", lambda _route: None)  # asked again by itself; the answer does not come
    expect(page.get_by_test_id("counting")).to_contain_text("Comptage en cours depuis", timeout=30_000)
    expect(page.get_by_test_id("queue-callable")).to_be_visible()
    page.unroute("**/queue-counts")  # what was held goes on
    expect(page.get_by_test_id("counting")).to_have_count(0)


def go_on(page: Page, path: str, held: list[Route]) -> None:
    """What was held, and what comes from now on."""
    for route in held:
        route.continue_()
    page.unroute(path)


def test_what_feeds_the_queue_is_not_moved_by_what_is_counted_above_it(visit: Callable[..., Page]) -> None:
    """Bugs: the form was pushed below the screen by the first count, by each next one that took its time, and by what
    was put back, which came after the count."""
    page = visit("supervisor")
    feeding = page.get_by_test_id("feed-queue")
    counts, put_back = list[Route](), list[Route]()
    page.route("**/queue-counts", lambda route: counts.append(route))
    page.route("**/campaigns/1/recyclings", lambda route: put_back.append(route))
    page.goto("/campaigns/1/queue")
    expect(page.get_by_test_id("counting")).to_be_visible()
    expect(feeding).to_have_count(0)
    go_on(page, "**/queue-counts", counts)
    expect(page.get_by_test_id("queue-ends")).to_be_visible()
    expect(feeding).to_have_count(0)
    go_on(page, "**/campaigns/1/recyclings", put_back)
    page.route("**/queue-counts", lambda _route: None)
    feeding.scroll_into_view_if_needed()
    before = feeding.bounding_box()
    expect(page.get_by_test_id("counting")).to_be_attached(timeout=30_000)
    assert feeding.bounding_box() == before
    page.unroute("**/queue-counts")


FEEDABLE = """
from decroche.contacts.models import Contact, ContactPhone
contact = Contact.objects.create(last_name="Alimentée", city="Saint-Aliment-sur-File")
ContactPhone.objects.create(contact=contact, kind="mobile", e164="+33639980089")
"""


def test_what_came_into_a_queue_is_told_and_taken_back_where_it_was_added(
    visit: Callable[..., Page], demo: Any
) -> None:
    """Bugs: a browser whose clock is fast was told of nothing; the way to undo was on another page."""
    demo.manage("shell", "-c", FEEDABLE)
    page = visit("supervisor")
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=1))
    page.goto("/campaigns/2/queue")
    page.get_by_role("combobox", name="Ajouter", exact=True).click()
    page.get_by_role("option", name="les fiches qui répondent à des conditions").click()
    page.get_by_role("textbox", name="Ville").fill("Saint-Aliment-sur-File")
    page.get_by_test_id("feed-queue").click()
    told = page.get_by_test_id("fed")
    expect(told).to_contain_text("1 fiche ajoutée.")
    assert faults(page) == []
    told.get_by_test_id("undo-feeding").click()
    expect(told).to_contain_text("Ajout annulé")
    expect(told.get_by_test_id("undo-feeding")).to_have_count(0)


def test_lists_say_what_their_shares_make_of_the_next_calls(visit: Callable[..., Page]) -> None:
    """Bugs: nothing said what a share of 3 does; an emptied box stayed empty, and what it had held was applied."""
    page = visit("supervisor")
    page.goto("/campaigns/1/queue")
    page.get_by_role("combobox", name="Lot").last.click()
    page.get_by_role("option", name=re.compile(r"^Salon des entrepreneurs \(600 fiches, ")).click()
    page.get_by_test_id("feed-queue").click()
    expect(page.get_by_text(re.compile(r"^600 fiches ajoutées\.$"))).to_be_visible(timeout=60_000)
    page.goto("/campaigns/1/steering")
    salon = page.get_by_test_id("campaign-lists").get_by_role("row").filter(has_text="Salon des entrepreneurs")
    expect(salon).to_contain_text("selon la file")
    share = page.get_by_role("textbox", name="Part de Salon des entrepreneurs")
    share.fill("")
    share.press("Tab")
    expect(share).to_have_value("1")
    share.fill("3")
    expect(salon).to_contain_text("75 %")
    page.get_by_role("textbox", name="Priorité de Salon des entrepreneurs").fill("-1")
    expect(salon).to_contain_text("ensuite")
    share.fill("0")
    expect(salon).to_contain_text("non appelée")
    assert faults(page) == []
    page.get_by_test_id("apply-lists").click()
    expect(page.get_by_text("Le partage s’applique dès le prochain appel.")).to_be_visible()


EMPTY = """
from decroche.campaigns.models import Campaign
print(Campaign.objects.create(name="Sans file").pk)
"""


def test_a_campaign_without_a_queue_says_so_where_lists_are_steered(visit: Callable[..., Page], demo: Any) -> None:
    """Bug: there was a button that nothing could enable, and nothing else."""
    campaign = demo.manage("shell", "-c", EMPTY).strip().splitlines()[-1]
    page = visit("supervisor")
    page.goto(f"/campaigns/{campaign}/steering")
    expect(page.get_by_text("La file est vide")).to_be_visible()
    expect(page.get_by_test_id("apply-lists")).to_have_count(0)
    page.get_by_role("link", name="Alimenter la file").click()
    expect(page.get_by_test_id("feed-queue")).to_be_visible()


def test_what_waits_to_be_applied_is_kept_and_leaving_asks_first(visit: Callable[..., Page]) -> None:
    """Bug: an order, shares, a territory or a filter that was not applied yet was gone with the section, in silence."""
    page = visit("supervisor")
    page.goto("/campaigns/1/steering")
    sections = page.get_by_role("navigation", name="Parties de la campagne")
    page.get_by_test_id("order-kind").click()
    page.get_by_role("option", name="au hasard").click()
    sections.get_by_role("link", name="Territoire").click()
    page.get_by_role("combobox", name="Lieux appelés").fill("ille-et")
    page.get_by_role("option", name=re.compile("^Ille-et-Vilaine")).click()
    page.keyboard.press("Escape")
    sections.get_by_role("link", name="Filtre").click()
    page.get_by_test_id("add-criterion").click()
    page.get_by_role("textbox", name="Valeur : Ville").fill("Limoges")
    page.get_by_role("textbox", name="Nom du filtre").fill("Ceux de Limoges")
    sections.get_by_role("link", name="Général").click()
    expect(page.get_by_test_id("save-bar")).to_contain_text("À appliquer encore : Territoire, Filtre, Ordre et listes")
    assert faults(page) == []

    menu = page.get_by_role("navigation", name="Navigation principale")
    elsewhere = menu.get_by_role("link", name="Appels", exact=True)
    elsewhere.press("Enter")
    dialog = page.get_by_role("dialog", name="Quitter sans appliquer ?")
    expect(dialog).to_contain_text("Ordre et listes")
    dialog.get_by_role("button", name="Rester sur la page").press("Enter")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()

    for section in ("Territoire", "Filtre", "Ordre et listes"):
        sections.get_by_role("link", name=section).click()
        page.get_by_role("button", name="Annuler", exact=True).click()
    expect(sections.get_by_label("Modifications à appliquer")).to_have_count(0)
    elsewhere.press("Enter")
    expect(page).to_have_url(re.compile("/calls"))


OLD = """
from decroche.contacts.models import ImportBatch
ImportBatch.objects.create(name="Foire de Châlons", file_name="c.csv", stored_as="c", status="done", counts={"new": 7})
ImportBatch.objects.bulk_create(
    ImportBatch(name=f"Lot {n}", file_name="x.csv", stored_as="x", status="done") for n in range(520))
"""
GONE = """
from decroche.contacts.models import ImportBatch
ImportBatch.objects.filter(stored_as__in=("c", "x")).delete()
"""


@pytest.fixture
def old_batch(demo: Any) -> Iterator[None]:
    """A batch behind 520 newer ones, for the time of a test."""
    demo.manage("shell", "-c", OLD)
    yield
    demo.manage("shell", "-c", GONE)


def test_an_old_batch_is_found_by_typing_wherever_one_is_chosen(visit: Callable[..., Page], old_batch: None) -> None:
    """Bug: only the newest 100 could be chosen, 500 in a search."""
    page = visit("supervisor")
    page.goto("/campaigns/1/queue")
    expect(page.get_by_test_id("queue-ends")).to_be_visible()  # what comes above pushes the rest out of sight
    lot = page.get_by_role("combobox", name="Lot").last
    lot.click()
    lot.press_sequentially("chalons")
    page.get_by_role("option", name=re.compile(r"^Foire de Châlons \(7 fiches, ")).click()
    expect(lot).to_have_value(re.compile("^Foire de Châlons"))
    lot.click()
    expect(page.get_by_role("option", name=re.compile("^Lot 519 "))).to_be_visible()  # chosen, it does not hide others
    page.keyboard.press("Escape")
    page.goto("/contacts")
    page.get_by_role("combobox", name="Lot d’importation").press_sequentially("foire")
    page.get_by_role("option", name=re.compile("^Foire de Châlons")).click()
    expect(page.get_by_role("combobox", name="Lot d’importation")).to_have_value(re.compile("^Foire de Châlons"))
    page.goto("/campaigns/1/filter")
    page.get_by_test_id("add-criterion").click()
    page.get_by_role("combobox", name="Champ").first.click()
    page.get_by_role("option", name="Lot d’importation").click()
    value = page.get_by_role("combobox", name="Valeur : Lot d’importation")
    value.press_sequentially("foire chalons")
    page.get_by_role("option", name=re.compile("^Foire de Châlons")).click()
    named = page.get_by_role("textbox", name="Nom du filtre")
    expect(named).to_have_attribute("placeholder", re.compile("Foire de Châlons$"))
    page.keyboard.press("Escape")
    assert faults(page) == []

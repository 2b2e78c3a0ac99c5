"""A contact's page as a supervisor works with it, by mouse and by keyboard alone; and two records that become one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import faults

MAKE = """
import json
from datetime import timedelta
from uuid import uuid4
from django.utils import timezone
from decroche.calls.models import Call
from decroche.campaigns.models import Campaign, QueueEntry
from decroche.contacts.models import Contact, ContactPhone
mark = uuid4().hex[:6]
long = "de la Rochefoucauld-Montbel d’Estrées-Villeneuve " * 2
kept = Contact.objects.create(civility="Mme", first_name="Hélène-" + mark, last_name=long[:110], postal_code="25000",
    city="Besançon", email=mark + "@exemple.fr", company="Boulangerie Lefèvre")
other = Contact.objects.create(first_name="helene-" + mark, last_name=long[:110].upper(), postal_code="25000",
    address="3 rue des Granges", email=mark + "@exemple.fr", city="Besançon cedex")
empty = Contact.objects.create(last_name="Vide-" + mark)
ContactPhone.objects.create(contact=kept, kind="phone", e164="+33465710001")
ContactPhone.objects.create(contact=other, kind="phone", e164="+33639980002")
campaign = Campaign.objects.order_by("pk").first()
now = timezone.now()
for one in (kept, other):
    QueueEntry.objects.create(campaign=campaign, contact=one, not_before=now + timedelta(days=30), attempts=2)
Call.objects.bulk_create(Call(id=uuid4(), contact=other, campaign=campaign, mode="manual", e164="+33639980002",
    state="ended", result="no_answer", claimed_at=now - timedelta(hours=n)) for n in range(1, 301))
print(json.dumps({"kept": kept.pk, "other": other.pk, "empty": empty.pk}))
"""


@pytest.fixture
def records(demo: object) -> dict[str, int]:
    """`kept` and `other`: one person with a very long name, 300 calls on the other; `empty` has nothing."""
    told = demo.manage("shell", "-c", MAKE)  # type: ignore[attr-defined]
    found: dict[str, int] = json.loads(told.strip().splitlines()[-1])
    return found


def test_a_changed_value_comes_back_with_one_click(visit: Callable[..., Page], records: dict[str, int]) -> None:
    page = visit("supervisor")
    page.goto(f"/contacts/{records['kept']}?tab=changes")
    expect(page.get_by_text("Rien n’a été modifié")).to_be_visible()
    page.get_by_role("textbox", name="Ville").fill("Dole")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Rétablir Ville : Besançon").click()
    expect(page.get_by_role("textbox", name="Ville")).to_have_value("Besançon")
    expect(page.get_by_test_id("changes").get_by_text("Valeur rétablie")).to_be_visible()
    assert faults(page) == []


def test_a_document_is_added_downloaded_and_deleted(visit: Callable[..., Page], records: dict[str, int]) -> None:
    page = visit("supervisor")
    page.goto(f"/contacts/{records['empty']}?tab=documents")
    expect(page.get_by_text("Aucun document.")).to_be_visible()
    pdf: Any = {"name": "Devis signé.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}
    page.locator("input[type=file]").set_input_files(files=[pdf])
    with page.expect_download() as download:
        page.get_by_role("link", name="Devis signé.pdf").click()
    assert download.value.suggested_filename == "Devis signé.pdf"
    assert faults(page) == []
    page.get_by_role("button", name="Supprimer Devis signé.pdf").click()
    expect(page.get_by_role("button", name="Supprimer le document")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("document")).to_have_count(0)


def test_a_document_that_could_run_is_refused_in_a_sentence(
    visit: Callable[..., Page], records: dict[str, int]
) -> None:
    page = visit("supervisor")
    page.goto(f"/contacts/{records['empty']}?tab=documents")
    html: Any = {"name": "page.pdf", "mimeType": "application/pdf", "buffer": b"<script>alert(1)</script>"}
    page.locator("input[type=file]").set_input_files(files=[html])
    expect(page.get_by_test_id("error-message")).to_contain_text("Ce fichier n'est pas accepté")


def test_a_contact_with_nothing_and_one_with_three_hundred_calls(
    visit: Callable[..., Page], records: dict[str, int]
) -> None:
    page = visit("supervisor")
    page.goto(f"/contacts/{records['empty']}")
    expect(page.get_by_text("Rien encore")).to_be_visible()
    expect(page.get_by_test_id("duplicates")).to_have_count(0)
    assert faults(page) == []
    page.goto(f"/contacts/{records['other']}")
    lines = page.get_by_test_id("history").locator("article")
    expect(lines).to_have_count(30)
    page.get_by_role("button", name="Voir la suite").click()
    expect(lines).to_have_count(60)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert faults(page) == []


def test_a_place_is_withdrawn_and_put_back(visit: Callable[..., Page], records: dict[str, int]) -> None:
    page = visit("supervisor")
    page.goto(f"/contacts/{records['kept']}")
    page.get_by_role("button", name="Retirer").click()
    page.get_by_role("button", name="Retirer, et annuler le rappel promis").click()
    page.get_by_role("button", name="Remettre en file").click()
    expect(page.get_by_role("button", name="Retirer")).to_be_visible()


def press_until(page: Page, name: str) -> None:
    """Tab to the control of that name, as somebody without a mouse does."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.testid ?? ''") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_two_records_are_merged_by_keyboard_alone(visit: Callable[..., Page], records: dict[str, int]) -> None:
    page = visit("supervisor")
    page.goto(f"/contacts/{records['kept']}")
    expect(page.get_by_test_id("duplicates")).to_contain_text("même e-mail")
    press_until(page, f"compare-{records['other']}")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("field-choices")).to_be_visible()
    expect(page.get_by_text("300 appels")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("radio", name="Ville : Besançon cedex").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Ville : Besançon", exact=True)).to_be_checked()
    press_until(page, "do-merge")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('/contacts')[0]}/contacts/{records['kept']}")
    expect(page.get_by_label("Adresse", exact=True)).to_have_value("3 rue des Granges")
    expect(page.get_by_label("Mobile")).to_have_value("06 39 98 00 02")
    page.goto(f"/contacts/{records['other']}")
    expect(page).to_have_url(f"{page.url.split('/contacts')[0]}/contacts/{records['kept']}")


def test_a_merge_is_taken_back_from_its_message_or_from_the_changes(
    visit: Callable[..., Page], records: dict[str, int]
) -> None:
    page = visit("supervisor")
    merge = f"/contacts/{records['kept']}/merge?with={records['other']}"
    for way in ("message", "changes"):
        page.goto(merge)
        page.get_by_test_id("do-merge").click()
        page.get_by_role("button", name=f"la fiche nº {records['other']} disparaît").click()
        if way == "message":
            page.get_by_test_id("notified-undo").click()
        else:
            page.get_by_role("tab", name="Modifications").click()
            page.get_by_test_id(f"unmerge-{records['other']}").click()
            page.get_by_role("button", name="Refaire deux fiches").click()
        expect(page.get_by_text("Les deux fiches sont séparées")).to_be_visible()
        expect(page.get_by_label("Adresse", exact=True)).to_have_value("")
    page.goto(f"/contacts/{records['other']}")
    expect(page.get_by_label("Adresse", exact=True)).to_have_value("3 rue des Granges")


def test_the_other_record_is_found_by_its_number(visit: Callable[..., Page], records: dict[str, int]) -> None:
    page = visit("supervisor")
    page.goto(f"/contacts/{records['empty']}/merge")
    expect(page.get_by_text("Aucune fiche ne ressemble")).to_be_visible()
    page.get_by_test_id("merge-search").fill("06 39 98 00 02")
    expect(page.get_by_test_id(f"compare-{records['other']}")).to_be_visible()
    assert faults(page) == []


OWN = """
from decroche.contacts.models import Contact, CustomField
for kind in ("text", "link"):
    CustomField.objects.get_or_create(key="essai_" + kind, defaults={"label": "Essai " + kind, "kind": kind})
values = {"essai_text": "avec\\nretour", "essai_link": "https://exemple.fr/une/page"}
print(Contact.objects.create(last_name="Champs", custom=values).pk)
"""


def test_a_text_of_several_lines_keeps_them_and_a_link_opens(visit: Callable[..., Page], demo: Any) -> None:
    """Bugs: "avec⏎retour" was shown as "avecretour", and saved so; a link could only be read."""
    contact = demo.manage("shell", "-c", OWN).strip().splitlines()[-1]
    page = visit("supervisor")
    page.goto(f"/contacts/{contact}")
    expect(page.get_by_role("textbox", name="Essai text")).to_have_value("avec\nretour")
    link = page.get_by_role("link", name="Ouvrir le lien : Essai link")
    expect(link).to_have_attribute("href", "https://exemple.fr/une/page")
    expect(link).to_have_attribute("rel", "noreferrer")
    assert faults(page) == []

"""Filters: what they may ask about, and whom they find."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import AGENT, actor
from decroche.common.errors import InvalidFields
from decroche.common.http import answers
from decroche.contacts.filters import found, selectors
from decroche.contacts.filters.schemas import (
    BatchChoice,
    BatchesIn,
    Counted,
    CountIn,
    FilterCatalogue,
    QuickIn,
    SearchIn,
)
from decroche.contacts.quick_search import quick_search
from decroche.contacts.schemas import ContactPage, ContactRow

router = Router(auth=AGENT, tags=["contacts"])


@router.get("/contact-filters", response=FilterCatalogue, operation_id="get_filter_catalogue")
def get_filter_catalogue(request: HttpRequest) -> FilterCatalogue:
    """Every field that a search may ask about, its operators, and the values to choose from."""
    return selectors.filter_catalogue(actor(request))


@router.post("/contact-filters/batches", response=list[BatchChoice], operation_id="find_batches")
def find_batches(request: HttpRequest, body: BatchesIn) -> list[BatchChoice]:
    """Batches that ended well, newest first, by what somebody types; or those of these ids, as they are."""
    return selectors.batch_choices(body.q, body.ids, body.limit)


@router.post("/contact-search", response=answers(ContactPage, InvalidFields), operation_id="search_contacts")
def search_contacts(request: HttpRequest, body: SearchIn) -> ContactPage:
    """A page of the contacts that the filter finds, among those that the user may see."""
    return found.search_page(actor(request), body.filter, sort=body.sort, cursor=body.cursor, limit=body.limit)


@router.post("/contact-search/count", response=answers(Counted, InvalidFields), operation_id="count_contacts")
def count_contacts(request: HttpRequest, body: CountIn) -> Counted:
    """How many it finds, exactly, however many."""
    return Counted(contacts=found.count_found(actor(request), body.filter))


@router.post("/contact-search/quick", response=list[ContactRow], operation_id="quick_search_contacts")
def quick_search_contacts(request: HttpRequest, body: QuickIn) -> list[ContactRow]:
    """The few contacts that somebody who is typing may mean, likeliest first: by name, company, code or number."""
    return quick_search(actor(request), body.q, body.limit)

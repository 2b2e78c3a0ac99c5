"""The health of presented numbers."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import SUPERVISOR
from decroche.campaigns.number_health import selectors
from decroche.campaigns.number_health.schemas import NumberHealth

router = Router(tags=["campaigns"], auth=SUPERVISOR)


@router.get("/presented-numbers/health", response=list[NumberHealth], operation_id="list_presented_numbers_health")
def list_presented_numbers_health(request: HttpRequest) -> list[NumberHealth]:
    """Answers, short calls and calls a day of each number, against its own past."""
    return selectors.health()

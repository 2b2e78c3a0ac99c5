"""Can I call this contact?"""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from decroche.accounts.access import AGENT, actor
from decroche.common.errors import NotFound
from decroche.common.http import answers
from decroche.contacts.verdicts import selectors
from decroche.contacts.verdicts.schemas import ContactVerdicts

router = Router(auth=AGENT, tags=["contacts"])


@router.get(
    "/contacts/{int:contact_id}/verdicts",
    response=answers(ContactVerdicts, NotFound),
    operation_id="get_contact_verdicts",
)
def get_contact_verdicts(request: HttpRequest, contact_id: int) -> ContactVerdicts:
    """For each campaign and each number: until when it may be called, or every reason why not."""
    return selectors.verdicts(actor(request), contact_id)

"""A contact who called and reached nobody is called back; one who reached somebody is not called again for that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from decroche.calls.results import Result
from decroche.calls.returning import called_back_at
from decroche.campaigns.candidate import Candidate
from decroche.compliance import Kind, Refused
from decroche.floor.return_rows import promises_kept
from decroche.floor.world import AUTOMATIC, Campaign, LiveCall

if TYPE_CHECKING:
    from decroche.floor.service import Floor

AT_LEAST = timedelta(minutes=1)
"""A promise lies ahead, however long he waited."""


def due_at(floor: Floor, campaign: Campaign, candidate: Candidate, e164: str) -> datetime | None:
    """When he may be called back, by the judge; None: he is not, and nobody says that he will be."""
    if not e164:
        return None
    kind: Kind = "automatic" if campaign.mode in AUTOMATIC else "preview" if campaign.mode == "preview" else "manual"
    verdict = floor.claiming.may_call(candidate, campaign, e164, kind)
    refused = isinstance(verdict, Refused)
    return called_back_at(floor.now, refused=refused, until=verdict.until)


def after(floor: Floor, call: LiveCall) -> None:
    """The call has just ended."""
    result, contact_id = call.state.result, call.candidate.contact_id
    if result is Result.CONNECTED:
        floor.journal.write(promises_kept(call.id, contact_id, call.campaign.id, floor.now))
        floor.agents.promises_changed(call.campaign)
    elif call.state.promises:
        floor.spawn(_promise(floor, call), "callback of a return call")
    elif call.row.why["bare"]:
        floor.spawn(_forget(floor, contact_id), "caller whom nobody answered")


async def _promise(floor: Floor, call: LiveCall) -> None:
    from decroche.accounts.models import User
    from decroche.callbacks import services as callbacks

    why, now = call.row.why, floor.now
    due = max(datetime.fromisoformat(why["due"]), now + AT_LEAST)
    owner_id = why["owner"] if why["owner"] in call.campaign.assigned else None
    local = call.row.claimed_at.astimezone(floor.campaigns.zone)
    note = f"A rappelé le {local:%d/%m à %H:%M}, sans réponse de notre part."

    def make() -> None:
        callbacks.owe(
            contact_id=call.candidate.contact_id, campaign_id=call.campaign.id, due_at=due, now=now,
            owner=User.objects.filter(pk=owner_id or 0, is_active=True).first(), note=note, made_in_call=call.id,
        )  # fmt: skip

    await floor.journal.flush()
    await floor.db.django(make)


async def _forget(floor: Floor, contact_id: int) -> None:
    """A record made for the agent who would have answered: nobody ever saw it."""
    from decroche.contacts.models import Contact

    await floor.journal.flush()
    await floor.db.django(lambda: Contact.objects.filter(pk=contact_id).delete())

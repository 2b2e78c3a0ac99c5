"""E-mails of the demo's past: each appointment was confirmed to who has an address; some addresses are wrong.

No sender is set in the demo, since nothing of it may reach anybody: they only tell what was.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid5

from decroche.appointments.models import Appointment
from decroche.common.days import PARIS
from decroche.demo.setup import COMPANY, Floor
from decroche.messages.models import Mail

FROM = "contact@mutuelle-alpages.example"
WRONG_EVERY = 5
_OURS = UUID("6f1d1c52-0b8e-4f6b-9a55-0d6c3f1f7a01")
TEXT = """Bonjour {name},

Je vous confirme notre rendez-vous du {day} à {hour}.
Lieu : {place}.

Cordialement,
{agent}
{company}"""


def confirmations(appointments: list[Appointment], floor: Floor) -> Iterator[Mail]:
    """In the order of the appointments."""
    known = [(one, floor.people[one.contact_id]) for one in appointments]
    for number, (one, person) in enumerate((one, person) for one, person in known if person.email):
        at, identifier = one.created_at + timedelta(minutes=3), uuid5(_OURS, str(number))
        mail = Mail(
            id=identifier, contact_id=one.contact_id, campaign=one.campaign, author=one.created_by,
            message_id=f"<{identifier}@{FROM.split('@')[1]}>", from_address=FROM, to_address=person.email,
            subject="Confirmation de notre rendez-vous", text=_text(one, f"{person.civility} {person.last_name}"),
            state=Mail.State.SENT, attempts=1, created_at=at, ended_at=at + timedelta(seconds=2),
        )  # fmt: skip
        if number % WRONG_EVERY == WRONG_EVERY - 1:
            mail.state, mail.problem = Mail.State.REFUSED, "recipient"
            mail.answer_code, mail.answer = 550, "5.1.1 User unknown"
        yield mail


def _text(one: Appointment, name: str) -> str:
    starts_at = one.starts_at.astimezone(PARIS)
    return TEXT.format(
        name=name, day=f"{starts_at:%d/%m/%Y}", hour=f"{starts_at:%H:%M}", place=one.place,
        agent=one.created_by.display_name if one.created_by else "", company=COMPANY,
    )  # fmt: skip

"""Reading the table of trunks."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet

from decroche.common.errors import InvalidFields, NotFound
from decroche.contacts.phones import SENTENCES, PhoneProblem, normalise
from decroche.telephony.models import Trunk
from decroche.telephony.schemas import FormatPreview, NumberFormat, Softphone
from decroche.telephony.trunk_config import TrunkConfig, carrier_number

SAMPLE = TrunkConfig(id=0, host="carrier.example")


def trunks() -> QuerySet[Trunk]:
    """In the order in which they are tried."""
    return Trunk.objects.all()


def trunk(trunk_id: int) -> Trunk:
    """Raises NotFound."""
    found = Trunk.objects.filter(pk=trunk_id).first()
    if found is None:
        raise NotFound
    return found


def format_preview(number: str, number_format: NumberFormat) -> FormatPreview:
    """Raises InvalidFields."""
    e164 = normalise(number)
    if isinstance(e164, PhoneProblem):
        raise InvalidFields(number=SENTENCES[e164])
    return FormatPreview(e164=e164, dialed=carrier_number(replace(SAMPLE, number_format=number_format), e164))


def softphone() -> Softphone:
    """Everything is on one host: the browser needs no help to find its way to Asterisk."""
    return Softphone(socket_path="/sip", ice_servers=[])

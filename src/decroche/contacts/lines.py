"""What a number says of itself to a person who reads a record: mobile or fixed, and where. Pure."""

from __future__ import annotations

from typing import Literal

from decroche.contacts.phones import is_mobile

Line = Literal["mobile", "fixed", "overseas_mobile", "overseas_fixed", "non_geographic", "foreign"]
OVERSEAS = ("+262", "+508", "+590", "+594", "+596", "+681", "+687", "+689")


def line_of(e164: str) -> Line:
    """`non_geographic`: 08 and 09, boxes and companies' numbers. `foreign`: another country's."""
    if e164.startswith(OVERSEAS):
        return "overseas_mobile" if is_mobile(e164) else "overseas_fixed"
    if not e164.startswith("+33"):
        return "foreign"
    if is_mobile(e164):
        return "mobile"
    return "fixed" if e164[3:4] in "12345" else "non_geographic"

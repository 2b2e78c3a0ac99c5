"""The French numbers kept for fiction: the only ones that demos and tests use.

Source: Arcep's numbering plan, blocks reserved for audiovisual works. A real trunk refuses them, the carrier simulator
refuses all others, so that a demo can never ring at somebody's.
"""

NATIONAL_PREFIXES = ("019900", "026191", "035301", "046571", "053649", "063998")
"""First six of ten digits; the last four are free."""

E164_PREFIXES = tuple("+33" + prefix[1:] for prefix in NATIONAL_PREFIXES)


def is_fiction(e164: str) -> bool:
    """`e164` as stored: `+33199001234`."""
    return len(e164) == 12 and e164.startswith(E164_PREFIXES) and e164[1:].isascii() and e164[1:].isdigit()

"""From the telephone network's reason to the result of an attempt that nobody answered.

Sources: ITU-T Q.850 (causes), RFC 3261 §21 and RFC 8197 (SIP codes), RFC 3398 §7.2.4.1 (their correspondence). The SIP
code is the carrier's own word and wins where it is precise; the Q.850 cause is Asterisk's reading of it, or its own.
"""

from __future__ import annotations

from decroche.calls.results import Result

SIP_RESULTS: dict[int, Result] = {
    403: Result.REJECTED,
    404: Result.UNALLOCATED,
    408: Result.NO_ANSWER,
    410: Result.UNALLOCATED,  # gone: the number has changed
    480: Result.NO_ANSWER,  # temporarily unavailable: switched off, out of coverage
    484: Result.UNALLOCATED,  # address incomplete
    486: Result.BUSY,
    487: Result.NO_ANSWER,  # our own ring timeout: the carrier confirms that it stopped ringing
    500: Result.CONGESTION,
    502: Result.CONGESTION,
    503: Result.CONGESTION,
    504: Result.CONGESTION,
    600: Result.BUSY,
    603: Result.REJECTED,
    604: Result.UNALLOCATED,
    607: Result.REJECTED,  # unwanted: the callee's filter (RFC 8197)
    608: Result.REJECTED,  # rejected by the callee's operator (RFC 8688)
}

Q850_RESULTS: dict[int, Result] = {
    1: Result.UNALLOCATED,
    3: Result.FAILED,  # no route to destination
    17: Result.BUSY,
    18: Result.NO_ANSWER,
    19: Result.NO_ANSWER,
    20: Result.NO_ANSWER,  # subscriber absent
    21: Result.REJECTED,
    22: Result.UNALLOCATED,  # number changed
    27: Result.FAILED,  # destination out of order
    28: Result.UNALLOCATED,  # invalid number format
    34: Result.CONGESTION,
    38: Result.CONGESTION,
    41: Result.CONGESTION,
    42: Result.CONGESTION,
    44: Result.CONGESTION,
    47: Result.CONGESTION,
}

SAYS_NOTHING = frozenset({0, 16, 26, 31, 127})
"""Causes that come with any end: normal clearing, unspecified, interworking."""


def result_of(cause: int | None, sip_code: int | None, *, rang: bool) -> Result:
    """The result of an attempt that ended before an answer, without our having hung up.

    `rang`: the far telephone was heard to ring, so that an end without a reason is a telephone nobody picked up.
    """
    if sip_code and sip_code in SIP_RESULTS:
        return SIP_RESULTS[sip_code]
    if cause and cause in Q850_RESULTS:
        return Q850_RESULTS[cause]
    if rang and (cause is None or cause in SAYS_NOTHING):
        return Result.NO_ANSWER
    return Result.FAILED

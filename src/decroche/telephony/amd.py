"""Asterisk's detection of answering machines: its usual settings, a call's own, and what its verdict is worth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

AMD_USUAL = {
    # French greetings of persons are one or two words; announcements talk on.
    "initial_silence_ms": 2500,
    "greeting_ms": 1600,
    "after_greeting_silence_ms": 700,
    "total_analysis_ms": 5000,
    "min_word_ms": 100,
    "between_words_silence_ms": 50,
    "maximum_words": 4,
    "silence_threshold": 256,
    "maximum_word_ms": 3500,
}
"""In the order of the arguments of AMD(). Milliseconds, words, and a level from 0 to 32767."""

_NAMES_IN_FILE = (
    "initial_silence", "greeting", "after_greeting_silence", "total_analysis_time", "min_word_length",
    "between_words_silence", "maximum_number_of_words", "silence_threshold", "maximum_word_length",
)  # fmt: skip

AMD_VARIABLE = "DECROCHE_AMD"
"""Channel variable that holds the arguments of AMD()."""
STATUS, CAUSE = "AMDSTATUS", "AMDCAUSE"
"""Channel variables that hold its verdict, and what it is made of."""
HUMAN_ENOUGH = ("HUMAN", "NOTSURE", "")
"""A doubt goes to the agent: a person must never be taken for a machine."""
AT_ONCE = timedelta(milliseconds=800)
"""After the answer: a search that begins later may have missed a person's "allô", a reflex of half a second."""
_SILENCE = re.compile(r"INITIALSILENCE-(\d+)-\d+")


def is_machine(status: str, cause: str, since_answer: timedelta | None) -> bool:
    """Whether AMD() has heard a machine.

    That nobody spoke is a sign of one only where it listened from the answer on, to somebody to whom nobody spoke:
    `since_answer` is the time from there to its verdict, None beside a conversation. `cause`, of app_amd.c:
    "INITIALSILENCE-2520-2500" (milliseconds heard, and allowed).
    """
    if status in HUMAN_ENOUGH:
        return False
    silence = _SILENCE.match(cause)
    if silence is None:
        return True
    return since_answer is not None and since_answer - timedelta(milliseconds=int(silence[1])) <= AT_ONCE


def amd_file() -> str:
    """amd.conf: the usual, for calls without settings of their own."""
    lines = zip(_NAMES_IN_FILE, AMD_USUAL.values(), strict=True)
    return "[general]\n" + "".join(f"{name}={value}\n" for name, value in lines)


def amd_arguments(own: Mapping[str, object]) -> str:
    """`2500,1600,…`: numbers only, whatever the row says."""
    return ",".join(str(int(str(own.get(name) or usual))) for name, usual in AMD_USUAL.items())

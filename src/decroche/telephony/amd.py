"""Asterisk's detection of answering machines: its usual settings, and how a call's own are handed to AMD()."""

from __future__ import annotations

from collections.abc import Mapping

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


def amd_file() -> str:
    """amd.conf: the usual, for calls without settings of their own."""
    lines = zip(_NAMES_IN_FILE, AMD_USUAL.values(), strict=True)
    return "[general]\n" + "".join(f"{name}={value}\n" for name, value in lines)


def amd_arguments(own: Mapping[str, object]) -> str:
    """`2500,1600,…`: numbers only, whatever the row says."""
    return ",".join(str(int(str(own.get(name) or usual))) for name, usual in AMD_USUAL.items())

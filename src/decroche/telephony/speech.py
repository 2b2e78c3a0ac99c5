"""A French voice for announcements that nobody has recorded: eSpeak NG, at the rate that Asterisk plays."""

from __future__ import annotations

import array
import ctypes
import io
import threading
import wave
from functools import cache

import espeakng_loader

RATE = 16_000
WORDS_PER_MINUTE = 150
_RETRIEVAL, _UTF8, _SPEED, _POSITION_CHARACTER = 1, 1, 1, 1
_HEARD = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
_one_at_a_time = threading.Lock()
"""The library has one voice and one callback for the whole process."""


class CannotSpeak(Exception):
    """The library did not start, or refused the text."""


def speak(text: str) -> bytes:
    """A WAV: 16 kHz, mono, 16 bits. Raises `CannotSpeak`."""
    with _one_at_a_time:
        library, rate = _library()
        heard = array.array("h")

        def hear(sound: ctypes.Array[ctypes.c_short], samples: int, _events: int) -> int:
            if sound and samples > 0:
                heard.frombytes(ctypes.string_at(sound, samples * 2))
            return 0

        callback = _HEARD(hear)
        library.espeak_SetSynthCallback(callback)
        spoken = text.encode()
        refused = library.espeak_Synth(
            ctypes.c_char_p(spoken), len(spoken) + 1, 0, _POSITION_CHARACTER, 0, _UTF8, None, None
        )
        if refused or library.espeak_Synchronize():
            raise CannotSpeak
    return _wav(_resampled(heard, rate))


@cache
def _library() -> tuple[ctypes.CDLL, int]:
    """The library and its rate in samples a second."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(_RETRIEVAL, 0, espeakng_loader.get_data_path().encode(), 0)
    if rate <= 0 or library.espeak_SetVoiceByName(b"fr"):
        raise CannotSpeak
    library.espeak_SetParameter(_SPEED, WORDS_PER_MINUTE, 0)
    return library, rate


def _resampled(sound: array.array[int], rate: int) -> array.array[int]:
    """Straight lines between samples: enough for a voice whose energy lies far below half the new rate."""
    count = max(0, (len(sound) - 1) * RATE // rate)
    step = rate / RATE
    resampled = array.array("h", bytes(2 * count))
    for n in range(count):
        at = n * step
        before = int(at)
        resampled[n] = int(sound[before] + (sound[before + 1] - sound[before]) * (at - before))
    return resampled


def _wav(sound: array.array[int]) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound.tobytes())
    return made.getvalue()

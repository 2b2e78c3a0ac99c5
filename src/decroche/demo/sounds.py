"""Recordings of the demo: each callee's lines on the left, our own announcement on the right, with silences between."""

from __future__ import annotations

import array
import os
import wave
from functools import cache
from pathlib import Path

from decroche.telephony.simulator_behaviours import BEHAVIOURS

VOICES = Path(__file__).resolve().parents[1] / "telephony" / "voices"
RATE = 8_000
AGENT_SPEAKS_S = 9
"""Silence left for the agent's answers, whose voice nobody made beforehand."""


@cache
def _samples(name: str) -> array.array[int]:
    with wave.open(str(VOICES / f"{name}.wav")) as sound:
        return array.array("h", sound.readframes(sound.getnframes()))


@cache
def conversation(ending: int) -> bytes:
    """A stereo .wav of the conversation that a number with this ending gives."""
    behaviour = BEHAVIOURS[ending]
    left = array.array("h", bytes(RATE))
    for name in (behaviour.hello, *behaviour.lines, "callee-goodbye"):
        left.extend(_samples(behaviour.sound(name)))
        left.extend(array.array("h", bytes(2 * RATE * AGENT_SPEAKS_S)))
    right = array.array("h", bytes(2 * RATE * 3))
    right.extend(_samples("recorded-notice"))
    right.extend(array.array("h", bytes(2 * max(0, len(left) - len(right)))))
    both = array.array("h", bytes(4 * len(left)))
    both[0::2], both[1::2] = left, right[: len(left)]
    return both.tobytes()


@cache
def duration_s(ending: int) -> float:
    """Of that conversation."""
    return len(conversation(ending)) / 4 / RATE


class Shelf:
    """Files of recordings, one a conversation, linked under as many names as calls had it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first: dict[int, Path] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def put(self, name: str, ending: int) -> int:
        """Make NAME.wav; its size in bytes."""
        path = self.folder / f"{name}.wav"
        path.unlink(missing_ok=True)
        if ending in self.first:
            try:
                path.hardlink_to(self.first[ending])
            except OSError:  # a file system without links
                path.write_bytes(self.first[ending].read_bytes())
        else:
            with wave.open(str(path), "wb") as sound:
                sound.setnchannels(2)
                sound.setsampwidth(2)
                sound.setframerate(RATE)
                sound.writeframes(conversation(ending))
            self.first[ending] = path
        return os.stat(path).st_size  # noqa: PTH116

"""Two mono recordings into one stereo WAV, one voice a side. Pure but for the files named."""

from __future__ import annotations

import os
import sys
import wave
from array import array
from pathlib import Path

CHUNK_S = 30
"""Of sound at a time: an hour-long call never lies whole in memory."""


class NotMergeable(ValueError):
    """Not 16-bit mono, or of two different rates."""


def merge(left: Path, right: Path, target: Path, *, right_later_ms: float = 0) -> float:
    """Writes `target` (atomically) and returns its duration in seconds; the shorter side ends in silence.

    `right_later_ms`: how much later than the left one the right recording began; negative where it began earlier.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with wave.open(str(left)) as one, wave.open(str(right)) as two:
            rate = _common_rate(one, two)
            later = round(right_later_ms * rate / 1000)
            with wave.open(str(draft), "wb") as out:
                out.setnchannels(2)
                out.setsampwidth(2)
                out.setframerate(rate)
                frames = _interleave(one, two, out, skip_left=max(0, later), skip_right=max(0, -later))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return frames / rate


def _common_rate(one: wave.Wave_read, two: wave.Wave_read) -> int:
    for file in (one, two):
        if file.getnchannels() != 1 or file.getsampwidth() != 2:
            raise NotMergeable("not 16-bit mono")
    if one.getframerate() != two.getframerate():
        raise NotMergeable("two different rates")
    return one.getframerate()


def _interleave(
    one: wave.Wave_read, two: wave.Wave_read, out: wave.Wave_write, *, skip_left: int, skip_right: int
) -> int:
    """What only one side heard before the other began is dropped: nobody was bridged yet."""
    one.readframes(skip_left)
    two.readframes(skip_right)
    chunk, frames = CHUNK_S * one.getframerate(), 0
    while True:
        left, right = _samples(one, chunk), _samples(two, chunk)
        length = max(len(left), len(right))
        if not length:
            return frames
        both = array("h", bytes(4 * length))
        both[0 : 2 * len(left) : 2] = left
        both[1 : 2 * len(right) : 2] = right
        if sys.byteorder == "big":
            both.byteswap()
        out.writeframesraw(both.tobytes())
        frames += length


def _samples(file: wave.Wave_read, count: int) -> array[int]:
    samples = array("h", file.readframes(count))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples

"""What is in a WAV file: energy, tones, and when it begins. Standard library only."""

from __future__ import annotations

import asyncio
import math
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

HEAD_BYTES = 44


@dataclass(frozen=True)
class Sound:
    """One side of a recording, 16-bit samples."""

    samples: array[int]
    rate: int

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.rate

    def part(self, start_s: float, end_s: float) -> Sound:
        return Sound(self.samples[int(start_s * self.rate) : int(end_s * self.rate)], self.rate)

    def rms(self) -> float:
        """0 (silence) to 32767."""
        return math.sqrt(sum(s * s for s in self.samples) / len(self.samples)) if self.samples else 0.0

    def share_of(self, hz: float) -> float:
        """How much of the energy is at this frequency, 0 to 1: by tenths of a second, so that a lost packet, which
        shifts the phase of what follows, costs the tenth that it falls into and no more."""
        tenth = self.rate // 10
        parts = [self.samples[i : i + tenth] for i in range(0, len(self.samples), tenth)]
        energy = sum(s * s for s in self.samples)
        return sum(_at(part, hz / self.rate) for part in parts) / energy if energy else 0.0

    def steps(self) -> list[Sound]:
        """Cut into 20 ms."""
        step = self.rate // 50
        return [Sound(self.samples[i : i + step], self.rate) for i in range(0, len(self.samples), step)]

    def bursts_of(self, hz: float, *, at_least_s: float = 0.2, gap_s: float = 0.5) -> int:
        """How many times this tone was heard; what a busy machine loses inside does not cut it in two."""
        bursts, length, silence = 0, 0, 0
        for part in self.steps():
            if part.rms() > 100 and part.share_of(hz) > 0.6:
                length, silence = length + 1, 0
                bursts += length == round(at_least_s / 0.02)
            elif (silence := silence + 1) > gap_s / 0.02:
                length = 0
        return bursts

    def begins_s(self, hz: float) -> float:
        """When this tone is first heard; the end where it never is."""
        heard = (i * 0.02 for i, part in enumerate(self.steps()) if part.rms() > 100 and part.share_of(hz) > 0.6)
        return next(heard, self.duration_s)

    def longest_silence_s(self, threshold: float = 20) -> float:
        longest = length = 0
        for part in self.steps():
            length = length + 1 if part.rms() < threshold else 0
            longest = max(longest, length)
        return longest * 0.02

    def starts_s(self, threshold: float = 300) -> float | None:
        """When it is first louder than the threshold."""
        return next((i * 0.02 for i, part in enumerate(self.steps()) if part.rms() > threshold), None)


def _at(samples: array[int], turns: float) -> float:
    """The energy at this frequency, in turns a sample (Goertzel)."""
    turn = 2 * math.cos(2 * math.pi * turns)
    one = two = 0.0
    for sample in samples:
        one, two = sample + turn * one - two, one
    return 2 * (one * one + two * two - turn * one * two) / len(samples)


def read(path: Path, side: int = 0) -> Sound:
    with wave.open(str(path)) as file:
        samples = array("h", file.readframes(file.getnframes()))
        return Sound(samples[side :: file.getnchannels()], file.getframerate())


async def closed(path: Path) -> Sound:
    """What Asterisk has written, once it has closed the file."""
    async with asyncio.timeout(60):
        while not (path.exists() and _has_its_length(path)):
            await asyncio.sleep(0.1)
    return read(path)


def _has_its_length(path: Path) -> bool:
    """It is at the end of the file's head, zero until all the rest is written."""
    with path.open("rb") as file:
        return any(file.read(HEAD_BYTES)[40:])

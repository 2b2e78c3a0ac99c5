"""What is in a WAV file: energy, tones, and when it begins. Standard library only."""

from __future__ import annotations

import math
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path


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
        """How much of the energy is at this frequency, 0 to 1 (Goertzel)."""
        energy = sum(s * s for s in self.samples)
        if not energy:
            return 0.0
        turn = 2 * math.cos(2 * math.pi * hz / self.rate)
        one = two = 0.0
        for sample in self.samples:
            one, two = sample + turn * one - two, one
        return 2 * (one * one + two * two - turn * one * two) / (len(self.samples) * energy)

    def rms_by_20_ms(self) -> list[float]:
        step = self.rate // 50
        return [Sound(self.samples[i : i + step], self.rate).rms() for i in range(0, len(self.samples), step)]

    def starts_s(self, threshold: float = 300) -> float | None:
        """When it is first louder than the threshold."""
        return next((i * 0.02 for i, level in enumerate(self.rms_by_20_ms()) if level > threshold), None)


def read(path: Path, side: int = 0) -> Sound:
    with wave.open(str(path)) as file:
        samples = array("h", file.readframes(file.getnframes()))
        return Sound(samples[side :: file.getnchannels()], file.getframerate())

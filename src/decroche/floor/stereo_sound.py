"""One conversation on two tracks: left what the contact says, right what he hears (his agent, or music).

Asterisk refuses to record a bridged channel, so two snoops hang on the contact's: they write silence where nobody
speaks, and so stay in step, and the agent may change legs meanwhile.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from decroche.ari.errors import AriConflict
from decroche.ari.protocol import Ari
from decroche.telephony import stereo

TRIES, RETRY_S = 10, 0.05


@dataclass(frozen=True, slots=True)
class StereoRecording:
    """Names of the parts. `key` is an identifier of ours: it becomes a part of file names."""

    key: str

    @property
    def names(self) -> tuple[str, str]:
        """As RecordingFinished says them: contact, agent."""
        return f"rec-{self.key}-customer", f"rec-{self.key}-agent"

    @property
    def snoops(self) -> tuple[str, str]:
        left, right = self.names
        return f"snoop-{left}", f"snoop-{right}"

    def files(self, spool: Path) -> tuple[Path, Path]:
        left, right = self.names
        return spool / f"{left}.wav", spool / f"{right}.wav"


async def start(ari: Ari, channel_id: str, key: str) -> StereoRecording:
    """Both ears are made together, and both recorders started together."""
    recording = StereoRecording(key)
    left, right = recording.snoops
    await asyncio.gather(
        ari.snoop(channel_id, snoop_id=left, app_args="recording", spy="in"),
        ari.snoop(channel_id, snoop_id=right, app_args="recording", spy="out"),
    )
    await asyncio.gather(*(_record(ari, s, n) for s, n in zip(recording.snoops, recording.names, strict=True)))
    return recording


async def _record(ari: Ari, snoop: str, name: str) -> None:
    """A snoop that was just made may not be in the application yet: Asterisk answers 409 until it is."""
    for _ in range(TRIES):
        try:
            return await ari.record(snoop, name=name)
        except AriConflict:
            await asyncio.sleep(RETRY_S)
    return await ari.record(snoop, name=name)


async def stop(ari: Ari, recording: StereoRecording) -> None:
    """Both files are whole once RecordingFinished came for both names. Safe to repeat, and after a hang-up."""
    await asyncio.gather(*(ari.stop_recording(name) for name in recording.names))
    await asyncio.gather(*(ari.hangup(snoop) for snoop in recording.snoops))


def mix(recording: StereoRecording, spool: Path, target: Path) -> tuple[float, int] | None:
    """One stereo file of both parts, which are removed; (seconds, bytes), None where nothing was recorded. Blocking."""
    left, right = recording.files(spool)
    if not (left.exists() and right.exists()):
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    duration_s = stereo.merge(left, right, target)
    left.unlink()
    right.unlink()
    return (duration_s, target.stat().st_size) if duration_s > 0 else None

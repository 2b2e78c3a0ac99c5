"""One conversation on two tracks: left what the contact says, right what he hears (his agent, or music).

Asterisk refuses to record a bridged channel, so two snoops hang on the contact's: they write silence where nobody
speaks, and so stay in step, and the agent may change legs meanwhile.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from decroche.ari.protocol import Ari
from decroche.floor.snoops import once_there
from decroche.telephony import stereo


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
    parts = zip(recording.snoops, recording.names, strict=True)
    await asyncio.gather(*(once_there(partial(ari.record, snoop, name=name)) for snoop, name in parts))
    return recording


async def stop(ari: Ari, recording: StereoRecording) -> None:
    """Both files are whole once RecordingFinished came for both names. Safe to repeat, and after a hang-up."""
    await asyncio.gather(*(ari.stop_recording(name) for name in recording.names))
    await asyncio.gather(*(ari.hangup(snoop) for snoop in recording.snoops))


async def silence(ari: Ari, recording: StereoRecording) -> bool:
    """Both parts are written as silence from now on, and stay in step. False where one of them is not being made."""
    return all(await asyncio.gather(*(ari.mute_recording(name) for name in recording.names)))


async def sound_again(ari: Ari, recording: StereoRecording) -> None:
    await asyncio.gather(*(ari.unmute_recording(name) for name in recording.names))


def traces(recording: StereoRecording, spool: Path, target: Path) -> list[Path]:
    """Every file that holds some of its sound now: parts, the file of both, a draft of it."""
    named = [*recording.files(spool), target, *target.parent.glob(f".{target.name}.*")]
    return [path for path in named if path.exists()]


def mix(recording: StereoRecording, spool: Path, target: Path) -> tuple[float, int] | None:
    """One stereo file of both parts, which are removed; (seconds, bytes), None where nothing was recorded. Blocking."""
    left, right = recording.files(spool)
    if not (left.exists() and right.exists()):
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    duration_s = stereo.merge(left, right, target)
    left.unlink(missing_ok=True)
    right.unlink(missing_ok=True)
    return (duration_s, target.stat().st_size) if duration_s > 0 else None

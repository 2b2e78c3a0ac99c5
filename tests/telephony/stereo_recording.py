"""Records a conversation as the floor does it (decroche/floor/recordings.py): one voice a side, while it is bridged.

Asterisk refuses to record a bridged channel, so two snoops listen to the customer's: what comes in (the customer) and
what goes out (the agent, or music on hold). Both write silence where nobody speaks, so they stay in step;
`stereo.merge` puts them side by side. They hang on the customer's channel: an agent may change legs meanwhile.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from decroche.ari.protocol import Ari
from decroche.telephony.stereo import merge


@dataclass(frozen=True, slots=True)
class StereoRecording:
    """Names of the parts of one recording. `key` is an identifier of ours (a call's), a part of file names."""

    key: str

    @property
    def customer(self) -> str:
        return f"rec-{self.key}-customer"

    @property
    def agent(self) -> str:
        return f"rec-{self.key}-agent"

    @property
    def names(self) -> tuple[str, str]:
        """As RecordingStarted and RecordingFinished say them."""
        return self.customer, self.agent

    @property
    def snoops(self) -> tuple[str, str]:
        """Channel ids. Their StasisStart has the argument `recording`."""
        return f"snoop-{self.customer}", f"snoop-{self.agent}"

    def files(self, spool: Path) -> tuple[Path, Path]:
        return spool / f"{self.customer}.wav", spool / f"{self.agent}.wav"


async def start(ari: Ari, channel_id: str, key: str) -> StereoRecording:
    """Begins to record the customer's channel, bridged or not. `AriConflict` where `key` was used before."""
    recording = StereoRecording(key)
    listener, speaker = recording.snoops
    await asyncio.gather(
        ari.snoop(channel_id, snoop_id=listener, app_args="recording", spy="in"),
        ari.snoop(channel_id, snoop_id=speaker, app_args="recording", spy="out"),
    )
    await asyncio.gather(ari.record(listener, name=recording.customer), ari.record(speaker, name=recording.agent))
    return recording


async def stop(ari: Ari, recording: StereoRecording) -> None:
    """Both files are whole once RecordingFinished came for both names. Safe to repeat, and after a hang-up."""
    await asyncio.gather(*(ari.stop_recording(name) for name in recording.names))
    await asyncio.gather(*(ari.hangup(snoop) for snoop in recording.snoops))


def collect(recording: StereoRecording, spool: Path, target: Path) -> float:
    """Merges the two finished files of the spool into `target` and removes them; the duration in seconds. Blocking."""
    customer, agent = recording.files(spool)
    duration_s = merge(customer, agent, target)
    customer.unlink()
    agent.unlink()
    return duration_s

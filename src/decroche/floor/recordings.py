"""Recordings: two ears on the contact's channel, what he says and what he hears; one stereo file of both afterwards."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import structlog

from decroche.accounts.models import User
from decroche.ari import events as ari
from decroche.ari.errors import AriError
from decroche.calls import objection, rows
from decroche.campaigns.recording import is_drawn
from decroche.floor import stereo_sound
from decroche.floor.recording_pause import RecordingPauses
from decroche.floor.stereo_sound import StereoRecording
from decroche.floor.world import LiveCall

if TYPE_CHECKING:
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

FILES_AT_MOST_S = 10
"""How long the end of both files is waited for before mixing what is there."""
OBJECTIONS_LOOKED_AT = timedelta(days=1)
"""How far back a floor that starts makes sure that nothing is left of what was objected to."""


@dataclass(slots=True)
class LiveRecording:
    """One stretch of a call. `over`: names of the parts whose file is whole; `starting`: Asterisk is asked for it."""

    id: UUID
    call_id: UUID
    over: set[str] = field(default_factory=set)
    mixing: bool = False
    starting: asyncio.Task[None] | None = None
    paused: bool = False
    resumes_at: datetime | None = None
    timer: asyncio.TimerHandle | None = None

    def forget_pause(self) -> None:
        self.paused, self.resumes_at = False, None
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None

    @property
    def parts(self) -> StereoRecording:
        return StereoRecording(str(self.id))


class Recordings:
    """The part of the floor that records."""

    def __init__(self, floor: Floor, spool: Path, folder: Path) -> None:
        self._floor, self._spool, self._folder = floor, spool, folder
        self._live: dict[UUID, LiveRecording] = {}
        self._refused: set[UUID] = set()
        """Calls whose person objected: what is still being mixed of them is thrown away."""
        self.pauses = RecordingPauses(floor)

    def call_bridged(self, call: LiveCall) -> None:
        campaign = call.campaign
        if campaign.recording == "all" and is_drawn(call.id, campaign.recording_share):
            self.start(call)

    def start(self, call: LiveCall) -> None:
        """Whoever asks: not in a call whose person objected."""
        if call.recording is not None or call.recording_refused:
            return
        recording = LiveRecording(uuid4(), call.id)
        call.recording = self._live[recording.id] = recording
        self._floor.journal.write(rows.recording_row(recording.id, call.id, self._floor.now))
        self._floor.calls.note(call, "recording_on")
        recording.starting = self._floor.spawn(self._start(call, recording), "record")
        self._floor.desks.touch_call(call)

    async def _start(self, call: LiveCall, recording: LiveRecording) -> None:
        try:
            await stereo_sound.start(self._floor.ari, call.channel_id, str(recording.id))
        except AriError as error:
            log.warning("recording_not_started", call=str(call.id), status=error.status)
            self._missing(recording)
            if call.recording is recording:
                call.recording = None
                self._floor.desks.touch_call(call)

    def stop(self, call: LiveCall) -> None:
        recording, call.recording = call.recording, None
        if recording is None:
            return
        recording.forget_pause()
        self._floor.calls.note(call, "recording_off")
        self._floor.spawn(self._stop(recording), "stop recording")
        self._floor.desks.touch_call(call)

    async def _stop(self, recording: LiveRecording) -> None:
        try:
            await stereo_sound.stop(self._floor.ari, recording.parts)
        except AriError as error:
            log.info("recording_stop", status=error.status)
        self._floor.later(FILES_AT_MOST_S, self._mix, recording)

    def call_over(self, call: LiveCall) -> None:
        """The channel is gone and the two ears with it; the files close by themselves."""
        recording, call.recording = call.recording, None
        if recording is not None:
            recording.forget_pause()
            self._floor.later(FILES_AT_MOST_S, self._mix, recording)

    # ── The person objects ───────────────────────────────────────────────────
    async def objected(self, call: LiveCall, user_id: int) -> None:
        """In the rows first, so that no restart takes it up again; then the sound, of the stretches before too."""
        call.recording_refused = True
        self._refused.add(call.id)
        recording, call.recording = call.recording, None
        if recording is not None:
            recording.forget_pause()
        self._floor.desks.touch_call(call)
        deleted = [recording.id] if recording is not None else []
        try:
            deleted = await self._write_objection(call, user_id)
        finally:
            if recording is not None and recording.starting is not None:
                await recording.starting
            await self._discard(deleted)
            # Asterisk has closed its files by then.
            self._floor.later(FILES_AT_MOST_S, self._discard_later, deleted)

    async def _write_objection(self, call: LiveCall, user_id: int) -> list[UUID]:
        now = self._floor.now
        await self._floor.journal.flush()
        deleted = await self._floor.db.django(
            lambda: objection.object_to_recording(call.id, User.objects.get(pk=user_id), now=now)
        )
        self._floor.calls.note(call, "recording_objection")
        return deleted

    async def _discard(self, recordings: list[UUID]) -> None:
        for identifier in recordings:
            self._live.pop(identifier, None)
            parts = StereoRecording(str(identifier))
            try:
                await stereo_sound.stop(self._floor.ari, parts)
            except AriError as error:
                log.warning("recording_stop", status=error.status)
            for path in stereo_sound.traces(parts, self._spool, self._file(identifier)):
                path.unlink(missing_ok=True)

    def _discard_later(self, recordings: list[UUID]) -> None:
        self._floor.spawn(self._discard(recordings), "discard recordings")

    def _file(self, identifier: UUID) -> Path:
        return self._folder / f"{identifier}.wav"

    def on_event(self, event: ari.RecordingStarted) -> None:
        if not isinstance(event, ari.RecordingFinished | ari.RecordingFailed):
            return
        recording = next((r for r in self._live.values() if event.name in r.parts.names), None)
        if recording is None:
            return
        recording.over.add(event.name)
        if recording.over == set(recording.parts.names):
            self._mix(recording)

    def _mix(self, recording: LiveRecording) -> None:
        if recording.mixing or recording.call_id in self._refused:
            return
        recording.mixing = True
        self._live.pop(recording.id, None)
        now = self._floor.now
        self._floor.journal.write(rows.recording_over(recording.id, status="mixing", at=now))
        self._floor.spawn(self._mix_file(recording), "mix recording")

    async def _mix_file(self, recording: LiveRecording) -> None:
        target = self._file(recording.id)
        mixed = await self._floor.db.django(lambda: stereo_sound.mix(recording.parts, self._spool, target))
        if recording.call_id in self._refused:
            target.unlink(missing_ok=True)
            return
        if mixed is None:
            self._missing(recording)
            return
        duration_s, size = mixed
        self._floor.journal.write(
            rows.recording_over(
                recording.id, status="ready", at=self._floor.now, duration_s=duration_s, size_bytes=size
            )
        )

    def _missing(self, recording: LiveRecording) -> None:
        self._live.pop(recording.id, None)
        self._floor.journal.write(rows.recording_over(recording.id, status="missing", at=self._floor.now))

    # ── After a restart ──────────────────────────────────────────────────────
    async def resume(self, channels: set[str]) -> None:
        """Rows left by a floor that died: those still being made are followed, the others mixed from their files."""
        found = await self._floor.db.fetch(
            "SELECT r.id, r.call_id, r.paused FROM calls_recording r JOIN calls_call c ON c.id = r.call_id"
            " WHERE r.status IN ('recording', 'mixing') AND c.floor = %(floor)s",
            {"floor": self._floor.name},
        )
        for row in found:
            if row["id"] in self._live:
                continue
            recording = LiveRecording(row["id"], row["call_id"])
            call = self._floor.world.calls.get(row["call_id"])
            if call is not None and not call.is_over and recording.parts.snoops[0] in channels:
                call.recording = self._live[recording.id] = recording
                if row["paused"]:
                    await self.pauses.stay(recording)
            else:
                self._mix(recording)
        await self._finish_objections(channels)

    async def _finish_objections(self, channels: set[str]) -> None:
        found = await self._floor.db.fetch(
            "SELECT r.id FROM calls_recording r JOIN calls_call c ON c.id = r.call_id"
            " WHERE r.deleted_for = 'objection' AND c.floor = %(floor)s AND c.claimed_at > %(since)s",
            {"floor": self._floor.name, "since": self._floor.now - OBJECTIONS_LOOKED_AT},
        )
        for identifier in [row["id"] for row in found]:
            parts = StereoRecording(str(identifier))
            left = stereo_sound.traces(parts, self._spool, self._file(identifier))
            if left or channels.intersection(parts.snoops):
                await self._discard([identifier])

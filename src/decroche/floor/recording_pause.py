"""Bank data is never recorded: while it is said, both sides are written as silence, for a while at most."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from decroche.ari.errors import AriError
from decroche.calls import rows
from decroche.floor import stereo_sound
from decroche.floor.errors import NotRecording, RecordingNotPaused
from decroche.floor.world import LiveCall

if TYPE_CHECKING:
    from decroche.floor.recordings import LiveRecording
    from decroche.floor.service import Floor

log = structlog.get_logger(__name__)

USUAL_LIMIT_S = 90


class RecordingPauses:
    """The part of the recordings that falls silent. Silence and not a cut: the file keeps the conversation's length."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    async def pause(self, call: LiveCall) -> None:
        """In the row first: a floor that dies leaves it paused. Raises NotRecording, RecordingNotPaused."""
        recording = call.recording
        if recording is None:
            raise NotRecording
        if recording.paused:
            return
        if recording.starting is not None:
            await recording.starting
        if call.recording is not recording:
            raise NotRecording
        self._floor.journal.write(rows.recording_paused(recording.id, True))
        await self._floor.journal.flush()
        if not await self._silenced(recording):
            self._floor.journal.write(rows.recording_paused(recording.id, False))
            raise RecordingNotPaused
        limit_s = int(self._floor.world.settings.get("recording_pause_s", USUAL_LIMIT_S))
        recording.paused = True
        recording.resumes_at = self._floor.now + timedelta(seconds=limit_s)
        recording.timer = self._floor.later(limit_s, self._limit_reached, call, recording)
        self._floor.calls.note(call, "recording_paused")
        self._floor.desks.touch_call(call)

    async def _silenced(self, recording: LiveRecording) -> bool:
        try:
            return await stereo_sound.silence(self._floor.ari, recording.parts)
        except AriError as error:
            log.warning("recording_not_paused", status=error.status)
            return False

    def _limit_reached(self, call: LiveCall, recording: LiveRecording) -> None:
        recording.timer = None
        if call.recording is recording and recording.paused and not self._floor.stopping:
            self._floor.spawn(self._resume_alone(call, recording), "resume recording")

    async def _resume_alone(self, call: LiveCall, recording: LiveRecording) -> None:
        try:
            await self.resume(call, by="limit")
        except AriError as error:
            log.warning("recording_not_resumed", status=error.status)
            recording.resumes_at = None  # stays silent: the agent's key is what ends it
            self._floor.desks.touch_call(call)
            return
        if call.agent is not None:
            self._floor.desks.notice(call.agent, "warning", "recording_resumed")

    async def resume(self, call: LiveCall, *, by: str) -> None:
        """`by`: agent or limit. Raises NotRecording."""
        recording = call.recording
        if recording is None:
            raise NotRecording
        if not recording.paused:
            return
        await stereo_sound.sound_again(self._floor.ari, recording.parts)
        recording.forget_pause()
        self._floor.journal.write(rows.recording_paused(recording.id, False))
        self._floor.calls.note(call, "recording_resumed", by=by)
        self._floor.desks.touch_call(call)

    async def stay(self, recording: LiveRecording) -> None:
        """Found paused by a floor that has just started: silent until the agent says that it may go on."""
        recording.paused, recording.resumes_at = True, None
        await self._silenced(recording)

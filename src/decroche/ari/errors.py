"""What may go wrong between us and Asterisk's REST interface."""

from __future__ import annotations


class AriError(Exception):
    """Asterisk refused: `status` is the HTTP status, `message` its own English sentence (never shown to a person)."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.message = message


class AriNotFound(AriError):
    """404: the channel, bridge, playback… is gone."""


class AriConflict(AriError):
    """409 (the id is taken, or the state does not allow it) or 412 (the channel is not in a state to be commanded)."""


class AriUnavailable(AriError):
    """Asterisk does not answer: not started, restarting, or too slow. `status` is 0, or 503."""


def error_for(status: int, message: str) -> AriError:
    if status == 404:
        return AriNotFound(status, message)
    if status in (409, 412):
        return AriConflict(status, message)
    if status == 503:
        return AriUnavailable(status, message)
    return AriError(status, message)

"""What web, floor and worker write to their logs: one line an event, and never what a person said, is called or dials.

An exception is logged by its class and its place, not by its message nor its variables: databases quote values, and a
traceback with locals holds whole records.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

FRAMES = 6
"""Innermost places that are kept of a traceback."""


def where(error: BaseException | None) -> dict[str, str]:
    """`error`: its class; `place`: file:line function of the innermost frames, outermost first."""
    if error is None:
        return {"error": "", "place": ""}
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    place = " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames)
    return {"error": type(error).__name__, "place": place}


ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def _plain_exception(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else None
    if error is not None:
        event.update(where(error))
    return event


class _Plain(logging.Formatter):
    """The same for the libraries that log through Python's own `logging`."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 — logging's own name
        found = where(ei[1])
        return f"{found['error']} at {found['place']}"


def configure() -> None:
    """To standard output, which the supervisor keeps in var/log/NAME.log. May be called twice."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _plain_exception,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Plain("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)

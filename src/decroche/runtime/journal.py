"""The supervisor's own log: structured lines in var/log/runtime.log, and short ones on the terminal."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

from decroche.runtime import logs
from decroche.runtime.console import Console

SENTENCES = {
    "process died": (
        "! {process} s'est arrêté (code {exit_code}), relance dans {restart_in_s} s",
        "! {process} died (code {exit_code}), starting again in {restart_in_s} s",
    ),
    "process killed: it did not stop in time": (
        "! {process} ne s'arrêtait pas : tué",
        "! {process} did not stop: killed",
    ),
    "process not ready: killed": ("! {process} ne répond pas : tué", "! {process} does not answer: killed"),
}


def configure(path: Path, console: Console) -> None:
    """Send structlog's events to the file, and those that concern a person to the terminal too."""
    logs.rotate(path)
    path.parent.mkdir(parents=True, exist_ok=True)

    def to_console(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if sentences := SENTENCES.get(event["event"]):
            french, english = (sentence.format(**event) for sentence in sentences)
            console.say(f"  {french}", f"  {english}")
        return event

    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            to_console,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(path.open("a", encoding="utf-8")),
        cache_logger_on_first_use=False,
    )

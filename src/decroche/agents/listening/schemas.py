"""What crosses the API about the notice of listening."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints

from decroche.common.schemas import Body


class ListeningNoticeOut(Schema):
    """The words in force, in the reader's language. `acknowledged_at` null: he has not said that he read them."""

    version: str
    text: str
    acknowledged_at: datetime | None


class AcknowledgeIn(Body):
    """The version that was on the screen."""

    version: Annotated[str, StringConstraints(max_length=12)]


class AcknowledgmentOut(Schema):
    """Somebody's last acknowledgment. `current`: of the words in force."""

    user_id: int
    at: datetime
    version: str
    current: bool

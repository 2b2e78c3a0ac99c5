"""Who has read which words."""

from __future__ import annotations

from typing import cast

from decroche.accounts import selectors as accounts
from decroche.accounts.models import User
from decroche.agents.listening.schemas import AcknowledgmentOut, ListeningNoticeOut
from decroche.agents.listening.wording import Wording, wording
from decroche.agents.models import ListeningAcknowledgment
from decroche.common.errors import Language


def in_force() -> Wording:
    """The words that count now."""
    return wording(accounts.settings())


def notice_for(user: User) -> ListeningNoticeOut:
    """What he is shown, and whether he has acknowledged it."""
    words = in_force()
    found = ListeningAcknowledgment.objects.filter(user=user, notice=words.version).first()
    return ListeningNoticeOut(
        version=words.version,
        text=words.text(cast("Language", user.language)),
        acknowledged_at=found.at if found else None,
    )


def has_acknowledged(user_id: int) -> bool:
    """The words in force."""
    return ListeningAcknowledgment.objects.filter(user=user_id, notice=in_force().version).exists()


def acknowledgments() -> list[AcknowledgmentOut]:
    """The last of each who ever did."""
    version = in_force().version
    last = ListeningAcknowledgment.objects.order_by("user_id", "-at", "-pk").distinct("user_id")
    return [
        AcknowledgmentOut(user_id=one.user_id, at=one.at, version=one.notice_id, current=one.notice_id == version)
        for one in last
    ]

"""Refusals about the notice of listening."""

from __future__ import annotations

from decroche.common.errors import DomainError


class NoticeChanged(DomainError):
    """Other words are in force than those on the screen."""

    code = "notice_changed"
    fr = "La notice vient de changer : lisez le nouveau texte, puis confirmez."
    en = "The notice has just changed: read the new text, then confirm."

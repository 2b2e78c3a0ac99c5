"""What each key figure is, in French and English."""

from __future__ import annotations

from decroche.statistics.schemas import Definition

DEFINITIONS: list[Definition] = []

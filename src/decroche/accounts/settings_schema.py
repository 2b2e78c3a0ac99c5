"""Settings of the whole installation: their types, defaults and limits. One row of `Setting` each, by name."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from decroche.common.schemas import Body, Text120

Siren = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^$|^[0-9]{9}$")]


class Settings(Body):
    """Whole on reading and on writing. Retention in days, below the CNIL's limits (6 months, 1 year, 3 years)."""

    company_name: Text120 = ""
    company_siren: Siren = ""
    callback_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30)] = ""
    """E.164 on reading; any French form on writing. Said to callees by announcements."""
    default_language: Literal["fr", "en"] = "fr"
    listening_announced: bool = True
    """Agents see live that somebody listens to them."""
    transformation_base: Literal["pitched", "reached"] = "pitched"
    """Denominator of the transformation rate."""
    recordings_kept_days: Annotated[int, Field(ge=1, le=183)] = 183
    notes_kept_days: Annotated[int, Field(ge=1, le=366)] = 366
    prospects_kept_days: Annotated[int, Field(ge=1, le=1096)] = 1096

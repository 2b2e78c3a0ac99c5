"""Settings of the whole installation: their types, defaults and limits. One row of `Setting` each, by name."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from decroche.common.schemas import Body, Text120, Text250

KEPT_AT_MOST = {"recordings_kept_days": 183, "notes_kept_days": 366, "prospects_kept_days": 1096}
"""The CNIL's 6 months, 1 year and 3 years in days: who leaves them there keeps as long as the law says, to the day."""
Siren = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^$|^[0-9]{9}$")]


class Settings(Body):
    """Whole on reading and on writing. Retention in days, below the CNIL's limits (6 months, 1 year, 3 years)."""

    company_name: Text120 = ""
    company_siren: Siren = ""
    company_address: Text250 = ""
    privacy_contact: Text120 = ""
    """Where persons and agents exercise their rights: an e-mail address, a telephone, an office."""
    dpo: Text120 = ""
    """The data protection officer, where there is one: name and how to reach him."""
    hosting: Text250 = ""
    """Who hosts the machines, and where: for the register of processing."""
    listening_notice: Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)] = ""
    """The notice of listening in the administrator's own words; empty: the one filled from these settings."""
    callback_number: Annotated[str, StringConstraints(strip_whitespace=True, max_length=30)] = ""
    """E.164 on reading; any French form on writing. Said to callees by announcements."""
    default_language: Literal["fr", "en"] = "fr"
    listening_announced: bool = True
    """Agents see live that somebody listens to them."""
    transformation_base: Literal["pitched", "reached"] = "pitched"
    """Denominator of the transformation rate."""
    recording_pause_s: Annotated[int, Field(ge=15, le=600)] = 90
    """A recording paused for bank data goes on by itself after so long."""
    recordings_kept_days: Annotated[int, Field(ge=1, le=KEPT_AT_MOST["recordings_kept_days"])] = 183
    notes_kept_days: Annotated[int, Field(ge=1, le=KEPT_AT_MOST["notes_kept_days"])] = 366
    prospects_kept_days: Annotated[int, Field(ge=1, le=KEPT_AT_MOST["prospects_kept_days"])] = 1096

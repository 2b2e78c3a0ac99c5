"""When somebody agreed, in every way that files write it. Pure."""

from __future__ import annotations

import pytest

from decroche.contacts.imports.consent_dates import read_moment


@pytest.mark.parametrize(
    ("cell", "moment", "utc"),
    [
        ("12/03/2026", "2026-03-12T00:00:00", False),
        ("12/03/26", "2026-03-12T00:00:00", False),
        ("1.3.2026", "2026-03-01T00:00:00", False),
        ("12-03-2026 14:05", "2026-03-12T14:05:00", False),
        ("12/03/2026 à 14h05", "2026-03-12T14:05:00", False),
        ("12/03/2026 14h", "2026-03-12T14:00:00", False),
        ("12/03/2026, 14:05:06", "2026-03-12T14:05:06", False),
        ("2026-03-12", "2026-03-12T00:00:00", False),
        ("2026-03-12 14:05:06.123456", "2026-03-12T14:05:06", False),
        ("2026-03-12T14:05:06Z", "2026-03-12T14:05:06", True),
        ("2026-03-12T14:05:06+01:00", "2026-03-12T13:05:06", True),
        ("2026-03-12T14:05:06-0330", "2026-03-12T17:35:06", True),
        ("2026-03-12 14:05:06 UTC", "2026-03-12T14:05:06", True),
        ("1773324306", "2026-03-12T14:05:06", True),
        ("1773324306123", "2026-03-12T14:05:06", True),
        ("29/02/2028", "2028-02-29T00:00:00", False),
    ],
)
def test_moments_are_read(cell: str, moment: str, utc: bool) -> None:
    assert read_moment(cell) == (moment, utc)


@pytest.mark.parametrize(
    "cell",
    [
        "", "oui", "12/25/2026", "29/02/2026", "31/04/2026", "12/03", "12/03/026", "12/03-2026", "2026", "45987.5",
        "0199001234", "9999999999", "12/03/2026 25:00", "12/03/2026 14:05 PM", "1,77332E+09", "0000-01-01",
        "12/03/2026 14:05:06+99:00:00", "9" * 4000,
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(cell: str) -> None:
    assert read_moment(cell) is None

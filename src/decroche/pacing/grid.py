"""The next half-minute in slices: a call launched now is answered in one of them, or never.

Shared by those who say when calls are answered and those who say when agents are free. Seconds from now.
"""

from __future__ import annotations

EDGES_S = (1.5, 3.0, 5.0, 7.5, 10.0, 13.0, 17.0, 22.0, 60.0)
"""Ends of the slices. The last one takes all that is later: what matters there is whether, not when."""
MIDDLES_S = (0.75, 2.25, 4.0, 6.25, 8.75, 11.5, 15.0, 19.5, 26.0)
"""When a call of each slice is taken to be answered."""
SLICES = len(EDGES_S)

Row = tuple[float, ...]
"""One number per slice."""

"""How figures are summed up and printed."""

from __future__ import annotations

from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie; NaN of none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(name: str, seconds: Sequence[float]) -> str:
    """One line: count, median, 99th percentile, worst, in milliseconds."""
    p50, p99, worst = (percentile(seconds, s) * 1000 for s in (0.5, 0.99, 1.0))
    return f"{name:<48} n={len(seconds):<5} p50={p50:8.1f} ms  p99={p99:8.1f} ms  max={worst:8.1f} ms"
